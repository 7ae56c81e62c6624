#include "app/state.hpp"
#include "core/json.hpp"

namespace duibiao {

namespace {

template <typename Number>
Number number_or(const Json& object, const char* key, Number fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<Number>() : fallback;
}

std::string text_or_empty(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string write_card(const DocumentCard& card) {
    return canonical_json(Json{{"instrument", card.instrument},
                               {"title", card.title},
                               {"unit", card.unit},
                               {"period", card.period},
                               {"state", card.state},
                               {"layer", std::string(to_string(card.layer))},
                               {"score", card.score.hundredths()},
                               {"points", card.points.hundredths()},
                               {"scored", card.scored},
                               {"of", card.of},
                               {"errors", card.findings.errors},
                               {"warnings", card.findings.warnings},
                               {"notices", card.findings.notices},
                               {"verdict", card.verdict},
                               {"due", card.due},
                               {"due_text", card.due_text},
                               {"updated", card.updated},
                               {"edits", card.edits},
                               {"edits_out", card.edits_out}});
}

DocumentCard read_card(std::string_view id, std::string_view text) {
    DocumentCard card;
    card.id = id;
    const Result<Json> parsed = parse_json(text, 1 << 20);
    if (!parsed || !parsed->is_object()) return card;
    const Json& object = *parsed;
    card.instrument = text_or_empty(object, "instrument");
    card.title = text_or_empty(object, "title");
    card.unit = text_or_empty(object, "unit");
    card.period = text_or_empty(object, "period");
    card.state = text_or_empty(object, "state");
    card.layer = layer_from_string(text_or_empty(object, "layer")).value_or(Layer::self);
    card.score = Points::from_hundredths(number_or<std::int64_t>(object, "score", 0));
    card.points = Points::from_hundredths(number_or<std::int64_t>(object, "points", 0));
    card.scored = number_or(object, "scored", 0);
    card.of = number_or(object, "of", 0);
    card.findings = {number_or(object, "errors", 0), number_or(object, "warnings", 0), number_or(object, "notices", 0)};
    card.verdict = text_or_empty(object, "verdict");
    card.due = text_or_empty(object, "due");
    card.due_text = text_or_empty(object, "due_text");
    card.updated = text_or_empty(object, "updated");
    card.edits = number_or<std::uint64_t>(object, "edits", 0);
    card.edits_out = number_or<std::uint64_t>(object, "edits_out", 0);
    return card;
}

namespace {

std::string text_of(const Finding& finding, const char* name) {
    const auto found = finding.params.find(name);
    const auto* text = found == finding.params.end() ? nullptr : std::get_if<std::string>(&found->second);
    return text == nullptr ? std::string() : *text;
}

/// The earliest task that is late or due soon.
void add_due(DocumentCard& card, const Findings& findings) {
    for (const Finding& finding : findings) {
        if (finding.code != "task-late" && finding.code != "task-soon") continue;
        const std::string due = text_of(finding, "due");
        if (!card.due.empty() && card.due <= due) continue;
        card.due = due;
        card.due_text = text_of(finding, "text");
    }
}

}  // namespace

DocumentCard make_card(const OpenedDocument& opened) {
    const Document& document = opened.document;
    const Sum& sum = opened.tally.layers[index_of(opened.layer)];
    DocumentCard card;
    card.id = document.id;
    card.instrument = document.instrument->id;
    card.title = document.instrument->short_title;
    card.unit = document.unit();
    card.period = document.period();
    card.state = opened.state;
    card.layer = opened.layer;
    card.score = sum.score;
    card.points = sum.points;
    card.scored = sum.scored;
    card.of = sum.of;
    card.findings = count(opened.findings);
    add_due(card, opened.findings);
    card.verdict = opened.tally.verdict;
    card.updated = document.log.empty() ? std::string() : document.log.back().at;
    card.edits = document.log.size();
    card.edits_out = opened.edits_out;
    return card;
}

std::string state_of(const Document& document, Layer layer) {
    for (auto edit = document.log.rbegin(); edit != document.log.rend(); ++edit) {
        if (edit->target.layer != layer) continue;
        const auto* state = std::get_if<std::string>(&edit->after);
        const bool is_state = edit->target.item == "document" && edit->target.field == "state";
        return is_state && state != nullptr ? *state : "draft";
    }
    return "draft";
}

int count_unsaved_outside(const State& state) {
    int documents = 0;
    for (const DocumentCard& card : state.cards) documents += card.edits > card.edits_out ? 1 : 0;
    return documents;
}

}  // namespace duibiao
