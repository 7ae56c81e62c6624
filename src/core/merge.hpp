// Two logs of one document made one.
#pragma once

#include <optional>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

struct MergeConflict {
    Target target;
    Value ours;
    Value theirs;
};
/// One edit that two logs do not tell alike. A side that lacks it has nothing.
struct Rewriting {
    enum class Kind : std::uint8_t {
        typed,        ///< in a draft, under one id, and more than typing that went on: the later stands
        edit,         ///< one id, but another place, time, author or action: the logs cannot be united
        handed_over,  ///< what was handed over is told otherwise: the logs cannot be united
        intruding     ///< united, it would change what was handed over without its having been unlocked
    };
    Kind kind = Kind::edit;
    std::optional<Edit> ours;
    std::optional<Edit> theirs;
    [[nodiscard]] const Target& target() const { return ours ? ours->target : theirs->target; }
};
/// All of them, in the order of the logs. An edit is immutable, with one exception: typing in one field rewrites the
/// edit it began (apply_typing). That can be told from tampering: such an edit keeps everything but `after` and `at`,
/// `at` only grows, and it stops growing when its layer is handed over, or when its session writes the next edit. What
/// was handed over is a layer's own edits up to the last time it went out, in their order: of two logs one's must begin
/// with the other's. Never of kind intruding.
[[nodiscard]] std::vector<Rewriting> find_rewritings(const Document& ours, const Document& theirs);

struct Merge {
    Document document;
    std::vector<MergeConflict> conflicts;  ///< targets changed on both sides to different values; the later edit stands
    std::vector<Rewriting> rewritten;      ///< of kind typed
    std::vector<Rewriting> intruding;      ///< then it is not to be taken in: both sides are kept as they are
};
/// Unites two logs of the same document by edit id, ordered by (at, id), but never against the order in which a layer
/// was handed over, and what it does not contain comes after it; a log that has all of the other stands as it is.
/// Commutative, associative and idempotent for all documents, where an error counts as a result. Errors:
/// "merge-other-document", "merge-rewritten" {count} (see find_rewritings: the place is the first one's item), those of
/// replay().
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
/// empty answer never stands against a filled one. Errors: those of make_edit().
[[nodiscard]] Result<std::vector<Edit>> settle(const Document& merged, const std::vector<MergeConflict>& conflicts,
                                               const std::vector<bool>& keep_ours, const Author& author);
/// Whether ours should stand unless the user says otherwise: it is filled and theirs is empty, or both are filled and
/// it is what the later edit says.
[[nodiscard]] bool prefers_ours(const Document& merged, const MergeConflict& conflict);

}  // namespace duibiao
