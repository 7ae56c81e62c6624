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

/// The keys stand there only where there are some: other backups stay as they were.
Frame frame_of(const Backup& backup) {
    Json file{{"format", "duibiao-backup"},
              {"version", backup_version},
              {"instruments", backup.forms},
              {"reports", Json::array()}};
    if (!backup.signing_key.empty()) file["signing_key"] = backup.signing_key;
    if (!backup.known_keys.empty()) file["known_keys"] = backup.known_keys;
    const std::string text = canonical_json(file);
    const std::string_view place = "\"reports\":[";
    const std::size_t at = text.find(place) + place.size();
    return {text.substr(0, at), text.substr(at) + "\n"};
}

}  // namespace

std::vector<std::string> write_backup(const Backup& backup, std::size_t most_bytes) {
    const Frame frame = frame_of(backup);
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

KeysInBackup read_keys(const Json& file) {
    KeysInBackup keys;
    keys.signing_key = text_member(file, "signing_key");
    const auto known = file.find("known_keys");
    if (known == file.end() || !known->is_object()) return keys;
    for (const auto& [office, key] : known->items()) {
        if (const auto* text = key.get_ptr<const std::string*>()) keys.known_keys.emplace(office, *text);
    }
    return keys;
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
