// Small helpers for UTF-8 text.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace duibiao {

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Length in bytes of the longest well-formed UTF-8 start of `text` (no overlong forms, no surrogates, at most
/// U+10FFFF).
[[nodiscard]] std::size_t utf8_prefix(std::string_view text);

/// True for well-formed UTF-8.
[[nodiscard]] bool is_utf8(std::string_view text);

/// Number of Unicode code points. `text` must be UTF-8.
[[nodiscard]] std::size_t count_characters(std::string_view text);

/// A copy with CR LF and CR made LF, and controls (C0 except LF and TAB, DEL), U+FEFF, and bidirectional overrides and
/// isolates (U+202A–202E, U+2066–2069) left out. What users paste stays otherwise as it is.
[[nodiscard]] std::string clean_text(std::string_view text);

/// True for UTF-8 that clean_text() would leave as it is.
[[nodiscard]] bool is_clean_text(std::string_view text);

/// Blanks (ASCII, U+00A0, U+3000) cut off at both ends.
[[nodiscard]] std::string_view trim(std::string_view text);

/// A copy with full-width ASCII (U+FF01–FF5E, as an IME types it) and U+3000 made plain ASCII.
[[nodiscard]] std::string fold_width(std::string_view text);

/// The parts of "a,b" without the empty ones; they view `list`.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view list);

/// Position of `word` among `words`; nothing when it is none of them.
[[nodiscard]] std::optional<std::size_t> position_in(std::span<const std::string_view> words, std::string_view word);

}  // namespace duibiao
