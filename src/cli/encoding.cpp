#include "cli/encoding.hpp"

#include <iconv.h>

#include <array>
#include <cerrno>
#include <optional>
#include <string_view>

#include "core/text.hpp"

namespace duibiao::cli {
namespace {

/// A converter from GB18030, closed at the end of its block.
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

/// Does more of it read as characters of several bytes than does not? Hanzi in GB18030 hardly ever do.
bool is_damaged_utf8(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) return true;
    std::size_t well_formed = 0;
    std::size_t broken = 0;
    while (!text.empty()) {
        const std::size_t length = utf8_prefix(text);
        well_formed += length - count_characters(text.substr(0, length));
        text.remove_prefix(length);
        if (text.empty()) break;
        text.remove_prefix(1);
        ++broken;
    }
    return well_formed > broken;
}

}  // namespace

std::string to_utf8(std::string table) {
    if (is_utf8(table) || is_damaged_utf8(table)) return table;
    Converter converter;
    if (!converter.is_open()) return table;
    return converter.convert(table).value_or(table);
}

}  // namespace duibiao::cli
