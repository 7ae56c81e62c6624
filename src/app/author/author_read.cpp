// The second program's view of a draft, out of its JSON (exchange/author/author_view.hpp).
#include <algorithm>
#include <utility>

#include "app/author/author.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"

namespace duibiao {

std::size_t AuthorView::open_doubts() const {
    return static_cast<std::size_t>(
        std::count_if(doubts.begin(), doubts.end(), [](const AuthorDoubt& doubt) { return !doubt.is_accepted; }));
}

namespace {

std::size_t size_at(const Json& list, std::size_t index) {
    return index < list.size() && list[index].is_number_unsigned() ? list[index].get<std::size_t>() : 0;
}

std::string text_at(const Json& list, std::size_t index) {
    return index < list.size() && list[index].is_string() ? list[index].get<std::string>() : std::string();
}

SourcePlace source_place(const Json& object) { return {size_member(object, "t"), size_member(object, "r")}; }

SourceTable source_table(const Json& json) {
    SourceTable table;
    table.number = size_member(json, "number");
    table.columns = size_member(json, "columns");
    table.name = text_member(json, "name");
    table.above = texts_in(list_member(json, "above"));
    table.below = texts_in(list_member(json, "below"));
    const Json& widths = list_member(json, "widths");
    for (std::size_t i = 0; i < widths.size(); ++i) table.widths.push_back(size_at(widths, i));
    const Json& rows = list_member(json, "rows");
    for (std::size_t i = 0; i < rows.size(); ++i) table.rows.push_back(size_at(rows, i));
    for (const Json& cell : list_member(json, "cells"))
        table.cells.push_back({size_at(cell, 0), size_at(cell, 1), std::max<std::size_t>(1, size_at(cell, 2)),
                               std::max<std::size_t>(1, size_at(cell, 3)), text_at(cell, 4)});
    for (const Json& role : list_member(json, "roles"))
        table.roles.push_back(
            {size_at(role, 0), text_at(role, 1), text_at(role, 2), text_at(role, 3), text_at(role, 4)});
    table.head = size_member(json, "head");
    table.body = size_member(json, "body");
    table.end = size_member(json, "end");
    return table;
}

AuthorRule rule_of(const Json& json) {
    return {size_member(json, "n"),     text_member(json, "text"), text_member(json, "effect"),
            text_member(json, "each"),  text_member(json, "cap"),  text_member(json, "per"),
            text_member(json, "range"), flag_member(json, "once"), flag_member(json, "dropped")};
}

AuthorLine line_of(const Json& json) {
    AuthorLine line;
    const std::string level = text_member(json, "level");
    line.level = level == "section" ? AuthorLine::Level::section
                 : level == "group" ? AuthorLine::Level::group
                                    : AuthorLine::Level::item;
    line.id = text_member(json, "id");
    line.number = text_member(json, "number");
    line.text = text_member(json, "text");
    line.points = text_member(json, "points");
    line.printed = text_member(json, "printed");
    line.role = text_member(json, "role");
    line.said = text_member(json, "said");
    line.is_unlimited = flag_member(json, "unlimited");
    for (const Json& rule : list_member(json, "rules")) line.rules.push_back(rule_of(rule));
    line.levels = texts_in(list_member(json, "levels"));
    line.parts = size_member(json, "parts");
    line.place = source_place(json);
    return line;
}

AuthorDoubt doubt_of(const Json& json) {
    AuthorDoubt doubt;
    doubt.key = text_member(json, "key");
    doubt.what = text_member(json, "what");
    doubt.chosen = text_member(json, "chosen");
    doubt.instead = texts_in(list_member(json, "instead"));
    doubt.is_accepted = flag_member(json, "accepted");
    for (const Json& answer : list_member(json, "options"))
        doubt.answers.push_back(
            {text_member(answer, "label"), text_member(answer, "key"), text_member(answer, "value")});
    doubt.place = source_place(json);
    return doubt;
}

}  // namespace

Result<AuthorView> read_author_view(std::string_view text) {
    const Result<Json> json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected(json.error());
    AuthorView view;
    view.error = text_member(*json, "error");
    view.form = text_member(*json, "form");
    view.title = text_member(*json, "title");
    view.id = text_member(*json, "id");
    view.version = text_member(*json, "version");
    view.points = text_member(*json, "points");
    view.printed = text_member(*json, "printed");
    view.items = static_cast<std::int64_t>(size_member(*json, "items"));
    view.sections = static_cast<std::int64_t>(size_member(*json, "sections"));
    view.is_roster = flag_member(*json, "is_roster");
    for (const Json& table : list_member(*json, "tables")) view.tables.push_back(source_table(table));
    for (const Json& line : list_member(*json, "tree")) view.lines.push_back(line_of(line));
    for (const Json& doubt : list_member(*json, "doubts")) view.doubts.push_back(doubt_of(doubt));
    for (const Json& sum : list_member(*json, "sums"))
        view.sums.push_back({text_member(sum, "words"), source_place(sum)});
    view.changes = texts_in(list_member(*json, "changes"));
    if (const auto around = json->find("around"); around != json->end()) {
        for (const auto& [name, lines] : around->items()) {
            if (lines.is_string()) view.around[name] = lines.get<std::string>();
        }
    }
    return view;
}

}  // namespace duibiao
