// What leaves the program for people and other programs to read.
#pragma once

#include <string>

#include "core/check.hpp"
#include "core/document.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// The form as its paper looks: A4 landscape, heading and title, header line (unit, total, date), the table with
/// merged section and group cells and a head that repeats on every page, the veto row, signature blocks with the place
/// for the seal, page x/y, and the short code on every page. `write_html` is a whole file with its style inside and no
/// script; `write_print_body` is the same body for the page's own print root. Every text is escaped.
[[nodiscard]] std::string write_html(const Document& document, Language language);
[[nodiscard]] std::string write_print_body(const Document& document, Language language);

/// UTF-8 with BOM, RFC 4180, one line a criterion: item, section, group, number, criterion, points, note, the three
/// scores, the reasons; then measures, veto and totals lines. Column heads in `language`.
[[nodiscard]] std::string write_csv(const Document& document, Language language);

/// A file name for an export: "市第一医院党委-强基提质…-2026.json" without characters that file systems refuse, at most
/// 120 characters. `extension` without the dot.
[[nodiscard]] std::string suggest_file_name(const Document& document, std::string_view extension);

}  // namespace duibiao
