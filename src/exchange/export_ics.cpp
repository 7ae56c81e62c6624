// iCalendar (RFC 5545): one all-day event for each item with a due date, and for each duty in each period.

#include "core/due.hpp"
#include "core/text.hpp"
#include "exchange/export.hpp"
#include "exchange/privacy.hpp"

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

std::string state_words(const DueItem& item, Language language, Date as_of) {
    if (!item.done) return translate(language, item.due < as_of ? "ics.state.late" : "ics.state.open");
    if (!item.done_on) return translate(language, "ics.state.done");
    const bool late = *item.done_on > item.due;
    return translate(language, late ? "ics.state.done_late" : "ics.state.done_on",
                     {{"date", to_string(*item.done_on)}});
}

void append_alarm(std::string& out, const std::string& summary) {
    append_line(out, "BEGIN:VALARM");
    append_line(out, "ACTION:DISPLAY");
    append_line(out, "TRIGGER:-P3D");
    append_text(out, "DESCRIPTION", summary);
    append_line(out, "END:VALARM");
}

/// A calendar is carried about on telephones: it has the first character of a person's name, not the name.
std::string summary_of(const DueItem& item, Language language) {
    if (!item.period.empty()) return item.text + " " + period_words(language, item.period);
    if (item.of > 0 || item.who.empty()) return item.text;
    return translate(language, "reminder.row",
                     {{"text", item.text}, {"who", item.personal ? mask(Personal::name, item.who) : item.who}});
}

void append_event(std::string& out, const Document& document, const DueItem& item, Date as_of) {
    const Language language = language_of(*document.instrument);
    const std::string changed = document.log.empty() ? std::string() : document.log.back().at;
    const std::string summary = summary_of(item, language);
    append_line(out, "BEGIN:VEVENT");
    append_text(out, "UID", document.id + "-" + item.key() + "@duibiao");
    append_line(out, "DTSTAMP:" + basic_form(changed));
    append_line(out, "DTSTART;VALUE=DATE:" + basic_form(to_string(item.due)));
    append_line(out, "DTEND;VALUE=DATE:" + basic_form(to_string(Date(sys_days(item.due) + days(1)))));
    append_text(out, "SUMMARY", summary);
    append_text(
        out, "DESCRIPTION",
        translate(language, "ics.citation", {{"citation", item.citation}}) + "\n" + state_words(item, language, as_of));
    append_text(out, "CATEGORIES", document.instrument->short_title);
    append_line(out, "TRANSP:TRANSPARENT");
    append_alarm(out, summary);
    append_line(out, "END:VEVENT");
}

}  // namespace

Result<std::string> write_ics(const Document& document, Date as_of) {
    const Instrument& form = *document.instrument;
    if (!has_due_days(form)) return fail("ics-kind");
    const bool is_ledger = form.kind == InstrumentKind::ledger;
    const std::vector<DueItem> items =
        is_ledger ? due_duties(duty_matrix(read_ledger(document), as_of)) : all_due(document);
    std::string out;
    append_line(out, "BEGIN:VCALENDAR");
    append_line(out, "VERSION:2.0");
    append_line(out, "PRODID:-//Duibiao//Duibiao//ZH");
    append_line(out, "CALSCALE:GREGORIAN");
    append_line(out, "METHOD:PUBLISH");
    append_text(out, "X-WR-CALNAME", form.short_title + " " + std::string(document.unit()));
    for (const DueItem& item : items) append_event(out, document, item, as_of);
    append_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace duibiao
