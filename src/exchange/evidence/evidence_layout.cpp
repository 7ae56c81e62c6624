// Evidence on paper: an annex with its numbers, which the form's rows name.
#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/evidence/evidence_table.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

/// The words that a criterion begins with, so that a number on paper says what it is.
std::string item_words(const Instrument& form, std::string_view item) {
    constexpr std::size_t most_characters = 14;
    const Criterion* criterion = form.find_criterion(item);
    if (criterion == nullptr) return std::string(item);
    const std::string& text = criterion->text;
    std::size_t at = 0;
    for (std::size_t i = 0; i < most_characters && at < text.size(); ++i) static_cast<void>(take_character(text, at));
    return std::string(item) + " " + text.substr(0, at) + (at < text.size() ? "…" : "");
}

LayoutCell evidence_date(Language language, std::string_view date) {
    AnswerField field;
    field.type = AnswerField::Type::month;
    return date.empty() ? text_cell({}) : value_cell(language, field, Value{std::string(date)});
}

}  // namespace

LayoutTable lay_out_evidence(const Document& document, const std::vector<Evidence>& evidence) {
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    const auto words = [language](std::string_view key) { return translate(language, key); };
    LayoutTable table;
    table.title = words("evidence.annex");
    table.kind = LayoutTable::Kind::list;
    table.widths = {widths::count, widths::answer, widths::rest, widths::answer, widths::list, widths::answer};
    table.head.push_back({heading_cell(words("csv.number")), heading_cell(words("evidence.item")),
                          heading_cell(words("evidence.name")), heading_cell(words("evidence.number")),
                          heading_cell(words("evidence.date")), heading_cell(words("evidence.place"))});
    std::vector<LayoutRow> rows;
    for (const Evidence& one : evidence) {
        const auto number = Points::from_whole(static_cast<std::int64_t>(rows.size() + 1));
        LayoutRow row{LayoutRow::Kind::plain, {number_cell(number, LayoutCell::Kind::middle)}};
        row.cells.push_back(text_cell(item_words(form, one.item)));
        row.cells.push_back(text_cell(std::string(one.name)));
        row.cells.push_back(text_cell(std::string(one.number)));
        row.cells.push_back(evidence_date(language, one.date));
        row.cells.push_back(text_cell(std::string(one.place)));
        rows.push_back(std::move(row));
    }
    table.sections.push_back({{}, {{{}, std::move(rows)}}});
    return table;
}

}  // namespace duibiao
