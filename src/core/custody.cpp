#include "core/custody.hpp"

#include <algorithm>
#include <utility>

#include "core/appraisal.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view item = "document";
constexpr std::array<std::string_view, 4> names{"draft", "submitted", "accepted", "returned"};

LayerState state_named(const Value& value) {
    const auto* name = std::get_if<std::string>(&value);
    const auto found = name == nullptr ? names.end() : std::find(names.begin(), names.end(), *name);
    return found == names.end() ? LayerState::draft : static_cast<LayerState>(found - names.begin());
}

std::string_view text_of(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text == nullptr ? std::string_view{} : std::string_view(*text);
}

void take_state(Custodies& all, const Edit& edit, std::string_view reason) {
    const std::size_t index = index_of(edit.target.layer);
    Custody& own = all[index];
    own.state = state_named(edit.after);
    own.locked = own.state != LayerState::draft;
    own.returned = false;
    own.by = edit.by;
    own.at = edit.at;
    own.reason = own.locked ? std::string{} : std::string(reason);
    if (own.state == LayerState::submitted || own.state == LayerState::accepted) ++own.revision;
    if (own.locked && index + 1 < all.size()) {
        // What stands above a new revision is open again.
        Custody& above = all[index + 1];
        if (above.state == LayerState::returned) above.state = LayerState::draft;
        above.locked = above.locked && above.state != LayerState::draft;
    }
    if (own.state != LayerState::returned || index == 0) return;
    Custody& below = all[index - 1];
    below.locked = false;
    below.returned = true;
    below.by = edit.by;
    below.at = edit.at;
    below.reason = std::string(reason);
}

/// A remark of this layer on any item.
bool has_remark(const Document& document, Layer layer) {
    return std::any_of(document.answers.begin(), document.answers.end(), [layer](const auto& answer) {
        return answer.first.layer == layer && answer.first.field == "note" && !text_of(answer.second).empty();
    });
}

Done may_go(const Document& document, Layer layer, LayerState to, std::string_view text) {
    const Custody now = custody_of(document)[index_of(layer)];
    const bool decides = to == LayerState::accepted || to == LayerState::returned;
    if (decides && layer == Layer::self) return fail("state-layer", std::string(item));
    if (to == LayerState::draft && !now.locked) return fail("layer-open", std::string(item));
    if (to != LayerState::draft) {
        if (auto open = check_custody(document, layer); !open) return open;
    }
    const bool needs_reason = to == LayerState::draft || (to == LayerState::returned && !has_remark(document, layer));
    if (needs_reason && text.empty()) return fail("reason-empty", std::string(item));
    return {};
}

/// Sent, until something is written after it.
LayerState living_state(const Document& document) {
    if (document.log.empty() || document.log.back().target.item != item) return LayerState::draft;
    return state_named(document.answer({Layer::self, item, "state"}));
}

}  // namespace

std::string_view to_string(LayerState state) { return names[static_cast<std::size_t>(state)]; }

Custodies custody_of(const Document& document) {
    Custodies all;
    std::array<std::string, 3> reasons;
    for (const Edit& edit : document.log) {
        if (edit.target.item != item) continue;
        std::string& reason = reasons[index_of(edit.target.layer)];
        if (edit.target.field == "reason") reason = std::string(text_of(edit.after));
        if (edit.target.field == "state") take_state(all, edit, reason);
    }
    if (!has_custody(*document.instrument)) {
        for (Custody& custody : all) custody.locked = false;
    }
    return all;
}

LayerState state_of(const Document& document) {
    if (!has_custody(*document.instrument)) return living_state(document);
    const Custodies all = custody_of(document);
    if (all[0].returned || all[1].returned) return LayerState::returned;
    for (std::size_t i = all.size(); i-- > 0;) {
        if (all[i].locked) return all[i].state;
    }
    return LayerState::draft;
}

Findings check_returned(const Document& document) {
    Findings findings;
    const Custodies all = custody_of(document);
    for (const Layer layer : {Layer::self, Layer::acceptance}) {
        const Custody& custody = all[index_of(layer)];
        if (!custody.returned) continue;
        const Layer above = all_layers[index_of(layer) + 1];
        const auto add = [&](const char* code, std::string_view where, const char* param, std::string_view text) {
            Finding finding;
            finding.code = code;
            finding.severity = Severity::warning;
            finding.document = document.id;
            finding.item = std::string(where);
            finding.field = "note";
            finding.layer = layer;
            finding.citation = document.instrument->find_layer(above)->label + " " + custody.at.substr(0, 10);
            finding.params = {{"by", custody.by}, {"at", custody.at.substr(0, 10)}, {param, std::string(text)}};
            findings.push_back(std::move(finding));
        };
        add("returned", item, "reason", custody.reason);
        for (const auto& [target, value] : document.answers) {
            if (target.layer == above && target.field == "note" && !text_of(value).empty())
                add("returned-item", target.item, "text", text_of(value));
        }
    }
    return findings;
}

std::optional<Document> last_revision(const Document& document, Layer layer) {
    bool skip = custody_of(document)[index_of(layer)].locked;
    for (std::size_t count = document.log.size(); count > 0; --count) {
        const Edit& edit = document.log[count - 1];
        const bool is_own = edit.target.layer == layer && edit.target.item == item && edit.target.field == "state";
        if (!is_own || state_named(edit.after) == LayerState::draft) continue;
        if (std::exchange(skip, false)) continue;
        const auto end = document.log.begin() + static_cast<std::ptrdiff_t>(count);
        auto then = replay(document.instrument, document.id, {document.log.begin(), end});
        return then ? std::optional(*std::move(then)) : std::nullopt;
    }
    return std::nullopt;
}

bool has_custody(const Instrument& instrument) {
    return instrument.kind != InstrumentKind::ledger && instrument.kind != InstrumentKind::tasks &&
           instrument.kind != InstrumentKind::measures;
}

Done check_custody(const Document& document, Layer layer) {
    // Asked for every edit: mostly nothing was ever handed over.
    if (state_named(document.answer({layer, item, "state"})) == LayerState::draft) return {};
    const Custody now = custody_of(document)[index_of(layer)];
    if (!now.locked) return {};
    return fail("layer-locked", std::string(item),
                {{"layer", std::string(to_string(layer))}, {"by", now.by}, {"at", now.at}});
}

Result<std::vector<Edit>> hand_over(const Document& document, const Author& author, Layer layer, LayerState to,
                                    std::string_view text) {
    text = trim(text);
    if (auto fits = may_go(document, layer, to, text); !fits) return tl::unexpected<Error>(fits.error());
    std::vector<Edit> edits;
    const std::string batch = std::string(lock_prefix) + next_edit_id(document, author);
    const auto add = [&](std::string_view field, std::string_view value) -> Done {
        const Target target{layer, std::string(item), std::string(field)};
        auto edit = make_edit(document, author, target, std::string(value), batch, edits.size());
        if (!edit) return tl::unexpected<Error>(edit.error());
        for (const Edit& earlier : edits) {
            if (earlier.target == target) edit->before = earlier.after;
        }
        if (edit->before != edit->after) edits.push_back(*std::move(edit));
        return {};
    };
    const std::string_view kept = to == LayerState::submitted || to == LayerState::accepted ? "explanation" : "reason";
    if (auto done = add(kept, text); !done) return tl::unexpected<Error>(done.error());
    // A new revision says so even where the state has the same name.
    if (document.text(layer, item, "state") == to_string(to)) {
        if (auto done = add("state", to_string(LayerState::draft)); !done) return tl::unexpected<Error>(done.error());
    }
    if (auto done = add("state", to_string(to)); !done) return tl::unexpected<Error>(done.error());
    return edits;
}

}  // namespace duibiao
