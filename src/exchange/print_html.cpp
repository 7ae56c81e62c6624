// The file around a printed form, its title and the words of the page's margins.
#include <array>

#include "exchange/export.hpp"
#include "exchange/library.hpp"
#include "exchange/print.hpp"
#include "exchange/qr.hpp"

namespace duibiao {
namespace {

/// The words of the page's margins, as print.css names them.
std::array<std::pair<std::string_view, std::string>, 4> page_words(const Layout& layout) {
    return {{{"print-code", layout.code},
             {"print-page-before", translate(layout.language, "print.page_before")},
             {"print-page-between", translate(layout.language, "print.page_between")},
             {"print-page-after", translate(layout.language, "print.page_after")}}};
}

std::string classes(const Layout& layout) {
    switch (layout.shape) {
        case Layout::Shape::score_table:
            return "paper paper-layers-" + std::to_string(layout.layers);
        case Layout::Shape::items:
        case Layout::Shape::own:
            return layout.portrait ? "paper paper-portrait paper-items" : "paper paper-items";
        case Layout::Shape::roster:
            return "paper paper-roster";
        case Layout::Shape::letter:
            return "paper paper-portrait paper-letter";
        case Layout::Shape::sheets:
            break;
    }
    return "paper paper-rows-form";
}

void print_title(Html& html, const Layout& layout) {
    html.markup("<header class=\"paper-title\">\n");
    if (!layout.heading.empty()) html.markup("<p>").text(layout.heading).markup("</p>\n");
    html.markup("<h1>").text(layout.title).markup("</h1>\n");
    if (!layout.period.empty()) html.markup("<p class=\"paper-period\">").text(layout.period).markup("</p>\n");
    html.markup("</header>\n");
}

void print_letter(Html& html, const Layout& layout) {
    for (std::size_t i = 0; i < layout.letter.size(); ++i)
        html.markup(i == 0 ? "<p class=\"paper-letter-to\">" : "<p>").text(layout.letter[i]).markup("</p>\n");
    for (const Labelled& line : layout.contact)
        html.markup("<p class=\"paper-letter-from\">").text(line.value).markup("</p>\n");
}

void print_content(Html& html, const Layout& layout) {
    switch (layout.shape) {
        case Layout::Shape::score_table:
            return print_score_table(html, layout);
        case Layout::Shape::items:
            return print_items(html, layout);
        case Layout::Shape::own:
            return print_own(html, layout);
        case Layout::Shape::roster:
            return print_roster(html, layout);
        case Layout::Shape::sheets:
            return print_sheets(html, layout);
        case Layout::Shape::letter:
            return print_letter(html, layout);
    }
}

void print_article(Html& html, const Layout& layout) {
    print_article_start(html, layout, classes(layout));
    print_title(html, layout);
    print_content(html, layout);
    html.markup("</article>\n");
}

/// @page reads its variables from the root element.
std::string page_variables(const Layout& layout) {
    std::string style;
    for (const auto& [name, text] : page_words(layout)) style += "--" + std::string(name) + ":\"" + text + "\";";
    const std::string picture = qr_address(make_qr(layout.label));
    return picture.empty() ? style : style + "--print-qr:url(\"" + picture + "\");";
}

}  // namespace

void print_article_start(Html& html, const Layout& layout, std::string_view classes) {
    html.markup("<article").attribute("class", classes);
    for (const auto& [name, text] : page_words(layout)) html.attribute("data-" + std::string(name), text);
    html.attribute("data-print-qr", qr_address(make_qr(layout.label))).markup(">\n");
}

std::string write_html(const Document& document) { return write_html(document, last_day_of(document)); }

std::string write_html(const Document& document, Date as_of, Privacy privacy) {
    return write_html(lay_out(document, as_of, privacy));
}

std::string write_html(const Layout& layout) {
    Html html;
    html.markup("<!doctype html>\n<html")
        .attribute("lang", layout.language == Language::chinese ? "zh-CN" : "en")
        .attribute("style", page_variables(layout))
        .markup(">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
        .markup("img-src data:; style-src 'unsafe-inline'\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
        .text(layout.unit + " " + layout.title + " " + layout.plain_period)
        .markup("</title>\n<style>\n")
        .markup(asset("print.css"))
        .markup("</style>\n</head>\n<body>\n");
    print_article(html, layout);
    html.markup("</body>\n</html>\n");
    return std::move(html).take();
}

std::string write_print_body(const Document& document) { return write_print_body(document, last_day_of(document)); }

std::string write_print_body(const Document& document, Date as_of) {
    return write_print_body(lay_out(document, as_of));
}

std::string write_print_body(const Layout& layout) {
    Html html;
    print_article(html, layout);
    return std::move(html).take();
}

}  // namespace duibiao
