// What commands on many reports are given: paths, and the campaign.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "core/campaign/expected.hpp"
#include "exchange/messages.hpp"

namespace duibiao::cli {

/// Paths that are not there are slips of the pen: nothing is read then. Says which.
[[nodiscard]] bool are_there(Language language, const std::vector<std::string>& paths);

/// A campaign with what is known of its file.
struct LoadedCampaign {
    Campaign campaign;
    std::string key;    ///< hash of its bytes
    Language language;  ///< its form's: its papers speak it
};
/// On failure says why.
[[nodiscard]] std::optional<LoadedCampaign> load_campaign(Language language, const std::string& path);

}  // namespace duibiao::cli
