#include "core/rows.hpp"

#include <algorithm>
#include <optional>

#include "core/cell.hpp"
#include "core/sort.hpp"

namespace duibiao {
namespace {

constexpr std::size_t key_digits = 8;
constexpr std::size_t largest_row_number = 90'000'000;  ///< leaves room for as many rows as a document may have

/// The number in an id that next_row_id made; none in ids that other programs thought of.
std::optional<std::size_t> number_of_row(std::string_view item) {
    const std::string_view key = item.substr(row_prefix.size());
    if (key.size() <= key_digits || key[key_digits] != '-') return std::nullopt;
    std::size_t number = 0;
    for (const char c : key.substr(0, key_digits)) {
        if (c < '0' || c > '9') return std::nullopt;
        number = number * 10 + static_cast<std::size_t>(c - '0');
    }
    return number > largest_row_number ? std::nullopt : std::optional(number);
}

std::string digits_of(std::size_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() < key_digits) digits.insert(0, key_digits - digits.size(), '0');
    return digits;
}

/// The largest number among the ids that next_row_id made.
std::size_t last_row_number(const Document& document) {
    auto row = document.answers.lower_bound(TargetRef{Layer::self, "row/", {}});  // '/' follows '.'
    while (row != document.answers.begin()) {
        --row;
        if (row->first.layer != Layer::self || !row->first.item.starts_with(row_prefix)) break;
        if (const auto known = number_of_row(row->first.item)) return *known;
    }
    return 0;
}

// Keys are numbers of any length to the base of their characters, in the order of their bytes.
constexpr std::string_view key_characters = "-0123456789abcdefghijklmnopqrstuvwxyz";

/// 0 is the end of a key, then its characters.
std::size_t digit_at(std::string_view key, std::size_t at) {
    return at < key.size() ? key_characters.find(key[at]) + 1 : 0;
}

/// A key between two others, as short as halving makes it; nothing where none is, or none short enough.
std::optional<std::string> key_between(std::string_view after, std::string_view before) {
    std::string key;
    bool below = true;  // the key so far is the start of `before`
    for (std::size_t at = 0; key.size() < longest_key; ++at) {
        const std::size_t low = key == after.substr(0, at) ? digit_at(after, at) : 0;
        const std::size_t high = below ? digit_at(before, at) : key_characters.size() + 1;
        if (high <= low && below && high == 0) return std::nullopt;
        const std::size_t middle = (low + high) / 2;
        // A dash at the end would leave no room before it.
        if (middle > low && middle > 1) return key + key_characters[middle - 1];
        const std::size_t next = std::max(low, std::size_t{1});
        key += key_characters[next - 1];
        below = below && next == high;
        if (next > high) return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

std::vector<RowView> rows_of(const Document& document) {
    std::vector<RowView> rows;
    bool moved = false;
    auto answer = document.answers.lower_bound(TargetRef{Layer::self, row_prefix, {}});
    for (; answer != document.answers.end() && answer->first.layer == Layer::self; ++answer) {
        const Target& target = answer->first;
        if (!target.item.starts_with(row_prefix)) break;
        const auto* text = std::get_if<std::string>(&answer->second);
        if (text == nullptr) continue;
        if (target.field == "cells") {
            rows.push_back({target.item, *text, std::string_view(target.item).substr(row_prefix.size())});
        } else if (!rows.empty() && rows.back().id == target.item) {  // "order" follows "cells"
            rows.back().key = *text;
            moved = true;
        }
    }
    if (moved) {
        sort_stably(rows, [](const RowView& a, const RowView& b) { return a.key < b.key; });
    }
    return rows;
}

std::string with_cells(const Table& table, std::string_view row, const WrittenCells& written) {
    const auto cells = split_row(row, table.columns.size());
    std::vector<std::string> texts(cells.begin(), cells.end());
    for (const auto& [id, text] : written) {
        if (const auto column = table.find_column(id)) texts[*column] = text;
    }
    return join_row(texts);
}

std::string next_row_id(const Document& document, const Author& author, std::size_t ahead) {
    const std::size_t number = last_row_number(document) + 1 + ahead;
    std::string key = std::string(row_prefix) + digits_of(number) + "-";
    for (const char c : author.session.substr(0, 12)) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) key += c;
        if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

std::vector<std::string> keys_between(const Document& document, std::string_view after, std::string_view before,
                                      std::size_t count) {
    const std::string end = digits_of(last_row_number(document) + 1);
    if (before.empty() || end < before) before = end;
    const auto middle = key_between(after, before);
    if (!middle) return {};
    if (count == 1) return {*middle};
    std::vector<std::string> keys;
    const std::size_t width = std::to_string(count).size();
    if (middle->size() + width > longest_key) return {};
    for (std::size_t i = 1; i <= count; ++i) {
        const std::string number = std::to_string(i);
        keys.push_back(*middle + std::string(width - number.size(), '0') + number);
    }
    return keys;
}

std::string numbered_key(std::size_t position) { return digits_of(position); }

}  // namespace duibiao
