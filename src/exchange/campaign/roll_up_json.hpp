// A roll-up for programs: one JSON object, or one line a score.
#pragma once

#include <string>

#include "core/campaign/proposal.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// What `aggregate --to json` prints, with a final line feed. The members of the contract come first, in its order:
/// instrument, period, received, counted, superseded, doubled, foreign, rejected [{file, why}], expected (null without
/// a list), missing [unit], layers {LAYER: {n, mean, median, min, max, sd}}, sections [{id, name, points, layers}],
/// criteria [{id, points, layers: {LAYER: {n, mean, median, min, max, full, zero, lost}}}], groups [{by, name, n,
/// layers}] (by district and class of the list, and by the form's version), veto. Then: late, accepted, returned,
/// errors (reports with findings of error kind), incomplete {LAYER: n} (totals in which scores are missing), lowest and
/// highest {LAYER: {total, n, units}}, findings [{code, severity, units, n}], duties [{id, title, units, periods}],
/// grades {GRADE: n}, changes [{id, layers: {LAYER: {n, points}}}] (criteria in which a layer differs from the one
/// before it, the largest sum first), uncounted [{file, unit, document, fate}], previous {period, counted, layers,
/// sections, criteria}: the same form one period earlier, of the reports of it that are among the foreign ones; null
/// where there are none. Figures are texts, so that no reader
/// rounds them; null where n is 0. `language` is that of `why`.
///
/// LAYER is "self", "acceptance", "rating", or the id of a scorer of a form of format 2, in the form's order. Of such a
/// form all sums are what its own arithmetic gives, each report's rounded half up to the form's decimals (to hundredths
/// at the finest); items without a full mark are never full. Then criteria with levels have levels {LABEL: n} in each
/// layer, groups have total, and at the end stand total {n, mean, median, min, max, sd, open}, the documents' totals of
/// one scorer or of all as the form says, `open` of them not final; and of a form with grades proposal {quotas [{grade,
/// share, base, seats, held, over, tied [unit]}], units [{unit, document, total, by_points, grade, proposed, why,
/// between, tied_with}]} (proposal.hpp).
[[nodiscard]] std::string write_roll_up_json(const RollUp& all, const RollUp* previous, const GradeProposal* proposal,
                                             Language language);

/// Appends what `aggregate --to rows` prints of one report: a line of JSON for each criterion and layer that has a
/// score (unit, district, class, instrument, version, period, document, code, item, layer, points, score).
void append_rows(std::string& out, const ReportDigest& digest, const ExpectedUnit* unit);

}  // namespace duibiao
