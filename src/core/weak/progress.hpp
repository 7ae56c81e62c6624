// How far each organisation of the list of weak ones has come, from the list, its plan, survey and review.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/weak/doors.hpp"

namespace duibiao {

/// In the order in which they follow each other.
enum class WeakStage : std::uint8_t {
    candidate,   ///< nobody has decided yet
    struck,      ///< decided: it is none
    confirmed,   ///< decided, and there is no plan
    rectifying,  ///< there is a plan, and problems of it are open
    prolonged,   ///< reviewed with a verdict that does not close it: it goes on, and is reviewed again
    rectified,   ///< every problem of the plan is closed
    reviewed,    ///< the review is filled in, or a verdict is written down
    closed
};
[[nodiscard]] std::string_view to_string(WeakStage stage);

/// One problem of a plan.
struct WeakItem {
    std::string row;
    std::string problem;
    std::string measure;
    std::string owner;
    std::string limit;
    std::string progress;
    std::string reported;  ///< day of the last report on it
    std::string proof;
    std::string done;
    std::string outcome;  ///< 销号, 退回, or nothing yet
    std::string checked;  ///< day of that
    std::string reason;
    bool is_vague = false;    ///< without measure, person or day
    bool is_overdue = false;  ///< its last day is over, and it is not done
    bool is_silent = false;   ///< not reported on for more than a month
    [[nodiscard]] bool is_closed() const;
    /// The unit says it is done, and nobody has looked at it since.
    [[nodiscard]] bool waits() const;
};

struct WeakPlan {
    std::string document;
    std::vector<WeakItem> items;
    [[nodiscard]] std::size_t closed() const;
    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::size_t vague() const;
    [[nodiscard]] std::size_t overdue() const;
    [[nodiscard]] std::size_t silent() const;
};

/// A row of the list.
struct WeakUnit {
    std::string row;
    std::string name;
    WeakStage stage = WeakStage::candidate;
    std::optional<WeakPlan> plan;  ///< of several the one with most edits
    std::size_t plans = 0;
    std::string survey;  ///< documents
    std::string review;
    std::string grade;  ///< that the review comes to; empty: it is not complete
    /// The review was made after the verdict that stands in the list.
    bool is_reviewed_again = false;
    bool is_late = false;
    std::string limit;  ///< ISO day by which it is to be rectified, of a prolonged one again; empty: none is known
    /// After it was closed: the day of 回头看, until that was done.
    std::optional<Date> revisit;
};

/// Rows of the list in their order. `others` are plans, surveys and reviews of its period; others are passed by.
[[nodiscard]] std::vector<WeakUnit> weak_progress(const Document& list, const std::vector<const Document*>& others,
                                                  const Doors& doors, Date as_of);

/// The day of a step in the year of a period; none where it has none.
[[nodiscard]] std::optional<Date> last_day(const WeakStep& step, std::string_view period);

}  // namespace duibiao
