// Undo and redo: edits that take back what others did.
#pragma once

#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// The edits that would take back the newest user action not yet taken back, or do the newest taken-back one again;
/// empty when there is none. Undo passes over an action that changed nothing: each of its changes has the same value
/// before and after, such as typing that was taken back; it stops where a step of an appraisal was closed. Derived from
/// the log alone, so it survives reload. Apply them in order.
[[nodiscard]] std::vector<Edit> make_undo(const Document& document, const Author& author);
[[nodiscard]] std::vector<Edit> make_redo(const Document& document, const Author& author);
[[nodiscard]] bool can_undo(const Document& document);
[[nodiscard]] bool can_redo(const Document& document);

}  // namespace duibiao
