#include "core/lineage.hpp"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "core/custody.hpp"
#include "core/merge.hpp"

namespace duibiao {
namespace {

/// "s" of "s-12".
std::string_view session_of(std::string_view id) { return id.substr(0, id.rfind('-')); }

using ById = std::unordered_map<std::string_view, const Edit*>;

ById by_id(std::span<const Edit* const> edits) {
    ById found;
    found.reserve(edits.size());
    for (const Edit* edit : edits) found.emplace(edit->id, edit);
    return found;
}

const Edit* twin_in(const ById& edits, std::string_view id) {
    const auto found = edits.find(id);
    return found == edits.end() ? nullptr : found->second;
}

/// Collects what two logs do not tell alike.
class Comparing {
public:
    Comparing(const Document& ours, const Document& theirs) : ours_(ours), theirs_(theirs) {}

    [[nodiscard]] std::vector<Rewriting> compare() && {
        compare_shared();
        const Lineages ours = lineages_of(ours_);
        const Lineages theirs = lineages_of(theirs_);
        for (const Layer layer : layers_of(*ours_.instrument))
            compare_layer(ours[index_of(layer)], theirs[index_of(layer)]);
        return std::move(found_);
    }

private:
    using Kind = Rewriting::Kind;

    void add(Kind kind, const Edit* ours, const Edit* theirs) {
        Rewriting rewriting;
        rewriting.kind = kind;
        if (ours != nullptr) rewriting.ours = *ours;
        if (theirs != nullptr) rewriting.theirs = *theirs;
        found_.push_back(std::move(rewriting));
    }

    /// Edits with one id that are no states of typing, or were typed on after their session had gone on.
    void compare_shared() {
        const auto [a, b] = std::mismatch(ours_.log.begin(), ours_.log.end(), theirs_.log.begin(), theirs_.log.end());
        std::unordered_map<std::string_view, const Edit*> rest;
        for (auto edit = b; edit != theirs_.log.end(); ++edit) rest.emplace(edit->id, &*edit);
        for (auto edit = a; edit != ours_.log.end(); ++edit) {
            const Edit* twin = twin_in(rest, edit->id);
            if (twin == nullptr || *twin == *edit) continue;
            if (!are_states_of_typing(*edit, *twin)) {
                add(Kind::edit, &*edit, twin);
            } else {
                const bool ours_is_earlier = &later_state(*edit, *twin) == twin;
                if (went_on(ours_is_earlier ? ours_ : theirs_, edit->id)) add(Kind::typed, &*edit, twin);
            }
        }
    }

    /// Whether the session of this edit wrote another one after it.
    static bool went_on(const Document& document, std::string_view id) {
        for (auto edit = document.log.rbegin(); edit != document.log.rend() && edit->id != id; ++edit) {
            if (session_of(edit->id) == session_of(id)) return true;
        }
        return false;
    }

    void compare_layer(const Lineage& ours, const Lineage& theirs) {
        const std::size_t shared = std::min(ours.sealed, theirs.sealed);
        compare_sealed(std::span(ours.edits).first(shared), std::span(theirs.edits).first(shared));
        if (ours.sealed < theirs.sealed) compare_open(ours.open(), theirs.handed_over(), false);
        if (theirs.sealed < ours.sealed) compare_open(theirs.open(), ours.handed_over(), true);
    }

    void compare_sealed(std::span<const Edit* const> ours, std::span<const Edit* const> theirs) {
        const auto same = [](const Edit* a, const Edit* b) { return *a == *b; };
        if (std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end(), same)) return;
        const ById ours_by_id = by_id(ours);
        const ById theirs_by_id = by_id(theirs);
        const std::size_t before = found_.size();
        for (const Edit* edit : ours) {
            const Edit* twin = twin_in(theirs_by_id, edit->id);
            if (twin == nullptr || *twin != *edit) add(Kind::handed_over, edit, twin);
        }
        for (const Edit* edit : theirs) {
            if (twin_in(ours_by_id, edit->id) == nullptr) add(Kind::handed_over, nullptr, edit);
        }
        if (found_.size() > before) return;
        const auto place = std::mismatch(ours.begin(), ours.end(), theirs.begin(), same);  // the order alone
        add(Kind::handed_over, *place.first, *place.second);
    }

    /// What is open on one side and was handed over by the other can only have been typed on until then.
    void compare_open(std::span<const Edit* const> open, std::span<const Edit* const> handed, bool open_is_theirs) {
        const ById known = by_id(handed);
        for (const Edit* edit : open) {
            const Edit* twin = twin_in(known, edit->id);
            if (twin == nullptr || *twin == *edit) continue;
            if (are_states_of_typing(*edit, *twin) && &later_state(*edit, *twin) == twin) continue;
            add(Kind::handed_over, open_is_theirs ? twin : edit, open_is_theirs ? edit : twin);
        }
    }

    const Document& ours_;
    const Document& theirs_;
    std::vector<Rewriting> found_;
};

}  // namespace

EditKey key_of(const Edit& edit) {
    const std::string_view id = edit.id;
    const std::size_t dash = id.rfind('-');
    const std::string_view number = dash == std::string_view::npos ? std::string_view{} : id.substr(dash + 1);
    return {edit.at, id.substr(0, dash), number.size(), number, id};
}

bool are_states_of_typing(const Edit& a, const Edit& b) {
    const auto fixed = [](const Edit& edit) {
        return std::tie(edit.id, edit.by, edit.kind, edit.batch, edit.reverts, edit.target, edit.before);
    };
    return a.kind == EditKind::change && !a.batch.empty() && a.target.item != "document" && fixed(a) == fixed(b);
}

const Edit& later_state(const Edit& a, const Edit& b) {
    return std::tie(a.at, a.after) < std::tie(b.at, b.after) ? b : a;
}

Lineages lineages_of(const Document& document) {
    const bool is_kept = has_custody(*document.instrument);
    Lineages all;
    for (const Edit& edit : document.log) {
        Lineage& own = all[index_of(edit.target.layer)];
        own.edits.push_back(&edit);
        if (is_kept && hands_over(edit)) own.sealed = own.edits.size();
    }
    return all;
}

std::vector<Rewriting> find_rewritings(const Document& ours, const Document& theirs) {
    return Comparing(ours, theirs).compare();
}

}  // namespace duibiao
