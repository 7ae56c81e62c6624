// Breaking Chinese text into lines, with a cache.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ui/theme.hpp"

namespace duibiao::ui {

struct TextLine {
    std::uint32_t begin = 0;  ///< byte offsets into the text
    std::uint32_t end = 0;
    float width = 0;
};

struct TextBlock {
    std::vector<TextLine> lines;
    float line_height = 0;
    [[nodiscard]] float height() const { return line_height * static_cast<float>(lines.size()); }
};

/// Measures and wraps. Chinese characters are one em wide and break anywhere except before closing and after opening
/// punctuation; words of Latin letters and figures stay together; a line feed breaks.
class TextLayout {
public:
    /// Starts a frame: `theme` gives the fonts; the cache is dropped when they or the scale changed.
    void begin_frame(const Theme& theme, float density);

    [[nodiscard]] float measure(std::string_view text, const TextStyle& style) const;
    /// `width` in CSS pixels. The reference stays valid until the next frame.
    [[nodiscard]] const TextBlock& wrap(std::string_view text, float width, const TextStyle& style);
    /// The longest beginning that fits with "…" in `width`; the whole text when it fits.
    [[nodiscard]] std::string elide(std::string_view text, float width, const TextStyle& style) const;

private:
    [[nodiscard]] float advance(std::uint32_t codepoint, ImFontBaked* baked, float size) const;
    [[nodiscard]] TextBlock break_lines(std::string_view text, float width, float size, Weight weight) const;

    const Theme* theme_ = nullptr;
    float scale_ = 0;
    float density_ = 0;
    std::unordered_map<std::uint64_t, TextBlock> cache_;
};

/// Next code point of UTF-8 at `offset`, which moves on. Broken bytes come back one by one as U+FFFD.
[[nodiscard]] std::uint32_t next_codepoint(std::string_view text, std::size_t& offset);

}  // namespace duibiao::ui
