#include "core/scored_form/form_syntax.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/text.hpp"

namespace duibiao::scored_form {
namespace {

struct WideSign {
    std::string_view wide;
    std::string_view plain;
};
constexpr std::array<WideSign, 16> wide_signs{{{"，", ","},
                                               {"、", ","},
                                               {"：", ":"},
                                               {"；", ","},
                                               {"“", "\""},
                                               {"”", "\""},
                                               {"‘", "\""},
                                               {"’", "\""},
                                               {"＂", "\""},
                                               {"「", "\""},
                                               {"｛", "{"},
                                               {"｝", "}"},
                                               {"［", "["},
                                               {"］", "]"},
                                               {"【", "["},
                                               {"】", "]"}}};

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_part_of_number(char c) { return is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'; }

/// Reads until the first thing that is not JSON.
class SyntaxReader {
public:
    explicit SyntaxReader(std::string_view text) : text_(text) {}

    Error find();

private:
    enum class Next : std::uint8_t { value, first_value, key, first_key, colon, comma, nothing };

    bool step();
    bool take_string();
    bool take_number();
    bool take_word();
    bool take_close(char close);
    void after_value() { next_ = open_.empty() ? Next::nothing : Next::comma; }
    [[nodiscard]] bool is_value() const { return next_ == Next::value || next_ == Next::first_value; }
    [[nodiscard]] bool is_key() const { return next_ == Next::key || next_ == Next::first_key; }
    bool refuse(std::string_view code, Params params = {});
    bool refuse_sign();
    /// The character at `at_`, whole.
    [[nodiscard]] std::string sign() const {
        std::size_t end = at_ + 1;
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
        return std::string(text_.substr(at_, end - at_));
    }

    std::string_view text_;
    std::size_t at_ = 0;
    Next next_ = Next::value;
    std::vector<char> open_;                         ///< the brackets that will close
    std::vector<std::set<std::string_view>> names_;  ///< of the members read so far, by open bracket
    Error error_;
};

bool SyntaxReader::refuse(std::string_view code, Params params) {
    const std::string_view before = text_.substr(0, std::min(at_, text_.size()));
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t column = 1 + count_characters(before.substr(before.rfind('\n') + 1));
    error_ = {std::string(code), "line " + std::to_string(line) + ", column " + std::to_string(column),
              std::move(params)};
    return false;
}

/// What stands where something else is expected.
bool SyntaxReader::refuse_sign() {
    const std::string found = sign();
    const char c = text_[at_];
    for (const auto& [wide, plain] : wide_signs) {
        if (found == wide) return refuse("form-json-wide", {{"found", found}, {"expected", std::string(plain)}});
    }
    if (c == '/' || c == '#') return refuse("form-json-comment");
    if (c == '\'') return refuse("form-json-quotes");
    if (next_ == Next::nothing) return refuse("form-json-after", {{"found", found}});
    const bool begins_value = c == '"' || c == '{' || c == '[' || is_part_of_number(c);
    if (next_ == Next::comma && begins_value) return refuse("form-json-comma-missing");
    if (c == ',' || ((c == '}' || c == ']') && (next_ == Next::value || next_ == Next::key)))
        return refuse("form-json-comma-extra");
    if (next_ == Next::colon) return refuse("form-json-colon", {{"found", found}});
    return refuse("form-json-other", {{"found", found}});
}

bool SyntaxReader::take_string() {
    const std::size_t start = at_++;
    while (at_ < text_.size() && text_[at_] != '"') {
        if (text_[at_] == '\n' || text_[at_] == '\r') return refuse("form-json-line-end");
        if (text_[at_] == '\\') {
            const char escaped = at_ + 1 < text_.size() ? text_[at_ + 1] : '"';
            if (std::string_view("\"\\/bfnrtu").find(escaped) == std::string_view::npos)
                return refuse("form-json-escape", {{"found", std::string("\\") + escaped}});
            ++at_;
        }
        ++at_;
    }
    if (at_ >= text_.size()) {
        at_ = start;
        return refuse("form-json-end", {{"count", std::int64_t{1}}, {"expected", std::string("\"")}});
    }
    ++at_;
    return true;
}

bool SyntaxReader::take_number() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_part_of_number(text_[at_])) ++at_;
    std::string_view number = text_.substr(start, at_ - start);
    const std::string found(number);
    if (number.starts_with('-')) number.remove_prefix(1);
    const std::size_t whole = number.find_first_not_of("0123456789");
    const std::string_view digits = number.substr(0, whole);
    std::string_view rest = whole == std::string_view::npos ? std::string_view{} : number.substr(whole);
    bool is_right = !digits.empty() && (digits == "0" || digits.front() != '0');
    if (is_right && rest.starts_with('.')) {
        const std::size_t end = rest.find_first_not_of("0123456789", 1);
        is_right = rest.size() > 1 && end != 1;
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end);
    }
    if (is_right && !rest.empty()) {
        rest.remove_prefix(1);
        if (rest.starts_with('+') || rest.starts_with('-')) rest.remove_prefix(1);
        is_right = !rest.empty() && rest.find_first_not_of("0123456789") == std::string_view::npos;
    }
    if (is_right) return true;
    at_ = start;
    return refuse("form-json-number", {{"found", found}});
}

bool SyntaxReader::take_word() {
    const std::size_t start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const std::string word(text_.substr(start, at_ - start));
    if (is_value() && (word == "true" || word == "false" || word == "null")) return true;
    at_ = start;
    return refuse("form-json-bare", {{"found", word}});
}

bool SyntaxReader::take_close(char close) {
    const bool may_end = next_ == Next::comma || next_ == Next::first_key || next_ == Next::first_value;
    if (!may_end || open_.empty()) return refuse_sign();
    if (open_.back() != close)
        return refuse("form-json-bracket",
                      {{"found", std::string(1, close)}, {"expected", std::string(1, open_.back())}});
    open_.pop_back();
    names_.pop_back();
    ++at_;
    after_value();
    return true;
}

bool SyntaxReader::step() {
    const char c = text_[at_];
    if (c == '}' || c == ']') return take_close(c);
    if (c == ',' && next_ == Next::comma) {
        next_ = open_.back() == '}' ? Next::key : Next::value;
        ++at_;
        return true;
    }
    if (c == ':' && next_ == Next::colon) {
        next_ = Next::value;
        ++at_;
        return true;
    }
    if (c == '"' && (is_value() || is_key())) {
        const bool was_key = is_key();
        const std::size_t start = at_;
        if (!take_string()) return false;
        if (was_key) {
            const std::string_view name = text_.substr(start + 1, at_ - start - 2);
            if (!names_.back().emplace(name).second) {
                at_ = start;
                return refuse("form-doubled", {{"field", std::string(name)}, {"found", std::string(name)}});
            }
            next_ = Next::colon;
        } else {
            after_value();
        }
        return true;
    }
    if ((c == '{' || c == '[') && is_value()) {
        open_.push_back(c == '{' ? '}' : ']');
        names_.emplace_back();
        next_ = c == '{' ? Next::first_key : Next::first_value;
        ++at_;
        return true;
    }
    if (is_letter(c)) {
        if (!take_word()) return false;
        after_value();
        return true;
    }
    if (is_value() && is_part_of_number(c)) {
        if (!take_number()) return false;
        after_value();
        return true;
    }
    return refuse_sign();
}

Error SyntaxReader::find() {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (text_.starts_with(mark)) at_ = mark.size();
    for (;;) {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
        if (at_ >= text_.size()) break;
        if (!step()) return error_;
    }
    std::string closing(open_.rbegin(), open_.rend());
    refuse("form-json-end", {{"count", static_cast<std::int64_t>(closing.size())}, {"expected", std::move(closing)}});
    return error_;
}

}  // namespace

Error explain_syntax(std::string_view text, const Error& error) {
    if (error.code == "json-encoding") return {"form-encoding", error.place, {}};
    if (error.code == "json-empty") return {"form-empty", "line 1, column 1", {}};
    const bool is_syntax = error.code == "json-syntax" || error.code == "json-cut" || error.code == "json-doubled-key";
    return is_syntax ? SyntaxReader(text).find() : error;
}

}  // namespace duibiao::scored_form
