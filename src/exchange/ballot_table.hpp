// Ballots from a table that people paste.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/ballots.hpp"
#include "core/document.hpp"
#include "exchange/csv.hpp"

namespace duibiao {

/// Adds the raters of a table to a box, all or nothing. Head: 姓名, 党支部 (may be left out; 序号 is passed over), then
/// one column a rater, headed by a label of its own. A line is a member: known by the name, where there are more of
/// that name by the branch too. An empty cell or 弃权 is an abstention. Members that the table leaves out are left
/// alone.
///
/// Errors for the head: "column-missing", "column-unknown", "column-doubled" {column, expected}, "rater-doubled"
/// {rater} (in the table, or in the box already), "raters-none"; for a line: "member-unknown" {name},
/// "member-ambiguous" {name}, "member-doubled" {name, first}, "cell-missing" {column}, "column-unnamed" {text},
/// "csv-columns" {count, expected}, "ballot-refused" {rater, text, max, step} (no number, over the points, between the
/// steps); for the whole: those of parse_csv.
[[nodiscard]] tl::expected<BallotBox, std::vector<Error>> add_ballots_from_csv(const Document& document,
                                                                               const BallotBox& box,
                                                                               std::string_view csv);

/// The same of rows that are read already, and which members the table has a line for.
struct BallotTable {
    BallotBox box;
    std::vector<std::string_view> rows;  ///< ids of members' rows
};
[[nodiscard]] tl::expected<BallotTable, std::vector<Error>> read_ballots(const Document& document, const BallotBox& box,
                                                                         std::span<const CsvRow> rows);

/// Does this head name members and, beside them, nothing that the form knows?
[[nodiscard]] bool is_ballot_head(const Instrument& form, const CsvRow& head);

}  // namespace duibiao
