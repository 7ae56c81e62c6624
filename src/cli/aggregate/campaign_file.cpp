#include "cli/aggregate/campaign_file.hpp"

#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/files.hpp"
#include "cli/reports.hpp"
#include "core/sha256.hpp"

namespace duibiao::cli {

bool are_there(Language language, const std::vector<std::string>& paths) {
    bool all = true;
    for (const std::string& path : paths) {
        std::error_code error;
        if (path == standard_stream || std::filesystem::exists(path, error)) continue;
        print_error(language, path, {"file-missing", {}, {}});
        all = false;
    }
    return all;
}

std::optional<LoadedCampaign> load_campaign(Language language, const std::string& path) {
    std::string bytes;
    const auto report = load_report(language, path, bytes);
    if (!report) return std::nullopt;
    auto campaign = read_campaign(report->document);
    if (!campaign) {
        print_error(language, path, campaign.error());
        return std::nullopt;
    }
    return LoadedCampaign{*std::move(campaign), to_hex(sha256(bytes)), language_of(*report->document.instrument)};
}

}  // namespace duibiao::cli
