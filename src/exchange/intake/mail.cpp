#include "exchange/intake/mail.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/text.hpp"
#include "exchange/intake/text_bytes.hpp"

namespace duibiao {
namespace {

constexpr std::size_t deepest = 8;
constexpr std::size_t most_parts = 200;

char small_letters(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string small_letters(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(), [](char c) { return small_letters(c); });
    return small;
}

bool is_blank_character(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// A digit of base 16; -1 for anything else.
int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    const char small = small_letters(c);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// "=E4" and "%E4": the byte at `at`, which is behind the sign; -1 when it is none.
int hex_byte(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return -1;
    const int high = hex_value(text[at]);
    const int low = hex_value(text[at + 1]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/// Quoted-printable, RFC 2045 6.7; in words of headers "_" is a blank.
std::string from_quoted(std::string_view text, bool in_header) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int byte = text[at] == '=' ? hex_byte(text, at + 1) : -1;
        if (byte >= 0) {
            out += static_cast<char>(static_cast<unsigned char>(byte));
            at += 2;
        } else if (text[at] == '=' && text.substr(at + 1).starts_with("\r\n")) {
            at += 2;
        } else if (text[at] == '=' && text.substr(at + 1).starts_with('\n')) {
            ++at;
        } else {
            out += in_header && text[at] == '_' ? ' ' : text[at];
        }
    }
    return out;
}

std::string from_percent(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int byte = text[at] == '%' ? hex_byte(text, at + 1) : -1;
        out += byte >= 0 ? static_cast<char>(static_cast<unsigned char>(byte)) : text[at];
        if (byte >= 0) at += 2;
    }
    return out;
}

/// Words such as =?GB18030?B?…?= in a header, as UTF-8 where they can be read.
std::string without_encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t start = text.find("=?");
        const std::size_t charset = start == std::string_view::npos ? start : text.find('?', start + 2);
        const std::size_t end = charset == std::string_view::npos ? charset : text.find("?=", charset + 3);
        if (end == std::string_view::npos || end < charset + 3) return out += text;
        out += trim(text.substr(0, start)).empty() ? std::string_view{} : text.substr(0, start);
        const std::string_view word = text.substr(charset + 3, end - charset - 3);
        const std::string bytes = small_letters(text[charset + 1]) == 'b' ? from_base64(word).value_or(std::string())
                                                                          : from_quoted(word, true);
        out += text_of(bytes).value_or(std::string());
        text.remove_prefix(end + 2);
    }
    return out;
}

// ---- Headers ----

struct MailHeader {
    std::string name;  ///< in small letters
    std::string value;
};

/// A line without its end, taken off the front.
std::string_view take_mail_line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

/// The headers, and the empty line behind them, taken off the front. Nothing where another line stands between them.
std::optional<std::vector<MailHeader>> take_headers(std::string_view& text) {
    constexpr std::size_t most_headers = 500;
    std::vector<MailHeader> headers;
    while (!text.empty()) {
        std::string_view rest = text;
        const std::string_view line = take_mail_line(rest);
        if (line.empty()) {
            text = rest;
            return headers;
        }
        const std::size_t colon = line.find(':');
        if (is_blank_character(line.front()) && !headers.empty()) {
            headers.back().value += ' ';
            headers.back().value += trim(line);
        } else if (colon != std::string_view::npos && is_header_name(line.substr(0, colon)) &&
                   headers.size() < most_headers) {
            headers.push_back({small_letters(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
        } else if (!headers.empty() || !line.starts_with("From ")) {  // the first line of a mailbox's message
            return std::nullopt;
        }
        text = rest;
    }
    return headers;
}

std::string_view value_of(const std::vector<MailHeader>& headers, std::string_view name) {
    const auto found =
        std::find_if(headers.begin(), headers.end(), [name](const MailHeader& header) { return header.name == name; });
    return found == headers.end() ? std::string_view{} : std::string_view(found->value);
}

/// The parameters behind a header's value; quotes taken off.
std::vector<MailHeader> parameters_of(std::string_view value) {
    std::vector<MailHeader> parameters;
    std::size_t at = value.find(';');
    while (at < value.size()) {
        std::string_view rest = value.substr(at + 1);
        const std::size_t equals = rest.find('=');
        if (equals == std::string_view::npos) break;
        MailHeader parameter{small_letters(trim(rest.substr(0, equals))), {}};
        std::size_t end = equals + 1;
        while (end < rest.size() && is_blank_character(rest[end])) ++end;
        const bool quoted = end < rest.size() && rest[end] == '"';
        for (end += quoted ? 1U : 0U; end < rest.size() && rest[end] != (quoted ? '"' : ';'); ++end) {
            if (quoted && rest[end] == '\\' && end + 1 < rest.size()) ++end;
            parameter.value += rest[end];
        }
        if (!quoted) parameter.value = trim(parameter.value);
        parameters.push_back(std::move(parameter));
        at = value.find(';', at + 1 + std::min(end, rest.size()));
    }
    return parameters;
}

/// A parameter in any of its forms: name, name*=charset''…, name*0*=… and on (RFC 2231), encoded words (which many
/// programs write there).
std::string parameter_of(std::string_view value, std::string_view name) {
    const std::vector<MailHeader> parameters = parameters_of(value);
    const auto find = [&](const std::string& wanted) -> const MailHeader* {
        const auto found = std::find_if(parameters.begin(), parameters.end(),
                                        [&](const MailHeader& parameter) { return parameter.name == wanted; });
        return found == parameters.end() ? nullptr : &*found;
    };
    const std::string stem(name);
    std::string text;
    bool is_coded = false;
    if (const MailHeader* whole = find(stem + "*")) {
        text = whole->value;
        is_coded = true;
    }
    for (std::size_t part = 0; text.empty() || part > 0; ++part) {
        const std::string numbered = stem + "*" + std::to_string(part);
        const MailHeader* coded = find(numbered + "*");
        const MailHeader* plain = coded == nullptr ? find(numbered) : nullptr;
        if (coded == nullptr && plain == nullptr) break;
        is_coded = is_coded || coded != nullptr;
        text += coded != nullptr ? coded->value : plain->value;
    }
    if (is_coded) {
        const std::size_t language = text.find('\'');
        const std::size_t start = language == std::string::npos ? language : text.find('\'', language + 1);
        if (start != std::string::npos) text.erase(0, start + 1);
        return text_of(from_percent(text)).value_or(std::string());
    }
    if (text.empty()) {
        if (const MailHeader* plain = find(stem)) text = plain->value;
    }
    return without_encoded_words(text);
}

// ---- Parts ----

/// The last part of a path.
std::string attachment_name(std::string_view name) {
    const std::size_t slash = name.find_last_of("/\\");
    return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

class Mail {
public:
    std::vector<NamedFile> files;

    void read(std::string_view text, std::size_t depth) {
        const auto headers = take_headers(text);
        if (!headers || depth > deepest || ++parts_ > most_parts) return;
        const std::string_view type = value_of(*headers, "content-type");
        const std::string kind = small_letters(trim(type.substr(0, type.find(';'))));
        const std::string boundary = parameter_of(type, "boundary");
        if (kind.starts_with("multipart/") && !boundary.empty()) return read_parts(text, "--" + boundary, depth);
        const std::string content = decode(text, small_letters(value_of(*headers, "content-transfer-encoding")));
        if (kind == "message/rfc822") return read(content, depth + 1);
        const std::string_view disposition = value_of(*headers, "content-disposition");
        std::string name = parameter_of(disposition, "filename");
        if (name.empty()) name = parameter_of(type, "name");
        const bool is_body = name.empty() && (kind.empty() || kind.starts_with("text/"));
        // A report that somebody copied into the message itself.
        if (!is_body || trim(content).starts_with('{')) files.push_back({attachment_name(name), content});
    }

private:
    void read_parts(std::string_view text, const std::string& delimiter, std::size_t depth) {
        std::size_t start = std::string_view::npos;
        for (std::size_t at = 0; at < text.size();) {
            std::string_view rest = text.substr(at);
            const std::string_view line = take_mail_line(rest);
            const std::size_t next = text.size() - rest.size();
            const bool ends = trim(line) == delimiter + "--";
            if (ends || trim(line) == delimiter) {
                if (start != std::string_view::npos) read(without_last_end(text.substr(start, at - start)), depth + 1);
                if (ends) return;
                start = next;
            }
            at = next;
        }
        // A file that was cut off: its last part is what there is of it.
        if (start < text.size()) read(text.substr(start), depth + 1);
    }

    /// The line end in front of a delimiter belongs to it.
    static std::string_view without_last_end(std::string_view part) {
        if (part.ends_with('\n')) part.remove_suffix(1);
        if (part.ends_with('\r')) part.remove_suffix(1);
        return part;
    }

    static std::string decode(std::string_view content, std::string_view encoding) {
        const std::string_view way = trim(encoding);
        if (way == "quoted-printable") return from_quoted(content, false);
        if (way == "base64") return from_base64(content).value_or(std::string(content));
        return std::string(content);
    }

    std::size_t parts_ = 0;
};

}  // namespace

bool is_mail(std::string_view bytes) {
    constexpr std::size_t longest = std::size_t{64} * 1024;
    std::string_view start = bytes.substr(0, longest);
    const auto headers = take_headers(start);
    if (!headers || headers->size() < 2) return false;
    const auto has = [&](std::string_view name) { return !value_of(*headers, name).empty(); };
    return has("mime-version") || (has("from") && (has("subject") || has("date"))) ||
           (has("content-type") && has("content-transfer-encoding"));
}

std::vector<NamedFile> open_mail(std::string_view bytes) {
    Mail mail;
    mail.read(bytes, 0);
    return std::move(mail.files);
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t letters = 0;
    bool ended = false;
    for (const char c : text) {
        if (is_blank_character(c)) continue;
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (c == '=') {
            ended = true;
            continue;
        }
        if (ended || (!is_letter && c != '+' && c != '/')) return std::nullopt;
        const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                          : c >= 'a' && c <= 'z' ? c - 'a' + 26
                          : c >= '0' && c <= '9' ? c - '0' + 52
                          : c == '+'             ? 62
                                                 : 63;
        bits = (bits << 6U | static_cast<std::uint32_t>(value)) & 0xFFFFFFU;
        count += 6;
        ++letters;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(static_cast<unsigned char>(bits >> static_cast<unsigned>(count) & 0xFFU));
    }
    if (letters == 0 || letters % 4 == 1) return std::nullopt;
    return out;
}

}  // namespace duibiao
