// Typed cells: what may stand in an item's field or in a row of a table, and the one way it is written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/instrument.hpp"
#include "core/value.hpp"

namespace duibiao {

/// Between the parts of a cell that holds several: names, options chosen.
inline constexpr std::string_view part_separator = "、";

/// Errors (place empty): "score-over" {max}, "score-under", "score-step" {step}; without a step any hundredth is one.
[[nodiscard]] Done check_score(Points score, Points most, Points step);

/// Checks a value at a field and writes texts the one way: dates 2026-08-09, months 2026-08 (or the full date that was
/// given), kinds by their own name, options and names with 、 between them, in the form's order; no option chosen is
/// "无"; numbered options as "1、4". Errors (place empty): "value-type", "value-under", "number-range", "date-…",
/// "choice-unknown" {text, options}, "number-unknown" {text, most}, "kind-unknown" {text}, "text-long" {limit},
/// "text-encoding", those of check_score.
[[nodiscard]] Done normalise_cell(const Instrument& instrument, const AnswerField& field, Value& value);

/// Reads what a user typed or a file says; empty text is "nothing". A flags cell also reads 全部 and 是 as all options,
/// 否 and 无 as none, and options without their leading 有; numbered options are also read as 第4条, ④ and by their
/// titles. Errors also: those of Points::parse.
[[nodiscard]] Result<Value> parse_cell(const Instrument& instrument, const AnswerField& field, std::string_view text);

/// Empty, or one of the words and strokes that people write where there is nothing to write: 无, 否, /, —.
[[nodiscard]] bool says_nothing(std::string_view cell);

/// The parts of "甲、乙": between 、, commas, semicolons, slashes, blanks, tabs, line ends; each once.
[[nodiscard]] std::vector<std::string> split_parts(std::string_view text);

/// The parts of a list of names. A name of two characters is often padded with a blank or two so that it is as wide as
/// one of three; that blank is dropped:
///
///     张　三、李 四    张三 李四     two single characters
///     张 三 李　四     张三 李四     an even number of them: two make a name
///     王五 赵六        王五 赵六     other blanks separate
///     欧阳 修          欧阳 修
///     买某 · 吐某      买某·吐某     blanks beside the dot within a name
///     张 三 李         张 三 李      an odd number: nothing is guessed
[[nodiscard]] std::vector<std::string> split_names(std::string_view text);

/// A copy without characters that have no picture and with every blank an ASCII one (plain_text.hpp), so that lists of
/// names come apart at it. For what is typed anew: names that were stored earlier stay as they are.
[[nodiscard]] std::string with_plain_blanks(std::string_view text);

/// A row is one answer, with tabs between its cells as spreadsheets copy them: cells.front() is the first column. As
/// many as the table has columns.
[[nodiscard]] std::vector<std::string_view> split_row(std::string_view row, std::size_t columns);
[[nodiscard]] std::string join_row(const std::vector<std::string>& cells);

/// Checks and writes every cell of a row the one way, cleaned (text.hpp) and on one line; trailing empty cells are cut
/// off, and a row without a character stays one. Errors (params also {column}): those of parse_cell, "text-long"
/// {limit} of a whole row, "cell-missing" {column}, "attendance-over" {expected, actual}, "row-columns"
/// {count, expected}, "ballots-few" {fewest} (figures that fewer raters must not have), "ballots-range" (the mean is
/// not between lowest and highest).
[[nodiscard]] Result<std::string> normalise_row(const Instrument& instrument, std::string row);

}  // namespace duibiao
