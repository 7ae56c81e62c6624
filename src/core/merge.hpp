// Two logs of one document made one.
#pragma once

#include <vector>

#include "core/document.hpp"

namespace duibiao {

struct MergeConflict {
    Target target;
    Value ours;
    Value theirs;
};
struct Merge {
    Document document;
    std::vector<MergeConflict> conflicts;  ///< targets changed on both sides to different values; the later edit stands
};
/// Unites two logs of the same document by edit id; a shared prefix is kept, the rest ordered by (at, id); where one
/// side only went on from the other, its log stands as it is. Of one edit in two states (typing went on after a copy
/// was made) the later stands. Commutative and idempotent. Errors: "merge-other-document", those of replay().
[[nodiscard]] Result<Merge> merge(const Document& ours, const Document& theirs);

/// What taking in the other side does to one answer of ours.
struct MergeChange {
    enum class Kind : std::uint8_t { added, changed, cleared, conflict };
    Kind kind;
    Target target;
    Value ours;
    Value theirs;  ///< what stands after taking in; of a conflict what the other side says
};
struct MergePreview {
    std::vector<MergeChange> changes;  ///< by target; a conflict stands once
    std::size_t same = 0;              ///< answers of ours that stay as they are
};
[[nodiscard]] MergePreview preview(const Document& ours, const Merge& merged);

/// The edits by which every conflict ends as the user wants, to be applied to the merged document at once: `keep_ours`
/// by the place in Merge::conflicts. Nobody's words get lost without being asked for: by default (see prefers_ours) an
/// empty answer never stands against a filled one. A layer that the other side has handed over is unlocked for it, with
/// `reason`. Errors: those of make_edit().
[[nodiscard]] Result<std::vector<Edit>> settle(const Document& merged, const std::vector<MergeConflict>& conflicts,
                                               const std::vector<bool>& keep_ours, const Author& author,
                                               std::string_view reason);
/// Whether ours should stand unless the user says otherwise: it is filled and theirs is empty, or both are filled and
/// it is what the later edit says.
[[nodiscard]] bool prefers_ours(const Document& merged, const MergeConflict& conflict);

}  // namespace duibiao
