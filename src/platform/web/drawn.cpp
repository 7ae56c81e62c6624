#include "platform/web/drawn.hpp"

#include <algorithm>
#include <cstring>

namespace duibiao::web {

namespace {

bool same_numbers(const ImVec2& one, const ImVec2& other) { return one.x == other.x && one.y == other.y; }

bool pending_texture(const ImDrawData& data) {
    return data.Textures != nullptr &&
           std::any_of(data.Textures->begin(), data.Textures->end(),
                       [](const ImTextureData* texture) { return texture->Status != ImTextureStatus_OK; });
}

template <class Element>
bool same_bytes(const std::vector<Element>& shown, const ImVector<Element>& now) {
    return shown.size() == static_cast<std::size_t>(now.Size) &&
           (shown.empty() || std::memcmp(shown.data(), now.Data, shown.size() * sizeof(Element)) == 0);
}

}  // namespace

bool Drawn::Command::operator==(const Command& other) const {
    return clip.x == other.clip.x && clip.y == other.clip.y && clip.z == other.clip.z && clip.w == other.clip.w &&
           texture == other.texture && vertex_offset == other.vertex_offset && index_offset == other.index_offset &&
           count == other.count;
}

bool Drawn::same(const List& shown, const ImDrawList& list) {
    const auto equal = [](const Command& command, const ImDrawCmd& now) {
        return now.UserCallback == nullptr &&
               command == Command{now.ClipRect, now.TexRef._TexData, now.VtxOffset, now.IdxOffset, now.ElemCount};
    };
    return same_bytes(shown.vertices, list.VtxBuffer) && same_bytes(shown.indices, list.IdxBuffer) &&
           std::equal(shown.commands.begin(), shown.commands.end(), list.CmdBuffer.begin(), list.CmdBuffer.end(),
                      equal);
}

void Drawn::copy(List& shown, const ImDrawList& list) {
    shown.vertices.assign(list.VtxBuffer.begin(), list.VtxBuffer.end());
    shown.indices.assign(list.IdxBuffer.begin(), list.IdxBuffer.end());
    shown.commands.clear();
    for (const ImDrawCmd& now : list.CmdBuffer)
        shown.commands.push_back({now.ClipRect, now.TexRef._TexData, now.VtxOffset, now.IdxOffset, now.ElemCount});
}

bool Drawn::differs(const ImDrawData& data) {
    const bool equal = !pending_texture(data) && same_numbers(size_, data.DisplaySize) &&
                       same_numbers(scale_, data.FramebufferScale) &&
                       std::equal(lists_.begin(), lists_.end(), data.CmdLists.begin(), data.CmdLists.end(),
                                  [](const List& shown, const ImDrawList* list) { return same(shown, *list); });
    if (equal) return false;
    size_ = data.DisplaySize;
    scale_ = data.FramebufferScale;
    lists_.resize(static_cast<std::size_t>(data.CmdLists.Size));
    for (std::size_t i = 0; i < lists_.size(); ++i) copy(lists_[i], *data.CmdLists[static_cast<int>(i)]);
    return true;
}

}  // namespace duibiao::web
