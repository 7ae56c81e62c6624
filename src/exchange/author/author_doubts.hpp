// The doubts of a recognition as questions with answers, and sums that differ from what the source prints.
#pragma once

#include "core/authoring/recognise.hpp"
#include "core/json.hpp"
#include "exchange/given_table/made_form.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// A list of {key, t, r, what, chosen, instead, accepted, options: [{label, key, value}]}: the answers beside accepting
/// are decisions (core/authoring/decisions.hpp).
[[nodiscard]] Json author_doubts(Language language, const authoring::Recognised& found, const MadeForm& made,
                                 const authoring::Decisions& decisions);
/// A list of {t, r, words}.
[[nodiscard]] Json author_sums(Language language, const authoring::Recognised& found, const MadeForm& made);

}  // namespace duibiao
