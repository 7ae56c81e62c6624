#include "exchange/qr.hpp"

#include <qrcodegen.h>

#include <array>
#include <cstdint>

namespace duibiao {

QrCode make_qr(std::string_view text) {
    using Buffer = std::array<std::uint8_t, qrcodegen_BUFFER_LEN_MAX>;
    const std::string line(text);
    QrCode code;
    if (!qrcodegen_isAlphanumeric(line.c_str()) ||
        qrcodegen_calcSegmentBufferSize(qrcodegen_Mode_ALPHANUMERIC, line.size()) > qrcodegen_BUFFER_LEN_MAX)
        return code;
    Buffer packed{};
    Buffer room{};
    Buffer made{};
    const qrcodegen_Segment segment = qrcodegen_makeAlphanumeric(line.c_str(), packed.data());
    if (!qrcodegen_encodeSegments(&segment, 1, qrcodegen_Ecc_MEDIUM, room.data(), made.data())) return code;
    code.side = static_cast<std::size_t>(qrcodegen_getSize(made.data()));
    code.dark.reserve(code.side * code.side);
    for (int row = 0; row < static_cast<int>(code.side); ++row) {
        for (int column = 0; column < static_cast<int>(code.side); ++column)
            code.dark.push_back(qrcodegen_getModule(made.data(), column, row));
    }
    return code;
}

namespace {

/// The dark modules of a row, each stretch a rectangle of a path.
void add_row(std::string& path, const QrCode& code, std::size_t row) {
    for (std::size_t from = 0; from < code.side; ++from) {
        if (!code.is_dark(row, from)) continue;
        std::size_t end = from;
        while (end < code.side && code.is_dark(row, end)) ++end;
        const std::string length = std::to_string(end - from);
        path += "M" + std::to_string(from) + " " + std::to_string(row) + "h" + length + "v1h-" + length + "z";
        from = end;
    }
}

}  // namespace

std::string qr_address(const QrCode& code) {
    if (code.side == 0) return {};
    const std::string side = std::to_string(code.side);
    const std::string size = std::to_string(static_cast<int>(qr_millimetres)) + "mm";
    std::string path;
    for (std::size_t row = 0; row < code.side; ++row) add_row(path, code, row);
    return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='" + size + "' height='" + size +
           "' viewBox='0 0 " + side + " " + side + "' shape-rendering='crispEdges'%3E%3Cpath d='" + path +
           "'/%3E%3C/svg%3E";
}

}  // namespace duibiao
