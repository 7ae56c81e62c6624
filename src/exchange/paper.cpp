#include "exchange/paper.hpp"

#include <algorithm>

#include "core/cell.hpp"
#include "core/report.hpp"
#include "core/text.hpp"
#include "core/value.hpp"
#include "exchange/library.hpp"

namespace duibiao {
namespace {

constexpr std::size_t characters_per_name_line = 7;  ///< what fits beside each other in a name column of print.css
constexpr std::size_t most_name_lines = 6;           ///< print.css knows so many; longer names take the room they need

bool is_in_head_line(const HeaderField& field) { return field.id == "unit" || field.type == HeaderField::Type::date; }

/// "日期：    年  月  日" as its name and the place for the rest.
std::pair<std::string, std::string> split_line(std::string_view line) {
    for (const std::string_view colon : {std::string_view("："), std::string_view(":")}) {
        const std::size_t at = line.find(colon);
        if (at == std::string_view::npos) continue;
        return {std::string(trim(line.substr(0, at))), std::string(line.substr(at + colon.size()))};
    }
    return {std::string(line), {}};
}

}  // namespace

std::string Paper::file() {
    html_.markup("<!doctype html>\n<html").attribute("lang", language_ == Language::chinese ? "zh-CN" : "en");
    write_page_variables();
    html_.markup(">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .markup("style-src 'unsafe-inline'\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .text(document_.unit())
        .markup(" ")
        .text(form_.title)
        .markup(" ")
        .text(document_.period())
        .markup("</title>\n<style>\n")
        .markup(asset("print.css"))
        .markup("</style>\n</head>\n<body>\n");
    write_article();
    html_.markup("</body>\n</html>\n");
    return std::move(html_).take();
}

std::string Paper::body() {
    write_article();
    return std::move(html_).take();
}

std::string Paper::code_words() const { return words("print.code", {{"code", short_code(document_)}}); }

/// The words of the page's margins, as print.css names them.
std::array<std::pair<std::string_view, std::string>, 4> Paper::page_words() const {
    return {{{"print-code", code_words()},
             {"print-page-before", words("print.page_before")},
             {"print-page-between", words("print.page_between")},
             {"print-page-after", words("print.page_after")}}};
}

/// @page reads its variables from the root element.
void Paper::write_page_variables() {
    std::string style;
    for (const auto& [name, text] : page_words()) style += "--" + std::string(name) + ":\"" + text + "\";";
    html_.attribute("style", style);
}

void Paper::write_article() {
    html_.markup("<article").attribute("class", "paper " + classes());
    for (const auto& [name, text] : page_words()) html_.attribute("data-" + std::string(name), text);
    html_.markup(">\n");
    write_title();
    write_content();
    html_.markup("</article>\n");
}

/// A year as it is written; other periods in words.
std::string Paper::period_words_of(std::string_view period) const {
    constexpr std::size_t year_digits = 4;
    return period.size() <= year_digits ? std::string(period) : period_title(language_, period);
}

void Paper::write_title() {
    html_.markup("<header class=\"paper-title\">\n");
    if (!form_.heading.empty()) html_.markup("<p>").text(form_.heading).markup("</p>\n");
    html_.markup("<h1>")
        .text(form_.title)
        .markup("</h1>\n<p class=\"paper-period\">")
        .text(words("print.period", {{"period", period_words_of(document_.period())}}))
        .markup("</p>\n</header>\n");
}

// --- Pieces that tables share -------------------------------------------------------------------------------------

void Paper::write_head_line(std::size_t columns, const std::vector<Labelled>& fields) {
    html_.markup("<tr class=\"paper-line\"><td").attribute("colspan", std::to_string(columns)).markup("><div>");
    for (const Labelled& field : fields) write_labelled(field);
    html_.markup("<span class=\"paper-code\">").text(code_words()).markup("</span></div></td></tr>\n");
}

void Paper::write_head_fields(std::size_t columns) {
    std::vector<Labelled> fields;
    for (const HeaderField& field : form_.header) {
        if (!is_in_head_line(field)) continue;
        const bool sealed = field.id == "unit" && !form_.print_blocks.empty();
        fields.push_back({sealed ? form_.print_blocks.front().party : field.label, header_text(field)});
    }
    write_head_line(columns, fields);
}

void Paper::write_labelled(const Labelled& field) {
    html_.markup("<span>").text(field.name).markup(language_ == Language::chinese ? "：" : ": ");
    html_.markup("<b>").text(field.value).markup("</b></span>");
}

void Paper::write_heading_cell(std::string_view name, std::string_view width_class, std::size_t columns) {
    html_.markup("<th scope=\"col\"");
    if (!width_class.empty()) html_.attribute("class", width_class);
    if (columns > 1) html_.attribute("colspan", std::to_string(columns));
    html_.markup(">").text(name).markup("</th>");
}

std::string Paper::name_class(std::string_view name) {
    const std::size_t lines = (count_characters(name) + characters_per_name_line - 1) / characters_per_name_line;
    return "paper-lines-" + std::to_string(std::clamp(lines, std::size_t{1}, most_name_lines));
}

void Paper::write_named_paragraph(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    html_.markup("<p class=\"paper-small\">")
        .text(name)
        .markup(language_ == Language::chinese ? "：" : ": ")
        .lines(text)
        .markup("</p>");
}

void Paper::write_signatures(std::size_t columns, std::size_t first_block) {
    if (form_.print_blocks.size() <= first_block) return;
    html_.markup("<tr><td class=\"paper-signing\"")
        .attribute("colspan", std::to_string(columns))
        .markup("><div class=\"paper-signatures\">\n");
    for (std::size_t i = first_block; i < form_.print_blocks.size(); ++i) {
        const PrintBlock& block = form_.print_blocks[i];
        html_.markup("<section><h2>").text(block.party).markup("</h2>");
        html_.markup("<div class=\"paper-seal\">").text(words("print.seal")).markup("</div>");
        for (const std::string& line : block.lines) html_.markup("<p>").text(line).markup("</p>");
        html_.markup("</section>\n");
    }
    html_.markup("</div></td></tr>\n");
}

void Paper::write_foot_rows(std::size_t columns) {
    if (const std::vector<Labelled> fields = foot_fields(); !fields.empty()) {
        html_.markup("<tr class=\"paper-line paper-contact\"><td");
        html_.attribute("colspan", std::to_string(columns)).markup("><div>");
        for (const Labelled& field : fields) write_labelled(field);
        html_.markup("</div></td></tr>\n");
    }
    write_signatures(columns, 1);
    for (const std::string& note : form_.paper_notes) {
        html_.markup("<tr class=\"paper-note\"><td").attribute("colspan", std::to_string(columns)).markup(">");
        html_.text(note).markup("</td></tr>\n");
    }
}

std::vector<Paper::Labelled> Paper::foot_fields() const {
    std::vector<Labelled> fields;
    for (const HeaderField& field : form_.header) {
        if (!is_in_head_line(field)) fields.push_back({field.label, header_text(field)});
    }
    if (form_.print_blocks.empty()) return fields;
    for (const std::string& line : form_.print_blocks.front().lines) {
        auto parts = split_line(line);
        const bool is_field = std::any_of(form_.header.begin(), form_.header.end(),
                                          [&parts](const HeaderField& field) { return field.label == parts.first; });
        if (!is_field) fields.push_back({std::move(parts.first), std::move(parts.second)});
    }
    return fields;
}

void Paper::write_table_end(std::size_t columns) {
    html_.markup("<tfoot><tr><td").attribute("colspan", std::to_string(columns)).markup("></td></tr></tfoot>\n");
    html_.markup("</table>\n");
}

std::string Paper::header_text(const HeaderField& field) const {
    const std::string_view text = document_.text(Layer::self, "header", field.id);
    return field.type == HeaderField::Type::date ? date_words(language_, text) : std::string(text);
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

/// A month; a full date where one was given.
std::string month_words(Language language, std::string_view text) {
    const auto month = parse_month(text);
    if (!month || parse_date(text)) return date_words(language, text);
    return translate(language, "print.month",
                     {{"year", static_cast<std::int64_t>(static_cast<int>(month->year()))},
                      {"month", static_cast<std::int64_t>(static_cast<unsigned>(month->month()))}});
}

}  // namespace

std::string cell_words(Language language, const AnswerField& field, const Value& value) {
    if (const auto* yes = std::get_if<bool>(&value)) {
        const bool met = *yes && field.type == AnswerField::Type::cadence;
        return translate(language, met ? "print.met" : *yes ? "print.yes" : "print.no");
    }
    if (const auto* number = std::get_if<Points>(&value)) return number->to_string() + field.unit;
    const std::string text = show_value(value);
    if (text.empty()) return text;
    if (field.type == AnswerField::Type::month) return month_words(language, text);
    return field.type == AnswerField::Type::date ? date_words(language, text) : text;
}

std::string cell_words(Language language, const Instrument& form, const AnswerField& column, std::string_view cell) {
    const auto value = parse_cell(form, column, cell);
    return value ? cell_words(language, column, *value) : std::string(cell);
}

}  // namespace duibiao
