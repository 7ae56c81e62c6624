// The file that holds everything.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.hpp"
#include "core/result.hpp"

namespace duibiao::app {

/// What a backup holds, and how far each document's log was in it.
struct Backup {
    std::vector<std::string> reports;          ///< as write_report() writes them
    std::vector<std::string> forms;            ///< users' own definitions
    std::map<std::string, std::size_t> edits;  ///< by document
    std::string signing_key = {};              ///< secret; empty: none was made
    std::map<std::string, std::string, std::less<>> known_keys = {};
};

/// The keys of the settings, where a backup has any: nothing that looks otherwise is taken.
struct KeysInBackup {
    std::string signing_key;
    std::map<std::string, std::string, std::less<>> known_keys;
};
[[nodiscard]] KeysInBackup read_keys(const Json& file);

/// One file, or as many as it takes for none to be larger than `most_bytes`; a report that alone is larger has a file
/// of its own. Every file can be restored by itself.
[[nodiscard]] std::vector<std::string> write_backup(const Backup& backup, std::size_t most_bytes);

/// Errors: "backup-version" of a newer program, "backup-format".
[[nodiscard]] Done check_backup(const Json& file);

}  // namespace duibiao::app
