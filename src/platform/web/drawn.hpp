// What the canvas shows, so that what would look the same is not drawn again.
#pragma once

#include <imgui.h>

#include <algorithm>
#include <cfloat>
#include <optional>
#include <vector>

namespace duibiao::web {

/// Rows of the canvas, in ImGui's units; none by default.
struct Rows {
    float top = FLT_MAX;
    float bottom = -FLT_MAX;

    void add(float first, float last) {
        top = std::min(top, first);
        bottom = std::max(bottom, last);
    }
};

/// Dear ImGui wants a few more frames after each event to settle; most of them look like the one before, and most
/// others differ in a few rows. Drawing one costs a computer without a graphics card milliseconds, comparing it a tenth
/// of one.
class Drawn {
public:
    /// The rows that look otherwise than what was last shown, which is remembered; nothing when nothing has to be done.
    /// There may be no such rows while a texture waits.
    [[nodiscard]] std::optional<Rows> changed(const ImDrawData& data);

    /// The canvas lost its content.
    void forget() { lists_.clear(); }

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

private:
    std::vector<List> lists_;
    ImVec2 size_;
    ImVec2 scale_;
};

}  // namespace duibiao::web
