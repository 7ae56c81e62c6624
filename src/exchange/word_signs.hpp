// The signs of the fonts that have pictures for letters, where those pictures are boxes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace duibiao {

/// A box of Wingdings or Wingdings 2.
struct WordSign {
    bool is_ticked = false;
    std::uint32_t ticked = 0;  ///< the letter of the same font that is the ticked one
};

/// The box that a font has for a letter, if it is one. Word writes the letter as itself, or 0xF000 above it.
[[nodiscard]] std::optional<WordSign> find_word_sign(std::string_view font, std::uint32_t letter);

}  // namespace duibiao
