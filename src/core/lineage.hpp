// One layer's own edits, parted by what was handed over. For merge.cpp alone; the contract is core/merge.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// Order of edits: by instant, by session, by number, so that "s-9" comes before "s-10"; whole ids decide the rest.
struct EditKey {
    std::string_view at;
    std::string_view session;
    std::size_t digits = 0;
    std::string_view number;
    std::string_view id;
    friend bool operator==(const EditKey&, const EditKey&) = default;
    friend bool operator<(const EditKey& a, const EditKey& b) {
        return std::tie(a.at, a.session, a.digits, a.number, a.id) <
               std::tie(b.at, b.session, b.digits, b.number, b.id);
    }
};
[[nodiscard]] EditKey key_of(const Edit& edit);

/// Whether both are states of one edit that was typed: all but `after` and `at` is the same.
[[nodiscard]] bool are_states_of_typing(const Edit& a, const Edit& b);
/// Of two states of typing the one that stands.
[[nodiscard]] const Edit& later_state(const Edit& a, const Edit& b);

struct Lineage {
    std::vector<const Edit*> edits;  ///< of the layer, in the log's order
    std::size_t sealed = 0;          ///< so many of them were handed over: the last one did it
    [[nodiscard]] std::span<const Edit* const> open() const { return std::span(edits).subspan(sealed); }
    [[nodiscard]] std::span<const Edit* const> handed_over() const { return std::span(edits).first(sealed); }
};
using Lineages = PerLayer<Lineage>;
/// Living records hand nothing over for good: theirs are open.
[[nodiscard]] Lineages lineages_of(const Document& document);

}  // namespace duibiao
