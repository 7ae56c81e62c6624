#include "app/backup_file.hpp"

#include <string_view>

#include "core/text.hpp"

namespace duibiao::app {

namespace {

constexpr int backup_version = 1;

/// The file's text around its reports: what stands before the first and behind the last.
struct Frame {
    std::string before;
    std::string after;
};

Frame frame_of(const std::vector<std::string>& forms) {
    const std::string text = canonical_json(Json{
        {"format", "duibiao-backup"}, {"version", backup_version}, {"instruments", forms}, {"reports", Json::array()}});
    const std::string_view place = "\"reports\":[";
    const std::size_t at = text.find(place) + place.size();
    return {text.substr(0, at), text.substr(at) + "\n"};
}

}  // namespace

std::vector<std::string> write_backup(const Backup& backup, std::size_t most_bytes) {
    const Frame frame = frame_of(backup.forms);
    std::vector<std::string> files{frame.before};
    bool is_first = true;
    for (const std::string& text : backup.reports) {
        const std::string_view report = trim(text);
        if (!is_first && files.back().size() + 1 + report.size() + frame.after.size() > most_bytes) {
            files.push_back(frame.before);
            is_first = true;
        }
        if (!is_first) files.back() += ',';
        files.back() += report;
        is_first = false;
    }
    for (std::string& file : files) file += frame.after;
    return files;
}

Done check_backup(const Json& file) {
    const Json version = file.value("version", Json());
    if (version.is_number_unsigned() && version.get<std::uint64_t>() > backup_version)
        return tl::unexpected(Error{"backup-version", {}, {}});
    const bool is_whole = version == Json(backup_version) && file.value("reports", Json()).is_array() &&
                          file.value("instruments", Json::array()).is_array();
    return is_whole ? Done() : tl::unexpected(Error{"backup-format", {}, {}});
}

}  // namespace duibiao::app
