// What leaves the program for people and other programs to read. All of it speaks the form's language (language_of).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"
#include "exchange/lock.hpp"
#include "exchange/messages.hpp"
#include "exchange/privacy.hpp"

namespace duibiao {

struct Layout;

/// The form as its paper looks: title, head line (unit, date, total) and a head that repeats on every page, page x/y
/// and the short code on every page. A score table (A4 landscape) has merged section and group cells, the veto row and
/// signature blocks with the place for the seal; so have checklists (A4 portrait), tasks and measures (landscape) with
/// a column for each answer; the ledger (landscape) shows its duty matrix as of a date (without one: the day of the
/// last edit), then its rows; a roster (landscape) is one table with the paper's columns, with empty rows where there
/// are few and 无 where it is reported as none; an appraisal (landscape) is a working sheet until it is published, then
/// the sheet for publication. `write_html` is a whole file with its style inside and no script; `write_print_body` is
/// the same body for the page's own print root. Every text is escaped.
[[nodiscard]] std::string write_html(const Document& document);
[[nodiscard]] std::string write_html(const Document& document, Date as_of, Privacy privacy = Privacy::whole);
[[nodiscard]] std::string write_print_body(const Document& document);
[[nodiscard]] std::string write_print_body(const Document& document, Date as_of);
[[nodiscard]] std::string write_html(const Layout& layout);
[[nodiscard]] std::string write_print_body(const Layout& layout);

/// A line of a list of reminders, all in words.
struct ReminderLine {
    std::string unit;
    std::string text;
    std::string citation;
    std::string owner;
    std::string due;
    std::string state;
};
/// The list as a page to print, A4 portrait, for the page's own print root.
[[nodiscard]] std::string write_reminders_body(std::string_view title, std::string_view span,
                                               const std::vector<ReminderLine>& lines, Language language);

/// Where the layers differ, the largest first, with their reasons: a letter back to the unit, A4 portrait, for the
/// page's own print root.
[[nodiscard]] std::string write_comparison_body(const Document& document, Date as_of);

/// UTF-8 with BOM, RFC 4180. A score table: one line a criterion (item, section, group, number, criterion, points,
/// note, the three scores, the reasons); then measures, veto and totals lines. Other forms with items: one line an item
/// with a column for each field that any item has, note and explanation. Forms with rows: the table's own columns, as
/// fill_from_csv reads them, one line a row, an appraisal's with total and grade, a roster that is reported as
/// none with 无; after the items and an empty line where there are items too.
[[nodiscard]] std::string write_csv(const Document& document, Privacy privacy = Privacy::whole);

/// Excel's workbook (ISO/IEC 29500): each table of the paper a sheet, with the paper's head and foot. Numbers and dates
/// are typed and shown as on paper; whatever else is a text, never a formula. The head stays in sight and stands on
/// every printed page; lists can be filtered. The same document and day give the same bytes. Error: "xlsx-cell-long"
/// {limit} (a cell with more than 32,767 characters; place: its beginning).
[[nodiscard]] Result<std::string> write_xlsx(const Document& document, Date as_of, Privacy privacy = Privacy::whole);

/// A Word document (ISO/IEC 29500) to edit: the paper's title, tables, places for seals and page numbers. The head
/// stands on every page; a row is on one page unless its texts are long. The same document and day give the same bytes.
[[nodiscard]] std::string write_docx(const Document& document, const Layout& layout);
[[nodiscard]] std::string write_docx(const Document& document, Date as_of, Privacy privacy = Privacy::whole);

/// iCalendar (RFC 5545) of tasks, measures and the ledger: an all-day event with a reminder 3 days before for each item
/// that has a due date (due.hpp), and for each duty in each period. What is open after its day is late as of `as_of`.
/// Events keep their UID from one export to the next. Error: "ics-kind" (the form has no due dates).
[[nodiscard]] Result<std::string> write_ics(const Document& document, Date as_of);

/// A file that goes with an e-mail.
struct Attachment {
    std::string name;
    std::string type;  ///< "application/json"
    std::string bytes;
};
/// Of the document in a format: with its suggested file name.
[[nodiscard]] Attachment attach(const Document& document, std::string_view format, std::string bytes);

/// What the body of a draft says beside its figures.
struct DraftWords {
    bool masked = false;  ///< the attachments are for other readers
    bool locked = false;  ///< and need a password
    std::string to = {};  ///< address_list(); empty: for the mail program to ask
};

/// A draft of an e-mail (RFC 5322 with `X-Unsent: 1`): subject, a short body with unit, form, period, figures and short
/// code, which names no person, and the attachments. The same document and attachments give the same bytes.
[[nodiscard]] std::string write_eml(const Document& document, const std::vector<Attachment>& attachments,
                                    const DraftWords& words = {});

/// Subject and body of the draft, for programs that get no attachment.
struct MailText {
    std::string subject;
    std::string body;
};
[[nodiscard]] MailText mail_text(const Document& document);

/// "a@b.cn, c@d.cn" of what a user typed, with any mark between them; empty of nothing. Error: "mail-address" (place:
/// what is none).
[[nodiscard]] Result<std::string> address_list(std::string_view typed);

/// The formats that write_format knows, by the ends of their files' names.
[[nodiscard]] std::span<const std::string_view> export_formats();
/// The document in a format, or as "template" its form's empty table (workbook/template.hpp). Errors: those of its
/// writer, "format-unknown".
[[nodiscard]] Result<std::string> write_format(const Document& document, Date as_of, std::string_view format,
                                               Privacy privacy = Privacy::whole);

/// What is done to outputs before they leave.
struct Protection {
    Privacy privacy = Privacy::whole;
    std::string password = {};                 ///< empty: no lock
    std::function<LockSeed()> seed = nullptr;  ///< where there is a password
};
/// The file under its name, or locked under its name as a locked file. Errors: those of lock_file().
[[nodiscard]] Result<NamedFile> protect(NamedFile file, const Protection& protection);

/// A draft with the document in `formats`; "json" is the report file, whose bytes are `report`, and is never masked.
/// With a password each attachment is locked by itself. Errors: those of the writers, "mask-report" (a masked draft
/// with the report file, or with nothing), "mail-address".
struct Draft {
    std::vector<std::string> formats;
    std::string to = {};
    Protection protection = {};
};
[[nodiscard]] Result<std::string> write_draft(const Document& document, Date as_of, std::string_view report,
                                              const Draft& draft);

/// A file name for an export: "市第一医院党委-强基提质…-2026.json" without characters that file systems refuse, at most
/// 120 characters. `extension` without the dot.
[[nodiscard]] std::string suggest_file_name(const Document& document, std::string_view extension);

/// The same for a report that goes to another office: its end tells what became of it last, so that the files of one
/// document are told apart: "…-2026-报送.json", "…-报送2.json", "…-上级验收退回.json", "…-上级验收通过.json".
[[nodiscard]] std::string suggest_report_name(const Document& document);

}  // namespace duibiao
