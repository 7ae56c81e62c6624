#pragma once

#include <imgui.h>

namespace duibiao::web {

/// Goes through the four-cornered parts of a command; ImGui writes each as six indices a, a+1, a+2, a, a+2, a+3.
/// @param visit called with a part's first corner and the number of its first index within the command
template <class Visit>
void for_each_quad(const ImDrawList& list, const ImDrawCmd& command, Visit visit) {
    const ImDrawIdx* const index = list.IdxBuffer.Data + command.IdxOffset;
    ImDrawVert* const vertices = list.VtxBuffer.Data + command.VtxOffset;
    for (unsigned at = 0; at + 6 <= command.ElemCount;) {
        const ImDrawIdx* const i = index + at;
        const bool quad = i[3] == i[0] && i[4] == i[2] && i[1] == i[0] + 1 && i[2] == i[0] + 2 && i[5] == i[0] + 3;
        if (quad) visit(vertices + i[0], at);
        at += quad ? 6 : 3;
    }
}

}  // namespace duibiao::web
