// Locked files from anywhere: parts lie inside the file and next to each other, and names lead nowhere.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "exchange/lock.hpp"

using namespace duibiao;

namespace {

void require(bool holds) {
    if (!holds) std::abort();
}

void read_outer(std::string_view bytes) {
    const auto parts = read_lock(bytes);
    if (!parts) return;
    require(is_locked(bytes));
    require(parts->rounds >= lock::rounds && parts->rounds <= lock::most_rounds);
    require(parts->header.size() + parts->sealed.size() + parts->tag.size() == bytes.size());
    require(parts->sealed.data() == bytes.data() + parts->header.size());
}

void read_inner(std::string_view bytes) {
    const auto file = read_lock_content(bytes);
    if (!file) return;
    require(file->name.find('/') == std::string::npos);
    require(file->name.size() + file->content.size() + 2 == bytes.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    read_outer(bytes);
    read_inner(bytes);
    return 0;
}
