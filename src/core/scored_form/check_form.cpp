#include "core/scored_form/check_form.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/scored_form/form_syntax.hpp"
#include "core/scored_form/load.hpp"

namespace duibiao {
namespace {

/// Walks through a text that is known to be JSON.
class LineFinder {
public:
    LineFinder(std::string_view text, std::string_view pointer) : text_(text), pointer_(pointer) {}

    std::size_t find() {
        skip_blanks();
        while (enter()) {
        }
        const auto lines = std::count(text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(found_), '\n');
        return static_cast<std::size_t>(lines) + 1;
    }

private:
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    void skip_blanks() {
        while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' ||
                                      text_[at_] == '\t' || text_[at_] == ',' || text_[at_] == ':'))
            ++at_;
    }
    /// Behind the string that begins here, which is given back with its quotes.
    std::string_view take_string() {
        const std::size_t start = at_++;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        ++at_;
        return text_.substr(start, at_ - start);
    }
    void skip_value() {
        if (peek() == '"') {
            take_string();
            return;
        }
        std::size_t depth = 0;
        do {
            const char c = peek();
            if (c == '"') {
                take_string();
                continue;
            }
            if (c == '{' || c == '[') ++depth;
            if (c == '}' || c == ']') --depth;
            ++at_;
        } while (at_ < text_.size() &&
                 (depth > 0 || std::string_view(",}] \n\r\t").find(peek()) == std::string_view::npos));
    }
    std::string take_step() {
        pointer_.remove_prefix(1);
        const std::size_t end = std::min(pointer_.find('/'), pointer_.size());
        std::string step(pointer_.substr(0, end));
        pointer_.remove_prefix(end);
        for (const auto& [from, to] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}}) {
            for (std::size_t at = step.find(from); at != std::string::npos; at = step.find(from, at + 1))
                step.replace(at, 2, to);
        }
        return step;
    }
    /// One step further; false at the end of the pointer, or of what there is of it.
    bool enter() {
        found_ = std::min(at_, text_.size());
        const char open = peek();
        if (!pointer_.starts_with('/') || (open != '{' && open != '[')) return false;
        const std::string step = take_step();
        ++at_;
        for (std::size_t position = 0;; ++position) {
            skip_blanks();
            if (peek() == '}' || peek() == ']' || peek() == '\0') return false;
            const std::size_t start = at_;
            const std::string name =
                open == '[' ? std::to_string(position) : text_member(parse_key(take_string()), "key");
            if (open == '{') skip_blanks();
            if (name == step) {
                if (open == '{') found_ = start;
                return true;
            }
            skip_value();
        }
    }
    static Json parse_key(std::string_view quoted) {
        const std::string object = "{\"key\":" + std::string(quoted) + "}";
        auto json = parse_json(object, object.size());
        return json ? *std::move(json) : Json();
    }

    std::string_view text_;
    std::string_view pointer_;
    std::size_t at_ = 0;
    std::size_t found_ = 0;
};

}  // namespace

FormReport check_form(std::string_view json_text) {
    FormReport report;
    const auto json = parse_json(json_text, limits::instrument_bytes);
    if (!json) {
        report.mistakes.push_back(scored_form::explain_syntax(json_text, json.error()));
        return report;
    }
    if (!scored_form::is_scored_form(*json)) {
        auto loaded = load_instrument(json_text);
        if (loaded) {
            report.form = *std::move(loaded);
        } else {
            report.mistakes.push_back(std::move(loaded.error()));
        }
        return report;
    }
    report.format = 2;
    scored_form::FormReader reader;
    auto form = scored_form::read_form(reader, *json);
    report.mistakes = std::move(reader.mistakes);
    report.warnings = std::move(reader.warnings);
    if (report.mistakes.empty()) report.form = std::move(form);
    return report;
}

std::size_t line_of(std::string_view json_text, std::string_view pointer) {
    return LineFinder(json_text, pointer).find();
}

}  // namespace duibiao
