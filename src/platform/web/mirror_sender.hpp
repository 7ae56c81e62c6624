// Tells the page what changed in the mirror since the last frame.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ui/mirror.hpp"

namespace duibiao::web {

/// Where an element lies: left and top from its container's corner, width, height, and what is cut off at its top,
/// right, bottom and left. All in CSS pixels.
using Place = std::array<float, 8>;

class MirrorSender {
public:
    /// Sends the differences between this frame's nodes and the last frame's.
    /// @return whether there were any
    bool send(ui::Mirror& mirror);

private:
    struct Known {
        int handle = 0;  ///< short name of the node between the two sides
        int parent = 0;
        std::uint64_t frame = 0;
        Place place{};
        ui::MirrorNode node;
    };

    /// The container that stands in the page this frame; null: none.
    [[nodiscard]] const Known* parent_of(const ui::MirrorNode& node) const;
    void compare(const ui::MirrorNode& node);
    void compare_order();
    void replace_handle(Known& known);
    void drop_missing();
    [[nodiscard]] std::string focus_request(ui::Mirror& mirror);

    std::unordered_map<std::string, Known> known_;
    std::vector<std::pair<int, int>> order_;  ///< parent and child, as emitted
    std::vector<std::pair<int, int>> last_order_;
    std::uint64_t frame_ = 0;
    int next_handle_ = 1;
    std::string wanted_focus_;
    std::string set_;
    std::string moved_;
    std::string children_;
    std::string dropped_;
};

}  // namespace duibiao::web
