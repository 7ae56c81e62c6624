// Sorting without a sorting program for each type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace duibiao {

/// Whether the element at one position belongs before the one at another.
using BelongsBefore = bool (*)(const void* context, std::size_t a, std::size_t b);

/// The positions 0 to `count` - 1 in the order of their elements; equal ones stay as they are.
[[nodiscard]] std::vector<std::uint32_t> sorted_positions(std::size_t count, BelongsBefore before, const void* context);

/// Sorts a vector or a span as std::stable_sort does, of which every use is 1.5 KB of program.
template <typename Elements, typename Less>
void sort_stably(Elements&& elements, const Less& less) {
    if (elements.size() < 2) return;
    const auto context = std::pair(&elements, &less);
    const BelongsBefore before = [](const void* pointers, std::size_t a, std::size_t b) -> bool {
        const auto& [all, compare] = *static_cast<const decltype(context)*>(pointers);
        return (*compare)((*all)[a], (*all)[b]);
    };
    const std::vector<std::uint32_t> positions = sorted_positions(elements.size(), before, &context);
    std::vector<std::decay_t<decltype(elements[0])>> sorted;
    sorted.reserve(positions.size());
    for (const std::uint32_t position : positions) sorted.push_back(std::move(elements[position]));
    for (std::size_t i = 0; i < sorted.size(); ++i) elements[i] = std::move(sorted[i]);
}

}  // namespace duibiao
