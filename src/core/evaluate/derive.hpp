// Scores that follow from what is filled in: kept beside the answers, never written anywhere.
#pragma once

#include "core/document.hpp"

namespace duibiao {

/// Works out anew what the item at `target` gives in that layer, after an answer there changed. Does nothing for forms
/// of format 1 and for targets that are no item.
void derive_item(Document& document, const TargetRef& target);
/// The same of all items, for those who set answers by themselves.
void derive_all(Document& document);

}  // namespace duibiao
