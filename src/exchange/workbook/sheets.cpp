#include "exchange/workbook/sheets.hpp"

#include <algorithm>
#include <utility>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "exchange/fill.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_sheet_bytes = 8 * limits::report_bytes;  ///< escaped

std::vector<SheetRefusal> read_refusals(const Json& list) {
    std::vector<SheetRefusal> refusals;
    for (const Json& one : list) {
        SheetRefusal refusal{text_member(one, "code"), {}, static_cast<std::int64_t>(size_member(one, "count"))};
        for (const Json& cell : one.at("cells")) refusal.cells.push_back(cell.get<std::string>());
        refusals.push_back(std::move(refusal));
    }
    return refusals;
}

Json to_json(const SheetRefusal& refusal) {
    return {{"code", refusal.code}, {"cells", refusal.cells}, {"count", refusal.count}};
}

std::vector<Error> errors_of(const Sheet& sheet) {
    std::vector<Error> errors;
    for (const SheetRefusal& refusal : sheet.refusals) {
        errors.push_back(
            {refusal.code,
             "sheet " + sheet.name,
             {{"cells", refusal.cells}, {"count", refusal.count}, {"limit", static_cast<std::int64_t>(limits::rows)}}});
    }
    return errors;
}

}  // namespace

std::string write_sheets(const std::vector<Sheet>& sheets) {
    Json list = Json::array();
    for (const Sheet& sheet : sheets) {
        Json refusals = Json::array();
        for (const SheetRefusal& refusal : sheet.refusals) refusals.push_back(to_json(refusal));
        list.push_back({{"name", sheet.name},
                        {"text", sheet.text},
                        {"hidden", sheet.is_hidden ? "1" : ""},
                        {"hidden_rows", sheet.hidden_rows},
                        {"refusals", std::move(refusals)}});
    }
    return list.dump();
}

std::vector<Sheet> read_sheets(std::string_view text) {
    std::vector<Sheet> sheets;
    const Result<Json> list = parse_json(text, most_sheet_bytes);
    if (!list) return sheets;
    for (const Json& one : *list) {
        sheets.push_back({text_member(one, "name"), text_member(one, "text"), !text_member(one, "hidden").empty(),
                          static_cast<std::int64_t>(size_member(one, "hidden_rows")),
                          read_refusals(one.at("refusals"))});
    }
    return sheets;
}

tl::expected<Sheet, std::vector<Error>> choose_sheet(std::vector<Sheet> sheets, const Document& document) {
    std::erase_if(sheets, [](const Sheet& sheet) { return sheet.text.empty() && sheet.refusals.empty(); });
    if (sheets.empty()) return tl::unexpected(std::vector<Error>{{"workbook-empty", {}, {}}});
    std::stable_partition(sheets.begin(), sheets.end(), [](const Sheet& sheet) { return !sheet.is_hidden; });
    std::vector<Sheet*> fitting;
    for (Sheet& sheet : sheets) {
        const bool counts = fitting.empty() || !sheet.is_hidden || fitting.front()->is_hidden;
        if (counts && has_heads_of(document, sheet.text, Quoting::sheet)) fitting.push_back(&sheet);
    }
    if (fitting.size() > 1) {
        std::vector<std::string> names;
        names.reserve(fitting.size());
        for (const Sheet* sheet : fitting) names.push_back(sheet->name);
        return tl::unexpected(std::vector<Error>{{"sheets-many", {}, {{"sheets", std::move(names)}}}});
    }
    Sheet& chosen = fitting.empty() ? sheets.front() : *fitting.front();
    if (!chosen.refusals.empty()) return tl::unexpected(errors_of(chosen));
    return std::move(chosen);
}

std::string name_with_sheet(Language language, std::string_view file, const Sheet& sheet) {
    return translate(language, "workbook.sheet", {{"file", std::string(file)}, {"sheet", sheet.name}});
}

std::string hidden_words(Language language, const Sheet& sheet) {
    std::string words;
    if (sheet.is_hidden) words += translate(language, "workbook.hidden-sheet", {{"sheet", sheet.name}});
    if (sheet.hidden_rows > 0) words += translate(language, "workbook.hidden-rows", {{"count", sheet.hidden_rows}});
    return words;
}

}  // namespace duibiao
