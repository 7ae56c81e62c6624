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

}  // namespace duibiao
