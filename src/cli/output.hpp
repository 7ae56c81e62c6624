// What several commands do alike with what they made.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "cli/console.hpp"

namespace duibiao::cli {

/// JSON whose members stand in the order of the contract.
using OrderedJson = nlohmann::ordered_json;

/// Writes `content` to `path`. Says so on standard output when that is free: `key` is the sentence, with {file}.
/// `exit` is how the command ends when all is well.
[[nodiscard]] Exit deliver(Language language, const std::string& path, std::string_view content,
                           std::string_view key = {}, Params params = {}, Exit exit = Exit::done);

/// The same for JSON; bytes that are not UTF-8 (in file names) are replaced.
[[nodiscard]] Exit deliver(Language language, const OrderedJson& json, Exit exit = Exit::done);

}  // namespace duibiao::cli
