// What the paths of `aggregate` stand for: reports, folders, .zip, .ndjson, partials, standard input.
#pragma once

#include <string>
#include <vector>

#include "cli/aggregate/gathering.hpp"

namespace duibiao::cli {

/// Gives everything there is at the paths: folders with all that is in them (names that begin with a dot are left out),
/// in zips every entry, in e-mails every report among the attachments, in .ndjson, .jsonl and "-" every line. What
/// cannot be read is refused by name, and the rest goes on. A line of standard input is named by the beginning of its
/// SHA-256: its number depends on the order.
///
/// Refused: "zip-nested" (a zip in a zip), "zip-locked", "archive-large" and "archive-broken" (an entry, or the whole),
/// "zip-large" {limit} (all entries together unpack to more), "wrapper-none" (an e-mail without a report),
/// "partial-altered" and the others of open_partial(), "file-large" {limit}, and whatever read_input() says.
void give_all(Gathering& gathering, const std::vector<std::string>& paths);

}  // namespace duibiao::cli
