// QR codes (ISO/IEC 18004), as pictures for print and for Word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace duibiao {

/// The side of a code on paper, in millimetres.
inline constexpr double qr_millimetres = 10;

/// A square of modules, row by row from the top left.
struct QrCode {
    std::size_t side = 0;  ///< 0: the text is too long, or has other characters
    std::vector<bool> dark;

    [[nodiscard]] bool is_dark(std::size_t row, std::size_t column) const { return dark[row * side + column]; }
};

/// The code of a text of capitals, digits and $%*+-./: and blanks, readable where 15 % of it are covered.
[[nodiscard]] QrCode make_qr(std::string_view text);

/// As an address of an SVG picture (RFC 2397) that may stand between quotation marks in CSS and HTML.
[[nodiscard]] std::string qr_address(const QrCode& code);

/// As a PNG file, black on white (ISO/IEC 15948).
[[nodiscard]] std::string qr_png(const QrCode& code);

}  // namespace duibiao
