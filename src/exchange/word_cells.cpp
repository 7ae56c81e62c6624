// What was read of a Word document.
#include <algorithm>

#include "core/plain_text.hpp"
#include "exchange/word_text.hpp"

namespace duibiao {

const WordPiece* WordParagraph::piece_at(std::size_t at) const {
    const WordPiece* ends = nullptr;
    for (const WordPiece& piece : pieces) {
        const bool is_plain = piece.source.size() == piece.size;
        if (at == piece.at || (is_plain && at > piece.at && at < piece.at + piece.size)) return &piece;
        if (at == piece.at + piece.size && ends == nullptr) ends = &piece;
    }
    return ends;
}

bool WordParagraph::is_blank() const {
    constexpr std::u32string_view strokes =
        U"_/-\u02CD\u2010\u2011\u2012\u2013\u2014\u2015\u2500\u2571\u2574\u2E3A\uF020";
    if (has_object || !boxes.empty()) return false;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t character = ordinary_form(take_character(text, at));
        const bool is_stroke = strokes.find(character) != std::u32string_view::npos;
        if (!is_stroke && !duibiao::is_blank(character) && !is_invisible(character)) return false;
    }
    return true;
}

std::string WordCell::text() const {
    std::string all;
    for (const WordParagraph& paragraph : paragraphs) all += (all.empty() ? "" : "\n") + paragraph.text;
    return all;
}

bool WordCell::is_blank() const {
    return !has_table &&
           std::all_of(paragraphs.begin(), paragraphs.end(), [](const WordParagraph& one) { return one.is_blank(); });
}

const WordCell* WordRow::cell_over(std::size_t column) const {
    for (const WordCell& cell : cells) {
        if (column >= cell.column && column < cell.column + cell.columns) return &cell;
    }
    return nullptr;
}

const WordCell* WordTable::shown_at(std::size_t row, std::size_t column) const {
    const WordCell* cell = rows[row].cell_over(column);
    while (cell != nullptr && cell->is_below && row > 0) cell = rows[--row].cell_over(column);
    return cell;
}

}  // namespace duibiao
