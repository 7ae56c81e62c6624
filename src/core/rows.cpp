#include "core/rows.hpp"

#include <optional>

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

}  // namespace

std::vector<RowView> rows_of(const Document& document) {
    std::vector<RowView> rows;
    auto answer = document.answers.lower_bound(TargetRef{Layer::self, row_prefix, {}});
    for (; answer != document.answers.end() && answer->first.layer == Layer::self; ++answer) {
        if (!answer->first.item.starts_with(row_prefix)) break;
        if (const auto* cells = std::get_if<std::string>(&answer->second)) rows.push_back({answer->first.item, *cells});
    }
    return rows;
}

std::string next_row_id(const Document& document, const Author& author, std::size_t ahead) {
    std::size_t number = 0;
    auto row = document.answers.lower_bound(TargetRef{Layer::self, "row/", {}});  // '/' follows '.'
    while (row != document.answers.begin()) {
        --row;
        if (row->first.layer != Layer::self || !row->first.item.starts_with(row_prefix)) break;
        const auto known = number_of_row(row->first.item);
        if (!known) continue;
        number = *known;
        break;
    }
    std::string digits = std::to_string(number + 1 + ahead);
    if (digits.size() < key_digits) digits.insert(0, key_digits - digits.size(), '0');
    std::string key = std::string(row_prefix) + digits + "-";
    for (const char c : author.session.substr(0, 12)) {
        if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) key += c;
        if (c >= 'A' && c <= 'Z') key += static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

}  // namespace duibiao
