// Small helpers for UTF-8 text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duibiao {

/// True for well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
[[nodiscard]] bool is_utf8(std::string_view text);

/// Number of Unicode code points. `text` must be UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// A copy with CR LF and CR made LF, and C0 controls (except LF and TAB), U+FEFF, and bidirectional overrides and
/// isolates (U+202A–202E, U+2066–2069) left out. What users paste stays otherwise as it is.
[[nodiscard]] std::string clean_text(std::string_view text);

/// Blanks (ASCII, U+00A0, U+3000) cut off at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

}  // namespace duibiao
