// Text as the readers of numbers, dates, names, heads, kinds and ids see it. What was typed is kept as it was typed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace duibiao {

/// The character at `at` of UTF-8, and `at` moved behind it. A byte that begins none counts as U+FFFD.
[[nodiscard]] char32_t take_character(std::string_view text, std::size_t& at);
/// Appends a character as UTF-8.
void append_character(std::string& text, char32_t character);

/// A blank of any width, tabs and line ends too: U+0020, U+00A0, U+2000–200A, U+3000 and their like.
[[nodiscard]] bool is_blank(char32_t character);
/// A character without a picture: controls, U+00AD, U+200B–200F, U+2060, U+FEFF, variation selectors and their like.
[[nodiscard]] bool is_invisible(char32_t character);

/// The ordinary form of a compatibility character, as Unicode's NFKC has it where that is one character: full-width
/// letters, digits and signs, ideographs of U+F900–FAFF, and the radicals that PDF files give in the place of the
/// ideographs that look like them (U+2E80–2FD5). Any other character is its own.
[[nodiscard]] char32_t ordinary_form(char32_t character);

/// A copy without characters that have no picture, in ordinary forms, every blank an ASCII one, and none at the ends.
/// `text` must be UTF-8.
[[nodiscard]] std::string plain_text(std::string_view text);

/// Nothing but blanks and characters without a picture.
[[nodiscard]] bool looks_empty(std::string_view text);

}  // namespace duibiao
