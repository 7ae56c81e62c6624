#include "core/custody.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/appraisal.hpp"
#include "core/statement.hpp"
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

/// In a chain a layer opens the one above it anew, and may return the one below.
void take_state(const Instrument& form, Custodies& all, const Edit& edit, std::string_view reason) {
    const std::size_t index = index_of(edit.target.layer);
    Custody& own = all[index];
    own.state = state_named(edit.after);
    own.locked = own.state != LayerState::draft;
    own.returned = false;
    own.by = edit.by;
    own.at = edit.at;
    own.reason = own.locked ? std::string{} : std::string(reason);
    if (own.state == LayerState::submitted || own.state == LayerState::accepted) ++own.revision;
    if (!is_chained(form)) return;
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
    if (decides && !layer_before(*document.instrument, layer)) return fail("state-layer", std::string(item));
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
    PerLayer<std::string> reasons;
    for (const Edit& edit : document.log) {
        if (edit.target.item != item) continue;
        std::string& reason = reasons[index_of(edit.target.layer)];
        if (edit.target.field == "reason") reason = std::string(text_of(edit.after));
        if (edit.target.field == "state") take_state(*document.instrument, all, edit, reason);
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
    const auto layers = layers_of(*document.instrument);
    for (const Layer layer : layers.first(layers.size() - 1)) {
        const Custody& custody = all[index_of(layer)];
        if (!custody.returned) continue;
        const Layer above = layer_at(index_of(layer) + 1);
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
                {{"layer", layer_name(*document.instrument, layer)}, {"by", now.by}, {"at", now.at}});
}

bool hands_over(const Edit& edit) {
    return edit.target.item == item && edit.target.field == "state" && state_named(edit.after) != LayerState::draft;
}

namespace {

/// Edits of one user action as they are made, each after those before it.
class Handing {
public:
    Handing(const Document& document, const Author& author, Layer layer)
        : document_(document),
          author_(author),
          layer_(layer),
          batch_(std::string(lock_prefix) + next_edit_id(document, author)) {}

    /// The edit that sets a field, `ahead` edits after those that stand.
    [[nodiscard]] Result<Edit> make(std::string_view field, std::string_view value, std::size_t ahead = 0) const {
        const Target target{layer_, std::string(item), std::string(field)};
        auto edit = make_edit(document_, author_, target, std::string(value), batch_, edits_.size() + ahead);
        if (!edit) return edit;
        for (const Edit& earlier : edits_) {
            if (earlier.target == target) edit->before = earlier.after;
        }
        return edit;
    }
    [[nodiscard]] Done add(std::string_view field, std::string_view value) {
        auto edit = make(field, value);
        if (!edit) return tl::unexpected<Error>(edit.error());
        if (edit->before != edit->after) edits_.push_back(*std::move(edit));
        return {};
    }
    /// The state, and before it the signature over all of it.
    [[nodiscard]] Done add_signed(std::string_view state, const Signer& signer) {
        if (auto done = add("key", signer.key); !done) return done;
        auto last = make("state", state, 1);
        if (!last) return tl::unexpected<Error>(last.error());
        std::vector<Edit> batch = edits_;
        batch.push_back(*last);
        auto signature = make("signature", signer.sign(text_to_sign(document_, layer_, batch)));
        if (!signature) return tl::unexpected<Error>(signature.error());
        edits_.push_back(*std::move(signature));
        edits_.push_back(*std::move(last));
        return {};
    }
    [[nodiscard]] std::vector<Edit> take_edits() && { return std::move(edits_); }

private:
    const Document& document_;
    const Author& author_;
    Layer layer_;
    std::string batch_;
    std::vector<Edit> edits_;
};

}  // namespace

Result<std::vector<Edit>> hand_over(const Document& document, const Author& author, Layer layer, LayerState to,
                                    std::string_view text, const Signer* signer) {
    text = trim(text);
    if (auto fits = may_go(document, layer, to, text); !fits) return tl::unexpected<Error>(fits.error());
    Handing handing(document, author, layer);
    const std::string_view kept = to == LayerState::submitted || to == LayerState::accepted ? "explanation" : "reason";
    if (auto done = handing.add(kept, text); !done) return tl::unexpected<Error>(done.error());
    // A new revision says so even where the state has the same name.
    if (document.text(layer, item, "state") == to_string(to)) {
        auto done = handing.add("state", to_string(LayerState::draft));
        if (!done) return tl::unexpected<Error>(done.error());
    }
    auto done = signer == nullptr ? handing.add("state", to_string(to)) : handing.add_signed(to_string(to), *signer);
    if (!done) return tl::unexpected<Error>(done.error());
    return std::move(handing).take_edits();
}

namespace {

Finding against_custody(const Document& document, const Edit& edit, const char* code) {
    Finding finding;
    finding.code = code;
    finding.severity = Severity::error;
    finding.document = document.id;
    finding.item = edit.target.item;
    finding.field = edit.target.field;
    finding.layer = edit.target.layer;
    finding.params = {
        {"layer", layer_name(*document.instrument, edit.target.layer)}, {"by", edit.by}, {"at", edit.at.substr(0, 10)}};
    return finding;
}

/// One finding an item.
void add_once(Findings& findings, Finding finding) {
    const bool is_known = std::any_of(findings.begin(), findings.end(), [&finding](const Finding& known) {
        return known.code == finding.code && known.item == finding.item && known.layer == finding.layer;
    });
    if (!is_known) findings.push_back(std::move(finding));
}

}  // namespace

namespace {

/// The places of states by layer and batch: what is told of handing over stands before the state that it belongs to.
using Statements = std::map<std::pair<std::size_t, std::string_view>, std::size_t>;

Statements statements_of(const Document& document) {
    Statements statements;
    for (std::size_t i = 0; i < document.log.size(); ++i) {
        const Edit& edit = document.log[i];
        if (edit.target.item == item && edit.target.field == "state")
            statements.insert_or_assign({index_of(edit.target.layer), edit.batch}, i);
    }
    return statements;
}

/// Whether an edit of the item "document" leads up to no state of its own.
bool is_stray(const Statements& statements, const Edit& edit, std::size_t place) {
    if (edit.target.field == "altered") return false;
    const auto state = statements.find({index_of(edit.target.layer), edit.batch});
    return state == statements.end() || state->second < place;
}

}  // namespace

std::vector<std::size_t> written_while_locked(const Document& document) {
    std::vector<std::size_t> written;
    if (!has_custody(*document.instrument)) return written;
    const Statements statements = statements_of(document);
    Custodies all;
    PerLayer<std::string> reasons;
    for (std::size_t i = 0; i < document.log.size(); ++i) {
        const Edit& edit = document.log[i];
        const std::size_t index = index_of(edit.target.layer);
        const bool is_state = edit.target.item == item && edit.target.field == "state";
        if (all[index].locked && (edit.target.item != item || (!is_state && is_stray(statements, edit, i))))
            written.push_back(i);
        if (edit.target.item != item) continue;
        if (edit.target.field == "reason") {
            reasons[index] = std::string(text_of(edit.after));
        } else if (is_state) {
            // Handed over once, it is opened by a reason, and only then handed over again.
            const bool unlocks = state_named(edit.after) == LayerState::draft && !reasons[index].empty();
            if (all[index].locked && !unlocks) written.push_back(i);
            take_state(*document.instrument, all, edit, reasons[index]);
        }
    }
    return written;
}

Findings check_handed_over(const Document& document) {
    Findings findings;
    for (const std::size_t place : written_while_locked(document)) {
        const Edit& edit = document.log[place];
        const bool unlocks = edit.target.field == "state" && edit.target.item == item;
        add_once(findings, against_custody(document, edit, unlocks ? "unlocked-silently" : "written-locked"));
    }
    for (const Layer layer : layers_of(*document.instrument)) {
        const std::string_view items = document.text(layer, item, "altered");
        if (items.empty()) continue;
        const Target target{layer, std::string(item), "altered"};
        const auto mark = std::find_if(document.log.rbegin(), document.log.rend(),
                                       [&target](const Edit& edit) { return edit.target == target; });
        Edit unknown;
        unknown.target = target;
        findings.push_back(against_custody(document, mark == document.log.rend() ? unknown : *mark, "marked-altered"));
        findings.back().params.insert_or_assign("items", std::string(items));
    }
    return findings;
}

Result<Edit> mark_altered(const Document& document, const Author& author, Layer layer,
                          const std::vector<std::string>& items) {
    constexpr std::size_t most_named = 50;
    std::string text;
    for (std::size_t i = 0; i < items.size() && i < most_named; ++i) text += (i == 0 ? "" : ", ") + items[i];
    if (items.size() > most_named) text += ", …";
    const Target target{layer, std::string(item), "altered"};
    return make_edit(document, author, target, text, std::string(lock_prefix) + next_edit_id(document, author));
}

}  // namespace duibiao
