// Numbers as people and programs write them into tables.
#pragma once

#include <string_view>

#include "core/points.hpp"
#include "core/result.hpp"

namespace duibiao {

/// Reads a number in any of its spellings: what Points::parse reads, and 1,234 · １，２３４ · 1 234 (GB/T 15835 parts
/// thousands by a blank) · .5 · 1. · 1.000 · +50 · −1 · '1 as Excel keeps text · 50名, 1分 with a counter that goes
/// with `unit` (人 · 名 · 位; 次 · 场 · 回; 分; 学时 · 课时; without a unit any of them) · characters without a picture
/// and blanks of every width. `text` must be UTF-8.
///
/// What does not mean one number is refused. Errors (place empty): "number-about" (约50, 50余, 50多, 50左右),
/// "number-words" (五十, 一), "number-share" (50%, ½, 1/2), "number-format", "number-places" (more than two decimals
/// that are not 0), "number-range".
[[nodiscard]] Result<Points> read_number(std::string_view text, std::string_view unit = {});

}  // namespace duibiao
