#include "app/state.hpp"
#include "core/date.hpp"
#include "core/json.hpp"

namespace duibiao {

namespace {

constexpr std::size_t longest_card = std::size_t{16} << 20;  ///< bytes; ballots are the bulk of it

template <typename Number>
Number number_or(const Json& object, const char* key, Number fallback) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() ? found->get<Number>() : fallback;
}

Json write_todo(const std::vector<DueItem>& todo) {
    Json list = Json::array();
    for (const DueItem& entry : todo) {
        Json& object =
            list.emplace_back(Json{{"item", entry.item}, {"text", entry.text}, {"due", to_string(entry.due)}});
        if (!entry.citation.empty()) object["citation"] = entry.citation;
        if (!entry.owner.empty()) object["owner"] = entry.owner;
        if (!entry.period.empty()) object["period"] = entry.period;
        if (!entry.field.empty() && entry.is_of_rows()) object["field"] = entry.field;
        if (!entry.who.empty()) object["who"] = entry.who;
        if (entry.of > 0) object["of"] = entry.of;
        if (entry.left > 0) object["left"] = entry.left;
        if (entry.turn > 0) object["turn"] = entry.turn;
        if (entry.done) object["done"] = true;
    }
    return list;
}

std::vector<DueItem> read_todo(const Json& card) {
    std::vector<DueItem> todo;
    const auto list = card.find("todo");
    if (list == card.end() || !list->is_array()) return todo;
    for (const Json& object : *list) {
        const auto due = object.is_object() ? parse_date(text_member(object, "due")) : fail("date-format");
        if (!due) continue;
        DueItem& entry = todo.emplace_back();
        entry.item = text_member(object, "item");
        entry.text = text_member(object, "text");
        entry.due = *due;
        entry.citation = text_member(object, "citation");
        entry.owner = text_member(object, "owner");
        entry.period = text_member(object, "period");
        entry.field = text_member(object, "field");
        entry.who = text_member(object, "who");
        entry.of = number_or(object, "of", 0);
        entry.left = number_or(object, "left", 0);
        entry.turn = number_or(object, "turn", 0);
        entry.done = object.contains("done");
    }
    return todo;
}

}  // namespace

std::string write_card(const DocumentCard& card) {
    Json json{{"instrument", card.instrument},
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
              {"todo", write_todo(card.todo)},
              {"updated", card.updated},
              {"edits", card.edits},
              {"edits_out", card.edits_out}};
    if (!card.subject.empty()) json["subject"] = card.subject;
    if (!card.ballots.empty()) json["ballots"] = card.ballots;
    if (card.rows >= 0) json["rows"] = card.rows;
    if (!card.step.empty()) json["step"] = card.step;
    return canonical_json(json);
}

DocumentCard read_card(std::string_view id, std::string_view text) {
    DocumentCard card;
    card.id = id;
    const Result<Json> parsed = parse_json(text, longest_card);
    if (!parsed || !parsed->is_object()) return card;
    const Json& object = *parsed;
    card.instrument = text_member(object, "instrument");
    card.title = text_member(object, "title");
    card.unit = text_member(object, "unit");
    card.subject = text_member(object, "subject");
    card.period = text_member(object, "period");
    card.state = text_member(object, "state");
    card.layer = layer_from_string(text_member(object, "layer")).value_or(Layer::self);
    card.score = Points::from_hundredths(number_or<std::int64_t>(object, "score", 0));
    card.points = Points::from_hundredths(number_or<std::int64_t>(object, "points", 0));
    card.scored = number_or(object, "scored", 0);
    card.of = number_or(object, "of", 0);
    card.findings = {number_or(object, "errors", 0), number_or(object, "warnings", 0), number_or(object, "notices", 0)};
    card.verdict = text_member(object, "verdict");
    card.todo = read_todo(object);
    card.updated = text_member(object, "updated");
    card.edits = number_or<std::uint64_t>(object, "edits", 0);
    card.edits_out = number_or<std::uint64_t>(object, "edits_out", 0);
    card.ballots = text_member(object, "ballots");
    card.rows = number_or(object, "rows", -1);
    card.step = text_member(object, "step");
    return card;
}

namespace {

/// A measure may be a paragraph; its first sentence says which it is.
std::string first_sentence(const std::string& text) {
    constexpr std::string_view stop = "。";
    return text.substr(0, text.find(stop));
}

std::vector<DueItem> in_short(std::vector<DueItem> todo) {
    for (DueItem& entry : todo) entry.text = first_sentence(entry.text);
    return todo;
}

std::vector<DueItem> todo_of(const OpenedDocument& opened) {
    const bool is_ledger = opened.document.instrument->kind == InstrumentKind::ledger;
    return is_ledger ? todo_of_duties(opened.duties) : in_short(all_due(opened.document));
}

}  // namespace

std::vector<DueItem> todo_of_duties(const std::vector<DutyRow>& duties) { return in_short(due_duties(duties)); }

DocumentCard make_card(const OpenedDocument& opened) {
    const Document& document = opened.document;
    const Sum& sum = opened.tally.layers[index_of(opened.layer)];
    DocumentCard card;
    card.id = document.id;
    card.instrument = document.instrument->id;
    card.title = document.instrument->short_title;
    card.unit = document.unit();
    if (document.instrument->scored != nullptr) card.subject = document.text(Layer::self, "header", "subject");
    card.period = document.period();
    card.state = to_string(opened.state);
    card.layer = opened.layer;
    card.score = sum.score;
    card.points = sum.points;
    card.scored = sum.scored;
    card.of = sum.of;
    card.findings = count(opened.findings);
    card.todo = todo_of(opened);
    card.verdict = opened.tally.verdict;
    card.updated = document.log.empty() ? std::string() : document.log.back().at;
    card.edits = document.log.size();
    card.edits_out = opened.edits_out;
    const Instrument& form = *document.instrument;
    if (!form.has_items() && form.kind != InstrumentKind::ledger) card.rows = static_cast<int>(opened.rows.size());
    if (const AppraisalStep* step = open_step(document)) card.step = step->title;
    if (opened.ballots) card.ballots = opened.ballots->write();
    return card;
}

int count_unsaved_outside(const State& state) {
    int documents = 0;
    for (const DocumentCard& card : state.cards) documents += card.edits > card.edits_out ? 1 : 0;
    return documents;
}

}  // namespace duibiao
