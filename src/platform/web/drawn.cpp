#include "platform/web/drawn.hpp"

#include <cstring>

namespace duibiao::web {

namespace {

constexpr Rows all_rows = {-FLT_MAX, FLT_MAX};

bool same_numbers(const ImVec2& one, const ImVec2& other) { return one.x == other.x && one.y == other.y; }

bool same_numbers(const ImVec4& one, const ImVec4& other) {
    return one.x == other.x && one.y == other.y && one.z == other.z && one.w == other.w;
}

bool is_waiting(const ImDrawData& data) {
    return data.Textures != nullptr &&
           std::any_of(data.Textures->begin(), data.Textures->end(),
                       [](const ImTextureData* texture) { return texture->Status != ImTextureStatus_OK; });
}

bool same_vertex(const ImDrawVert& one, const ImDrawVert& other) {
    return std::memcmp(&one, &other, sizeof(ImDrawVert)) == 0;
}

Drawn::Command command_of(const ImDrawCmd& now) {
    return {now.ClipRect, now.TexRef._TexData, now.VtxOffset, now.IdxOffset, now.ElemCount};
}

Drawn::List copy_of(const ImDrawList& list) {
    Drawn::List copy;
    copy.vertices.assign(list.VtxBuffer.begin(), list.VtxBuffer.end());
    copy.indices.assign(list.IdxBuffer.begin(), list.IdxBuffer.end());
    for (const ImDrawCmd& command : list.CmdBuffer) copy.commands.push_back(command_of(command));
    return copy;
}

/// How many elements at the beginning and at the end of two buffers are the same.
struct Ends {
    std::size_t front = 0;
    std::size_t back = 0;

    template <class Element, class SameFront, class SameBack>
    Ends(const std::vector<Element>& one, const std::vector<Element>& other, SameFront same_front, SameBack same_back) {
        const std::size_t most = std::min(one.size(), other.size());
        while (front < most && same_front(one[front], other[front])) ++front;
        while (back < most - front && same_back(one[one.size() - 1 - back], other[other.size() - 1 - back])) ++back;
    }

    /// Whether an element of a buffer of that size lies between.
    [[nodiscard]] bool between(std::size_t at, std::size_t size) const { return at >= front && at < size - back; }
};

/// Two versions of a list. What was put in or taken out in the middle moves all that follows, in both its buffers.
class Difference {
public:
    Difference(const Drawn::List& shown, const Drawn::List& now)
        : shown_(shown),
          now_(now),
          vertices_(shown.vertices, now.vertices, same_vertex, same_vertex),
          indices_(shown.indices, now.indices, std::equal_to<>(), [&](ImDrawIdx before, ImDrawIdx after) {
              return before + now.vertices.size() == after + shown.vertices.size();
          }) {}

    [[nodiscard]] Rows rows() const {
        if (!same_commands()) return all_rows;
        Rows rows;
        for (std::size_t at = 0; at < now_.commands.size(); ++at) {
            const bool is_cut_otherwise = !same_numbers(shown_.commands[at].clip, now_.commands[at].clip);
            add(rows, shown_, shown_.commands[at], is_cut_otherwise);
            add(rows, now_, now_.commands[at], is_cut_otherwise);
        }
        return rows;
    }

private:
    /// Every triangle that is in both versions belongs to the same command in both.
    [[nodiscard]] bool same_commands() const {
        return std::equal(shown_.commands.begin(), shown_.commands.end(), now_.commands.begin(), now_.commands.end(),
                          [this](const Drawn::Command& before, const Drawn::Command& after) {
                              return before.texture == after.texture && before.vertex_offset == 0 &&
                                     after.vertex_offset == 0 && same_place(before.index_offset, after.index_offset);
                          });
    }

    [[nodiscard]] bool same_place(std::size_t before, std::size_t after) const {
        const std::size_t behind_before = shown_.indices.size() - before;
        const std::size_t behind_after = now_.indices.size() - after;
        if (before <= indices_.front || after <= indices_.front) return before == after;
        if (behind_before <= indices_.back || behind_after <= indices_.back) return behind_before == behind_after;
        return true;
    }

    /// The rows of a command's triangles that are not in both versions.
    void add(Rows& rows, const Drawn::List& list, const Drawn::Command& command, bool all) const {
        for (std::size_t at = command.index_offset; at + 3 <= command.index_offset + command.count; at += 3) {
            bool differs = all;
            Rows own;
            for (std::size_t corner = at; corner < at + 3; ++corner) {
                const ImDrawIdx index = list.indices[corner];
                differs = differs || indices_.between(corner, list.indices.size()) ||
                          vertices_.between(index, list.vertices.size());
                own.add(list.vertices[index].pos.y, list.vertices[index].pos.y);
            }
            if (differs) rows.add(std::max(own.top, command.clip.y), std::min(own.bottom, command.clip.w));
        }
    }

    const Drawn::List& shown_;
    const Drawn::List& now_;
    Ends vertices_;
    Ends indices_;
};

template <class Element>
bool same_bytes(const std::vector<Element>& shown, const ImVector<Element>& now) {
    return shown.size() == static_cast<std::size_t>(now.Size) &&
           (shown.empty() || std::memcmp(shown.data(), now.Data, shown.size() * sizeof(Element)) == 0);
}

bool same(const Drawn::List& shown, const ImDrawList& list) {
    return same_bytes(shown.vertices, list.VtxBuffer) && same_bytes(shown.indices, list.IdxBuffer) &&
           std::equal(shown.commands.begin(), shown.commands.end(), list.CmdBuffer.begin(), list.CmdBuffer.end(),
                      [](const Drawn::Command& command, const ImDrawCmd& now) { return command == command_of(now); });
}

}  // namespace

bool Drawn::Command::operator==(const Command& other) const {
    return same_numbers(clip, other.clip) && texture == other.texture && vertex_offset == other.vertex_offset &&
           index_offset == other.index_offset && count == other.count;
}

std::optional<Rows> Drawn::changed(const ImDrawData& data) {
    const auto count = static_cast<std::size_t>(data.CmdLists.Size);
    const bool comparable =
        lists_.size() == count && same_numbers(size_, data.DisplaySize) && same_numbers(scale_, data.FramebufferScale);
    bool any = !comparable || is_waiting(data);
    Rows rows = comparable ? Rows{} : all_rows;
    lists_.resize(count);
    for (std::size_t at = 0; at < count; ++at) {
        const ImDrawList& list = *data.CmdLists[static_cast<int>(at)];
        if (comparable && same(lists_[at], list)) continue;
        List now = copy_of(list);
        const Rows own = Difference(lists_[at], now).rows();
        rows.add(own.top, own.bottom);
        lists_[at] = std::move(now);
        any = true;
    }
    size_ = data.DisplaySize;
    scale_ = data.FramebufferScale;
    return any ? std::optional(rows) : std::nullopt;
}

}  // namespace duibiao::web
