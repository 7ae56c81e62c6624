#include "exchange/author/given_json.hpp"

#include <optional>
#include <utility>

#include "core/json.hpp"
#include "core/limits.hpp"

namespace duibiao {

namespace {

constexpr std::size_t most_side = 20'000;  ///< rows or columns of one table

Json params_json(const Params& params) {
    Json json = Json::object();
    for (const auto& [name, value] : params) {
        if (const auto* text = std::get_if<std::string>(&value)) json[name] = *text;
        if (const auto* number = std::get_if<std::int64_t>(&value)) json[name] = *number;
    }
    return json;
}

/// A cell as a list: row, column, rows, columns, text, and what is seldom so.
Json cell_json(const GivenCell& cell) {
    Json json{cell.row, cell.column, cell.rows, cell.columns, cell.text};
    const int marks = (cell.is_numbered ? 1 : 0) + (cell.is_sum ? 2 : 0);
    if (marks != 0) json.push_back(marks);
    return json;
}

Json table_json(const GivenTable& table) {
    Json json{
        {"number", table.number}, {"columns", table.columns()}, {"rows", Json::array()}, {"cells", Json::array()}};
    if (!table.name.empty()) json["name"] = table.name;
    if (!table.above.empty()) json["above"] = table.above;
    if (!table.below.empty()) json["below"] = table.below;
    if (!table.widths.empty()) json["widths"] = table.widths;
    if (table.is_hidden) json["hidden"] = true;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const GivenRow& own = table.row(row);
        const int marks = (own.is_head ? 1 : 0) + (own.is_hidden ? 2 : 0);
        json["rows"].push_back(marks == 0 ? Json(own.number) : Json{own.number, marks});
        for (const GivenCell* cell : table.seen(row)) {
            if (cell->row == row) json["cells"].push_back(cell_json(*cell));
        }
    }
    return json;
}

std::size_t whole(const Json& value) { return value.is_number_unsigned() ? value.get<std::size_t>() : 0; }

std::optional<GivenCell> cell_in(const Json& list, const GivenTable& table) {
    constexpr std::size_t least = 5;
    if (!list.is_array() || list.size() < least || !list[4].is_string()) return std::nullopt;
    GivenCell cell{whole(list[0]), whole(list[1]), whole(list[2]), whole(list[3]), list[4].get<std::string>()};
    const std::size_t marks = list.size() > least ? whole(list[least]) : 0;
    cell.is_numbered = (marks & 1U) != 0;
    cell.is_sum = (marks & 2U) != 0;
    const bool fits = cell.rows > 0 && cell.columns > 0 && cell.row < table.rows() && cell.column < most_side &&
                      cell.rows <= most_side && cell.columns <= most_side;
    return fits ? std::optional(std::move(cell)) : std::nullopt;
}

GivenTable table_in(const Json& json) {
    GivenTable table;
    table.number = size_member(json, "number");
    table.name = text_member(json, "name");
    table.above = texts_in(list_member(json, "above"));
    table.below = texts_in(list_member(json, "below"));
    table.is_hidden = json.contains("hidden");
    if (json.contains("widths") && json["widths"].is_array()) {
        for (const Json& width : json["widths"]) table.widths.push_back(whole(width));
    }
    if (!json.contains("rows") || !json["rows"].is_array()) return table;
    for (const Json& row : json["rows"]) {
        if (table.rows() == most_side) break;
        const bool has_marks = row.is_array() && row.size() == 2;
        const std::size_t marks = has_marks ? whole(row[1]) : 0;
        table.add_row({whole(has_marks ? row[0] : row), (marks & 1U) != 0, (marks & 2U) != 0});
    }
    if (!json.contains("cells") || !json["cells"].is_array()) return table;
    for (const Json& list : json["cells"]) {
        if (auto cell = cell_in(list, table)) table.add(*std::move(cell));
    }
    return table;
}

}  // namespace

std::string write_given_json(const GivenFile& file) {
    Json json{{"tables", Json::array()}, {"notices", Json::array()}};
    for (const GivenTable& table : file.tables) json["tables"].push_back(table_json(table));
    for (const GivenNotice& notice : file.notices)
        json["notices"].push_back({{"code", notice.code},
                                   {"table", notice.table},
                                   {"row", notice.row},
                                   {"params", params_json(notice.params)}});
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<GivenFile> read_given_json(std::string_view text) {
    const Result<Json> json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected(json.error());
    GivenFile file;
    const auto tables = json->is_object() ? json->find("tables") : json->end();
    if (!json->is_object() || tables == json->end() || !tables->is_array()) return fail("import-no-table");
    for (const Json& table : *tables) {
        if (table.is_object()) file.tables.push_back(table_in(table));
    }
    const auto notices = json->find("notices");
    if (notices == json->end() || !notices->is_array()) return file;
    for (const Json& one : *notices) {
        if (!one.is_object()) continue;
        GivenNotice notice{text_member(one, "code"), size_member(one, "table"), size_member(one, "row"), {}};
        const auto params = one.find("params");
        if (params != one.end() && params->is_object()) {
            for (const auto& [name, value] : params->items()) {
                if (value.is_string()) notice.params[name] = value.get<std::string>();
                if (value.is_number_integer()) notice.params[name] = value.get<std::int64_t>();
            }
        }
        file.notices.push_back(std::move(notice));
    }
    return file;
}

}  // namespace duibiao
