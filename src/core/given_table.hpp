// A table as it stands in a file that an office mails: cells with their spans, and the lines around it. Readers of
// formats fill it (exchange/given_table); whoever recognises a form in it sees no format.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

struct GivenCell {
    std::size_t row = 0;
    std::size_t column = 0;
    std::size_t rows = 1;
    std::size_t columns = 1;
    std::string text;          ///< line feeds between lines; empty where nothing but strokes to write on is there
    bool is_numbered = false;  ///< the program that shows it writes a number in front
    bool is_sum = false;       ///< a formula that adds up cells

    [[nodiscard]] bool is_blank() const { return text.empty(); }
};

struct GivenRow {
    std::size_t number = 0;  ///< as the file's program counts, from 1
    bool is_head = false;    ///< repeated on every page
    bool is_hidden = false;
};

/// Every place of its rows and columns belongs to exactly one cell.
class GivenTable {
public:
    std::string name;                ///< of the sheet; empty in a document
    std::size_t number = 1;          ///< among the tables of its file, from 1
    std::vector<std::string> above;  ///< lines between the table before and this one
    std::vector<std::string> below;
    std::vector<std::size_t> widths;  ///< of columns, in any unit; may be empty
    bool is_hidden = false;           ///< the whole sheet

    /// Puts a cell over places that no other cell has; what is left of it there.
    void add(GivenCell cell);
    /// The same; a cell that already begins at the place keeps its spans, and gets the text.
    void put(GivenCell cell);
    void add_row(GivenRow row);

    [[nodiscard]] std::size_t rows() const { return rows_.size(); }
    [[nodiscard]] std::size_t columns() const { return columns_; }
    [[nodiscard]] const GivenRow& row(std::size_t row) const { return rows_[row]; }
    /// The cell over a place; a blank one where none was put.
    [[nodiscard]] const GivenCell& at(std::size_t row, std::size_t column) const;
    /// The cells that are seen in a row from left to right, those that began above too.
    [[nodiscard]] std::vector<const GivenCell*> seen(std::size_t row) const;
    /// Nothing in the row has a text.
    [[nodiscard]] bool is_bare(std::size_t row) const;
    /// The only text of a row that begins in it and says something, when there is but one and it is alone in the row
    /// (one cell over the whole width, or all others blank and it stands first); else null.
    [[nodiscard]] const GivenCell* lone(std::size_t row) const;

private:
    static constexpr std::size_t nobody = static_cast<std::size_t>(-1);

    std::size_t columns_ = 0;
    std::vector<GivenRow> rows_;
    std::vector<GivenCell> cells_;
    std::vector<std::vector<std::size_t>> owners_;  ///< positions in cells_, by row and column
};

/// What somebody should know of a file besides its tables: a message's key without "form.import.", and its figures.
struct GivenNotice {
    std::string code;  ///< "text-boxes", "changes", "nested", "hidden-rows", "hidden-sheet", "macros"
    std::size_t table = 0;
    std::size_t row = 0;
    Params params = {};
};

struct GivenFile {
    std::vector<GivenTable> tables;
    std::vector<GivenNotice> notices;
};

}  // namespace duibiao
