// Filling a document from a table: all or nothing.
#pragma once

#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

struct Filled {
    Document document;
    int changed = 0;  ///< answers that are now different
};

/// Reads `item,score,note` (header row required, its columns in any order; `score` or `note` may be missing): criteria,
/// measures ("3.2.2.m1": value in `score`), veto conditions (0 or 1 in `score`, text in `note`) and header fields
/// ("header.date": value in `note`, or in `score` when there is no note). Also `explanation` as a fourth column. An
/// empty cell leaves its answer alone. All edits share one batch. Every bad line is named; one bad line and nothing is
/// changed. Errors per line (place "line n"): "item-unknown", "item-doubled" {item, first}, "csv-columns" {expected},
/// those of check_value; for the whole: those of parse_csv, "csv-header" {expected}.
///
/// Forms that are not scored: `item,value,note` (note also under the form's own name for it, 备注), and any of their
/// items' fields under its id or label (责任人); also the ledger's header fields, and which sets of duties bind it
/// ("duties.ruian-2019": 是 or 否). A form with a table reads its rows under the table's own column names, in any order
/// (ledger: 日期,类型,主题…); every line becomes one row after those already there. Errors also, for the head:
/// "column-unknown", "column-doubled", "column-missing" {column, expected}; for the first line that is too many
/// "rows-many" {limit}; for a line "column-unnamed" {text}, and those of normalise_row, with {column}.
[[nodiscard]] tl::expected<Filled, std::vector<Error>> fill_from_csv(const Document& document, Layer layer,
                                                                     std::string_view csv, const Author& author);

/// Rows for the table of a form that has one, as people paste them: below a head, as fill_from_csv reads them, or
/// without one, in the order of the table's columns. The same errors.
[[nodiscard]] tl::expected<Filled, std::vector<Error>> add_rows_from_csv(const Document& document, Layer layer,
                                                                         std::string_view csv, const Author& author);

}  // namespace duibiao
