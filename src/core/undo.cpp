#include "core/undo.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "core/appraisal.hpp"

namespace duibiao {
namespace {

/// The user action an edit belongs to. An edit without a batch is an action of its own.
std::string_view action_of(const Edit& edit) {
    if (edit.kind != EditKind::change) return edit.reverts;
    return edit.batch.empty() ? std::string_view(edit.id) : std::string_view(edit.batch);
}

/// Closing a step of an appraisal: nothing before it is taken back, nor itself.
bool is_lock(std::string_view action) { return action.starts_with(lock_prefix); }

/// The newest action not taken back: walking backwards, an action's state is what the log says of it last. Edits that
/// changed nothing (typing that was taken back) are passed over, so an action of nothing else is never found.
std::optional<std::string_view> newest_done(const std::vector<Edit>& log) {
    std::set<std::string_view> taken_back;
    for (auto edit = log.rbegin(); edit != log.rend(); ++edit) {
        const std::string_view action = action_of(*edit);
        if (is_lock(action)) break;
        if (action == creation_batch || taken_back.contains(action)) continue;
        if (edit->kind == EditKind::undo) {
            taken_back.insert(action);
        } else if (edit->before != edit->after) {
            return action;
        }
    }
    return std::nullopt;
}

/// The newest action taken back and not done again; none once something was changed after it.
std::optional<std::string_view> newest_taken_back(const std::vector<Edit>& log) {
    std::set<std::string_view> done_again;
    for (auto edit = log.rbegin(); edit != log.rend() && edit->kind != EditKind::change; ++edit) {
        const std::string_view action = action_of(*edit);
        if (is_lock(action)) break;
        if (done_again.contains(action)) continue;
        if (edit->kind == EditKind::undo) return action;
        done_again.insert(action);
    }
    return std::nullopt;
}

/// The changes of an action, newest first. An action that went on after it was taken back starts anew there: what was
/// taken back before and not done again is no longer part of it.
std::vector<const Edit*> changes_of(const std::vector<Edit>& log, std::string_view action) {
    std::vector<const Edit*> changes;
    bool reverts_allowed = true;  // undos seen from here on belong to a state that came after the changes looked for
    for (auto edit = log.rbegin(); edit != log.rend(); ++edit) {
        if (is_lock(action_of(*edit))) break;
        if (action_of(*edit) != action) continue;
        if (edit->kind == EditKind::undo && !reverts_allowed) break;
        if (edit->kind == EditKind::change) changes.push_back(&*edit);
        reverts_allowed = edit->kind != EditKind::change;
    }
    return changes;
}

/// One edit a change, setting `after` to what `wanted` picks from it.
std::vector<Edit> revert(const Document& document, const Author& author, EditKind kind, std::string_view action,
                         const std::vector<const Edit*>& changes, Value Edit::*wanted) {
    std::vector<Edit> edits;
    edits.reserve(changes.size());
    std::map<Target, Value, TargetLess> current;  // what the edits made so far will have set
    for (const Edit* change : changes) {
        Edit edit;
        edit.id = next_edit_id(document, author, edits.size());
        edit.at = next_instant(document, author);
        edit.by = author.by;
        edit.kind = kind;
        edit.batch = next_edit_id(document, author);
        edit.reverts = std::string(action);
        edit.target = change->target;
        const auto set = current.find(change->target);
        edit.before = set == current.end() ? document.answer(change->target) : set->second;
        edit.after = change->*wanted;
        current.insert_or_assign(edit.target, edit.after);
        edits.push_back(std::move(edit));
    }
    return edits;
}

}  // namespace

std::vector<Edit> make_undo(const Document& document, const Author& author) {
    const auto action = newest_done(document.log);
    if (!action) return {};
    return revert(document, author, EditKind::undo, *action, changes_of(document.log, *action), &Edit::before);
}

std::vector<Edit> make_redo(const Document& document, const Author& author) {
    const auto action = newest_taken_back(document.log);
    if (!action) return {};
    auto changes = changes_of(document.log, *action);
    std::reverse(changes.begin(), changes.end());
    return revert(document, author, EditKind::redo, *action, changes, &Edit::after);
}

bool can_undo(const Document& document) { return newest_done(document.log).has_value(); }

bool can_redo(const Document& document) { return newest_taken_back(document.log).has_value(); }

}  // namespace duibiao
