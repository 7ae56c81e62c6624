// GB18030 by the C library, for the command and the tests; the page asks the browser (platform/web/gb18030.cpp).
#include <iconv.h>

#include <array>
#include <cerrno>

#include "exchange/intake/text_bytes.hpp"

namespace duibiao {
namespace {

/// A conversion from GB18030, closed at the end of its block.
class Converter {
public:
    Converter() : handle_(::iconv_open("UTF-8", "GB18030")) {}
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() {
        if (is_open()) ::iconv_close(handle_);
    }
    [[nodiscard]] bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

    /// Nothing when a byte does not belong there or the text ends within a character.
    std::optional<std::string> convert(std::string text) {
        constexpr auto failed = static_cast<std::size_t>(-1);
        std::string converted;
        std::array<char, 4096> chunk{};
        char* from = text.data();
        std::size_t left = text.size();
        while (left > 0) {
            char* to = chunk.data();
            std::size_t room = chunk.size();
            const bool stopped = ::iconv(handle_, &from, &left, &to, &room) == failed;
            if (stopped && errno != E2BIG) return std::nullopt;
            converted.append(chunk.data(), chunk.size() - room);
        }
        return converted;
    }

private:
    iconv_t handle_;
};

}  // namespace

std::optional<std::string> gb18030_to_utf8(std::string_view bytes) {
    Converter converter;
    return converter.is_open() ? converter.convert(std::string(bytes)) : std::nullopt;
}

}  // namespace duibiao
