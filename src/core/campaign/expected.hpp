// The campaign (考核批次): a document of the form "campaign". Its head says what is collected and until when, its rows
// are the units that must report, and what was decided and reminded stands in them; so it has a log, undo, export and
// merging like any document. Nothing else is kept in it: what arrived follows from the reports.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "core/document.hpp"

namespace duibiao {

/// The form's id; assets/campaign/campaign.json.
inline constexpr std::string_view campaign_form = "campaign";

/// A unit of the expected list (应报名册).
struct ExpectedUnit {
    std::string name;
    std::string district;    ///< or system: whom it belongs to
    std::string class_name;  ///< 二级以上, 卫生院, 支部 …
    std::optional<Date> due;
    std::string document;  ///< decided: the id of the document that counts for it; empty: none decided
    std::string contact;
    std::string email;
    std::string reminded;  ///< 催报: when and how, in words
};

struct Campaign {
    std::string unit;  ///< who collects
    std::string period;
    std::vector<std::string> instruments;  ///< ids; empty: any one
    std::optional<Date> due;
    std::vector<ExpectedUnit> expected;  ///< in the list's order
    /// 认定条件 of weak organisations that are asked: ids or titles; empty: those that their file has on.
    std::vector<std::string> doors = {};
    std::string doors_file = {};  ///< the office's own file of them; empty: the program's
};

/// What a document of the form "campaign" says. Error: "campaign-kind" (it is of another form).
[[nodiscard]] Result<Campaign> read_campaign(const Document& document);

}  // namespace duibiao
