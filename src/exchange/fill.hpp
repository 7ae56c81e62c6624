// Filling a document from a table: all or nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "exchange/csv.hpp"

namespace duibiao {

struct Filled {
    Document document;
    int changed = 0;                       ///< answers that are now different
    std::vector<std::string> closed = {};  ///< titles of an appraisal's steps that were closed
    int serial_dates = 0;                  ///< cells in which a spreadsheet's number was read as a day
};

/// Reads `item,score,note` (header row required, its columns in any order; `score` or `note` may be missing): criteria,
/// measures ("3.2.2.m1": value in `score`), veto conditions (0 or 1 in `score`, text in `note`) and header fields
/// ("header.date": value in `note`, or in `score` when there is no note). Also `explanation` as a fourth column;
/// columns that only tell what the form asks (its words for section and criterion, 分值, 分项) are passed over. An
/// empty cell leaves its answer alone. All edits share one batch. Every bad line is named; one bad line and nothing is
/// changed. Errors per line (place "line n"): "item-unknown", "item-doubled" {item, first}, "csv-columns" {expected},
/// those of check_value; for the whole: those of parse_csv, "csv-header" {expected}.
///
/// Forms that are not scored: `item,value,note` (note also under the form's own name for it, 备注), and any of their
/// items' fields under its id or label (责任人); also the ledger's header fields, and which sets of duties bind it
/// ("duties.ruian-2019": 是 or 否). A form with a table reads its rows under the table's own column names, in any order
/// (ledger: 日期,类型,主题…); every line becomes one row after those already there. In a table with a key (Table::key)
/// a line with the key of a row that is there has that row's new cells; empty ones are left alone, and two lines of one
/// row are "line-doubled" {first}. Errors also, for the head:
/// "column-unknown", "column-doubled", "column-missing" {column, expected}; for the first line that is too many
/// "rows-many" {limit}; for a line "column-unnamed" {text}, and those of normalise_row, with {column}.
///
/// Scored forms of format 2 also read long rows: fill_long.hpp.
/// A form with items also takes its evidence: a head that names 编号 and 材料名称 (evidence/evidence_table.hpp), by
/// itself or below the answers, as write_csv has both.
///
/// An appraisal takes a line for a member who is there already (MemberIndex) as that member's new cells; empty ones are
/// left alone. "steps.self" with 是 closes a step (close_step). A table that has rater after rater beside 姓名 and
/// 党支部 holds ballots (ballot_table.hpp): the steps up to theirs are closed at once and nothing but the figures is
/// kept. Errors also: those of check_open, MemberIndex and add_ballots_from_csv, "member-doubled" {name, first}; of
/// ballots "step-closed" {step} (too late), "raters-few" {count, fewest}, "members-left-out" {count, members} (no
/// line), "scores-missing" {step, count, members} (of a step before), "ballots-unasked" (the form has no such step).
[[nodiscard]] tl::expected<Filled, std::vector<Error>> fill_from_csv(const Document& document, Layer layer,
                                                                     std::string_view csv, const Author& author,
                                                                     Quoting quoting = Quoting::file);

/// Are there ballots in the table? Then nothing may be derived from it but what fill_from_csv keeps.
[[nodiscard]] bool holds_ballots(const Document& document, std::string_view csv, Quoting quoting = Quoting::file);

/// Does a table begin with heads that fill_from_csv would read for this document, perhaps below a few lines of title?
[[nodiscard]] bool has_heads_of(const Document& document, std::string_view csv, Quoting quoting);

/// Rows for the table of a form that has one, as people paste them: below a head, as fill_from_csv reads them, or
/// without one, in the order of the table's columns. The same errors.
[[nodiscard]] tl::expected<Filled, std::vector<Error>> add_rows_from_csv(const Document& document, Layer layer,
                                                                         std::string_view csv, const Author& author,
                                                                         Quoting quoting = Quoting::file);

}  // namespace duibiao
