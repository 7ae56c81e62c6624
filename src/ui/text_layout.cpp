#include "ui/text_layout.hpp"

#include <algorithm>
#include <string>

#include <imgui_internal.h>

namespace duibiao::ui {

namespace {

constexpr std::size_t cache_limit = 4000;

bool is_wide(std::uint32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF01 && c <= 0xFF60) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_one_of(std::uint32_t c, const char32_t* set) {
    for (; *set != 0; ++set)
        if (*set == c) return true;
    return false;
}

/// May not begin a line (GB/T 15834).
bool is_closing(std::uint32_t c) { return is_one_of(c, U"，。、；：？！）》〉」』】〕”’…—～·％%,.;:?!)]}"); }
/// May not end a line.
bool is_opening(std::uint32_t c) { return is_one_of(c, U"（《〈「『【〔“‘([{"); }

bool is_word(std::uint32_t c) { return !is_wide(c) && c > 0x20 && !is_opening(c) && !is_closing(c); }

/// True when a line may be broken between two neighbours.
bool may_break(std::uint32_t left, std::uint32_t right) {
    if (left == ' ') return right != ' ';
    if (right == ' ' || is_closing(right) || is_opening(left)) return false;
    return !(is_word(left) && is_word(right)) && !(left == '.' && is_word(right));
}

std::uint64_t hash_of(std::string_view text, float width, float size, Weight weight) {
    std::uint64_t hash = 1469598103934665603ULL;
    const auto mix = [&hash](std::uint64_t value) { hash = (hash ^ value) * 1099511628211ULL; };
    for (const char c : text) mix(static_cast<unsigned char>(c));
    mix(static_cast<std::uint64_t>(width * 8.0F));
    mix(static_cast<std::uint64_t>(size * 16.0F));
    mix(static_cast<std::uint64_t>(weight));
    mix(text.size());
    return hash;
}

}  // namespace

std::uint32_t next_codepoint(std::string_view text, std::size_t& offset) {
    unsigned int codepoint = 0;
    const int bytes = ImTextCharFromUtf8(&codepoint, text.data() + offset, text.data() + text.size());
    offset += static_cast<std::size_t>(std::max(bytes, 1));
    return codepoint;
}

void TextLayout::begin_frame(const Theme& theme, float density) {
    theme_ = &theme;
    if (theme.scale != scale_ || density != density_ || cache_.size() > cache_limit) cache_.clear();
    scale_ = theme.scale;
    density_ = density;
}

float TextLayout::advance(std::uint32_t codepoint, ImFontBaked* baked, float size) const {
    // Chinese is one em wide in every font: no need to draw a glyph to know it.
    if (is_wide(codepoint)) return size;
    return baked->GetCharAdvance(static_cast<ImWchar>(codepoint));
}

float TextLayout::measure(std::string_view text, const TextStyle& style) const {
    const float size = theme_->px(style.size);
    ImFontBaked* baked = theme_->font(style.weight)->GetFontBaked(size);
    float width = 0;
    for (std::size_t offset = 0; offset < text.size();) width += advance(next_codepoint(text, offset), baked, size);
    return width;
}

const TextBlock& TextLayout::wrap(std::string_view text, float width, const TextStyle& style) {
    const float size = theme_->px(style.size);
    const std::uint64_t key = hash_of(text, width, size, style.weight);
    const auto found = cache_.find(key);
    if (found != cache_.end()) return found->second;
    return cache_.emplace(key, break_lines(text, width, size, style.weight)).first->second;
}

TextBlock TextLayout::break_lines(std::string_view text, float width, float size, Weight weight) const {
    ImFontBaked* baked = theme_->font(weight)->GetFontBaked(size);
    TextBlock block;
    block.line_height = Theme::line_height(size);
    TextLine line;
    std::uint32_t break_at = 0;  // last place where this line may end
    float width_at_break = 0;
    std::uint32_t previous = 0;
    for (std::size_t offset = 0; offset < text.size();) {
        const auto start = static_cast<std::uint32_t>(offset);
        const std::uint32_t c = next_codepoint(text, offset);
        if (c == '\n') {
            line.end = start;
            block.lines.push_back(line);
            line = {static_cast<std::uint32_t>(offset), 0, 0};
            previous = 0;
            break_at = line.begin;
            continue;
        }
        if (previous != 0 && may_break(previous, c)) {
            break_at = start;
            width_at_break = line.width;
        }
        const float step = advance(c, baked, size);
        if (line.width + step > width + 0.01F && start > line.begin && c != ' ') {
            const bool at_break = break_at > line.begin;
            line.end = at_break ? break_at : start;
            const float rest = at_break ? line.width - width_at_break : 0;
            if (at_break) line.width = width_at_break;
            block.lines.push_back(line);
            line = {line.end, 0, rest};
            break_at = line.begin;
        }
        line.width += step;
        previous = c;
    }
    line.end = static_cast<std::uint32_t>(text.size());
    block.lines.push_back(line);
    return block;
}

std::string TextLayout::elide(std::string_view text, float width, const TextStyle& style) const {
    if (measure(text, style) <= width) return std::string(text);
    const float dots = measure("…", style);
    const float size = theme_->px(style.size);
    ImFontBaked* baked = theme_->font(style.weight)->GetFontBaked(size);
    float used = 0;
    std::size_t offset = 0;
    while (offset < text.size()) {
        std::size_t next = offset;
        used += advance(next_codepoint(text, next), baked, size);
        if (used + dots > width) break;
        offset = next;
    }
    return std::string(text.substr(0, offset)) + "…";
}

}  // namespace duibiao::ui
