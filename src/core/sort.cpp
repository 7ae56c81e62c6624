#include "core/sort.hpp"

#include <algorithm>
#include <numeric>

namespace duibiao {

std::vector<std::uint32_t> sorted_positions(std::size_t count, BelongsBefore before, const void* context) {
    std::vector<std::uint32_t> positions(count);
    std::iota(positions.begin(), positions.end(), 0U);
    std::stable_sort(positions.begin(), positions.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return before(context, a, b); });
    return positions;
}

}  // namespace duibiao
