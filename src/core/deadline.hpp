// A limit as forms write it: a day, or words that stand for one, or for none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/date.hpp"

namespace duibiao {

struct Deadline {
    enum class Kind : std::uint8_t {
        day,      ///< a day, or words that mean one
        at_once,  ///< 立行立改: no day
        lasting,  ///< 长期坚持: no day, never late
        unknown   ///< no limit that is known: 尽快
    };
    Kind kind = Kind::unknown;
    std::optional<Date> day;  ///< the last day that is in time
};

/// Reads a day in any spelling (parse_date) and, in words, the end of a year, half, quarter or month: 2025年底前,
/// 2025年底, 2025年12月31日前, 2026年3月底前, 2026年3月, 年底前, 3月底前, 2026年第一季度末, 上半年. Without a year it
/// is `year`; with none (0) such words are unknown. 立行立改, 立即整改, 立即 and 即知即改 are at once; 长期坚持, 长期,
/// 持续坚持 and 持续 last.
[[nodiscard]] Deadline read_deadline(std::string_view text, int year);

/// A day as files have it; words as they are.
[[nodiscard]] std::string normalise_deadline(std::string_view text);

}  // namespace duibiao
