// What is put where in a Word document. For docx_*.cpp.
#pragma once

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/date.hpp"
#include "exchange/docx_form.hpp"
#include "exchange/label_likeness.hpp"
#include "exchange/layout.hpp"
#include "exchange/word_text.hpp"

namespace duibiao {

// --- The form -----------------------------------------------------------------------------------------------------

/// A field of the head line.
struct FormHead {
    std::string id;
    std::string name;
    std::vector<Label> labels;
    std::string value;
    std::optional<Date> date;  ///< of a date
    bool is_date = false;
};

/// A column of answers.
struct FormColumn {
    std::string id;
    std::string name;
    std::vector<Label> labels;
    std::size_t at = 0;      ///< of the layout's columns
    bool is_number = false;  ///< the rows' own numbers
    bool is_figure = false;  ///< a cell over several items has their sum
};

/// An item with its answers, or a sum.
struct FormLine {
    std::string id;
    std::string name;
    std::string number;  ///< "3" of "3.落实…"; may be empty
    Label text;
    Label context;                     ///< its group, or its section where there is none
    std::vector<std::string> answers;  ///< by the layout's columns
    std::vector<bool> is_shared = {};  ///< by the layout's columns: the answer is that of several rows
};

struct FormTable {
    bool is_list = false;
    std::vector<FormColumn> columns;
    std::vector<FormLine> lines;                 ///< unless it is a list
    std::vector<std::vector<std::string>> rows;  ///< of a list, by the layout's columns
};

struct FormSide {
    std::vector<FormHead> heads;
    std::vector<FormTable> tables;
};

[[nodiscard]] FormSide read_form_side(const Document& document, const Layout& layout);

/// "3" of "3.落实…", which is cut off.
[[nodiscard]] std::string take_number(std::string_view& text);

// --- The plan -----------------------------------------------------------------------------------------------------

using Splice = WordChange;

struct Plan {
    DocxMatch match;
    std::vector<Splice> splices;
    std::set<std::size_t> used;  ///< beginnings of rows that a table of the form took
};

/// What the planners share.
struct Planning {
    const FormSide& form;
    const WordText& word;
    std::string_view xml;
    const std::set<std::string>& left_out;
    Plan plan = {};

    [[nodiscard]] bool takes(const std::string& id) const { return !left_out.contains(id); }
};

/// Error: "docx-many" {limit}.
[[nodiscard]] Done plan_tables(Planning& planning);
void plan_heads(Planning& planning);

/// A table of the form and the table that it was found to be.
struct FoundColumn {
    const FormColumn* column = nullptr;
    std::size_t begin = 0;  ///< columns of the Word table's grid
    std::size_t end = 0;
    std::string found;
    bool is_exact = false;
};
struct FoundTable {
    std::size_t form = 0;
    std::size_t word = 0;
    std::size_t heading = 0;  ///< its row with the columns' names
    std::vector<FoundColumn> columns;
    int score = 0;

    [[nodiscard]] bool has(const FormColumn& column) const {
        return std::any_of(columns.begin(), columns.end(),
                           [&column](const FoundColumn& found) { return found.column == &column; });
    }
};

/// Lists which of the Word table's columns were found to be which of the form's.
void link_columns(Planning& planning, const FoundTable& found);
/// In one table, or in the several that it is cut into. Error: "docx-many" {limit}.
[[nodiscard]] Done plan_items(Planning& planning, const std::vector<FoundTable>& found);
void plan_list(Planning& planning, const FoundTable& found);
/// What a row has in a found column; null where there is nothing.
[[nodiscard]] const WordCell* cell_in(const WordRow& row, const FoundColumn& column);

/// Can a text be put into the cell: is it blank, or are there boxes of which none is ticked, or a gap for a figure?
[[nodiscard]] bool is_open(const WordCell& cell);
/// Puts a text into a cell in the cell's own way: into the first paragraph of a blank one, where a placeholder or
/// strokes give way; else by ticking the boxes that it names (docx_boxes.cpp). Nothing where it finds no place.
[[nodiscard]] std::vector<Splice> fill_cell(std::string_view xml, const WordCell& cell, std::string_view text);
/// Ticks the boxes that an answer names, one or several: "是", "党旗、入党誓词". Nothing when one of its parts has no
/// box.
[[nodiscard]] std::vector<Splice> tick_boxes(const WordCell& cell, std::string_view answer);
/// Puts a figure into （  ）次 or "     次". Nothing where there is no such gap, or the answer is no figure.
[[nodiscard]] std::vector<Splice> fill_gap(const WordCell& cell, std::string_view answer);
/// Writes a text in the place of a control's placeholder.
[[nodiscard]] std::vector<Splice> replace_placeholder(std::string_view xml, const WordParagraph& paragraph,
                                                      const WordPlaceholder& placeholder, std::string_view text);
/// The beginning of a text, on one line.
[[nodiscard]] std::string beginning(std::string_view text);
/// `xml` from `range.begin` to `range.end` with splices that lie within it.
[[nodiscard]] std::string apply_splices(std::string_view xml, WordRange range, std::vector<Splice> splices);

}  // namespace duibiao
