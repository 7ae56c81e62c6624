#include "exchange/layout.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/report.hpp"
#include "core/row_formula.hpp"
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/layout_parts.hpp"
#include "exchange/signature.hpp"

namespace duibiao {

std::string LayoutParagraph::text() const {
    std::string all;
    for (const LayoutRun& run : runs) all += run.text;
    return all;
}

std::string LayoutCell::text() const {
    std::string all;
    for (const LayoutParagraph& paragraph : paragraphs) all += (all.empty() ? "" : "\n") + paragraph.text();
    return all;
}

// --- Cells --------------------------------------------------------------------------------------------------------

LayoutCell text_cell(std::string text, LayoutCell::Kind kind) {
    LayoutCell cell;
    cell.kind = kind;
    if (!text.empty()) cell.paragraphs.push_back({.runs = {{std::move(text)}}});
    return cell;
}

LayoutCell heading_cell(std::string text, std::size_t columns, std::size_t rows) {
    LayoutCell cell = text_cell(std::move(text));
    cell.columns = columns;
    cell.rows = rows;
    return cell;
}

LayoutCell number_cell(const std::optional<Points>& number, LayoutCell::Kind kind) {
    LayoutCell cell = text_cell(number ? number->to_string() : std::string{}, kind);
    if (number) cell.value = LayoutNumber{*number, {}};
    return cell;
}

void add_paragraph(LayoutCell& cell, std::string text) {
    if (text.empty()) return;
    cell.paragraphs.push_back({LayoutParagraph::Kind::paragraph, {{std::move(text)}}});
}

void add_named(LayoutCell& cell, Language language, std::string_view name, std::string_view text) {
    if (text.empty()) return;
    std::string line(name);
    line += language == Language::chinese ? "：" : ": ";
    line += text;
    cell.paragraphs.push_back({LayoutParagraph::Kind::small, {{std::move(line)}}});
}

// --- Words --------------------------------------------------------------------------------------------------------

std::string date_words(Language language, std::string_view text) {
    const auto date = parse_date(text);
    if (!date) return translate(language, "print.date_empty");
    return translate(language, "print.date",
                     {{"year", static_cast<std::int64_t>(static_cast<int>(date->year()))},
                      {"month", static_cast<std::int64_t>(static_cast<unsigned>(date->month()))},
                      {"day", static_cast<std::int64_t>(static_cast<unsigned>(date->day()))}});
}

namespace {

std::string month_words(Language language, Month month) {
    return translate(language, "print.month",
                     {{"year", static_cast<std::int64_t>(static_cast<int>(month.year()))},
                      {"month", static_cast<std::int64_t>(static_cast<unsigned>(month.month()))}});
}

/// A date; a month where no day was given.
LayoutCell date_cell(Language language, const AnswerField& field, const std::string& text) {
    const auto month = parse_month(text);
    const auto date = parse_date(text);
    if (date) {
        LayoutCell cell = text_cell(date_words(language, text));
        cell.value = LayoutDate{*date};
        return cell;
    }
    if (field.type != AnswerField::Type::month || !month) return text_cell(date_words(language, text));
    LayoutCell cell = text_cell(month_words(language, *month));
    cell.value = LayoutDate{*month / std::chrono::day{1}, LayoutDate::Shown::month};
    return cell;
}

}  // namespace

std::size_t LayoutRow::columns() const {
    std::size_t count = 0;
    for (const LayoutCell& cell : cells) count += cell.columns;
    return count;
}

LayoutCell value_cell(Language language, const AnswerField& field, const Value& value) {
    if (const auto* yes = std::get_if<bool>(&value)) {
        const bool met = *yes && field.type == AnswerField::Type::cadence;
        return text_cell(translate(language, met ? "print.met" : *yes ? "print.yes" : "print.no"));
    }
    if (const auto* number = std::get_if<Points>(&value)) {
        const bool is_money = field.type == AnswerField::Type::amount;  // its unit stands in the head
        LayoutCell cell = text_cell(is_money ? money(*number) : number->to_string() + field.unit);
        cell.value = LayoutNumber{*number, field.unit};
        return cell;
    }
    const std::string text = show_value(value);
    const bool is_date = field.type == AnswerField::Type::date || field.type == AnswerField::Type::month;
    return is_date && !text.empty() ? date_cell(language, field, text) : text_cell(text);
}

LayoutCell value_cell(Language language, const Instrument& form, const AnswerField& column, std::string_view cell) {
    const auto value = parse_cell(form, column, cell);
    return value ? value_cell(language, column, *value) : text_cell(std::string(cell));
}

std::string header_text(const Document& document, Language language, const HeaderField& field) {
    const std::string_view text = document.text(Layer::self, "header", field.id);
    return field.type == HeaderField::Type::date ? date_words(language, text) : std::string(text);
}

// --- The frame ----------------------------------------------------------------------------------------------------

namespace {

bool is_year(std::string_view period) { return period.size() <= 4; }

/// A year as it is written; other periods in words.
std::string period_of(Language language, std::string_view period) {
    return is_year(period) ? std::string(period) : period_title(language, period);
}

bool is_in_head_line(const HeaderField& field) { return field.id == "unit" || field.type == HeaderField::Type::date; }

/// "日期：    年  月  日" as its name and the place for the rest.
Labelled split_line(std::string_view line) {
    for (const std::string_view colon : {std::string_view("："), std::string_view(":")}) {
        const std::size_t at = line.find(colon);
        if (at == std::string_view::npos) continue;
        return {std::string(trim(line.substr(0, at))), std::string(line.substr(at + colon.size()))};
    }
    return {std::string(line), {}};
}

/// By what the paper's keys are compared on the telephone, and whether anything is not as it was handed over.
std::string words_on_signatures(const Document& document, Language language) {
    const std::vector<LayerSignature> signatures = check_signatures(document);
    std::string marks;
    for (const LayerSignature& own : signatures) {
        if (!own.key.empty()) marks += (marks.empty() ? "" : " / ") + key_mark(own.key);
    }
    std::string words;
    if (!marks.empty()) words += translate(language, "print.key", {{"mark", marks}});
    if (is_altered(document, signatures)) words += translate(language, "print.altered");
    return words;
}

}  // namespace

Layout lay_out_frame(const Document& document) {
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    Layout layout;
    layout.language = language;
    layout.heading = form.heading;
    layout.title = form.title;
    const std::string period = period_of(language, document.period());
    const bool is_dated = std::any_of(form.header.begin(), form.header.end(),
                                      [](const HeaderField& field) { return field.type == HeaderField::Type::date; });
    if (!is_dated || !is_year(document.period()))
        layout.period = translate(language, "print.period", {{"period", period}});
    layout.unit = document.unit();
    layout.plain_period = document.period();
    layout.code = translate(language, "print.code", {{"period", period}, {"code", paper_code(document)}});
    layout.code += words_on_signatures(document, language);
    layout.label = paper_label(document);
    layout.seal = translate(language, "print.seal");
    for (const HeaderField& field : form.header)
        layout.head_line.push_back({field.label, header_text(document, language, field)});
    for (const PrintBlock& block : form.print_blocks) layout.blocks.push_back({block.party, block.lines});
    return layout;
}

void split_head(Layout& layout, const Document& document) {
    const Instrument& form = *document.instrument;
    std::vector<Labelled> line;
    for (std::size_t i = 0; i < form.header.size(); ++i) {
        if (form.header[i].is_hidden) continue;
        Labelled& field = layout.head_line[i];
        if (form.header[i].id == "unit" && !layout.blocks.empty()) field.name = layout.blocks.front().party;
        (is_in_head_line(form.header[i]) ? line : layout.contact).push_back(std::move(field));
    }
    layout.head_line = std::move(line);
    layout.notes = form.paper_notes;
    if (layout.blocks.empty()) return;
    for (const std::string& text : layout.blocks.front().lines) {
        Labelled parts = split_line(text);
        const bool is_field = std::any_of(form.header.begin(), form.header.end(),
                                          [&parts](const HeaderField& field) { return field.label == parts.name; });
        if (!is_field) layout.contact.push_back(std::move(parts));
    }
    layout.blocks.erase(layout.blocks.begin());
}

// --- All kinds ----------------------------------------------------------------------------------------------------

namespace {

Layout lay_out_whole(const Document& document, Date as_of) {
    const Instrument& form = *document.instrument;
    if (form.scored != nullptr) return lay_out_own(document);
    if (form.is_scored()) return lay_out_scored(document);
    if (form.has_items()) return lay_out_items(document);
    if (form.is_appraisal()) return lay_out_appraisal(document);
    if (form.kind == InstrumentKind::roster) return lay_out_roster(document);
    return lay_out_ledger(document, as_of);
}

/// Who is named below a duty.
void leave_out_people(LayoutTable& table) {
    for (LayoutSection& section : table.sections) {
        for (LayoutGroup& group : section.groups) {
            for (LayoutRow& row : group.rows) {
                std::erase_if(row.cells.front().paragraphs, [](const LayoutParagraph& paragraph) {
                    return paragraph.kind == LayoutParagraph::Kind::small;
                });
            }
        }
    }
}

}  // namespace

Layout lay_out(const Document& document, Date as_of, Privacy privacy) {
    Layout whole = lay_out_whole(document, as_of);
    if (privacy == Privacy::whole) return whole;
    Layout layout = lay_out_whole(masked(document), as_of);
    layout.code = std::move(whole.code);
    layout.label = std::move(whole.label);
    for (std::size_t i = 0; i < layout.tables.size(); ++i) {
        if (layout.tables[i].kind != LayoutTable::Kind::matrix) continue;
        layout.tables[i] = std::move(whole.tables[i]);  // what was done is counted by the names as they are
        leave_out_people(layout.tables[i]);
    }
    return layout;
}

Date last_day_of(const Document& document) {
    constexpr std::size_t date_length = 10;
    if (document.log.empty()) return {};
    return parse_date(std::string_view(document.log.back().at).substr(0, date_length)).value_or(Date{});
}

}  // namespace duibiao
