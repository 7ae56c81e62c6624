#include "cli/console.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <optional>

#include "core/text.hpp"

namespace duibiao::cli {
namespace {

std::optional<std::string_view> language_option(const std::vector<std::string>& arguments) {
    constexpr std::string_view name = "--lang";
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        if (argument == "--") break;
        if (argument == name && i + 1 < arguments.size()) return arguments[i + 1];
        if (argument.starts_with("--lang=")) return argument.substr(name.size() + 1);
    }
    return std::nullopt;
}

std::optional<std::string_view> locale_name() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(variable);
        if (value != nullptr && *value != '\0') return value;
    }
    return std::nullopt;
}

struct Decoded {
    char32_t character = 0;
    std::size_t bytes = 1;
};

/// The first character of UTF-8 text; a stray byte is a character of its own.
Decoded decode(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t bytes = byte(0) < 0xC0 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    if (bytes == 1 || bytes > text.size() || !is_utf8(text.substr(0, bytes))) return {byte(0), 1};
    char32_t character = byte(0) & (0x7FU >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) character = (character << 6U) | (byte(i) & 0x3FU);
    return {character, bytes};
}

/// East Asian wide and full-width characters, as terminals draw them.
bool is_wide(char32_t c) {
    struct Range {
        char32_t first;
        char32_t last;
    };
    constexpr std::array<Range, 8> wide{{{0x1100, 0x115F},
                                         {0x2E80, 0x303E},
                                         {0x3041, 0xA4CF},
                                         {0xAC00, 0xD7A3},
                                         {0xF900, 0xFAFF},
                                         {0xFE30, 0xFE6F},
                                         {0xFF00, 0xFF60},
                                         {0x20000, 0x3FFFD}}};
    return std::ranges::any_of(wide, [c](Range range) { return c >= range.first && c <= range.last; });
}

void append_hex(std::string& out, unsigned value) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    out += "\\x";
    out += digits[(value >> 4U) & 0xFU];
    out += digits[value & 0xFU];
}

/// Where in the file a finding of loading stands.
std::string place_of(const Finding& finding) {
    if (const auto place = finding.params.find("place"); place != finding.params.end()) {
        if (const auto* pointer = std::get_if<std::string>(&place->second)) return *pointer;
    }
    if (finding.code == "code-mismatch") return "/code";
    if (finding.code == "instrument-changed") return "/instrument/hash";
    std::string layer = "/layers/" + std::to_string(index_of(finding.layer));
    if (finding.item.empty()) return layer;
    if (finding.item == "document") return layer + "/" + finding.field;
    if (finding.item == "header") {
        const bool of_report = finding.field == "unit" || finding.field == "period";
        return (of_report ? "/" : "/header/") + finding.field;
    }
    if (finding.field == "value") return "/measures/" + finding.item;
    return layer + (finding.item.starts_with("veto") ? "/veto/" : "/answers/") + finding.item + "/" + finding.field;
}

/// The contract's line has no full stops before its colons.
std::string_view without_full_stop(std::string_view sentence) {
    for (const std::string_view stop : {"。", "."}) {
        if (sentence.ends_with(stop)) return sentence.substr(0, sentence.size() - stop.size());
    }
    return sentence;
}

void print_line(std::string_view file, std::string_view place, std::string_view problem, std::string_view remedy) {
    std::string line =
        "duibiao: " + printable(file) + ": " + (place.empty() ? "/" : printable(place)) + ": " + printable(problem);
    if (!remedy.empty()) line += ": " + printable(remedy);
    line += '\n';
    (void)std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

Language find_language(const std::vector<std::string>& arguments) {
    auto name = language_option(arguments);
    if (!name || (*name != "zh" && *name != "en")) name = locale_name();
    return !name || name->starts_with("zh") ? Language::chinese : Language::english;
}

std::string printable(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto [character, bytes] = decode(text);
        const bool stray = bytes == 1 && character >= 0x80;
        const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0);
        if (character == '\n') {
            out += "\\n";
        } else if (character == '\r') {
            out += "\\r";
        } else if (stray || control) {
            append_hex(out, static_cast<unsigned>(character));
        } else {
            out += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto [character, bytes] = decode(text);
        width += is_wide(character) ? std::size_t{2} : std::size_t{1};
        text.remove_prefix(bytes);
    }
    return width;
}

void print_error(Language language, std::string_view file, const Error& error) {
    const ErrorText text = describe_parts(language, error);
    print_line(file, place_words(language, error.place), text.problem, text.remedy);
}

void print_notice(const std::string& sentence) { std::fputs(("duibiao: " + sentence + "\n").c_str(), stderr); }

void print_finding(Language language, std::string_view file, const Finding& finding) {
    const FindingText text = describe(language, finding);
    print_line(file, place_of(finding), without_full_stop(text.message), without_full_stop(text.remedy));
}

void print_notice(std::string_view file, std::string_view text) { print_line(file, {}, std::string(text), {}); }

void TextTable::add(std::vector<std::string> cells) {
    cells.resize(columns_.size());
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

std::string TextTable::to_string() const {
    std::vector<std::size_t> widths(columns_.size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], display_width(row[i]));
    }
    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - display_width(row[i]), ' ');
            if (i > 0) line += "  ";
            line += columns_[i] == Align::right ? padding + row[i] : row[i] + padding;
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    return out;
}

}  // namespace duibiao::cli
