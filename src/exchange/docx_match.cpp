// A match as JSON, and in words.
#include <array>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/text.hpp"
#include "exchange/docx_form.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 4> link_kinds{"head", "column", "item", "rows"};
constexpr std::array<std::string_view, 4> gap_kinds{"no-place", "occupied", "left-empty", "other-year"};

DocxLink read_link(const Json& object) {
    DocxLink link;
    link.kind = static_cast<DocxLink::Kind>(position_in(link_kinds, text_member(object, "kind")).value_or(0));
    link.id = text_member(object, "id");
    link.name = text_member(object, "name");
    link.found = text_member(object, "found");
    link.table = size_member(object, "table");
    link.row = size_member(object, "row");
    link.is_exact = text_member(object, "confidence") == "exact";
    link.value = text_member(object, "value");
    link.count = size_member(object, "count");
    link.added = size_member(object, "added");
    return link;
}

DocxGap read_gap(const Json& object) {
    DocxGap gap;
    gap.kind = static_cast<DocxGap::Kind>(position_in(gap_kinds, text_member(object, "kind")).value_or(0));
    gap.name = text_member(object, "name");
    gap.table = size_member(object, "table");
    gap.row = size_member(object, "row");
    gap.value = text_member(object, "value");
    return gap;
}

}  // namespace

std::string write_docx_match(const DocxMatch& match) {
    Json links = Json::array();
    for (const DocxLink& link : match.links)
        links.push_back({{"kind", link_kinds[static_cast<std::size_t>(link.kind)]},
                         {"id", link.id},
                         {"name", link.name},
                         {"found", link.found},
                         {"table", link.table},
                         {"row", link.row},
                         {"confidence", link.is_exact ? "exact" : "similar"},
                         {"value", link.value},
                         {"count", link.count},
                         {"added", link.added}});
    Json gaps = Json::array();
    for (const DocxGap& gap : match.gaps)
        gaps.push_back({{"kind", gap_kinds[static_cast<std::size_t>(gap.kind)]},
                        {"name", gap.name},
                        {"table", gap.table},
                        {"row", gap.row},
                        {"value", gap.value}});
    return canonical_json(Json{{"links", std::move(links)}, {"gaps", std::move(gaps)}});
}

DocxMatch read_docx_match(std::string_view json) {
    DocxMatch match;
    const auto parsed = parse_json(json, limits::report_bytes);
    if (!parsed || !parsed->is_object()) return match;
    for (const auto& [key, list] : parsed->items()) {
        if (!list.is_array()) continue;
        for (const Json& entry : list) {
            if (!entry.is_object()) continue;
            if (key == "links") match.links.push_back(read_link(entry));
            if (key == "gaps") match.gaps.push_back(read_gap(entry));
        }
    }
    return match;
}

// --- In words -----------------------------------------------------------------------------------------------------

namespace {

std::string place_words(Language language, std::size_t table, std::size_t row) {
    if (table == 0) return translate(language, "docx.place.text");
    return translate(language, row == 0 ? "docx.place.table" : "docx.place.row",
                     {{"table", static_cast<std::int64_t>(table)}, {"row", static_cast<std::int64_t>(row)}});
}

}  // namespace

std::string link_words(Language language, const DocxLink& link) {
    Params params{{"name", link.name},
                  {"found", link.found},
                  {"place", place_words(language, link.table, link.row)},
                  {"count", static_cast<std::int64_t>(link.count)},
                  {"added", static_cast<std::int64_t>(link.added)}};
    std::string key = "docx.link." + std::string(link_kinds[static_cast<std::size_t>(link.kind)]);
    if (link.kind == DocxLink::Kind::rows && link.added > 0) key += ".added";
    std::string words = translate(language, key, params);
    if (!link.is_exact) words += translate(language, "docx.link.worded", params);
    return words;
}

std::string gap_words(Language language, const DocxGap& gap) {
    std::string key = "docx.gap." + std::string(gap_kinds[static_cast<std::size_t>(gap.kind)]);
    if (gap.kind == DocxGap::Kind::no_place && gap.table > 0) key = "docx.gap.no-rows";
    if (gap.kind == DocxGap::Kind::no_place && gap.value.empty()) key = "docx.gap.no-column";
    return translate(language, key,
                     {{"name", gap.name}, {"value", gap.value}, {"place", place_words(language, gap.table, gap.row)}});
}

}  // namespace duibiao
