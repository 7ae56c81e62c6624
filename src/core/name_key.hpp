// What the spellings of one name have in common. Names are compared by their keys and shown as they were typed.
#pragma once

#include <string>
#include <string_view>

namespace duibiao {

/// The key of a person's name: without blanks and characters that have no picture, in ordinary forms (plain_text.hpp),
/// small letters, Roman numerals as letters, every dot between the parts of a name as "·". 李　某 and 李某, 买某•吐某
/// and 买某 ． 吐某 are one. Empty for a name of blanks alone. Keys are never shown and never stored.
[[nodiscard]] std::string person_key(std::string_view name);

/// The key of a unit's, a branch's or another organisation's name: as person_key, and every bracket, dash and quotation
/// mark as the ASCII one: 市医院（集团） and 市医院(集团) are one.
[[nodiscard]] std::string organisation_key(std::string_view name);

/// The key of a label, a head, a kind or an option: what organisation_key does for names.
[[nodiscard]] std::string label_key(std::string_view label);

/// label_key of a column's head without what only says how to fill it in: *日期, 日期：, 日期（必填） and 【日期】 are
/// one. Where a form has columns that differ in such a remark, their whole keys are compared first.
[[nodiscard]] std::string head_key(std::string_view head);

/// True for two keys of which one becomes the other by one character more, less or other, or by two neighbours changing
/// places: a slip of the pen, perhaps. Such names are shown to the user and never taken for one. False for equal keys,
/// and for keys of less than three characters on both sides (张三 and 张四 are two people).
[[nodiscard]] bool is_near_miss(std::string_view key, std::string_view other);

}  // namespace duibiao
