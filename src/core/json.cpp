#include "core/json.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "core/limits.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

/// "line L, column C" of a byte offset; columns count characters, as editors show them.
std::string place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, std::min(offset, text.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
    const std::size_t column = 1 + count_characters(before.substr(line_start));
    return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

/// A size as people say it: "64 MiB", or bytes where it is not a whole number of those.
std::string size_text(std::size_t bytes) {
    constexpr std::size_t mebibyte = std::size_t{1024} * 1024;
    if (bytes >= mebibyte && bytes % mebibyte == 0) return std::to_string(bytes / mebibyte) + " MiB";
    return std::to_string(bytes) + " B";
}

/// Builds the tree from parser events. The parser itself keeps no recursion, so depth is counted here, before anything
/// is built; and a doubled key, which the parser would let pass, stops the reading.
class TreeBuilder {
public:
    explicit TreeBuilder(std::string_view text) : text_(text) {}

    bool null() { return add(Json(nullptr)); }
    bool boolean(bool value) { return add(Json(value)); }
    bool number_integer(std::int64_t value) { return add(Json(value)); }
    bool number_unsigned(std::uint64_t value) { return add(Json(value)); }
    bool number_float(double value, const std::string& /*written*/) { return add(Json(value)); }
    bool string(std::string& value) { return add(Json(std::move(value))); }
    bool binary(Json::binary_t& /*value*/) { return false; }

    bool start_object(std::size_t /*size*/) { return open(Json(Json::value_t::object)); }
    bool end_object() { return close(); }
    bool start_array(std::size_t /*size*/) { return open(Json(Json::value_t::array)); }
    bool end_array() { return close(); }

    bool key(std::string& name) {
        auto* object = open_.back()->get_ptr<Json::object_t*>();
        const auto [slot, fresh] = object->emplace(std::move(name), nullptr);
        if (!fresh) {
            error_ = Error{"json-doubled-key", json_pointer(pointer(), slot->first), {{"key", slot->first}}};
            return false;
        }
        slot_ = &slot->second;
        return true;
    }

    bool parse_error(std::size_t position, const std::string& /*token*/, const Json::exception& /*reason*/) {
        // `position` counts the characters read, the one that does not fit and the end of input included.
        const bool at_end = position > text_.size();
        const std::size_t offset = position == 0 ? 0 : position - 1;
        error_ = Error{at_end ? "json-cut" : "json-syntax", place_of(text_, offset), {}};
        return false;
    }

    [[nodiscard]] Json take_root() { return std::move(root_); }
    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

private:
    /// Where the next value belongs: the key just read, the end of the innermost array, or the root.
    Json* put(Json value) {
        if (open_.empty()) {
            root_ = std::move(value);
            return &root_;
        }
        if (slot_ != nullptr) {
            Json* place = std::exchange(slot_, nullptr);
            *place = std::move(value);
            return place;
        }
        auto* array = open_.back()->get_ptr<Json::array_t*>();
        array->push_back(std::move(value));
        return &array->back();
    }

    bool add(Json value) {
        put(std::move(value));
        return true;
    }

    bool open(Json container) {
        if (open_.size() >= limits::json_depth) {
            error_ = Error{"json-depth", pointer(), {{"limit", static_cast<std::int64_t>(limits::json_depth)}}};
            return false;
        }
        open_.push_back(put(std::move(container)));
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    /// Pointer to the innermost open container; only needed for errors, so found by searching.
    [[nodiscard]] std::string pointer() const {
        std::string path;
        for (std::size_t i = 0; i + 1 < open_.size(); ++i) {
            const Json* child = open_[i + 1];
            if (const auto* array = open_[i]->get_ptr<const Json::array_t*>()) {
                path = json_pointer(path, array->size() - 1);
                continue;
            }
            for (const auto& [name, value] : *open_[i]->get_ptr<const Json::object_t*>()) {
                if (&value == child) path = json_pointer(path, name);
            }
        }
        return path;
    }

    std::string_view text_;
    Json root_;
    std::vector<Json*> open_;  ///< stays valid: only the innermost container grows
    Json* slot_ = nullptr;     ///< value of the key just read
    std::optional<Error> error_;
};

std::optional<Error> encoding_error(std::string_view text) {
    const std::size_t good = utf8_prefix(text);
    if (good == text.size()) return std::nullopt;
    // A sequence that the end of the text cuts off is a cut file, not a wrong encoding.
    constexpr std::array<std::string_view, 3> endings{"\x80", "\x80\x80", "\x80\x80\x80"};
    for (const std::string_view ending : endings) {
        std::string completed(text.substr(good));
        if (completed.size() > 3) break;
        completed += ending;
        if (is_utf8(completed)) return Error{"json-cut", place_of(text, good), {}};
    }
    return Error{"json-encoding", place_of(text.substr(0, good), good), {}};
}

// ---- Writing ----

/// RFC 8785 sorts keys by UTF-16 code units. That differs from the order of UTF-8 bytes only where a character outside
/// the basic plane (lead byte F0 and up; surrogates D800–DFFF) meets one of U+E000–FFFF (lead byte EE or EF).
bool utf16_less(std::string_view a, std::string_view b) {
    const std::size_t common = std::min(a.size(), b.size());
    for (std::size_t i = 0; i < common; ++i) {
        const auto x = static_cast<std::uint8_t>(a[i]);
        const auto y = static_cast<std::uint8_t>(b[i]);
        if (x == y) continue;
        if (x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0)) return x >= 0xF0;
        return x < y;
    }
    return a.size() < b.size();
}

/// Shortest digits that read back as the same double, "d.ddde±xx".
std::string shortest_exponent_form(double value) {
    std::array<char, 40> buffer;
    for (int precision = 0; precision <= 17; ++precision) {
        std::snprintf(buffer.data(), buffer.size(), "%.*e", precision, value);
        if (std::strtod(buffer.data(), nullptr) == value) break;
    }
    return buffer.data();
}

/// ECMAScript's Number::toString for finite numbers other than 0, as RFC 8785 prescribes.
void append_ecmascript_number(std::string& out, double value) {
    if (value < 0) out += '-';
    const std::string form = shortest_exponent_form(std::fabs(value));
    const std::size_t mark = form.find('e');
    std::string digits = form.substr(0, mark);
    std::erase(digits, '.');
    const int exponent = static_cast<int>(std::strtol(form.c_str() + mark + 1, nullptr, 10));
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1;  // digits before the decimal point

    if (count <= point && point <= 21) {
        out += digits + std::string(static_cast<std::size_t>(point - count), '0');
    } else if (0 < point && point <= 21) {
        out += digits.insert(static_cast<std::size_t>(point), 1, '.');
    } else if (-6 < point && point <= 0) {
        out += "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    } else {
        if (count > 1) digits.insert(1, 1, '.');
        out += digits + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
}

/// Hundredths of a double that is exactly the nearest one to them. Up to 15 digits every decimal has a double of its
/// own, so this is exact and its shortest form is the decimal's.
std::optional<std::int64_t> hundredths_of(double value) {
    constexpr double largest = 1e13;
    if (!(std::fabs(value) < largest)) return std::nullopt;
    const std::int64_t hundredths = std::llround(value * 100.0);
    if (static_cast<double>(hundredths) / 100.0 != value) return std::nullopt;
    return hundredths;
}

void append_double(std::string& out, double value) {
    if (const auto hundredths = hundredths_of(value)) {
        out += Points::from_hundredths(*hundredths).to_string();
    } else {
        append_ecmascript_number(out, value);
    }
}

/// RFC 8785 numbers are doubles: beyond 2^53 an integer is written as the double it would be read as.
constexpr std::int64_t exact_integer = std::int64_t{1} << 53;

void append_integer(std::string& out, std::int64_t value) {
    if (value >= -exact_integer && value <= exact_integer) {
        out += std::to_string(value);
    } else {
        append_ecmascript_number(out, static_cast<double>(value));
    }
}

void append_value(std::string& out, const Json& value);

void append_array(std::string& out, const Json::array_t& array) {
    out += '[';
    bool first = true;
    for (const Json& element : array) {
        if (!std::exchange(first, false)) out += ',';
        append_value(out, element);
    }
    out += ']';
}

void append_object(std::string& out, const Json::object_t& object) {
    std::vector<const Json::object_t::value_type*> members;
    members.reserve(object.size());
    for (const auto& member : object) members.push_back(&member);
    std::sort(members.begin(), members.end(),
              [](const auto* a, const auto* b) { return utf16_less(a->first, b->first); });
    out += '{';
    bool first = true;
    for (const auto* member : members) {
        if (!std::exchange(first, false)) out += ',';
        append_json_string(out, member->first);
        out += ':';
        append_value(out, member->second);
    }
    out += '}';
}

void append_value(std::string& out, const Json& value) {
    switch (value.type()) {
        case Json::value_t::object:
            return append_object(out, *value.get_ptr<const Json::object_t*>());
        case Json::value_t::array:
            return append_array(out, *value.get_ptr<const Json::array_t*>());
        case Json::value_t::string:
            return append_json_string(out, *value.get_ptr<const Json::string_t*>());
        case Json::value_t::boolean:
            out += *value.get_ptr<const bool*>() ? "true" : "false";
            return;
        case Json::value_t::number_integer:
            return append_integer(out, *value.get_ptr<const std::int64_t*>());
        case Json::value_t::number_unsigned: {
            const std::uint64_t number = *value.get_ptr<const std::uint64_t*>();
            if (number <= static_cast<std::uint64_t>(exact_integer)) {
                out += std::to_string(number);
            } else {
                append_ecmascript_number(out, static_cast<double>(number));
            }
            return;
        }
        case Json::value_t::number_float:
            return append_double(out, *value.get_ptr<const double*>());
        case Json::value_t::null:
        case Json::value_t::binary:
        case Json::value_t::discarded:
            out += "null";
            return;
    }
}

/// True when none of the next eight bytes needs an escape: quotes, backslashes and controls are few.
bool eight_plain(std::string_view text, std::size_t index) {
    if (text.size() - index < 8) return false;
    std::uint64_t block = 0;
    std::memcpy(&block, text.data() + index, 8);
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    // A byte below `limit` borrows from its highest bit; bytes that have that bit set do not count.
    const auto any_below = [](std::uint64_t bytes, std::uint64_t limit) {
        return ((bytes - ones * limit) & ~bytes & (ones * 0x80)) != 0;
    };
    return !any_below(block, 0x20) && !any_below(block ^ (ones * '"'), 1) && !any_below(block ^ (ones * '\\'), 1);
}

void append_escape(std::string& out, char c) {
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\r':
            out += "\\r";
            return;
        default:
            break;
    }
    const auto byte = static_cast<std::uint8_t>(c);
    out += "\\u00";
    out += digits[byte >> 4];
    out += digits[byte & 0xF];
}

Result<Points> points_from_integer(std::int64_t whole) {
    constexpr std::int64_t largest = 10'000'000;
    if (whole < -largest || whole > largest) return fail("number-range");
    return Points::from_whole(whole);
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::size_t max_bytes) {
    if (text.size() > max_bytes) return fail("file-large", {}, {{"limit", size_text(max_bytes)}});
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fail("json-empty");
    if (text.starts_with("PK\x03\x04")) return fail("file-zipped");
    if (auto error = encoding_error(text)) return tl::unexpected<Error>(std::move(*error));
    TreeBuilder builder(text);
    const bool read = Json::sax_parse(text.data(), text.data() + text.size(), &builder);
    if (builder.error()) return tl::unexpected<Error>(*builder.error());
    if (!read) return fail("json-syntax");
    return builder.take_root();
}

std::string canonical_json(const Json& value) {
    std::string out;
    append_value(out, value);
    return out;
}

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;  // the run without escapes not yet written
    for (std::size_t i = 0; i < text.size(); ++i) {
        while (eight_plain(text, i)) i += 8;
        if (i == text.size()) break;
        const char c = text[i];
        if (static_cast<std::uint8_t>(c) >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, start, i - start);
        append_escape(out, c);
        start = i + 1;
    }
    out.append(text, start, text.size() - start);
    out += '"';
}

std::string json_pointer(std::string_view pointer, std::string_view key) {
    std::string longer(pointer);
    longer += '/';
    for (const char c : key) {
        if (c == '~') {
            longer += "~0";
        } else if (c == '/') {
            longer += "~1";
        } else {
            longer += c;
        }
    }
    return longer;
}

std::string json_pointer(std::string_view pointer, std::size_t index) {
    return std::string(pointer) + '/' + std::to_string(index);
}

std::string text_member(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

std::size_t size_member(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_number_unsigned() ? member->get<std::size_t>() : 0;
}

bool flag_member(const Json& object, const char* key) {
    const auto member = object.find(key);
    return member != object.end() && member->is_boolean() && member->get<bool>();
}

const Json& member_of(const Json& object, const char* key) {
    static const Json nothing;
    const auto member = object.find(key);
    return member != object.end() ? *member : nothing;
}

const Json& list_member(const Json& object, const char* key) {
    static const Json nothing = Json::array();
    const auto member = object.find(key);
    return member != object.end() && member->is_array() ? *member : nothing;
}

std::vector<std::string> texts_in(const Json& list) {
    std::vector<std::string> texts;
    texts.reserve(list.size());
    for (const Json& text : list) texts.push_back(text.is_string() ? text.get<std::string>() : std::string());
    return texts;
}

Json to_json(Points points) {
    if (points.hundredths() % 100 == 0) return Json(points.hundredths() / 100);
    return Json(static_cast<double>(points.hundredths()) / 100.0);
}

Result<Points> points_from_json(const Json& value) {
    if (const auto* number = value.get_ptr<const std::uint64_t*>()) {
        constexpr std::uint64_t largest = 10'000'000;
        if (*number > largest) return fail("number-range");
        return points_from_integer(static_cast<std::int64_t>(*number));
    }
    if (const auto* number = value.get_ptr<const std::int64_t*>()) return points_from_integer(*number);
    const auto* number = value.get_ptr<const double*>();
    if (number == nullptr) return fail("number-format");
    constexpr double largest = 10'000'000.0;
    if (!(std::fabs(*number) <= largest)) return fail("number-range");
    const auto hundredths = hundredths_of(*number);
    if (!hundredths) return fail("number-places");
    return Points::from_hundredths(*hundredths);
}

}  // namespace duibiao
