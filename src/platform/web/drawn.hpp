// What the canvas shows, so that a frame that would look the same is not drawn again.
#pragma once

#include <imgui.h>

#include <vector>

namespace duibiao::web {

/// Dear ImGui wants a few more frames after each event to settle; most of them look like the one before. Drawing one
/// costs a computer without a graphics card tens of milliseconds, comparing it a tenth of one.
class Drawn {
public:
    /// True when `data` looks otherwise than what was last shown; remembers it then.
    [[nodiscard]] bool differs(const ImDrawData& data);

    /// The canvas lost its content.
    void forget() { lists_.clear(); }

private:
    struct Command {
        ImVec4 clip;
        const void* texture = nullptr;
        unsigned int vertex_offset = 0;
        unsigned int index_offset = 0;
        unsigned int count = 0;

        bool operator==(const Command& other) const;
    };
    struct List {
        std::vector<ImDrawVert> vertices;
        std::vector<ImDrawIdx> indices;
        std::vector<Command> commands;
    };

    [[nodiscard]] static bool same(const List& shown, const ImDrawList& list);
    static void copy(List& shown, const ImDrawList& list);

    std::vector<List> lists_;
    ImVec2 size_;
    ImVec2 scale_;
};

}  // namespace duibiao::web
