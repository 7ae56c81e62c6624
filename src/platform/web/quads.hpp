#pragma once

#include <imgui.h>

namespace duibiao::web {

/// Goes through the parts of a command. Those with four corners ImGui writes as six indices a, a+1, a+2, a, a+2, a+3.
/// @param quad called with a part's first corner and the number of its first index within the command
/// @param triangle called with the three corners of what has no four
template <class Quad, class Triangle>
void for_each_part(const ImDrawList& list, const ImDrawCmd& command, Quad quad, Triangle triangle) {
    const ImDrawIdx* const index = list.IdxBuffer.Data + command.IdxOffset;
    ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
    for (unsigned at = 0; at + 3 <= command.ElemCount;) {
        const ImDrawIdx* const i = index + at;
        const bool has_four = at + 6 <= command.ElemCount && i[3] == i[0] && i[4] == i[2] && i[1] == i[0] + 1 &&
                              i[2] == i[0] + 2 && i[5] == i[0] + 3;
        if (has_four)
            quad(vertices + i[0], at);
        else
            triangle(vertices[i[0]], vertices[i[1]], vertices[i[2]]);
        at += has_four ? 6 : 3;
    }
}

template <class Quad>
void for_each_quad(const ImDrawList& list, const ImDrawCmd& command, Quad quad) {
    for_each_part(list, command, quad, [](const ImDrawVert&, const ImDrawVert&, const ImDrawVert&) {});
}

}  // namespace duibiao::web
