// The tables behind a bulletin.
#pragma once

#include <optional>

#include "exchange/campaign_papers/paper_facts.hpp"

namespace duibiao::papers {

/// Sections with every layer's figures.
[[nodiscard]] CampaignTable section_annex(const RollUp& all, const PaperSentences& words);
/// Criteria with one layer's figures.
[[nodiscard]] CampaignTable criterion_annex(const RollUp& all, Layer layer, const PaperSentences& words);
/// Districts and classes by name; figures only of groups with `fewest_for_median` reports.
[[nodiscard]] CampaignTable group_annex(const RollUp& all, Layer layer, const PaperSentences& words);
/// Findings of error kind, unit by unit.
[[nodiscard]] CampaignTable error_annex(const CampaignSource& source, const PaperSentences& words);
/// Counted units by the total of one layer, highest first; equal totals have one rank. Those without a score come last.
[[nodiscard]] CampaignTable rank_annex(const CampaignSource& source, std::optional<Layer> layer,
                                       const PaperSentences& words);
/// Units without a report, in the list's order.
[[nodiscard]] CampaignTable missing_annex(const CampaignSource& source, const PaperSentences& words);

}  // namespace duibiao::papers
