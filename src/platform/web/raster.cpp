#include "platform/web/raster.hpp"

#include <array>
#include <utility>

namespace duibiao::web {
namespace {

constexpr std::uint32_t opaque = IM_COL32_A_MASK;

std::uint32_t alpha_part(ImU32 colour) { return colour >> IM_COL32_A_SHIFT; }

/// Two parts of a colour at once, each in sixteen bits, to the nearest of 255.
std::uint32_t mix_two(std::uint32_t ground, std::uint32_t colour, std::uint32_t alpha) {
    constexpr std::uint32_t two = 0x00FF00FF;
    constexpr std::uint32_t half = 0x00800080;
    const std::uint32_t sum = (colour & two) * alpha + (ground & two) * (255 - alpha) + half;
    return (sum + (sum >> 8U & two)) >> 8U & two;
}

std::uint32_t mix(std::uint32_t ground, std::uint32_t colour, std::uint32_t alpha) {
    return mix_two(ground, colour, alpha) | mix_two(ground >> 8U, colour >> 8U, alpha) << 8U | opaque;
}

/// Between two alphas, to the nearest of 255.
std::uint32_t scaled(std::uint32_t alpha, std::uint32_t by) {
    const std::uint32_t product = alpha * by + 128;
    return (product + (product >> 8U)) >> 8U;
}

std::uint32_t rounded(float alpha) { return static_cast<std::uint32_t>(std::clamp(alpha, 0.0F, 255.0F) + 0.5F); }

/// The alpha between four texels, as WebGL's linear filter has it. What lies beyond an edge is like the edge.
float sample(const GlyphImage& image, float x, float y) {
    const auto left = static_cast<int>(std::floor(x));
    const auto top = static_cast<int>(std::floor(y));
    const auto alpha = [&](int column, int row) {
        const int place = std::clamp(row, 0, image.height - 1) * image.width + std::clamp(column, 0, image.width - 1);
        return static_cast<float>(image.alphas[place]);
    };
    const auto between = [](float one, float other, float part) { return one + (other - one) * part; };
    const float along = x - static_cast<float>(left);
    return between(between(alpha(left, top), alpha(left + 1, top), along),
                   between(alpha(left, top + 1), alpha(left + 1, top + 1), along), y - static_cast<float>(top));
}

/// Each texel lies on a pixel: nothing has to be worked out between them.
bool lies_on_pixels(const GlyphImage& image, float first_x, float first_y) {
    const auto whole = [](float position) { return std::abs(position - std::round(position)) < 1.0F / 32; };
    return std::abs(image.step_x - 1) < 0.001F && std::abs(image.step_y - 1) < 0.001F && whole(first_x) &&
           whole(first_y);
}

/// Where a triangle's edge from its upper to its lower corner crosses the middle of a row.
struct Edge {
    Edge(const Corner& upper, const Corner& lower)
        : x(upper.x), y(upper.y), slope(upper.y < lower.y ? (lower.x - upper.x) / (lower.y - upper.y) : 0) {}

    [[nodiscard]] float crossing(float middle) const { return x + (middle - y) * slope; }

    float x, y, slope;
};

std::array<const Corner*, 3> by_height(const Corner& one, const Corner& two, const Corner& three) {
    std::array<const Corner*, 3> order = {&one, &two, &three};
    const auto put_in_order = [&order](std::size_t upper, std::size_t lower) {
        if (order[lower]->y < order[upper]->y) std::swap(order[upper], order[lower]);
    };
    put_in_order(0, 1);
    put_in_order(1, 2);
    put_in_order(0, 1);
    return order;
}

}  // namespace

std::uint32_t* Raster::at(int x, int y) {
    const auto width = static_cast<std::size_t>(rows_.right - rows_.left);
    return pixels_.data() + static_cast<std::size_t>(y - rows_.top) * width + static_cast<std::size_t>(x - rows_.left);
}

void Raster::begin(const Area& rows, ImU32 background) {
    rows_ = clip_ = rows;
    pixels_.assign(static_cast<std::size_t>(rows.size()), background | opaque);
}

void Raster::span(int y, int left, int right, ImU32 colour) {
    std::uint32_t* const first = at(left, y);
    std::uint32_t* const end = first + (right - left);
    const std::uint32_t alpha = alpha_part(colour);
    if (alpha == 255)
        std::fill(first, end, colour);
    else
        for (std::uint32_t* pixel = first; pixel < end; ++pixel) *pixel = mix(*pixel, colour, alpha);
}

void Raster::fading_span(int y, int left, int right, ImU32 colour, float alpha, float step) {
    std::uint32_t* pixel = at(left, y);
    for (int x = left; x < right; ++x, ++pixel, alpha += step) *pixel = mix(*pixel, colour, rounded(alpha));
}

void Raster::fill(const Area& area, ImU32 colour) {
    const Area inside = common(area, clip_);
    if (inside.empty()) return;
    for (int y = inside.top; y < inside.bottom; ++y) span(y, inside.left, inside.right, colour);
}

void Raster::glyph(const GlyphImage& image, const Area& area, ImU32 colour) {
    const Area inside = common(area, clip_);
    if (inside.empty()) return;
    const float x = image.texel_x + (static_cast<float>(inside.left) + 0.5F - image.left) * image.step_x - 0.5F;
    const float y = image.texel_y + (static_cast<float>(inside.top) + 0.5F - image.top) * image.step_y - 0.5F;
    const std::uint32_t alpha = alpha_part(colour);
    const int width = inside.right - inside.left;
    if (!lies_on_pixels(image, x, y)) {
        for (int row = 0; row < inside.bottom - inside.top; ++row) {
            std::uint32_t* const pixel = at(inside.left, inside.top + row);
            for (int column = 0; column < width; ++column) {
                const float texel = sample(image, x + static_cast<float>(column) * image.step_x,
                                           y + static_cast<float>(row) * image.step_y);
                pixel[column] = mix(pixel[column], colour, rounded(texel * static_cast<float>(alpha) / 255));
            }
        }
        return;
    }
    const unsigned char* texels = image.alphas + std::lround(y) * image.width + std::lround(x);
    for (int row = inside.top; row < inside.bottom; ++row, texels += image.width) {
        std::uint32_t* const pixel = at(inside.left, row);
        for (int column = 0; column < width; ++column) {
            if (texels[column] != 0) pixel[column] = mix(pixel[column], colour, scaled(texels[column], alpha));
        }
    }
}

void Raster::triangle(const Corner& one, const Corner& two, const Corner& three) {
    const auto [top, middle, bottom] = by_height(one, two, three);
    const float twice = (two.x - one.x) * (three.y - one.y) - (three.x - one.x) * (two.y - one.y);
    if (twice == 0) return;
    const Edge whole(*top, *bottom);
    const Edge upper(*top, *middle);
    const Edge lower(*middle, *bottom);
    const auto alpha_of = [](const Corner& corner) { return static_cast<float>(alpha_part(corner.colour)); };
    const float alpha = alpha_of(one);
    const float to_two = alpha_of(two) - alpha;
    const float to_three = alpha_of(three) - alpha;
    const float along = (to_two * (three.y - one.y) - to_three * (two.y - one.y)) / twice;
    const float down = (to_three * (two.x - one.x) - to_two * (three.x - one.x)) / twice;
    const bool fades = to_two != 0 || to_three != 0;
    const int end = std::min(clip_.bottom, row_behind(bottom->y));
    for (int y = std::max(clip_.top, row_behind(top->y)); y < end; ++y) {
        const float centre = static_cast<float>(y) + 0.5F;
        const float crossings[] = {whole.crossing(centre),
                                   (y < row_behind(middle->y) ? upper : lower).crossing(centre)};
        const int left = std::max(clip_.left, column_behind(std::min(crossings[0], crossings[1])));
        const int right = std::min(clip_.right, column_behind(std::max(crossings[0], crossings[1])));
        if (left >= right) continue;
        const float first = alpha + (static_cast<float>(left) + 0.5F - one.x) * along + (centre - one.y) * down;
        if (fades)
            fading_span(y, left, right, one.colour, first, along);
        else
            span(y, left, right, one.colour);
    }
}

}  // namespace duibiao::web
