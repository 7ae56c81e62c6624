#include "exchange/mail_encoding.hpp"

#include <array>
#include <cstdint>

#include "exchange/layout_grid.hpp"

namespace duibiao {
namespace {

constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() * 4 / 3 + 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8U | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j) out += j <= count ? letters[group >> (18U - 6U * j) & 0x3FU] : '=';
    }
    return out;
}

/// Whole characters from `at` on, at most so many bytes.
std::string_view whole_characters(std::string_view text, std::size_t at, std::size_t most_bytes) {
    std::size_t end = std::min(at + most_bytes, text.size());
    while (end < text.size() && end > at && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(at, end - at);
}

/// One line, without controls.
std::string one_line(std::string_view text) {
    std::string line = file_text(text);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20U) c = ' ';
    }
    return line;
}

}  // namespace

std::string base64_lines(std::string_view bytes) {
    constexpr std::size_t bytes_per_line = 57;
    std::string out;
    out.reserve(bytes.size() * 3 / 2);
    for (std::size_t i = 0; i < bytes.size(); i += bytes_per_line)
        out += base64(bytes.substr(i, bytes_per_line)) + "\r\n";
    return out;
}

std::string header_line(std::string_view name, std::string_view text) {
    constexpr std::size_t bytes_per_word = 39;  // 52 letters: a word of 64, a line of 73
    const std::string line = one_line(text);
    std::string out = std::string(name) + ":";
    for (std::size_t i = 0; i < line.size();) {
        const std::string_view word = whole_characters(line, i, bytes_per_word);
        out += (i == 0 ? " =?UTF-8?B?" : "\r\n =?UTF-8?B?") + base64(word) + "?=";
        i += word.size();
    }
    return out + "\r\n";
}

std::string date_header(Date date, std::string_view clock) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::weekday day{std::chrono::sys_days(date)};
    return "Date: " + std::string(days[day.c_encoding()]) + ", " + std::to_string(static_cast<unsigned>(date.day())) +
           " " + std::string(months[static_cast<unsigned>(date.month()) - 1]) + " " +
           std::to_string(static_cast<int>(date.year())) + " " + std::string(clock) + " +0000\r\n";
}

std::string address_header(std::string_view name, std::string_view addresses) {
    std::string line;
    for (const char c : addresses) line += c == ',' ? std::string(",\r\n") : std::string(1, c);
    return line.empty() ? line : std::string(name) + ": " + line + "\r\n";
}

std::string with_mail_line_ends(std::string_view text) {
    std::string out;
    for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return out;
}

std::string parameter(std::string_view name, std::string_view text) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    constexpr std::size_t bytes_per_part = 18;  // at most three letters each
    const std::string line = one_line(text);
    std::string out;
    std::size_t part = 0;
    for (std::size_t i = 0; i < line.size(); ++part) {
        const std::string_view piece = whole_characters(line, i, bytes_per_part);
        out += ";\r\n " + std::string(name) + "*" + std::to_string(part) + "*=" + (part == 0 ? "UTF-8''" : "");
        for (const char c : piece) {
            const auto byte = static_cast<unsigned char>(c);
            const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                               c == '-' || c == '_';
            if (plain) {
                out += c;
            } else {
                out += {'%', hex[byte >> 4U], hex[byte & 0xFU]};
            }
        }
        i += piece.size();
    }
    return out;
}

}  // namespace duibiao
