#include "exchange/intake/arrived_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/plain_text.hpp"
#include "core/text.hpp"
#include "exchange/intake/mail.hpp"
#include "exchange/intake/text_bytes.hpp"

namespace duibiao {
namespace {

using Kind = ArrivedFile::Kind;

constexpr std::string_view zip_mark = "PK\x03\x04";
constexpr std::string_view old_office_mark = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

template <std::size_t Count>
bool has_start(std::string_view text, const std::array<std::string_view, Count>& starts) {
    return std::any_of(starts.begin(), starts.end(),
                       [text](std::string_view start) { return text.starts_with(start); });
}

/// The name of an OLE file's stream, which is in UTF-16.
bool has_ole_stream(std::string_view bytes, std::string_view name) {
    std::string wide;
    for (const char c : name) (wide += c) += '\0';
    return bytes.find(wide) != std::string_view::npos;
}

/// A number of so many bytes, the lowest first.
std::size_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::size_t number = 0;
    for (std::size_t i = size; i > 0; --i) number = number << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    return number;
}

/// What the record at a zip's very end tells.
struct ZipEnd {
    std::string_view list;    ///< in which the names of the entries stand as they are; empty when there is none
    std::string_view behind;  ///< what stands behind the record and its comment
};

ZipEnd end_of_zip(std::string_view bytes) {
    constexpr std::size_t offset_at = 16;
    constexpr std::size_t comment_at = 20;
    constexpr std::size_t record = 22;
    const std::size_t end = bytes.rfind("PK\x05\x06");
    if (end == std::string_view::npos || bytes.size() - end < record) return {};
    const std::size_t offset = number_at(bytes, end + offset_at, 4);
    const std::size_t all = record + number_at(bytes, end + comment_at, 2);
    return {offset < end ? bytes.substr(offset, end - offset) : std::string_view{},
            bytes.substr(std::min(bytes.size(), end + all))};
}

/// Gateways and file systems pad with zeros or line ends; anything else is a second content.
bool is_padding(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return c == '\0' || c == '\n' || c == '\r' || c == ' ' || c == '\x1A'; });
}

Result<Kind> kind_of_zip(std::string_view bytes) {
    constexpr std::size_t most_first_entry = 200;  // of OpenDocument's, which says what the file is
    const ZipEnd end = end_of_zip(bytes);
    const auto has = [&end](std::string_view name) { return end.list.find(name) != std::string_view::npos; };
    if (end.list.empty()) return fail("archive-broken");
    if (!is_padding(end.behind)) return fail("file-two");
    if (has("xl/workbook.bin")) return fail("file-xlsb");
    if (has("xl/workbook.xml") || has("xl/worksheets/")) return Kind::workbook;
    if (bytes.substr(0, most_first_entry).find("opendocument.spreadsheet") != std::string_view::npos)
        return fail("file-ods");
    if (has("ppt/presentation.xml") || has("META-INF/manifest.xml")) return fail("file-unknown");
    return has("word/document") || has("[Content_Types].xml") ? Kind::word : Kind::archive;
}

/// What has a password does not show which program's it is. Word's reader tells its own old files.
Result<Kind> kind_of_old_office(std::string_view bytes) {
    if (has_ole_stream(bytes, "__properties_version1.0")) return fail("file-outlook");
    if (has_ole_stream(bytes, "PowerPoint Document")) return fail("file-unknown");
    if (has_ole_stream(bytes, "Workbook") || has_ole_stream(bytes, "Book")) return fail("file-xls");
    if (has_ole_stream(bytes, "EncryptedPackage")) return fail("file-protected");
    return Kind::word;
}

/// What is certainly no text.
bool is_other(std::string_view bytes) {
    constexpr std::array<std::string_view, 9> marks{"%PDF",       "\x89PNG",  "\xFF\xD8\xFF", "GIF8",  "Rar!",
                                                    "7z\xBC\xAF", "\x1F\x8B", "BM",           "{\\rtf"};
    return has_start(bytes, marks) && !(bytes.starts_with("BM") && is_utf8(bytes));
}

// ---- JSON ----

/// Where the first value of a text ends that begins with a brace; npos when its braces do not close.
std::size_t end_of_json(std::string_view text) {
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_text) {
            if (c == '\\') ++at;
            if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            ++depth;
        } else if ((c == '}' || c == ']') && --depth == 0) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

constexpr std::string_view json_blanks = " \t\r\n";

/// An object, or a list of what JSON has in lists: a table may begin with [内科].
bool is_json(std::string_view text) {
    if (text.starts_with('{')) return true;
    if (!text.starts_with('[')) return false;
    const std::size_t next = text.find_first_not_of(json_blanks, 1);
    return next != std::string_view::npos &&
           std::string_view("[{\"]-0123456789").find(text[next]) != std::string_view::npos;
}

Result<ArrivedFile> take_json(std::string name, std::string text) {
    ArrivedFile file{Kind::json, std::move(name), std::move(text), false};
    const std::size_t end = end_of_json(file.content);
    if (end == std::string_view::npos) return file;  // its reader says where it breaks off
    const std::string_view behind = std::string_view(file.content).substr(end);
    if (behind.find_first_not_of(json_blanks) == std::string_view::npos) return file;  // the same bytes
    if (looks_empty(behind)) {
        file.content.resize(end);
        return file;
    }
    if (has_start(trim(behind), std::array<std::string_view, 3>{"{", "[", zip_mark})) return fail("file-two");
    file.content.resize(end);
    file.has_footer = true;
    return file;
}

/// A web page's <pre> with JSON in it, as browsers save what they show; empty without one.
std::string json_of_page(std::string_view page) {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&amp;", '&'}}};
    const std::size_t tag = page.find("<pre");
    const std::size_t start = tag == std::string_view::npos ? tag : page.find('>', tag);
    if (start == std::string_view::npos) return {};
    std::string_view inner = trim(page.substr(start + 1, page.find("</pre", start) - start - 1));
    if (!inner.starts_with('{')) return {};
    std::string text;
    while (!inner.empty()) {
        const auto entity = std::find_if(entities.begin(), entities.end(),
                                         [inner](const auto& known) { return inner.starts_with(known.first); });
        text += entity == entities.end() ? inner.front() : entity->second;
        inner.remove_prefix(entity == entities.end() ? 1 : entity->first.size());
    }
    return text;
}

bool is_page(std::string_view text) {
    constexpr std::array<std::string_view, 6> starts{"<!doctype", "<!DOCTYPE", "<html", "<HTML", "<?xml", "<table"};
    return has_start(text, starts);
}

/// The letters between "-----BEGIN x-----" and "-----END", or between "begin-base64 644 x" and "====".
std::string_view without_armour(std::string_view text) {
    constexpr std::array<std::string_view, 2> starts{"-----BEGIN ", "begin-base64 "};
    if (!has_start(text, starts)) return text;
    text.remove_prefix(std::min(text.size(), text.find('\n')));
    return text.substr(0, std::min(text.find("\n-----END "), text.find("\n====")));
}

/// Base64 that stands for one of our files: a text of other letters is left alone.
std::optional<std::string> packed_file(std::string_view text) {
    constexpr std::size_t shortest = 40;
    text = without_armour(text);
    if (text.starts_with("data:")) text.remove_prefix(std::min(text.size(), text.find(',') + 1));
    if (text.size() < shortest) return std::nullopt;
    auto bytes = from_base64(text);
    if (!bytes) return std::nullopt;
    const std::string_view start = trim(*bytes);
    const bool is_ours = start.starts_with('{') || start.starts_with("\xEF\xBB\xBF{") || is_locked(*bytes) ||
                         bytes->starts_with(zip_mark) || is_mail(*bytes);
    return is_ours ? std::move(bytes) : std::nullopt;
}

/// A mail's text that an answer quotes: the mark in front of every line is taken off. The text as it is when one line
/// has none.
std::string without_quotes(std::string_view text) {
    std::string plain;
    for (std::string_view rest = text; !rest.empty();) {
        std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
        rest.remove_prefix(line.size());
        const bool is_quoted = line.starts_with('>');
        if (!is_quoted && !looks_empty(line)) return std::string(text);
        if (is_quoted) line.remove_prefix(line.starts_with("> ") ? 2 : 1);
        plain += line;
    }
    return plain;
}

/// The line of the sign that programs put in the place of what they could not read: what stood there is lost.
std::optional<std::size_t> line_of_lost_character(std::string_view text) {
    constexpr std::string_view lost = "\xEF\xBF\xBD";
    const std::size_t at = text.find(lost);
    if (at == std::string_view::npos) return std::nullopt;
    return 1 + static_cast<std::size_t>(std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

Result<ArrivedFile> look_at_text(NamedFile file, bool is_packed) {
    auto text = text_of(file.content);
    if (!text && trim(file.content).starts_with('{'))  // its reader says where it is broken
        return ArrivedFile{Kind::json, std::move(file.name), std::move(file.content), false};
    if (!text) return tl::unexpected(std::move(text.error()));
    if (looks_empty(*text)) return fail("file-empty");
    if (trim(*text).starts_with('>')) *text = without_quotes(trim(*text));
    const std::string_view start = trim(*text);
    if (is_json(start)) return take_json(std::move(file.name), text->substr(text->find_first_of("{[")));
    if (is_page(start)) {
        std::string json = json_of_page(start);
        return json.empty() ? Result<ArrivedFile>(fail("file-page")) : take_json(std::move(file.name), std::move(json));
    }
    if (is_mail(start)) return ArrivedFile{Kind::mail, std::move(file.name), std::string(start), false};
    if (auto bytes = is_packed ? std::nullopt : packed_file(start)) {
        NamedFile inner{std::move(file.name), *std::move(bytes)};
        if (is_locked(inner.content)) return ArrivedFile{Kind::locked, inner.name, inner.content, false};
        if (!inner.content.starts_with(zip_mark)) return look_at_text(std::move(inner), true);
        return look_at(std::move(inner));
    }
    if (const auto line = line_of_lost_character(*text)) return fail("text-lost", "line " + std::to_string(*line));
    return ArrivedFile{Kind::table, std::move(file.name), *std::move(text), false};
}

}  // namespace

Result<ArrivedFile> look_at(NamedFile file) {
    const auto as_it_is = [&file](const Result<Kind>& kind) -> Result<ArrivedFile> {
        if (!kind) return tl::unexpected(kind.error());
        return ArrivedFile{*kind, std::move(file.name), std::move(file.content), false};
    };
    if (is_locked(file.content)) return as_it_is(Kind::locked);
    if (file.content.starts_with(zip_mark)) return as_it_is(kind_of_zip(file.content));
    if (file.content.starts_with(old_office_mark)) return as_it_is(kind_of_old_office(file.content));
    if (is_other(file.content)) return fail("file-unknown");
    // A message may have parts in several encodings: it is told by its headers.
    if (is_mail(file.content)) return as_it_is(Kind::mail);
    return look_at_text(std::move(file), false);
}

}  // namespace duibiao
