#include "core/authoring/carry.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/authoring/arrange.hpp"
#include "core/authoring/wording.hpp"
#include "core/text.hpp"

namespace duibiao::authoring {

namespace {

/// A row by what it says.
struct SpokenRow {
    Place place;
    std::string whole;  ///< all its texts
    std::string core;   ///< the same without numbers in front and points
};

std::string core_of(std::string text) {
    text = squeeze(text);
    if (const auto number = leading_number(text)) text.erase(0, number->end);
    if (const std::size_t open = text.rfind('(');
        text.ends_with(")") && open != std::string::npos && text.find("分", open) != std::string::npos)
        text.resize(open);
    return text;
}

std::vector<SpokenRow> spoken_rows(const GivenFile& file) {
    std::vector<SpokenRow> rows;
    for (const GivenTable& table : file.tables) {
        for (std::size_t row = 0; row < table.rows(); ++row) {
            SpokenRow spoken{{table.number, table.row(row).number}, {}, {}};
            for (const GivenCell* cell : table.seen(row)) {
                if (cell->row != row) continue;
                spoken.whole += squeeze(cell->text) + "\n";
                if (!points_of_cell(cell->text)) spoken.core += core_of(cell->text);
            }
            if (!spoken.core.empty()) rows.push_back(std::move(spoken));
        }
    }
    return rows;
}

class RowMap {
public:
    RowMap(const GivenFile& before, const GivenFile& now) : before_(spoken_rows(before)), now_(spoken_rows(now)) {}

    [[nodiscard]] std::optional<Place> find(const Place& place) const {
        const auto was = std::find_if(before_.begin(), before_.end(), [&place](const SpokenRow& row) {
            return row.place.table == place.table && row.place.row == place.row;
        });
        if (was == before_.end()) return std::nullopt;
        for (const auto member : {&SpokenRow::whole, &SpokenRow::core}) {
            const auto same = [&](const SpokenRow& row) { return row.*member == (*was).*member; };
            // Of several that say the same none is meant for certain.
            if (std::count_if(now_.begin(), now_.end(), same) == 1)
                return std::find_if(now_.begin(), now_.end(), same)->place;
        }
        return std::nullopt;
    }

private:
    std::vector<SpokenRow> before_;
    std::vector<SpokenRow> now_;
};

/// "1.5" and what stands behind it: ".2", "/2".
struct PlacedKey {
    std::string what;
    Place place;
    std::string rest;
};

std::optional<PlacedKey> placed_key(const std::string& key) {
    const std::size_t accept = std::string_view("accept/").size();
    const std::size_t slash = key.find('/', key.starts_with("accept/") ? accept : 0);
    if (slash == std::string::npos) return std::nullopt;
    PlacedKey placed{key.substr(0, slash), {}, {}};
    const char* at = key.data() + slash + 1;
    const char* end = key.data() + key.size();
    const auto table = std::from_chars(at, end, placed.place.table);
    if (table.ec != std::errc{} || table.ptr == end || *table.ptr != '.') return std::nullopt;
    const auto row = std::from_chars(table.ptr + 1, end, placed.place.row);
    if (row.ec != std::errc{}) return std::nullopt;
    placed.rest = std::string(row.ptr, end);
    return placed;
}

/// The row that says the same, or the part of it; what the author added is where it was.
std::optional<Place> moved_place(const RowMap& rows, const Place& place) {
    if (place.row >= added_rows) return place;
    if (place.row < part_rows) return rows.find(place);
    auto whole = rows.find({place.table, given_row(place.row)});
    if (whole) whole->row = part_row(whole->row, place.row % 100);
    return whole;
}

/// Places of an order that are still there.
std::string moved_order(const RowMap& rows, std::string_view order) {
    std::string moved;
    while (!order.empty()) {
        const std::size_t end = std::min(order.find(' '), order.size());
        std::string_view word = order.substr(0, end);
        order.remove_prefix(std::min(end + 1, order.size()));
        const bool is_group = word.starts_with("g");
        if (is_group) word.remove_prefix(1);
        const auto placed = placed_key("order/" + std::string(word));
        const auto place = placed ? moved_place(rows, placed->place) : std::nullopt;
        if (!place) continue;
        moved += (moved.empty() ? "" : " ") + std::string(is_group ? "g" : "") + key_of("", *place).substr(1);
    }
    return moved;
}

/// The texts over a table's columns, as far as its first rows have them.
std::string head_words(const GivenFile& file, std::size_t number) {
    std::string words;
    for (const GivenTable& table : file.tables) {
        if (table.number != number) continue;
        constexpr std::size_t most_rows = 4;
        for (std::size_t row = 0; row < std::min(most_rows, table.rows()); ++row) {
            const auto cells = table.seen(row);
            if (cells.size() < 2) continue;
            for (const GivenCell* cell : cells) words += squeeze(cell->text) + "|";
            return words;
        }
    }
    return words;
}

/// What stands around the tables, but for years and other figures.
std::string words_around(const GivenFile& file) {
    std::string words;
    for (const GivenTable& table : file.tables) {
        for (const auto* lines : {&table.above, &table.below}) {
            for (const std::string& line : *lines) words += squeeze(line) + "|";
        }
    }
    std::erase_if(words, is_digit);
    return words;
}

bool is_of_column(std::string_view what) { return is_any(what, {"role", "type", "options", "label"}); }

}  // namespace

Decisions carry_decisions(const Decisions& decisions, const GivenFile& before, const GivenFile& now) {
    const RowMap rows(before, now);
    const bool is_same_around = words_around(before) == words_around(now);
    Decisions carried;
    for (const auto& [key, value] : decisions) {
        if (key == "id") carried[key] = value;
        if (is_same_around && is_any(key, {"heads", "notes", "remarks", "signatures", "bands"})) carried[key] = value;
        if (key == "sections") carried[key] = moved_order(rows, value);
        const auto placed = placed_key(key);
        if (!placed) continue;
        if (is_of_column(placed->what)) {
            const std::string head = head_words(before, placed->place.table);
            if (!head.empty() && head == head_words(now, placed->place.table)) carried[key] = value;
            continue;
        }
        if (placed->place.row == 0) continue;
        const auto place = moved_place(rows, placed->place);
        if (!place) continue;
        const std::string moved = placed->what == "order" ? moved_order(rows, value) : value;
        carried[key_of(placed->what, *place) + placed->rest] = moved;
    }
    return carried;
}

}  // namespace duibiao::authoring
