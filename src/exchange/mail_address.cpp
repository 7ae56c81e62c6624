// Addresses as people type them, for a draft's To line.
#include <algorithm>

#include "core/text.hpp"
#include "exchange/export.hpp"

namespace duibiao {
namespace {

constexpr std::size_t most_local = 64;  // RFC 5321
constexpr std::size_t most_address = 254;

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_local(std::string_view part) {
    constexpr std::string_view others = "!#$%&'*+/=?^_`{|}~.-";
    return !part.empty() && part.size() <= most_local && std::all_of(part.begin(), part.end(), [others](char c) {
        return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
    });
}

bool is_domain(std::string_view part) {
    const bool is_framed = !part.empty() && is_letter_or_digit(part.front()) && is_letter_or_digit(part.back());
    return is_framed && part.find('.') != std::string_view::npos && part.find("..") == std::string_view::npos &&
           std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '.' || c == '-'; });
}

bool is_address(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && text.size() <= most_address && is_local(text.substr(0, at)) &&
           is_domain(text.substr(at + 1));
}

/// Commas and semicolons of both widths, 、 and blanks are all the same mark.
std::string with_plain_marks(std::string_view typed) {
    std::string out = fold_width(typed);
    for (const std::string_view mark : {"、", "；", "，", "　"}) {
        for (std::size_t at = out.find(mark); at != std::string::npos; at = out.find(mark, at))
            out.replace(at, mark.size(), " ");
    }
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c == ',' || c == ';' || c == '\t' || c == '\n' || c == '\r'; },
        ' ');
    return out;
}

}  // namespace

Result<std::string> address_list(std::string_view typed) {
    const std::string text = with_plain_marks(typed);
    std::string list;
    for (std::size_t from = 0; from < text.size();) {
        const std::size_t end = std::min(text.find(' ', from), text.size());
        const std::string_view address = std::string_view(text).substr(from, end - from);
        from = end + 1;
        if (address.empty()) continue;
        if (!is_address(address)) return fail("mail-address", std::string(address));
        list += (list.empty() ? "" : ", ") + std::string(address);
    }
    return list;
}

}  // namespace duibiao
