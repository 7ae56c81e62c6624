// iCalendar (RFC 5545): one all-day event for each item with a due date.
#include <algorithm>
#include <optional>

#include "core/ledger.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_line_octets = 75;  ///< without the line's end

using std::chrono::days;
using std::chrono::sys_days;

/// The longest start of `text` within `octets` that cuts no character.
std::size_t whole_characters(std::string_view text, std::size_t octets) {
    if (text.size() <= octets) return text.size();
    while (octets > 0 && (static_cast<unsigned char>(text[octets]) & 0xC0U) == 0x80U) --octets;
    return octets;
}

/// Appends one content line, folded: what follows starts with a blank, which counts.
void append_line(std::string& out, std::string_view line) {
    std::size_t room = most_line_octets;
    for (;;) {
        const std::size_t length = whole_characters(line, room);
        out.append(line.substr(0, length)).append("\r\n");
        line.remove_prefix(length);
        if (line.empty()) return;
        out += ' ';
        room = most_line_octets - 1;
    }
}

std::string escape_text(std::string_view plain) {
    std::string escaped;
    for (const char c : clean_text(plain)) {
        if (c == '\\' || c == ';' || c == ',') escaped += '\\';
        if (c == '\n')
            escaped += "\\n";
        else
            escaped += c;
    }
    return escaped;
}

void append_text(std::string& out, std::string_view name, std::string_view plain) {
    append_line(out, std::string(name) + ":" + escape_text(plain));
}

/// "2026-08-09" as "20260809", "2026-11-21T06:03:34Z" as "20261121T060334Z".
std::string basic_form(std::string text) {
    std::string basic;
    for (const char c : text) {
        if (c != '-' && c != ':') basic += c;
    }
    return basic;
}

// --- Items --------------------------------------------------------------------------------------------------------

/// The day that the item's own field names, else the form's in the document's year.
std::optional<Date> due_of(const Document& document, const Criterion& item) {
    if (const auto own = parse_date(document.text(Layer::self, item.id, "due"))) return *own;
    const int year = year_of(document);
    if (!item.due || year == 0) return std::nullopt;
    const Date due = std::chrono::year{year} / item.due->month() / item.due->day();
    return due.ok() ? std::optional(due) : std::nullopt;
}

/// Tasks are done when their date says so, measures when their choice is the last one.
bool is_done(const Document& document, const Criterion& item) {
    const std::string& done_field = document.instrument->done_field;
    if (!done_field.empty()) return !document.text(Layer::self, item.id, done_field).empty();
    const AnswerField* status = item.find_field("status");
    return status != nullptr && !status->options.empty() &&
           document.text(Layer::self, item.id, "status") == status->options.back();
}

std::string state_words(const Document& document, const Criterion& item, Date due, Language language, Date as_of) {
    if (!is_done(document, item)) return translate(language, due < as_of ? "ics.state.late" : "ics.state.open");
    const auto day = parse_date(document.text(Layer::self, item.id, document.instrument->done_field));
    if (!day) return translate(language, "ics.state.done");
    return translate(language, *day > due ? "ics.state.done_late" : "ics.state.done_on", {{"date", to_string(*day)}});
}

void append_alarm(std::string& out, const Criterion& item) {
    append_line(out, "BEGIN:VALARM");
    append_line(out, "ACTION:DISPLAY");
    append_line(out, "TRIGGER:-P3D");
    append_text(out, "DESCRIPTION", item.text);
    append_line(out, "END:VALARM");
}

void append_event(std::string& out, const Document& document, const Criterion& item, Date due, Language language,
                  Date as_of) {
    const std::string changed = document.log.empty() ? std::string() : document.log.back().at;
    append_line(out, "BEGIN:VEVENT");
    append_text(out, "UID", document.id + "-" + item.id + "@duibiao");
    append_line(out, "DTSTAMP:" + basic_form(changed));
    append_line(out, "DTSTART;VALUE=DATE:" + basic_form(to_string(due)));
    append_line(out, "DTEND;VALUE=DATE:" + basic_form(to_string(Date(sys_days(due) + days(1)))));
    append_text(out, "SUMMARY", item.text);
    append_text(out, "DESCRIPTION",
                translate(language, "ics.citation", {{"citation", item.citation}}) + "\n" +
                    state_words(document, item, due, language, as_of));
    append_text(out, "CATEGORIES", document.instrument->short_title);
    append_line(out, "TRANSP:TRANSPARENT");
    append_alarm(out, item);
    append_line(out, "END:VEVENT");
}

}  // namespace

Result<std::string> write_ics(const Document& document, Language language, Date as_of) {
    const Instrument& form = *document.instrument;
    if (form.kind != InstrumentKind::tasks && form.kind != InstrumentKind::measures) return fail("ics-kind");
    std::string out;
    append_line(out, "BEGIN:VCALENDAR");
    append_line(out, "VERSION:2.0");
    append_line(out, "PRODID:-//Duibiao//Duibiao//ZH");
    append_line(out, "CALSCALE:GREGORIAN");
    append_line(out, "METHOD:PUBLISH");
    append_text(out, "X-WR-CALNAME", form.short_title + " " + std::string(document.unit()));
    for (const Instrument::Place& place : form.order) {
        const Criterion& item = form.criterion(place);
        if (const auto due = due_of(document, item)) append_event(out, document, item, *due, language, as_of);
    }
    append_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace duibiao
