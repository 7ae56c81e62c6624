// The superior's papers as the command writes them.
#pragma once

#include "cli/commands.hpp"
#include "exchange/campaign/write_campaign.hpp"

namespace duibiao::cli {

/// Whether the arguments go together; says what does not.
[[nodiscard]] bool check_paper(Language language, const AggregateArguments& arguments);

/// Writes the paper that is asked for; `exit` is how the command ends when all is well. Several files are one .zip. A
/// paper speaks `paper_language` whatever the locale; the table of units is no paper and speaks `language`.
[[nodiscard]] Exit write_paper(Language language, Language paper_language, const AggregateArguments& arguments,
                               const CampaignSource& source, Exit exit);

}  // namespace duibiao::cli
