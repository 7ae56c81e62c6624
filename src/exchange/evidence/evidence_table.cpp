#include "exchange/evidence/evidence_table.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/messages.hpp"

namespace duibiao {
namespace {

using EvidenceErrors = std::vector<Error>;
/// Where the cells of a line stand in a table: item, name, number, date, place.
using EvidencePlaces = std::array<std::optional<std::size_t>, evidence_cells>;

constexpr std::array<std::string_view, evidence_cells> evidence_labels{
    "evidence.item", "evidence.name", "evidence.number", "evidence.date", "evidence.place"};

struct EvidenceAlias {
    std::size_t cell;
    std::string_view name;
};
/// What tables call them besides. 编号 is the item's where a table has items, and else the paper's own.
constexpr std::array<EvidenceAlias, 23> evidence_aliases{
    {{0, "item"},     {0, "条目"},     {0, "标准编号"}, {1, "name"},     {1, "佐证材料"}, {1, "佐证材料名称"},
     {1, "证明材料"}, {1, "支撑材料"}, {2, "number"},   {2, "文件号"},   {2, "发文字号"}, {2, "材料编号"},
     {3, "date"},     {3, "时间"},     {3, "形成时间"}, {3, "发文日期"}, {3, "成文日期"}, {4, "place"},
     {4, "存放地点"}, {4, "存放位置"}, {4, "保管处"},   {4, "链接"},     {4, "文件名"}}};

/// Words that say too little by themselves: they count in what is pasted for one item.
constexpr std::array<EvidenceAlias, 5> bare_aliases{{{1, "名称"}, {1, "材料"}, {1, "标题"}, {2, "编号"}, {4, "地点"}}};

std::optional<std::size_t> cell_named(std::string_view head, bool has_items) {
    const std::string key = head_key(head);
    if (key.empty()) return std::nullopt;
    for (std::size_t i = 0; i < evidence_labels.size(); ++i) {
        for (const Language language : {Language::chinese, Language::english})
            if (key == head_key(label(language, evidence_labels[i]))) return i;
    }
    const auto is_it = [&key](const EvidenceAlias& alias) { return key == alias.name; };
    const auto known = std::find_if(evidence_aliases.begin(), evidence_aliases.end(), is_it);
    if (known != evidence_aliases.end()) return known->cell;
    if (has_items) return key == "编号" ? std::optional<std::size_t>(0) : std::nullopt;
    const auto bare = std::find_if(bare_aliases.begin(), bare_aliases.end(), is_it);
    return bare != bare_aliases.end() ? std::optional(bare->cell) : std::nullopt;
}

Error at_line(Error error, std::size_t line) {
    error.place = line_place(line);
    return error;
}

std::string expected_columns(const Instrument& form) {
    std::string names;
    for (const std::string_view key : evidence_labels)
        names += (names.empty() ? "" : ",") + std::string(label(language_of(form), key));
    return names;
}

Result<EvidencePlaces> read_evidence_head(const Instrument& form, const CsvRow& head, bool has_items) {
    EvidencePlaces places;
    for (std::size_t i = 0; i < named_columns(head); ++i) {
        const std::string name = plain_text(head.cells[i]);
        if (name.empty() || is_row_number(name)) continue;
        const auto cell = cell_named(name, has_items);
        const Params params{{"column", name}, {"expected", expected_columns(form)}};
        if (!cell) return fail("column-unknown", line_place(head.line), params);
        if (places[*cell]) return fail("column-doubled", line_place(head.line), params);
        places[*cell] = i;
    }
    return places;
}

class EvidenceFilling {
public:
    EvidenceFilling(const Document& document, const Author& author)
        : document_(document), author_(author), batch_("fill-" + author.session) {
        for (const Evidence& one : evidence_of(document)) there_.insert(join_evidence(one));
    }

    void add(const CsvRow& row, const EvidencePlaces& places, std::string_view item, std::size_t columns) {
        if (is_empty_row(row)) return;
        if (named_columns(row) > columns) {
            errors_.push_back({"csv-columns",
                               line_place(row.line),
                               {{"expected", static_cast<std::int64_t>(columns)},
                                {"count", static_cast<std::int64_t>(row.cells.size())}}});
            return;
        }
        const auto cell = [&](std::size_t which) {
            const auto at = places[which];
            return at && *at < row.cells.size() ? std::string_view(row.cells[*at]) : std::string_view{};
        };
        const std::string own = places[0] ? item_of(cell(0)) : std::string(item);
        write({{}, own, cell(1), cell(2), cell(3), cell(4)}, row.line);
    }

    tl::expected<Filled, EvidenceErrors> finish() && {
        if (!errors_.empty()) return tl::unexpected(std::move(errors_));
        Filled filled{document_, static_cast<int>(edits_.size())};
        if (auto done = apply_all(filled.document, std::move(edits_)); !done)
            return tl::unexpected(EvidenceErrors{std::move(done.error())});
        return filled;
    }

private:
    static std::string item_of(std::string_view text) {
        std::string id = plain_text(text);
        if (id.starts_with('\'')) id.erase(0, 1);
        return id.substr(0, id.find(' '));
    }

    void write(const Evidence& evidence, std::size_t line) {
        const auto written = normalise_evidence(*document_.instrument, join_evidence(evidence));
        if (!written) return errors_.push_back(at_line(written.error(), line));
        if (!there_.insert(*written).second) return;
        const Target target{Layer::self, next_evidence_id(document_, author_, edits_.size()), "cells"};
        auto edit = make_edit(document_, author_, target, *written, batch_, edits_.size());
        if (!edit) return errors_.push_back(at_line(edit.error(), line));
        edits_.push_back(*std::move(edit));
    }

    const Document& document_;
    const Author& author_;
    std::string batch_;
    std::set<std::string, std::less<>> there_;
    std::vector<Edit> edits_;
    EvidenceErrors errors_;
};

}  // namespace

bool is_evidence_head(const CsvRow& head) {
    bool has_item = false;
    bool has_name = false;
    for (const std::string& cell : head.cells) {
        const auto named = cell_named(cell, true);
        has_item = has_item || named == std::size_t{0};
        has_name = has_name || named == std::size_t{1};
    }
    return has_item && has_name;
}

tl::expected<Filled, EvidenceErrors> fill_evidence(const Document& document, std::span<const CsvRow> rows,
                                                   const Author& author) {
    const auto places = read_evidence_head(*document.instrument, rows.front(), true);
    if (!places) return tl::unexpected(EvidenceErrors{places.error()});
    EvidenceFilling filling(document, author);
    for (const CsvRow& row : rows.subspan(1)) filling.add(row, *places, {}, named_columns(rows.front()));
    return std::move(filling).finish();
}

tl::expected<Filled, EvidenceErrors> add_evidence_from_csv(const Document& document, std::string_view item,
                                                           std::string_view csv, const Author& author,
                                                           Quoting quoting) {
    const auto rows = parse_csv(csv, quoting);
    if (!rows) return tl::unexpected(EvidenceErrors{rows.error()});
    const CsvRow& first = rows->front();
    const bool has_items = is_evidence_head(first);
    const auto known = std::count_if(first.cells.begin(), first.cells.end(), [has_items](const std::string& cell) {
        return cell_named(cell, has_items).has_value();
    });
    EvidenceFilling filling(document, author);
    if (known < 2 && !(known == 1 && named_columns(first) == 1)) {
        const EvidencePlaces in_order{std::nullopt, 0, 1, 2, 3};
        for (const CsvRow& row : *rows) filling.add(row, in_order, item, evidence_cells - 1);
        return std::move(filling).finish();
    }
    const auto places = read_evidence_head(*document.instrument, first, has_items);
    if (!places) return tl::unexpected(EvidenceErrors{places.error()});
    if (!(*places)[1]) {
        const Language language = language_of(*document.instrument);
        const Params params{{"column", std::string(label(language, evidence_labels[1]))},
                            {"expected", expected_columns(*document.instrument)}};
        return tl::unexpected(EvidenceErrors{{"column-missing", line_place(first.line), params}});
    }
    for (const CsvRow& row : std::span(*rows).subspan(1)) filling.add(row, *places, item, named_columns(first));
    return std::move(filling).finish();
}

void append_evidence(std::string& csv, const Document& document) {
    const auto all = evidence_of(document);
    if (all.empty()) return;
    csv += "\r\n";
    std::vector<std::string> head;
    head.reserve(evidence_labels.size());
    for (const std::string_view key : evidence_labels) head.emplace_back(label(language_of(*document.instrument), key));
    append_csv_row(csv, head);
    for (const Evidence& one : all)
        append_csv_row(csv, {std::string(one.item), std::string(one.name), std::string(one.number),
                             std::string(one.date), std::string(one.place)});
}

}  // namespace duibiao
