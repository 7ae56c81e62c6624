// Filling a Word form that somebody else made: its cells are matched to a document's answers by their labels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// A part of the form that was found in the Word document.
struct DocxLink {
    enum class Kind : std::uint8_t {
        head,    ///< a field of the head line
        column,  ///< a column of answers
        item,    ///< an item's row
        rows     ///< a roster's rows
    };
    Kind kind = Kind::item;
    std::string id;         ///< "head.unit", "column.1.5", "item.3.2.1", "rows.1": what can be left out
    std::string name;       ///< in the form's words
    std::string found;      ///< in the Word document's; the beginning of a long text
    std::size_t table = 0;  ///< place in the Word document, from 1; 0: in no table
    std::size_t row = 0;    ///< from 1; 0 in no table
    bool is_exact = false;  ///< the labels say the same; else they are only alike, and somebody has to look
    std::string value;      ///< what is written; of a column and of rows nothing
    std::size_t count = 0;  ///< of rows: how many are written
    std::size_t added = 0;  ///< of these: below the last empty row, as copies of it
};

/// What does not find its place, or a place that stays empty.
struct DocxGap {
    enum class Kind : std::uint8_t {
        no_place,    ///< an answer for which the Word document has no cell
        occupied,    ///< its cell holds another text, which stays
        left_empty,  ///< a row of the Word document that is nothing in the form
        other_year   ///< the Word document bears another year than the answer
    };
    Kind kind = Kind::no_place;
    std::string name;
    std::size_t table = 0;
    std::size_t row = 0;
    std::string value;
};

struct DocxMatch {
    std::vector<DocxLink> links;  ///< in the order: head, then table by table columns and items
    std::vector<DocxGap> gaps;
};

/// What of the document finds its place in a Word document (ISO/IEC 29500). Errors: "docx-old" (.doc), "docx-locked"
/// (with a password), "docx-macros", "docx-not-word", "docx-nothing" (no label fits), "file-large" {limit}, those of
/// read_word_text and GivenArchive.
[[nodiscard]] Result<DocxMatch> match_docx(std::string_view docx, const Document& document, Date as_of);

/// The same Word document with the answers in it, but for those that belong to links `left_out`. Texts are put into
/// empty cells, and in the head line in the place of blanks; rows of a roster are added below its last empty one. All
/// other bytes of its text stay, and so do all other parts. The words are Chinese, as the form's are. Errors: those of
/// match_docx.
[[nodiscard]] Result<std::string> fill_docx(std::string_view docx, const Document& document, Date as_of,
                                            const std::set<std::string>& left_out);

/// The match as JSON: {"links":[…],"gaps":[…]}.
[[nodiscard]] std::string write_docx_match(const DocxMatch& match);
/// Reads it again; empty for anything else.
[[nodiscard]] DocxMatch read_docx_match(std::string_view json);

/// One line about a link, or a gap.
[[nodiscard]] std::string link_words(Language language, const DocxLink& link);
[[nodiscard]] std::string gap_words(Language language, const DocxGap& gap);

}  // namespace duibiao
