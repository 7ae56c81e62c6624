// Loading what stands around a form's items: head, foot, veto.
#include <set>

#include "core/instrument_reader.hpp"

namespace duibiao::instrument_parts {
namespace {

constexpr std::array<std::string_view, 3> header_types{"text", "date", "computed"};

}  // namespace

void read_header(Reader& reader, const Node& root, Instrument& instrument) {
    std::set<std::string> seen;
    for (const Node& node : reader.list(root, "header", Need::optional)) {
        HeaderField field;
        field.id = read_free_id(reader, node);
        field.label = reader.text(node, "label", Need::required);
        field.type = static_cast<HeaderField::Type>(reader.choice(node, "type", header_types, Need::required));
        field.required = reader.flag(node, "required", false);
        field.is_hidden = reader.flag(node, "hidden", false);
        field.personal = read_personal(reader, node);
        if (!seen.insert(field.id).second) {
            reader.refuse("id-doubled", json_pointer(node.pointer, "id"), {{"id", field.id}});
        }
        instrument.header.push_back(std::move(field));
    }
}

void read_veto(Reader& reader, const Node& root, Veto& veto) {
    const Node node = reader.member(root, "veto", Need::optional);
    if (node.value == nullptr) return;
    veto.title = reader.text(node, "title", Need::required);
    veto.text = reader.text(node, "text", Need::required);
    veto.verdict = reader.text(node, "verdict", Need::required);
    veto.citation = read_citation(reader, node);
    for (const Node& child : reader.list(node, "conditions", Need::required)) {
        VetoCondition condition;
        condition.id = read_position_id(reader, child, "veto." + std::to_string(veto.conditions.size() + 1));
        condition.number = reader.text(child, "number", Need::required);
        condition.text = reader.text(child, "text", Need::required);
        condition.citation = read_citation(reader, child);
        veto.conditions.push_back(std::move(condition));
    }
}

void read_print(Reader& reader, const Node& root, Instrument& instrument) {
    const Node node = reader.member(root, "print", Need::optional);
    if (node.value == nullptr) return;
    for (const Node& child : reader.list(node, "signatures", Need::optional)) {
        PrintBlock block;
        block.party = reader.text(child, "party", Need::required);
        for (const Node& line : reader.list(child, "lines", Need::optional)) {
            const auto* text = line.value->get_ptr<const std::string*>();
            if (text == nullptr) {
                reader.refuse("field-type", line.pointer, {{"field", "lines"}});
                return;
            }
            block.lines.push_back(*text);
        }
        instrument.print_blocks.push_back(std::move(block));
    }
    instrument.paper_notes = read_texts(reader, node, "notes", Need::optional);
    instrument.portrait = reader.text(node, "orientation", Need::optional) == "portrait";
}

void list_criteria(Instrument& instrument) {
    for (std::size_t section = 0; section < instrument.sections.size(); ++section) {
        const auto& groups = instrument.sections[section].groups;
        for (std::size_t group = 0; group < groups.size(); ++group) {
            for (std::size_t criterion = 0; criterion < groups[group].criteria.size(); ++criterion) {
                instrument.order.push_back({section, group, criterion});
            }
        }
    }
}

}  // namespace duibiao::instrument_parts
