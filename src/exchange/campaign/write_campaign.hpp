// A campaign's roll-up as files for people: the same tables in each.
#pragma once

#include <string>
#include <string_view>

#include "core/campaign/proposal.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// Everything the tables are made of; all of it must outlive them.
struct CampaignSource {
    const Collection& collection;
    const Campaign* campaign;  ///< may be null
    const Sorted& sorted;
    const RollUp& all;
    const GradeProposal* proposal;  ///< of a form with grades; else null
};

/// "xlsx" (a sheet a table, typed cells, head in sight, filters), "docx" (to edit), "html" (a whole file with charts as
/// inline SVG, no script) or "csv" (the table of units alone: one line a counted unit). The same source gives the same
/// bytes. Names of units are texts in all of them: no formula, no markup. Errors: "format-unknown", "xlsx-cell-long"
/// {limit}.
[[nodiscard]] Result<std::string> write_campaign(const CampaignSource& source, std::string_view format,
                                                 Language language);

}  // namespace duibiao
