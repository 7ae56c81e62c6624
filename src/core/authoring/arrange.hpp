// What an author splits, adds and moves: done to what was read, before it is proved.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/authoring/decisions.hpp"
#include "core/authoring/draft.hpp"

namespace duibiao::authoring {

/// Rows from here on are no rows of the table, but parts of one that was split: its number times a hundred, and which.
inline constexpr std::size_t part_rows = 1'000'000;
/// Rows from here on were added by the author.
inline constexpr std::size_t added_rows = 100'000'000;
/// Parts that a row can be split into.
inline constexpr std::size_t most_parts = 99;

[[nodiscard]] constexpr std::size_t part_row(std::size_t row, std::size_t part) { return part_rows + row * 100 + part; }
/// The row of the table in which a row stands; 0: in none.
[[nodiscard]] constexpr std::size_t given_row(std::size_t row) {
    return row >= added_rows ? 0 : row >= part_rows ? (row - part_rows) / 100 : row;
}

/// The numbered lines or clauses of a text, each with its number; empty where there are not at least two.
[[nodiscard]] std::vector<std::string> split_text(std::string_view text);

/// Splits, adds and orders items and sections as was decided. `rule_column` is the id of the column of rules.
void arrange_items(const Decisions& decisions, std::string_view rule_column, Draft& draft);

/// Notes, fields of the head, remarks, signatures and grades that the author wrote, a line each.
void decide_lines(const Decisions& decisions, Draft& draft);
/// The lines of a text that say something.
[[nodiscard]] std::vector<std::string> lines_in(std::string_view text);
/// Grades as lines that decide_lines() reads: 90分以上为优秀.
[[nodiscard]] std::string band_lines(const std::vector<DraftBand>& bands);

}  // namespace duibiao::authoring
