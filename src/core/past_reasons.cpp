#include "core/past_reasons.hpp"

#include <map>
#include <optional>
#include <string_view>

namespace duibiao {
namespace {

/// One criterion as the log goes on.
struct PastItem {
    std::optional<Points> before;
    std::optional<Points> own;
    bool has_note = false;
    bool was_less = false;  ///< since the note was last changed

    [[nodiscard]] bool is_less() const { return before && own && *own < *before; }
    [[nodiscard]] bool is_past() const { return has_note && was_less && before && own && *own == *before; }
};

std::optional<Points> points_of(const Value& value) {
    const auto* points = std::get_if<Points>(&value);
    return points == nullptr ? std::nullopt : std::optional(*points);
}

}  // namespace

std::set<std::string, std::less<>> past_reasons(const Document& document, Layer layer) {
    const auto before = layer_before(*document.instrument, layer);
    std::set<std::string, std::less<>> past;
    if (!before) return past;
    std::map<std::string_view, PastItem> items;
    for (const Edit& edit : document.log) {
        const Target& target = edit.target;
        const bool is_score = target.field == "score" && (target.layer == layer || target.layer == *before);
        const bool is_note = target.field == "note" && target.layer == layer;
        if (!is_score && !is_note) continue;
        PastItem& item = items[target.item];
        if (is_score) (target.layer == layer ? item.own : item.before) = points_of(edit.after);
        if (is_note) {
            const auto* text = std::get_if<std::string>(&edit.after);
            item.has_note = text != nullptr && !text->empty();
            item.was_less = false;
        }
        item.was_less = item.was_less || item.is_less();
    }
    for (const auto& [id, item] : items) {
        if (item.is_past()) past.emplace(id);
    }
    return past;
}

}  // namespace duibiao
