#include "exchange/letter.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/rows.hpp"
#include "core/term.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

/// A day in words; a month where the row says no day.
std::string day_words(Language language, std::string_view cell) {
    const auto month = parse_month(cell);
    if (is_written_month(cell) && month)
        return translate(language, "print.month",
                         {{"year", std::to_string(static_cast<int>(month->year()))},
                          {"month", std::to_string(static_cast<unsigned>(month->month()))}});
    return date_words(language, cell);
}

/// What the letter's marks stand for.
Params marks_of(const Term& term, const OfficeTerm& office, const std::vector<std::string_view>& cells,
                Language language) {
    return {{"name", std::string(trim(office.name))},
            {"last", day_words(language, cells[term.last])},
            {"years", std::int64_t{office.years}},
            {"due", date_words(language, to_string(*office.due))},
            {"request_by", date_words(language, to_string(add_months(*office.due, -term.request_months)))}};
}

}  // namespace

Result<Layout> lay_out_letter(const Document& document, std::string_view row, Date as_of) {
    const Language language = language_of(*document.instrument);
    const Table& table = document.instrument->table;
    if (!table.letter || !table.term) return fail("letter-none");
    const auto rows = rows_of(document);
    const auto found = std::find_if(rows.begin(), rows.end(), [row](const RowView& view) { return view.id == row; });
    if (found == rows.end()) return fail("letter-row");
    const auto cells = split_row(found->cells, table.columns.size());
    const OfficeTerm office = term_of(*table.term, cells, as_of);
    const std::int64_t number = found - rows.begin() + 1;
    if (!office.due || trim(office.name).empty()) return fail("letter-term", {}, {{"row", number}});
    const Params marks = marks_of(*table.term, office, cells, language);
    Layout layout = lay_out_frame(document);
    layout.shape = Layout::Shape::letter;
    layout.portrait = true;
    layout.heading.clear();
    layout.period.clear();
    layout.title = table.letter->title;
    layout.letter.push_back(fill_in(language, table.letter->salutation, marks));
    for (const std::string& paragraph : table.letter->paragraphs)
        layout.letter.push_back(fill_in(language, paragraph, marks));
    layout.blocks.clear();
    layout.head_line.clear();
    layout.contact = {{{}, layout.unit}, {{}, date_words(language, to_string(as_of))}};
    return layout;
}

Result<std::string> write_letter(const Document& document, std::string_view row, Date as_of, std::string_view format) {
    const Result<Layout> layout = lay_out_letter(document, row, as_of);
    if (!layout) return tl::unexpected(layout.error());
    if (format == "html") return write_html(*layout);
    if (format == "docx") return write_docx(document, *layout);
    return fail("format-unknown", {}, {{"format", std::string(format)}});
}

}  // namespace duibiao
