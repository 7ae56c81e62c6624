// The one message channel between C++ and the page's ES modules. A message is a type, a JSON header and a body of
// bytes that the header counts off, so that files and documents never pass through JSON escapes.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace duibiao::web::bridge {

/// Makes the channel usable from JS. Once, before anything else here.
void attach();

/// Hands a message to the ES module that listens for `type`. The texts are read before the call returns.
void post(std::string_view type, std::string_view header, std::string_view body = {});

/// A message from JS: `header` is an object, `body` the bytes that belong to it.
using Handler = void (*)(const nlohmann::json& header, std::string_view body);

/// Calls `handler` for every message of that type. One handler per type.
void on(std::string_view type, Handler handler);

// Readers for headers: the member, or a fallback when it is missing or of another kind.
[[nodiscard]] std::string text_of(const nlohmann::json& header, const char* key);
[[nodiscard]] double number_of(const nlohmann::json& header, const char* key, double fallback = 0);
[[nodiscard]] bool flag_of(const nlohmann::json& header, const char* key);

/// Cuts the next `size` bytes off a body.
[[nodiscard]] std::string take(std::string_view& body, double size);

}  // namespace duibiao::web::bridge
