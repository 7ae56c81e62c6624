// Who came: the rate of those who should have (参会率), by branch, and members who were away month after month.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ledger.hpp"

namespace duibiao {

/// People who should have come and who came, at activities that say both.
struct Turnout {
    int activities = 0;
    std::int64_t expected = 0;
    std::int64_t actual = 0;

    /// Percent, rounded down to hundredths; nothing where nobody should have come.
    [[nodiscard]] std::optional<Points> rate() const;
};

struct Participation {
    Turnout all;
    std::array<Turnout, 12> months;  ///< January is the first
    struct Branch {
        std::string name;
        Turnout turnout;
    };
    std::vector<Branch> branches;  ///< of the unit's list, those with such an activity, in its order
};
/// Of the ledger's own activities of its year, up to `as_of`. An activity of several branches counts for each.
[[nodiscard]] Participation participation(const Ledger& ledger, Date as_of);

/// A member named in the ledger's head, and for how many months that are over he took part in nothing, one after
/// another: the longest such time of the year. Months in which nobody is written down as being there do not count, and
/// break it.
struct Absence {
    std::string name;
    int months = 0;
};
/// Those with at least so many months, in the head's order. Where nobody is named nobody is missed.
[[nodiscard]] std::vector<Absence> absences(const Ledger& ledger, int months, Date as_of);

}  // namespace duibiao
