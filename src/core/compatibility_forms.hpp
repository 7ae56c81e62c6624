// Unicode's compatibility characters that Chinese texts hold, in tables.
#pragma once

namespace duibiao {

/// The ordinary character of a compatibility character of U+2E80–2FD5, U+F900–FAD9, U+FE10–FE6B and U+FF5F–FFEE (not of
/// Hangul) where it is one of one character, by NFKC of Unicode 14; `character` itself for any other.
[[nodiscard]] char32_t compatibility_form(char32_t character);

}  // namespace duibiao
