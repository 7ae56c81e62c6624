#include "core/merge.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/custody.hpp"
#include "core/lineage.hpp"
#include "core/sort.hpp"

namespace duibiao {
namespace {

// --- The united log -----------------------------------------------------------------------------------------------

/// An edit and where it belongs. What a layer handed over keeps its order, whatever its instants say, and what came
/// after it comes after it.
struct Placed {
    const Edit* edit;
    EditKey not_before;  ///< the edit's own key, or the largest before it in what the layer handed over
    std::size_t layer;
    std::size_t sealed;  ///< its place there; all that is open comes after it
    EditKey own;
};

bool is_before(const Placed& a, const Placed& b) {
    return std::tie(a.not_before, a.layer, a.sealed, a.own) < std::tie(b.not_before, b.layer, b.sealed, b.own);
}

/// One layer of both logs: what the longer handed over, and after it what is open on either side and no part of it.
void place_layer(const Lineage& longer, const Lineage& shorter, std::size_t layer, std::vector<Placed>& placed) {
    EditKey last{};
    for (std::size_t i = 0; i < longer.sealed; ++i) {
        const EditKey own = key_of(*longer.edits[i]);
        last = std::max(last, own);
        placed.push_back({longer.edits[i], last, layer, i, own});
    }
    std::unordered_set<std::string_view> handed_over;
    for (const Edit* edit : longer.handed_over()) handed_over.insert(edit->id);
    std::unordered_map<std::string_view, const Edit*> open;
    for (const Edit* edit : longer.open()) open.emplace(edit->id, edit);
    for (const Edit* edit : shorter.open()) {
        if (handed_over.contains(edit->id)) continue;
        const auto [twin, is_new] = open.emplace(edit->id, edit);
        if (!is_new) twin->second = &later_state(*twin->second, *edit);
    }
    for (const auto& [id, edit] : open) {
        const EditKey own = key_of(*edit);
        placed.push_back({edit, std::max(last, own), layer, longer.sealed, own});
    }
}

using Log = std::vector<Edit>;

Log sorted_union(const Document& ours, const Document& theirs) {
    const Lineages a = lineages_of(ours);
    const Lineages b = lineages_of(theirs);
    std::vector<Placed> placed;
    placed.reserve(ours.log.size() + theirs.log.size());
    for (std::size_t layer = 0; layer < a.size(); ++layer) {
        const bool ours_is_longer = a[layer].sealed >= b[layer].sealed;
        place_layer(ours_is_longer ? a[layer] : b[layer], ours_is_longer ? b[layer] : a[layer], layer, placed);
    }
    sort_stably(placed, is_before);
    Log log;
    log.reserve(placed.size());
    for (const Placed& one : placed) log.push_back(*one.edit);
    return log;
}

/// Whether a log holds the same edits as the united one, each in the same state. It has none that the other lacks.
bool has_all(const Log& log, const Log& united) {
    if (log.size() != united.size()) return false;
    std::unordered_map<std::string_view, const Edit*> known;
    for (const Edit& edit : united) known.emplace(edit.id, &edit);
    return std::all_of(log.begin(), log.end(), [&known](const Edit& edit) {
        const auto found = known.find(edit.id);
        return found != known.end() && *found->second == edit;
    });
}

bool has_larger_ids(const Log& a, const Log& b) {
    return std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end(),
                                        [](const Edit& x, const Edit& y) { return x.id < y.id; });
}

/// A log that has everything stands as it is. Of two in different orders the sorted one gives way, which any merge may
/// have made; else the order of their ids decides, so that it does not matter which came first.
Log unite(const Document& ours, const Document& theirs) {
    const auto [a, b] = std::mismatch(ours.log.begin(), ours.log.end(), theirs.log.begin(), theirs.log.end());
    if (b == theirs.log.end()) return ours.log;
    if (a == ours.log.end()) return theirs.log;
    Log united = sorted_union(ours, theirs);
    const Log* whole = nullptr;
    for (const Log* log : {&ours.log, &theirs.log}) {
        if (!has_all(*log, united) || *log == united) continue;
        if (whole == nullptr || has_larger_ids(*log, *whole)) whole = log;
    }
    return whole == nullptr ? united : *whole;
}

// --- Conflicts ----------------------------------------------------------------------------------------------------

using Ids = std::set<std::string_view>;

Ids ids_from(const Log& log, std::size_t first) {
    Ids ids;
    for (std::size_t i = first; i < log.size(); ++i) ids.insert(log[i].id);
    return ids;
}

/// Targets of the edits that the other side lacks.
std::set<TargetRef> changed_by(const Log& log, std::size_t first, const Ids& others) {
    std::set<TargetRef> targets;
    for (std::size_t i = first; i < log.size(); ++i) {
        if (!others.contains(log[i].id)) targets.insert(log[i].target);
    }
    return targets;
}

std::vector<MergeConflict> find_conflicts(const Document& ours, const Document& theirs,
                                          const std::vector<Rewriting>& rewritten) {
    const auto end = std::mismatch(ours.log.begin(), ours.log.end(), theirs.log.begin(), theirs.log.end()).first;
    const auto prefix = static_cast<std::size_t>(end - ours.log.begin());
    std::set<TargetRef> disputed;
    const std::set<TargetRef> theirs_changed = changed_by(theirs.log, prefix, ids_from(ours.log, prefix));
    for (const TargetRef& target : changed_by(ours.log, prefix, ids_from(theirs.log, prefix))) {
        if (theirs_changed.contains(target)) disputed.insert(target);
    }
    for (const Rewriting& rewriting : rewritten) disputed.insert(rewriting.target());
    std::vector<MergeConflict> conflicts;
    for (const TargetRef& target : disputed) {
        const Value& ours_value = ours.answer(target);
        const Value& theirs_value = theirs.answer(target);
        if (ours_value == theirs_value) continue;
        if (target.item == "document") continue;  // who handed over what is told, not settled
        const Target owned{target.layer, std::string(target.item), std::string(target.field)};
        conflicts.push_back({owned, ours_value, theirs_value});
    }
    return conflicts;
}

/// Edits of the united log that write in a layer that is handed over, and do not in ours.
std::vector<Rewriting> find_intruding(const Document& ours, const Document& theirs, const Document& united) {
    std::vector<Rewriting> intruding;
    std::unordered_map<std::string_view, const Edit*> known;
    for (const std::size_t edit : written_while_locked(ours)) known.emplace(ours.log[edit].id, &ours.log[edit]);
    const Ids own = ids_from(ours.log, 0);
    for (const std::size_t place : written_while_locked(united)) {
        const Edit& edit = united.log[place];
        const auto there = known.find(edit.id);
        if (there != known.end() && *there->second == edit) continue;
        Rewriting one;
        one.kind = Rewriting::Kind::intruding;
        const bool is_ours = there == known.end() && own.contains(edit.id);
        (is_ours ? one.ours : one.theirs) = edit;
        // What it stands against: the answer as the other side has it.
        Edit against = edit;
        against.after = (is_ours ? theirs : ours).answer(edit.target);
        (is_ours ? one.theirs : one.ours) = std::move(against);
        intruding.push_back(std::move(one));
    }
    return intruding;
}

tl::unexpected<Error> rewritten_error(const std::vector<Rewriting>& rewritings) {
    std::int64_t count = 0;
    const Rewriting* first = nullptr;
    for (const Rewriting& rewriting : rewritings) {
        if (rewriting.kind == Rewriting::Kind::typed) continue;
        if (count++ == 0) first = &rewriting;
    }
    return fail("merge-rewritten", first->target().item, {{"count", count}});
}

/// One side may have gone on with a later version of the form.
const InstrumentPtr& newer_of(const InstrumentPtr& ours, const InstrumentPtr& theirs) {
    const auto rank = [](const Instrument& form) {
        return std::tuple(form.version.size(), std::string_view(form.version), std::string_view(form.hash));
    };
    return rank(*ours) < rank(*theirs) ? theirs : ours;
}

}  // namespace

Result<Merge> merge(const Document& ours, const Document& theirs) {
    if (ours.id != theirs.id || ours.instrument->id != theirs.instrument->id) {
        return fail("merge-other-document", {}, {{"ours", ours.id}, {"theirs", theirs.id}});
    }
    std::vector<Rewriting> rewritten = find_rewritings(ours, theirs);
    const auto is_typed = [](const Rewriting& one) { return one.kind == Rewriting::Kind::typed; };
    if (!std::all_of(rewritten.begin(), rewritten.end(), is_typed)) return rewritten_error(rewritten);
    auto document = replay(newer_of(ours.instrument, theirs.instrument), ours.id, unite(ours, theirs));
    if (!document) return tl::unexpected<Error>(document.error());
    std::vector<MergeConflict> conflicts = find_conflicts(ours, theirs, rewritten);
    std::vector<Rewriting> intruding = find_intruding(ours, theirs, *document);
    return Merge{std::move(*document), std::move(conflicts), std::move(rewritten), std::move(intruding)};
}

}  // namespace duibiao
