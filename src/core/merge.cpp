#include "core/merge.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "core/custody.hpp"
#include "core/sort.hpp"

namespace duibiao {
namespace {

/// Order of ids within one instant: by session, then by number, so that "s-9" comes before "s-10".
auto id_key(std::string_view id) {
    const std::size_t dash = id.rfind('-');
    const std::string_view number = dash == std::string_view::npos ? std::string_view{} : id.substr(dash + 1);
    const std::string_view session = id.substr(0, dash);
    return std::make_tuple(session, number.size(), number);
}

bool earlier(const Edit& a, const Edit& b) {
    if (a.at != b.at) return a.at < b.at;
    return id_key(a.id) < id_key(b.id);
}

/// Of one edit in two states the one that stands. Every member decides, so that both sides choose alike.
const Edit& later_state(const Edit& a, const Edit& b) {
    const auto key = [](const Edit& edit) {
        return std::tie(edit.at, edit.after, edit.before, edit.by, edit.kind, edit.batch, edit.reverts,
                        edit.target.layer, edit.target.item, edit.target.field);
    };
    return key(a) < key(b) ? b : a;
}

/// One side's edits after the shared prefix.
struct Side {
    std::vector<const Edit*> edits;
    std::unordered_map<std::string_view, const Edit*> by_id;

    Side(const std::vector<Edit>& log, std::size_t prefix) {
        for (std::size_t i = prefix; i < log.size(); ++i) {
            edits.push_back(&log[i]);
            by_id.emplace(log[i].id, &log[i]);
        }
    }
    [[nodiscard]] const Edit* find(std::string_view id) const {
        const auto found = by_id.find(id);
        return found == by_id.end() ? nullptr : found->second;
    }
};

std::size_t shared_prefix(const std::vector<Edit>& a, const std::vector<Edit>& b) {
    const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
    return static_cast<std::size_t>(end - a.begin());
}

/// The side's edits, each in the state that stands.
std::vector<Edit> standing(const Side& side, const Side& other) {
    std::vector<Edit> edits;
    edits.reserve(side.edits.size());
    for (const Edit* edit : side.edits) {
        const Edit* twin = other.find(edit->id);
        edits.push_back(twin == nullptr ? *edit : later_state(*edit, *twin));
    }
    return edits;
}

bool same_order(const Side& a, const Side& b) {
    return std::equal(a.edits.begin(), a.edits.end(), b.edits.begin(), b.edits.end(),
                      [](const Edit* x, const Edit* y) { return x->id == y->id; });
}

std::size_t count_own(const Side& side, const Side& other) {
    return static_cast<std::size_t>(std::count_if(
        side.edits.begin(), side.edits.end(), [&other](const Edit* edit) { return other.find(edit->id) == nullptr; }));
}

std::vector<Edit> unite(const Side& ours, const Side& theirs) {
    const std::size_t ours_own = count_own(ours, theirs);
    const std::size_t theirs_own = count_own(theirs, ours);
    if (theirs_own == 0 && (ours_own > 0 || same_order(ours, theirs))) return standing(ours, theirs);
    if (ours_own == 0 && theirs_own > 0) return standing(theirs, ours);
    std::vector<Edit> united = standing(ours, theirs);
    for (const Edit* edit : theirs.edits) {
        if (ours.find(edit->id) == nullptr) united.push_back(*edit);
    }
    sort_stably(united, earlier);
    return united;
}

std::set<TargetRef> changed_by(const Side& side, const Side& other) {
    std::set<TargetRef> targets;
    for (const Edit* edit : side.edits) {
        if (other.find(edit->id) == nullptr) targets.insert(edit->target);
    }
    return targets;
}

std::vector<MergeConflict> find_conflicts(const Document& ours, const Document& theirs, const Side& our_side,
                                          const Side& their_side) {
    const std::set<TargetRef> theirs_changed = changed_by(their_side, our_side);
    std::vector<MergeConflict> conflicts;
    for (const TargetRef& target : changed_by(our_side, their_side)) {
        const Value& ours_value = ours.answer(target);
        const Value& theirs_value = theirs.answer(target);
        if (!theirs_changed.contains(target) || ours_value == theirs_value) continue;
        if (target.item == "document") continue;  // who handed over what is told, not settled
        const Target owned{target.layer, std::string(target.item), std::string(target.field)};
        conflicts.push_back({owned, ours_value, theirs_value});
    }
    return conflicts;
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
    const std::size_t prefix = shared_prefix(ours.log, theirs.log);
    const Side our_side(ours.log, prefix);
    const Side their_side(theirs.log, prefix);
    std::vector<Edit> log(ours.log.begin(), ours.log.begin() + static_cast<std::ptrdiff_t>(prefix));
    std::vector<Edit> rest = unite(our_side, their_side);
    log.insert(log.end(), std::make_move_iterator(rest.begin()), std::make_move_iterator(rest.end()));
    auto document = replay(newer_of(ours.instrument, theirs.instrument), ours.id, std::move(log));
    if (!document) return tl::unexpected<Error>(document.error());
    return Merge{std::move(*document), find_conflicts(ours, theirs, our_side, their_side)};
}

namespace {

bool says_nothing(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return std::holds_alternative<std::monostate>(value) || (text != nullptr && text->empty());
}

MergeChange change_of(const Target& target, const Value& before, const Value& after) {
    using Kind = MergeChange::Kind;
    const Kind kind = says_nothing(before) ? Kind::added : says_nothing(after) ? Kind::cleared : Kind::changed;
    return {kind, target, before, after};
}

}  // namespace

MergePreview preview(const Document& ours, const Merge& merged) {
    MergePreview shown;
    std::map<Target, MergeChange, TargetLess> changes;
    for (const auto& [target, value] : merged.document.answers) {
        const Value& before = ours.answer(target);
        if (before == value)
            ++shown.same;
        else
            changes.emplace(target, change_of(target, before, value));
    }
    for (const auto& [target, value] : ours.answers) {
        if (!merged.document.answers.contains(target)) changes.emplace(target, change_of(target, value, {}));
    }
    for (const MergeConflict& conflict : merged.conflicts) {
        if (ours.answer(conflict.target) == merged.document.answer(conflict.target)) --shown.same;
        changes.insert_or_assign(
            conflict.target, MergeChange{MergeChange::Kind::conflict, conflict.target, conflict.ours, conflict.theirs});
    }
    for (auto& [target, change] : changes) shown.changes.push_back(std::move(change));
    return shown;
}

bool prefers_ours(const Document& merged, const MergeConflict& conflict) {
    if (says_nothing(conflict.theirs)) return true;
    return !says_nothing(conflict.ours) && merged.answer(conflict.target) == conflict.ours;
}

namespace {

/// Edits as they are made, each upon those before it.
class Settling {
public:
    Settling(const Document& merged, const Author& author, std::string_view reason)
        : draft_(merged), author_(author), reason_(reason), batch_(next_edit_id(merged, author)) {}

    [[nodiscard]] Done set(const Target& target, const Value& wanted) {
        if (draft_.answer(target) == wanted) return {};
        if (!check_custody(draft_, target.layer)) {
            auto opened = hand_over(draft_, author_, target.layer, LayerState::draft, reason_);
            if (!opened) return tl::unexpected<Error>(opened.error());
            for (Edit& edit : *opened) {
                if (auto done = take(std::move(edit)); !done) return done;
            }
        }
        auto edit = make_edit(draft_, author_, target, wanted, batch_);
        if (!edit) return tl::unexpected<Error>(edit.error());
        return take(*std::move(edit));
    }
    [[nodiscard]] std::vector<Edit> take_edits() && { return std::move(edits_); }

private:
    Done take(Edit edit) {
        edits_.push_back(edit);
        return apply(draft_, std::move(edit));
    }

    Document draft_;
    const Author& author_;
    std::string_view reason_;
    std::string batch_;
    std::vector<Edit> edits_;
};

}  // namespace

Result<std::vector<Edit>> settle(const Document& merged, const std::vector<MergeConflict>& conflicts,
                                 const std::vector<bool>& keep_ours, const Author& author, std::string_view reason) {
    Settling settling(merged, author, reason);
    for (std::size_t i = 0; i < conflicts.size(); ++i) {
        const Value& wanted = keep_ours[i] ? conflicts[i].ours : conflicts[i].theirs;
        if (auto done = settling.set(conflicts[i].target, wanted); !done) return tl::unexpected<Error>(done.error());
    }
    return std::move(settling).take_edits();
}

}  // namespace duibiao
