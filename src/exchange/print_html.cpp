#include "exchange/export.hpp"
#include "exchange/paper.hpp"

namespace duibiao {
namespace {

std::unique_ptr<Paper> make_paper(const Document& document, Language language, Date as_of) {
    const Instrument& form = *document.instrument;
    if (form.is_scored()) return make_scored_paper(document, language);
    if (form.has_items()) return make_items_paper(document, language);
    if (form.is_appraisal()) return make_appraisal_paper(document, language);
    if (form.kind == InstrumentKind::roster) return make_roster_paper(document, language);
    return make_rows_paper(document, language, as_of);
}

/// The day of the last edit: the newest that a document knows by itself.
Date last_day_of(const Document& document) {
    constexpr std::size_t date_length = 10;
    if (document.log.empty()) return {};
    return parse_date(std::string_view(document.log.back().at).substr(0, date_length)).value_or(Date{});
}

}  // namespace

std::string write_html(const Document& document, Language language) {
    return write_html(document, language, last_day_of(document));
}

std::string write_html(const Document& document, Language language, Date as_of) {
    return make_paper(document, language, as_of)->file();
}

std::string write_print_body(const Document& document, Language language) {
    return write_print_body(document, language, last_day_of(document));
}

std::string write_print_body(const Document& document, Language language, Date as_of) {
    return make_paper(document, language, as_of)->body();
}

}  // namespace duibiao
