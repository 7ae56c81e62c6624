// Tables of a Word document.
#include <algorithm>
#include <utility>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/given_docx.hpp"
#include "exchange/given_table/read_given.hpp"

namespace duibiao {
namespace {

std::string shown_text(const WordCell& cell) {
    if (cell.is_blank()) return {};
    const std::string clean = clean_text(cell.text());
    return std::string(trim(clean));
}

/// How many rows a merged cell goes down.
std::size_t rows_down(const WordTable& word, std::size_t row, const WordCell& cell) {
    std::size_t rows = 1;
    while (row + rows < word.rows.size()) {
        const WordCell* below = word.rows[row + rows].cell_over(cell.column);
        if (below == nullptr || !below->is_below || below->columns != cell.columns) break;
        ++rows;
    }
    return rows;
}

bool is_auto_numbered(const WordCell& cell) {
    return std::any_of(cell.paragraphs.begin(), cell.paragraphs.end(),
                       [](const WordParagraph& paragraph) { return paragraph.is_numbered; });
}

GivenTable table_of(const WordTable& word, std::size_t number, std::vector<GivenNotice>& notices) {
    GivenTable table;
    table.number = number;
    table.widths = word.widths;
    for (std::size_t row = 0; row < word.rows.size(); ++row) table.add_row({row + 1, word.rows[row].is_head, false});
    for (std::size_t row = 0; row < word.rows.size(); ++row) {
        for (const WordCell& cell : word.rows[row].cells) {
            if (cell.has_table) notices.push_back({"nested", number, row + 1});
            const bool is_continued = cell.is_below && row > 0;
            GivenCell given{row,          cell.column,      rows_down(word, row, cell),
                            cell.columns, shown_text(cell), is_auto_numbered(cell),
                            false};
            // What merged cells hide has no text; the place is the upper one's already.
            if (!is_continued || !given.is_blank() || table.at(row, cell.column).rows == 1) table.add(std::move(given));
        }
    }
    return table;
}

std::size_t begin_of(const WordTable& table) { return table.rows.empty() ? 0 : table.rows.front().source.begin; }
std::size_t end_of(const WordTable& table) { return table.rows.empty() ? 0 : table.rows.back().source.end; }

/// Tables that lie in no cell of another one, in the document's order.
std::vector<const WordTable*> outer_tables(const WordText& text) {
    std::vector<const WordTable*> tables;
    for (const WordTable& table : text.tables) {
        if (!table.rows.empty()) tables.push_back(&table);
    }
    std::sort(tables.begin(), tables.end(),
              [](const WordTable* a, const WordTable* b) { return begin_of(*a) < begin_of(*b); });
    std::vector<const WordTable*> outer;
    for (const WordTable* table : tables) {
        if (outer.empty() || begin_of(*table) > end_of(*outer.back())) outer.push_back(table);
    }
    return outer;
}

void share_paragraphs(const WordText& text, const std::vector<const WordTable*>& word,
                      std::vector<GivenTable>& tables) {
    std::vector<std::vector<std::string>> between(tables.size() + 1);
    for (const WordParagraph& paragraph : text.paragraphs) {
        const auto behind = std::find_if(word.begin(), word.end(), [&paragraph](const WordTable* table) {
            return begin_of(*table) > paragraph.tag.begin;
        });
        std::string clean = clean_text(paragraph.text);
        between[static_cast<std::size_t>(behind - word.begin())].push_back(std::move(clean));
    }
    for (std::size_t i = 0; i < between.size(); ++i) {
        share_lines(std::move(between[i]), i == 0 ? nullptr : &tables[i - 1], i < tables.size() ? &tables[i] : nullptr);
    }
}

}  // namespace

Result<GivenFile> read_given_word(std::string_view bytes) {
    const auto docx = open_docx(bytes);
    if (!docx) return tl::unexpected(docx.error());
    GivenFile file;
    const std::vector<const WordTable*> word = outer_tables(docx->text);
    for (const WordTable* table : word) file.tables.push_back(table_of(*table, file.tables.size() + 1, file.notices));
    share_paragraphs(docx->text, word, file.tables);
    if (docx->text.has_text_boxes) file.notices.push_back({"text-boxes"});
    if (docx->text.has_changes) file.notices.push_back({"changes"});
    return file;
}

}  // namespace duibiao
