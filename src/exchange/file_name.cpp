#include <algorithm>

#include "core/text.hpp"
#include "exchange/export.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_characters = 120;
constexpr std::size_t most_unit_characters = 40;
constexpr std::size_t most_title_characters = 40;

/// Bytes of the first `characters` characters of UTF-8 text.
std::string_view first_characters(std::string_view text, std::size_t characters) {
    std::size_t at = 0;
    while (at < text.size() && characters-- > 0) {
        do ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    return text.substr(0, at);
}

/// Refused by Windows, macOS or Linux, or read by shells and browsers as something else.
bool is_refused(char c) {
    constexpr std::string_view refused = "\\/:*?\"<>|%#&{}$!'`@+=~";
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || refused.find(c) != std::string_view::npos;
}

std::string file_part(std::string_view text, std::size_t characters) {
    std::string part;
    for (const char c : first_characters(trim(text), characters)) {
        const bool blank = c == ' ' || is_refused(c);
        if (!blank)
            part += c;
        else if (!part.empty() && part.back() != '_')
            part += '_';
    }
    while (!part.empty() && (part.back() == '_' || part.back() == '.')) part.pop_back();
    part.erase(0, std::min(part.find_first_not_of("._-"), part.size()));
    return part;
}

}  // namespace

std::string suggest_file_name(const Document& document, std::string_view extension) {
    std::string name;
    const auto append = [&name](const std::string& part) {
        if (part.empty()) return;
        if (!name.empty()) name += '-';
        name += part;
    };
    append(file_part(document.unit(), most_unit_characters));
    append(file_part(document.instrument->short_title, most_title_characters));
    append(file_part(document.period(), most_unit_characters));
    if (name.empty()) name = "duibiao";
    name = first_characters(name, most_characters - 1 - extension.size());
    return name + "." + std::string(extension);
}

}  // namespace duibiao
