// The one reader of bytes that are a text: what encoding they have is told by their mark and by strict tests, or not at
// all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace duibiao {

/// The text as UTF-8 without a byte order mark. Read are UTF-8; UTF-16 either way with its mark, and without one where
/// only one way gives a text; GB18030 where nearly all of it is the common characters of Chinese. One broken byte in
/// UTF-8, Big5, UTF-32, several encodings in one file and anything else that is not certain are refused. Error:
/// "text-encoding" (place "line n" where a line of UTF-8 is broken).
[[nodiscard]] Result<std::string> text_of(std::string_view bytes);

/// GB18030 as UTF-8; nothing when a byte does not belong there. The tables are the platform's: iconv's of the command
/// and the tests, the browser's of the page, which are large and there already.
[[nodiscard]] std::optional<std::string> gb18030_to_utf8(std::string_view bytes);

}  // namespace duibiao
