// A file of its own, so that the page, which only prints, has no zlib.
#include <zlib.h>

#include "exchange/qr.hpp"

namespace duibiao {
namespace {

constexpr std::size_t pixels_per_module = 8;
constexpr std::size_t bits_per_byte = 8;
constexpr std::string_view png_signature{"\x89PNG\r\n\x1a\n", 8};

std::string big_endian(std::size_t number) {
    std::string bytes;
    for (const unsigned shift : {24U, 16U, 8U, 0U}) bytes += static_cast<char>((number >> shift) & 0xFFU);
    return bytes;
}

std::string chunk(std::string_view type, std::string_view data) {
    const std::string content = std::string(type) + std::string(data);
    const uLong check = crc32(0, reinterpret_cast<const Bytef*>(content.data()), static_cast<uInt>(content.size()));
    return big_endian(data.size()) + content + big_endian(check);
}

/// A line of pixels, one bit each, white is 1; in front of it the number of its filter, none.
std::string pixel_line(const QrCode& code, std::size_t row) {
    static_assert(pixels_per_module == bits_per_byte);
    std::string line(1, '\0');
    for (std::size_t column = 0; column < code.side; ++column) line += code.is_dark(row, column) ? '\0' : '\xFF';
    return line;
}

std::string compressed(std::string_view data) {
    uLongf size = compressBound(static_cast<uLong>(data.size()));
    std::string out(size, '\0');
    compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
              static_cast<uLong>(data.size()), Z_BEST_COMPRESSION);
    out.resize(size);
    return out;
}

}  // namespace

std::string qr_png(const QrCode& code) {
    if (code.side == 0) return {};
    const std::string side = big_endian(code.side * pixels_per_module);
    constexpr std::string_view one_bit_grey{"\x01\0\0\0\0", 5};
    std::string pixels;
    for (std::size_t row = 0; row < code.side; ++row) {
        const std::string line = pixel_line(code, row);
        for (std::size_t i = 0; i < pixels_per_module; ++i) pixels += line;
    }
    return std::string(png_signature) + chunk("IHDR", side + side + std::string(one_bit_grey)) +
           chunk("IDAT", compressed(pixels)) + chunk("IEND", {});
}

}  // namespace duibiao
