// Reading JSON under limits, and writing it canonically.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/points.hpp"
#include "core/result.hpp"

namespace duibiao {

using Json = nlohmann::json;

/// Parses UTF-8 JSON (a leading BOM is allowed) of at most `max_bytes` and depth 64. Doubled keys are refused.
/// Errors (place = "line L, column C" or a JSON pointer): "json-empty", "file-zipped", "json-syntax", "json-cut" (ends
/// too early), "json-depth" {limit}, "json-doubled-key" {key}, "json-encoding" (not UTF-8), "file-large" {limit}.
[[nodiscard]] Result<Json> parse_json(std::string_view text, std::size_t max_bytes);

/// RFC 8785 text: keys sorted by UTF-16 code units, no white space, shortest numbers. Numbers in our files are
/// integers or hundredths, for which this is exact.
[[nodiscard]] std::string canonical_json(const Json& value);

/// Appends a canonical JSON string, quotes included, for writers that know their own key order. `text` must be UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// `pointer` with one more step, escaped as RFC 6901 asks.
[[nodiscard]] std::string json_pointer(std::string_view pointer, std::string_view key);
[[nodiscard]] std::string json_pointer(std::string_view pointer, std::size_t index);

/// A member's text; empty where there is none. The same for a whole number that is not negative: 0.
[[nodiscard]] std::string text_member(const Json& object, const char* key);
[[nodiscard]] std::size_t size_member(const Json& object, const char* key);

/// Whether a member is true.
[[nodiscard]] bool flag_member(const Json& object, const char* key);
/// A member; null where there is none.
[[nodiscard]] const Json& member_of(const Json& object, const char* key);
/// A member that is a list; an empty one where there is none.
[[nodiscard]] const Json& list_member(const Json& object, const char* key);
/// The texts of a list; what is no text is empty.
[[nodiscard]] std::vector<std::string> texts_in(const Json& list);

/// Points as a JSON number: an integer where whole, else a decimal.
[[nodiscard]] Json to_json(Points points);

/// A JSON number as points. Errors: "number-format", "number-places", "number-range"; place is left empty.
[[nodiscard]] Result<Points> points_from_json(const Json& value);

}  // namespace duibiao
