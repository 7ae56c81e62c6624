#include "exchange/embedded_assets.hpp"

#include <charconv>

namespace duibiao {

namespace {

/// A number of the steps, and the sign behind it.
std::size_t next_figure(std::string_view& steps) {
    std::size_t number = 0;
    const auto end = std::from_chars(steps.data(), steps.data() + steps.size(), number).ptr;
    steps.remove_prefix(static_cast<std::size_t>(end - steps.data()) + 1);
    return number;
}

}  // namespace

// "FROM,COUNT;" takes bytes of the base, "+COUNT:" those that follow (scripts/embed_assets.py).
std::string whole(const EmbeddedAsset& asset) {
    if (asset.base.empty()) return std::string(asset.content);
    std::string text;
    for (std::string_view steps = asset.content; !steps.empty();) {
        const bool is_new = steps.front() == '+';
        if (is_new) steps.remove_prefix(1);
        const std::size_t from = is_new ? 0 : next_figure(steps);
        const std::size_t count = next_figure(steps);
        text += (is_new ? steps : asset.base).substr(from, count);
        if (is_new) steps.remove_prefix(count);
    }
    return text;
}

}  // namespace duibiao
