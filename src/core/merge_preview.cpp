// What a merge means for who takes it in, and how its conflicts end.
#include <map>
#include <string_view>
#include <utility>

#include "core/merge.hpp"
#include "core/statement.hpp"

namespace duibiao {

namespace {

bool is_unsaid(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return std::holds_alternative<std::monostate>(value) || (text != nullptr && text->empty());
}

MergeChange change_of(const Target& target, const Value& before, const Value& after) {
    using Kind = MergeChange::Kind;
    const Kind kind = is_unsaid(before) ? Kind::added : is_unsaid(after) ? Kind::cleared : Kind::changed;
    return {kind, target, before, after};
}

}  // namespace

MergePreview preview(const Document& ours, const Merge& merged) {
    MergePreview shown;
    std::map<Target, MergeChange, TargetLess> changes;
    for (const auto& [target, value] : merged.document.answers) {
        if (is_seal(target)) continue;
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
    if (is_unsaid(conflict.theirs)) return true;
    return !is_unsaid(conflict.ours) && merged.answer(conflict.target) == conflict.ours;
}

namespace {

/// Edits as they are made, each upon those before it.
class Settling {
public:
    Settling(const Document& merged, const Author& author)
        : draft_(merged), author_(author), batch_(next_edit_id(merged, author)) {}

    [[nodiscard]] Done set(const Target& target, const Value& wanted) {
        if (draft_.answer(target) == wanted) return {};
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
    std::string batch_;
    std::vector<Edit> edits_;
};

}  // namespace

Result<std::vector<Edit>> settle(const Document& merged, const std::vector<MergeConflict>& conflicts,
                                 const std::vector<bool>& keep_ours, const Author& author) {
    Settling settling(merged, author);
    for (std::size_t i = 0; i < conflicts.size(); ++i) {
        const Value& wanted = keep_ours[i] ? conflicts[i].ours : conflicts[i].theirs;
        if (auto done = settling.set(conflicts[i].target, wanted); !done) return tl::unexpected<Error>(done.error());
    }
    return std::move(settling).take_edits();
}

}  // namespace duibiao
