// Steps through canonical JSON (RFC 8785) without building anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/points.hpp"
#include "core/value.hpp"

namespace duibiao {

/// After the first thing it does not understand everything fails. Texts are views of the file.
class CanonicalScanner {
public:
    explicit CanonicalScanner(std::string_view text) : text_(text) {}

    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] std::string_view between(std::size_t begin, std::size_t end) const {
        return text_.substr(begin, end - begin);
    }
    void fail() { good_ = false; }

    [[nodiscard]] char next() const { return good_ && at_ < text_.size() ? text_[at_] : '\0'; }
    bool take_if(char c) {
        if (next() != c || c == '\0') return false;
        ++at_;
        return true;
    }
    void take(char c) {
        if (!take_if(c)) fail();
    }
    /// `word` as it stands there. Inlined, so that one known at build time is compared as a number.
    [[gnu::always_inline]] inline bool take_word(std::string_view word) {
        if (!good_ || text_.size() - at_ < word.size() ||
            std::memcmp(text_.data() + at_, word.data(), word.size()) != 0)
            return false;
        at_ += word.size();
        return true;
    }

    [[gnu::always_inline]] inline void expect(std::string_view word) {
        if (!take_word(word)) fail();
    }

    /// What stands between the quotes, escapes and all; `has_escape` says whether there are any.
    std::string_view raw_text(bool& has_escape);
    std::string_view raw_text() {
        bool has_escape = false;
        return raw_text(has_escape);
    }
    /// A text without escapes, as all ids, names of members and words of the format are.
    std::string_view word() {
        bool has_escape = false;
        const std::string_view text = raw_text(has_escape);
        if (has_escape) fail();
        return text;
    }
    /// A text as it was before it was written. `buffer` holds it where it has escapes.
    std::string_view text(std::string& buffer);
    std::string own_text();

    /// A number of hundredths, written the one way.
    Points number();
    /// A text, a number, true or false. `buffer` as in text().
    Value value(std::string& buffer);
    /// Steps over one value: to the bracket that closes it, or to what follows it.
    void skip_value();

    /// {…}: calls `use(key)` before each value.
    template <typename Use>
    void object(Use use) {
        take('{');
        if (take_if('}')) return;
        while (good_) {
            const std::string_view key = word();
            take(':');
            if (good_) use(key);
            if (take_if('}')) return;
            take(',');
        }
    }
    /// […]: calls `use()` before each value.
    template <typename Use>
    void array(Use use) {
        take('[');
        if (take_if(']')) return;
        while (good_) {
            use();
            if (take_if(']')) return;
            take(',');
        }
    }

private:
    /// What the escape at `at` stands for; `at` is then its last byte.
    char unescaped(std::string_view raw, std::size_t& at);

    std::string_view text_;
    std::size_t at_ = 0;
    bool good_ = true;
};

}  // namespace duibiao
