// Debug check: every item that takes the mouse stands in the mirror too. Built with DUIBIAO_MIRROR_CHECK, for which
// Dear ImGui calls the hooks below with each item's id and label.
#include "ui/mirror_check.hpp"

#ifdef DUIBIAO_MIRROR_CHECK

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cstdarg>

namespace duibiao::ui {
namespace check {

std::vector<std::string>& items_of_frame() {
    static std::vector<std::string> items;
    return items;
}

}  // namespace check

std::vector<std::string> take_items_without_node(const Mirror& mirror) {
    std::vector<std::string> without;
    for (const std::string& item : check::items_of_frame()) {
        const auto& nodes = mirror.nodes();
        const bool has_node =
            std::any_of(nodes.begin(), nodes.end(), [&](const MirrorNode& node) { return node.id == item; });
        // A press beside a drawer closes it, as its button and Escape do.
        if (!has_node && item != "outside") without.push_back(item);
    }
    check::items_of_frame().clear();
    return without;
}

}  // namespace duibiao::ui

void ImGuiTestEngineHook_ItemAdd(ImGuiContext*, ImGuiID, const ImRect&, const ImGuiLastItemData*) {}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char* label, ImGuiItemStatusFlags) {
    if (label != nullptr && *label != 0 && *label != '#') duibiao::ui::check::items_of_frame().emplace_back(label);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }

#endif
