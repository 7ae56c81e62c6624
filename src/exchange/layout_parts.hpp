// What the layouts of all kinds of forms share. For layout_*.cpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/layout.hpp"

namespace duibiao {

/// The columns' widths that print.css names.
namespace widths {
inline constexpr LayoutWidth rest{};
inline constexpr LayoutWidth name{"paper-name-column", 26};
inline constexpr LayoutWidth note{"paper-note-column", 66};
inline constexpr LayoutWidth score{"paper-score-column", 17};
inline constexpr LayoutWidth answer{"paper-answer-column", 36};
inline constexpr LayoutWidth checklist_answer{"paper-answer-column", 58};
inline constexpr LayoutWidth date{"paper-cell-date", 22};
inline constexpr LayoutWidth count{"paper-cell-count", 12};
inline constexpr LayoutWidth mark{"paper-cell-mark", 9.5};
inline constexpr LayoutWidth list{"paper-cell-list", 28};
inline constexpr LayoutWidth duty{"paper-duty-column", 93};
inline constexpr LayoutWidth roster_number{"paper-roster-number", 12};
inline constexpr LayoutWidth roster_date{"paper-roster-date", 33};
inline constexpr LayoutWidth roster_choice{"paper-roster-choice", 36};
inline constexpr LayoutWidth roster_short{"paper-roster-short", 26};
}  // namespace widths

inline constexpr std::size_t most_uncut_characters = 500;  ///< a row with longer texts may go on overleaf

/// Title, head line, blocks and notes, which every form has; no tables yet.
[[nodiscard]] Layout lay_out_frame(const Document& document);
/// Unit and day in the head line, everything else of the head below the table; whoever seals is named by the first
/// block of signatures, which then has no place of its own.
void split_head(Layout& layout, const Document& document);

[[nodiscard]] Layout lay_out_scored(const Document& document);
/// A scored form of format 2, in its own columns.
[[nodiscard]] Layout lay_out_own(const Document& document);
/// The same as lines of CSV, with the head's fields below (export_csv_own.cpp).
[[nodiscard]] std::string write_own_table(const Document& document);
[[nodiscard]] Layout lay_out_items(const Document& document);
[[nodiscard]] Layout lay_out_roster(const Document& document);
[[nodiscard]] Layout lay_out_ledger(const Document& document, Date as_of);
[[nodiscard]] Layout lay_out_appraisal(const Document& document);
/// The form's rows as a table of its own, each cell as the log holds it.
[[nodiscard]] LayoutTable lay_out_rows(const Document& document);

// --- Cells --------------------------------------------------------------------------------------------------------

[[nodiscard]] LayoutCell text_cell(std::string text, LayoutCell::Kind kind = LayoutCell::Kind::text);
/// A heading over columns and rows.
[[nodiscard]] LayoutCell heading_cell(std::string text, std::size_t columns = 1, std::size_t rows = 1);
/// Empty without a number.
[[nodiscard]] LayoutCell number_cell(const std::optional<Points>& number, LayoutCell::Kind kind);
/// A paragraph of one run; nothing without text.
void add_paragraph(LayoutCell& cell, std::string text);
/// "name：text" in small letters; nothing without text.
void add_named(LayoutCell& cell, Language language, std::string_view name, std::string_view text);
/// What stands in a field or a column, in words and typed.
[[nodiscard]] LayoutCell value_cell(Language language, const AnswerField& field, const Value& value);
/// The same of a cell as its row holds it.
[[nodiscard]] LayoutCell value_cell(Language language, const Instrument& form, const AnswerField& column,
                                    std::string_view cell);

/// The conditions of a veto with their boxes, whose layer set them and why; with the verdict where one is set.
[[nodiscard]] LayoutCell veto_cell(const Document& document, std::string_view verdict);

[[nodiscard]] std::string header_text(const Document& document, Language language, const HeaderField& field);

}  // namespace duibiao
