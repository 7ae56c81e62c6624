// The texts of a Word document that somebody else made (ISO/IEC 29500, transitional and strict), each with its place in
// the XML, so that text can be put in without writing anything else anew.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace duibiao {

/// Bytes of the XML.
struct WordRange {
    std::size_t begin = 0;
    std::size_t end = 0;
    [[nodiscard]] std::size_t size() const { return end - begin; }
};

/// A stretch of a paragraph's text as it lies in the XML.
struct WordPiece {
    std::size_t at = 0;  ///< in the paragraph's text
    std::size_t size = 0;
    WordRange source;  ///< longer than the text where characters are written as &amp; and the like
};

/// What a content control asks for while nobody has filled it in ("单击或点击此处输入文字。"). It is no text of the
/// paragraph's.
struct WordPlaceholder {
    std::size_t at = 0;  ///< in the paragraph's text
    WordRange flag;      ///< the element that says so of the control
    std::vector<WordRange> runs;
};

/// Bytes that others take the place of; at an empty range they are put in.
struct WordChange {
    WordRange at;
    std::string bytes;
};

/// A box to be ticked that is no plain character: a control, a form field, a sign of Wingdings. In the text it is one
/// character.
struct WordBox {
    std::size_t at = 0;  ///< in the paragraph's text
    std::size_t size = 0;
    bool is_ticked = false;
    std::vector<WordChange> tick;  ///< what ticks it, in its own way
};

/// A paragraph as a reader sees it: what was deleted under tracked changes is not there, what was inserted is.
struct WordParagraph {
    std::string text;  ///< line breaks and tabs as themselves
    std::vector<WordPiece> pieces;
    WordRange tag;             ///< "<w:p …>"; "<w:p/>" when it is_bare
    std::size_t start = 0;     ///< where its first run may stand
    bool is_bare = false;      ///< without an end of its own
    bool is_numbered = false;  ///< a list's, by Word itself
    bool has_object = false;   ///< a picture
    std::vector<WordPlaceholder> placeholders;
    std::vector<WordBox> boxes;
    std::vector<WordRange> format;  ///< what its end mark says of letters: the elements of w:rPr

    /// Where the text's byte `at` lies, or where the text ends there; nothing inside of an entity.
    [[nodiscard]] const WordPiece* piece_at(std::size_t at) const;
    /// Nothing but blanks of any width and strokes to write on or to fill the place: ____, /, —.
    [[nodiscard]] bool is_blank() const;
};

struct WordCell {
    std::size_t column = 0;  ///< of the table's grid
    std::size_t columns = 1;
    bool is_below = false;  ///< of a cell that began in a row above
    bool has_table = false;
    std::vector<WordParagraph> paragraphs;

    /// The paragraphs with line feeds between them.
    [[nodiscard]] std::string text() const;
    [[nodiscard]] bool is_blank() const;
};

struct WordRow {
    WordRange source;
    bool is_head = false;  ///< repeated on every page
    std::vector<WordCell> cells;

    /// The cell over a column of the grid; null where there is none.
    [[nodiscard]] const WordCell* cell_over(std::size_t column) const;
};

struct WordTable {
    std::vector<WordRow> rows;        ///< without those deleted under tracked changes
    std::vector<std::size_t> widths;  ///< of the grid's columns, in twentieths of a point

    /// The cell that a row shows in a column: the one above where cells are merged. Null where there is none.
    [[nodiscard]] const WordCell* shown_at(std::size_t row, std::size_t column) const;
};

struct WordText {
    std::vector<WordTable> tables;          ///< those in cells of others, too; in the order of their ends
    std::vector<WordParagraph> paragraphs;  ///< outside of tables
    bool has_text_boxes = false;
    bool has_changes = false;  ///< tracked ones that nobody has accepted or rejected
};

/// Reads "word/document.xml". Text boxes are left out. Errors: "docx-broken" {line} (not well-formed, not UTF-8),
/// "docx-entities" (it declares a document type), "docx-deep" {limit} (tables in tables), "docx-many" {limit} (cells,
/// or rows of a table).
[[nodiscard]] Result<WordText> read_word_text(std::string_view xml);

/// Where the main part lies, by "_rels/.rels"; empty when it does not say.
[[nodiscard]] std::string find_main_part(std::string_view relationships);

}  // namespace duibiao
