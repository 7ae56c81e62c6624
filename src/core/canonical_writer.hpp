// Writes canonical JSON (RFC 8785) without collecting anything first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/json.hpp"
#include "core/points.hpp"
#include "core/value.hpp"

namespace duibiao {

/// Every caller names members in the order of their keys, which
/// RFC 8785 asks for, so that nothing has to be collected and sorted first.
class CanonicalWriter {
public:
    void open(char bracket) {
        separate();
        out_ += bracket;
        fresh_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        fresh_ = false;
    }
    void key(std::string_view name) {
        separate();
        append_json_string(out_, name);
        out_ += ':';
        fresh_ = true;  // its value follows without a comma
    }
    void text(std::string_view value) {
        separate();
        append_json_string(out_, value);
    }
    void number(Points value) {
        const std::int64_t hundredths = value.hundredths();
        const bool is_digit = hundredths >= 0 && hundredths < 1000 && hundredths % 100 == 0;
        if (!is_digit) return raw(value.to_string());
        separate();
        out_ += static_cast<char>('0' + hundredths / 100);
    }
    void number(std::int64_t value) { raw(std::to_string(value)); }
    void value(const Value& value) {
        if (const auto* flag = std::get_if<bool>(&value)) raw(*flag ? "true" : "false");
        if (const auto* points = std::get_if<Points>(&value)) number(*points);
        if (const auto* words = std::get_if<std::string>(&value)) text(*words);
    }
    /// JSON written before.
    void raw(std::string_view written) {
        separate();
        out_ += written;
    }

    void member(std::string_view name, std::string_view value) {
        key(name);
        text(value);
    }
    void member_raw(std::string_view name, std::string_view written) {
        key(name);
        raw(written);
    }
    /// Empty texts are left out.
    void member_if_any(std::string_view name, std::string_view value) {
        if (!value.empty()) member(name, value);
    }
    /// Nothing is left out too.
    void member_value(std::string_view name, const Value& value_of_member) {
        if (std::holds_alternative<std::monostate>(value_of_member)) return;
        key(name);
        value(value_of_member);
    }

    [[nodiscard]] std::string& out() { return out_; }

private:
    void separate() {
        if (!fresh_) out_ += ',';
        fresh_ = false;
    }

    std::string out_;
    bool fresh_ = true;  ///< no comma before what comes next
};

}  // namespace duibiao
