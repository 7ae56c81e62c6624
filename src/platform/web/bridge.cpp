#include "platform/web/bridge.hpp"

#include <emscripten.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

// clang-format off
EM_JS(void, duibiao_js_attach, (), { Module["bridge"].attach(() => HEAPU8, Module); });
EM_JS(void, duibiao_js_post, (const char* type, int type_size, const char* header, int header_size, const char* body, int body_size), {
    Module["bridge"].post(type, type_size, header, header_size, body, body_size);
});
// clang-format on

namespace duibiao::web::bridge {
namespace {

std::map<std::string, Handler, std::less<>>& handlers() {
    static std::map<std::string, Handler, std::less<>> map;
    return map;
}

/// Where JS writes the next message: type, header and body one after the other.
struct Message {
    std::unique_ptr<char[]> bytes;
    std::size_t size = 0;
};

Message& incoming() {
    static Message message;
    return message;
}

void receive(std::size_t type_size, std::size_t header_size) {
    // Taken away first: handling a message can bring in another one.
    const Message message = std::exchange(incoming(), {});
    const std::string_view view(message.bytes.get(), message.size);
    const auto handler = handlers().find(view.substr(0, type_size));
    if (handler == handlers().end()) return;
    const auto header = nlohmann::json::parse(view.substr(type_size, header_size), nullptr, false);
    if (!header.is_object()) return;
    handler->second(header, view.substr(type_size + header_size));
}

}  // namespace

void attach() { duibiao_js_attach(); }

void post(std::string_view type, std::string_view header, std::string_view body) {
    duibiao_js_post(type.data(), static_cast<int>(type.size()), header.data(), static_cast<int>(header.size()),
                    body.data(), static_cast<int>(body.size()));
}

void on(std::string_view type, Handler handler) { handlers().insert_or_assign(std::string(type), handler); }

std::string text_of(const nlohmann::json& header, const char* key) {
    const auto member = header.find(key);
    return member != header.end() && member->is_string() ? member->get<std::string>() : std::string();
}

double number_of(const nlohmann::json& header, const char* key, double fallback) {
    const auto member = header.find(key);
    return member != header.end() && member->is_number() ? member->get<double>() : fallback;
}

bool flag_of(const nlohmann::json& header, const char* key) {
    const auto member = header.find(key);
    return member != header.end() && member->is_boolean() && member->get<bool>();
}

std::string take(std::string_view& body, double size) {
    const auto wanted = std::isfinite(size) && size > 0 ? static_cast<std::size_t>(size) : std::size_t{0};
    const auto given = std::min(wanted, body.size());
    std::string part(body.substr(0, given));
    body.remove_prefix(given);
    return part;
}

}  // namespace duibiao::web::bridge

extern "C" {

/// Room for a message of `size` bytes; its address.
EMSCRIPTEN_KEEPALIVE char* duibiao_buffer(unsigned size) {
    auto& message = duibiao::web::bridge::incoming();
    message = {std::unique_ptr<char[]>(new char[size]), size};  // up to 64 MiB: not filled with zeros first
    return message.bytes.get();
}

/// The message in the buffer is complete.
EMSCRIPTEN_KEEPALIVE void duibiao_receive(unsigned type_size, unsigned header_size) {
    duibiao::web::bridge::receive(type_size, header_size);
}

}  // extern "C"
