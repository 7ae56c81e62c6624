// GB18030 by the browser, which has its tables.
#include <emscripten.h>

#include "exchange/intake/text_bytes.hpp"

// clang-format off
/// The size of the text in UTF-8, which waits to be taken; -1 when a byte does not belong there.
EM_JS(int, duibiao_gb18030_decode, (const char* bytes, int size), {
    try {
        const text = new TextDecoder("gb18030", { fatal: true }).decode(HEAPU8.slice(bytes, bytes + size));
        Module["gb18030"] = new TextEncoder().encode(text);
        return Module["gb18030"].length;
    } catch (reason) {
        return -1;
    }
});
EM_JS(void, duibiao_gb18030_take, (char* to), {
    HEAPU8.set(Module["gb18030"], to);
    Module["gb18030"] = undefined;
});
// clang-format on

namespace duibiao {

std::optional<std::string> gb18030_to_utf8(std::string_view bytes) {
    const int size = duibiao_gb18030_decode(bytes.data(), static_cast<int>(bytes.size()));
    if (size < 0) return std::nullopt;
    std::string text(static_cast<std::size_t>(size), '\0');
    duibiao_gb18030_take(text.data());
    return text;
}

}  // namespace duibiao
