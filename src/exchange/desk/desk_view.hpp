// What the superior's screens show, as JSON for the page: the roll-up, and a row for every unit.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "exchange/campaign/write_campaign.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// Under which key storage keeps a digest, by the digest's own.
using KeptUnder = std::function<std::string(const std::string& key)>;

/// {"roll": what write_roll_up_json() gives, "title": the form's, "layers": [ids], "layer_titles", "texts": {criterion:
/// text}, "findings": {code: title}, "locked": files whose password is not known, "refused": units of those
/// that cannot be used, in their order, "table": {"heads", "rows"} of what is
/// no score, "lost": the criteria that lose most, by layer, "units": [row]}. A row is a unit of the list or a counted
/// report of none: "u" unit, "d" district, "c" class, "s" state (missing, draft, submitted, accepted, returned), "n"
/// contact, "m" e-mail, "r" reminded, "due", "x" why the file it sent cannot be used; with a report: "doc", "k" key,
/// "e" edits, "at", "h" day it was handed over, "late", "code", "g" grade, "t" totals by layer and "p" sums of the
/// sections by layer, in hundredths or null, "l" positions in "lost" of the criteria it loses points in, by layer, "f"
/// counts of errors, warnings and notices, "fc" {code: count}, "veto". Missing units come first, then in the list's
/// order.
[[nodiscard]] std::string write_desk_view(const CampaignSource& source, const KeptUnder& kept_under, Language language);

}  // namespace duibiao
