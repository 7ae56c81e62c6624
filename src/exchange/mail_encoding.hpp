// How a message (RFC 5322) carries what is not ASCII.
#pragma once

#include <string>
#include <string_view>

#include "core/date.hpp"

namespace duibiao {

/// RFC 2045, lines of 76 characters that end with CR LF.
[[nodiscard]] std::string base64_lines(std::string_view bytes);

/// "Name: text" and CR LF, the text in encoded words (RFC 2047) of whole characters on lines of at most 76 characters.
/// Line ends and other controls in it become blanks: nothing can begin a header of its own.
[[nodiscard]] std::string header_line(std::string_view name, std::string_view text);

/// "Date: Sat, 21 Nov 2026 06:03:34 +0000" and CR LF; `clock` is "06:03:34".
[[nodiscard]] std::string date_header(Date date, std::string_view clock);

/// "To: a@b.cn,", a line each, of an address_list(); empty of nothing.
[[nodiscard]] std::string address_header(std::string_view name, std::string_view addresses);

/// Lines end with CR LF in a message.
[[nodiscard]] std::string with_mail_line_ends(std::string_view text);

/// "; filename*0*=UTF-8''…" for a parameter (RFC 2231), each part on a line of its own.
[[nodiscard]] std::string parameter(std::string_view name, std::string_view text);

}  // namespace duibiao
