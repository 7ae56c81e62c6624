#include "ui/item_facts.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/evaluate/definition.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/evaluate/facts.hpp"
#include "core/text.hpp"
#include "exchange/why.hpp"

namespace duibiao::ui {

namespace {

/// One thing to fill in.
struct Fact {
    enum class Kind : std::uint8_t { number, text, choice };
    std::string field;  ///< of the answer
    std::string label;
    std::string unit;
    Kind kind = Kind::number;
    std::vector<std::string> options;  ///< of a choice: as they are shown
    std::vector<std::string> values;   ///< and as they are written
};

const ScoredForm& scored(const Ui& ui) { return *opened(ui).document.instrument->scored; }

Fact yes_or_no_fact(std::string field, std::string label, std::string yes, std::string no) {
    return {std::move(field), std::move(label), {}, Fact::Kind::choice, {std::move(yes), std::move(no)}, {"是", "否"}};
}

Fact blank_fact(const Ui& ui, const Blank& blank, std::string label, std::string unit) {
    if (blank.is_tick())
        return yes_or_no_fact("tick:" + blank.name, std::move(label), blank.yes.empty() ? ui.say("ui.yes") : blank.yes,
                              blank.no.empty() ? ui.say("ui.no") : blank.no);
    const auto kind = blank.type == Blank::Type::text ? Fact::Kind::text : Fact::Kind::number;
    return {"blank:" + blank.name, std::move(label), std::move(unit), kind, {}, {}};
}

/// Words between two blanks: what ends the first (its unit), and what begins the second.
std::pair<std::string, std::string> split_words(std::string_view words) {
    constexpr std::array<std::string_view, 7> marks{"，", "；", "。", "、", ",", ";", "\n"};
    std::size_t first = words.size();
    std::size_t length = 0;
    for (const std::string_view mark : marks) {
        const std::size_t at = words.find(mark);
        if (at >= first) continue;
        first = at;
        length = mark.size();
    }
    if (length == 0) return {std::string(), std::string(trim(words))};
    return {std::string(trim(words.substr(0, first))), std::string(trim(words.substr(first + length)))};
}

/// "领导小组：" as the name of what follows it.
std::string without_colon(std::string label) {
    for (const std::string_view colon : {std::string_view("："), std::string_view(":")}) {
        if (label.ends_with(colon)) label.resize(label.size() - colon.size());
    }
    return label;
}

/// Blanks as the row's own text has them; those that it does not name come behind, under their names.
void add_blanks(const Ui& ui, const ItemScoring& scoring, std::vector<Fact>& facts) {
    std::vector<bool> placed(scoring.blanks.size());
    for (const Tier& tier : scoring.tiers) {
        for (std::size_t i = 0; i < tier.points.size(); ++i) {
            const Blank& blank = scoring.blanks[tier.first + i];
            placed[tier.first + i] = true;
            facts.push_back(yes_or_no_fact("tick:" + blank.name, "【" + tier.label + "】" + tier.points[i],
                                           ui.say("ui.tier.met"), ui.say("ui.tier.missed")));
        }
    }
    std::string_view rest = scoring.result;
    std::size_t last = facts.size();
    for (std::size_t open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const std::size_t close = rest.find('}', open);
        if (close == std::string_view::npos) break;
        auto [unit, label] = split_words(rest.substr(0, open));
        if (last < facts.size() && facts[last].kind == Fact::Kind::number) facts[last].unit = unit;
        const auto blank = scoring.find_blank(rest.substr(open + 1, close - open - 1));
        rest.remove_prefix(close + 1);
        if (!blank) continue;
        placed[*blank] = true;
        last = facts.size();
        const Blank& named = scoring.blanks[*blank];
        facts.push_back(blank_fact(ui, named, label.empty() ? named.name : without_colon(label), named.unit));
    }
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (!placed[i])
            facts.push_back(blank_fact(ui, scoring.blanks[i], scoring.blanks[i].name, scoring.blanks[i].unit));
    }
}

/// "少报（扣0.5／次）".
std::string rule_label(const Ui& ui, const ScoreRule& rule) {
    using Effect = ScoreRule::Effect;
    if (rule.effect == Effect::zero) return ui.say("ui.rule.zero", {{"text", rule.text}});
    if (rule.effect == Effect::times)
        return ui.say("ui.rule.times", {{"text", rule.text}, {"factor", rule.each.to_string()}});
    const char* key = rule.effect == Effect::deduct ? "ui.rule.deduct"
                      : rule.effect == Effect::gain ? "ui.rule.gain"
                                                    : "ui.rule.bonus";
    if (rule.by_amount) {
        const std::string least = rule.least ? rule.least->to_string() : std::string();
        const std::string most = rule.most ? rule.most->to_string() : std::string();
        const std::string range = most.empty()    ? ui.say("ui.rule.free")
                                  : least.empty() ? "≤" + most
                                                  : least + "–" + most;
        return ui.say(key, {{"text", rule.text}, {"points", range}, {"per", std::string()}});
    }
    const std::string per = rule.once || rule.part || rule.per.empty() ? std::string() : "／" + rule.per;
    return ui.say(key, {{"text", rule.text}, {"points", rule.each.to_string()}, {"per", per}});
}

void add_rules(const Ui& ui, const ItemScoring& scoring, bool is_in_use, std::vector<Fact>& facts) {
    for (std::size_t i = 0; i < scoring.rules.size(); ++i) {
        const ScoreRule& rule = scoring.rules[i];
        const std::string number = std::to_string(i + 1);
        if (rule.of_form && !is_in_use) continue;  // rules for every row, only where somebody is at work
        if (rule.by_amount) {
            facts.push_back(
                {"amount:" + number, rule_label(ui, rule), ui.say("ui.rule.unit"), Fact::Kind::number, {}, {}});
        } else if (rule.is_counted() && (rule.part || rule.once || rule.effect == ScoreRule::Effect::zero)) {
            Fact fact =
                yes_or_no_fact("count:" + number, rule_label(ui, rule), ui.say(rule.part ? "ui.rule.done" : "ui.yes"),
                               ui.say(rule.part ? "ui.rule.undone" : "ui.no"));
            fact.values = {"1", "0"};
            facts.push_back(std::move(fact));
        } else if (rule.is_counted()) {
            facts.push_back({"count:" + number, rule_label(ui, rule), rule.per, Fact::Kind::number, {}, {}});
        }
    }
}

void add_votes(const Ui& ui, const Votes& votes, std::vector<Fact>& facts) {
    const std::array<bool, 3> asked{votes.has_issued, votes.has_returned, votes.has_valid};
    const auto add = [&](std::string_view name) {
        facts.push_back(
            {"votes:" + std::string(name), std::string(name), ui.say("ui.votes.unit"), Fact::Kind::number, {}, {}});
    };
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i]) add(ballot_counts[i]);
    }
    for (const VoteOption& option : votes.options) add(option.label);
}

std::vector<Fact> facts_of(const Ui& ui, const Criterion& item) {
    std::vector<Fact> facts;
    if (!item.scoring) return facts;
    const ItemScoring& scoring = *item.scoring;
    if (!scoring.levels.empty()) {
        Fact level{"level", ui.say("ui.level"), {}, Fact::Kind::choice, {}, {}};
        for (const ScoreLevel& one : scoring.levels) {
            level.options.push_back(one.label + " " + one.points.to_string());
            level.values.push_back(one.label);
        }
        facts.push_back(std::move(level));
    }
    add_blanks(ui, scoring, facts);
    add_rules(ui, scoring, ui.view.selected_item == item.id, facts);
    if (scoring.votes) add_votes(ui, *scoring.votes, facts);
    if (scoring.absent != NotApplicable::no) facts.push_back({"na", ui.say("ui.absent"), {}, Fact::Kind::text, {}, {}});
    return facts;
}

// --- Drawing ------------------------------------------------------------------------------------------------------

float choice_width(const Ui& ui, const Fact& fact) {
    float widest = 0;
    for (const std::string& option : fact.options) widest = std::max(widest, ui.text.measure(option, style::small));
    return (widest + ui.px(20)) * static_cast<float>(fact.options.size());
}

float cell_width(const Ui& ui, const Fact& fact, float room) {
    if (fact.kind == Fact::Kind::choice) return std::min(choice_width(ui, fact), room);
    return std::min(ui.px(fact.kind == Fact::Kind::text ? 180 : 64), room);
}

void draw_cell(Ui& ui, const Fact& fact, const std::string& id, const std::string& name, const Target& target,
               const Box& box) {
    const Value& value = opened(ui).document.answer(target);
    const std::string text = show_value(value);
    if (fact.kind == Fact::Kind::choice) {
        const auto found = std::find(fact.values.begin(), fact.values.end(), text);
        const auto chosen =
            segments(ui, box, id, name, fact.options, static_cast<std::size_t>(found - fact.values.begin()));
        // A second press takes it back.
        if (chosen && opened(ui).is_open())
            ui.send(
                command::SetAnswer{target, fact.values[*chosen] == text ? std::string() : fact.values[*chosen], {}});
        return;
    }
    FieldSpec spec;
    spec.id = id;
    spec.name = name;
    spec.text = std::holds_alternative<bool>(value) && fact.field == "na" ? ui.say("ui.absent.yes") : text;
    spec.placeholder = fact.field == "na" ? ui.say("ui.absent.reason") : std::string();
    spec.role = fact.kind == Fact::Kind::number ? Role::number : Role::text;
    spec.style = {14, Weight::regular, colour::text};
    spec.centred = fact.kind == Fact::Kind::number;
    spec.keys = "Enter Shift+Enter ArrowUp ArrowDown Escape";
    answer_field(ui, box, std::move(spec), target);
}

/// What the ledger has for a fact and it does not say yet; empty: nothing.
std::string offered(const Ui& ui, std::string_view item, Layer layer, const Fact& fact) {
    const auto& computed = opened(ui).computed;
    const auto found = computed.find(std::string(item) + "/" + fact.field);
    if (found == computed.end() || !opened(ui).is_open()) return {};
    std::string text = show_value(found->second.value);
    return text == show_value(opened(ui).document.answer(Target{layer, std::string(item), fact.field})) ? std::string()
                                                                                                        : text;
}

/// Facts one after the other as words of a sentence; those with long words on lines of their own.
float flow(Ui& ui, const std::vector<Fact>& facts, std::string_view item, Layer layer, const Box& place, bool paint) {
    const float line = ui.px(34);
    const float gap = ui.px(6);
    float x = place.x;
    float y = place.y;
    for (const Fact& fact : facts) {
        const float cell = cell_width(ui, fact, place.width);
        const std::string offer = offered(ui, item, layer, fact);
        const std::string take = offer.empty() ? std::string() : ui.say("ui.from-ledger", {{"value", offer}});
        const float button_room = take.empty() ? 0 : button_width(ui, take);
        const float unit = (fact.unit.empty() ? 0 : ui.text.measure(fact.unit, style::small) + gap) + button_room;
        const float label = ui.text.measure(fact.label, style::small);
        const float whole = label + gap + cell + unit;
        if (x > place.x && x + whole > place.right()) {
            x = place.x;
            y += line;
        }
        const bool is_long = whole > place.width;
        const float label_width = is_long ? std::max(place.width - gap - cell - unit, place.width * 0.4F) : label;
        const bool is_below = is_long && label_width + gap + cell + unit > place.width;
        const float words = is_long ? wrapped_height(ui, is_below ? place.width : label_width, fact.label, style::small)
                                    : line_height(ui, style::small);
        const float cell_y = is_below ? y + words + ui.px(2) : y + ui.px(3);
        const Box box{is_below ? place.x : x + label_width + gap, cell_y, cell, ui.px(28)};
        if (paint) {
            const float label_y = is_long && words > line ? y : y + std::max(0.0F, (line - words) / 2);
            write_wrapped(ui, x, is_below ? y : label_y, is_below ? place.width : label_width + 1, fact.label,
                          style::small);
            draw_cell(ui, fact, fact_id(layer, item, fact.field), std::string(item) + " " + fact.label,
                      {layer, std::string(item), fact.field}, box);
            write_in(ui, {box.right() + gap, box.y, unit - button_room, box.height}, fact.unit, style::small);
            const std::string id = fact_id(layer, item, fact.field) + "/ledger";
            if (!take.empty() && button(ui, {box.right() + unit - button_room, box.y, button_room, box.height},
                                        {id, take, {}, ButtonKind::quiet}))
                ui.send(command::SetAnswer{{layer, std::string(item), fact.field}, offer, {}});
        }
        if (is_long) {
            y = std::max(y + words, box.bottom()) + ui.px(4);
            x = place.x;
        } else {
            x += whole + ui.px(18);
        }
    }
    return x > place.x ? y + line - place.y : y - place.y;
}

/// "评分标准：每少1次扣0.5分".
float own_columns(Ui& ui, const Criterion& item, const Box& place, bool paint) {
    float y = place.y;
    for (const PaperColumn& column : scored(ui).columns) {
        if (!column.cell || *column.cell >= item.scoring->cells.size()) continue;
        const std::string& text = item.scoring->cells[*column.cell];
        if (text.empty()) continue;
        const std::string words = column.label + "：" + text;
        const float height = wrapped_height(ui, place.width, words, style::small);
        if (paint) {
            write_wrapped(ui, place.x, y, place.width, words, style::small);
            emit_text(ui, "own/" + item.id + "/" + column.id, words, {place.x, y, place.width, height});
        }
        y += height + ui.px(2);
    }
    return y - place.y;
}

/// Of the row in use: each step, in the order applied.
float why(Ui& ui, const Criterion& item, const Box& place, bool paint) {
    if (ui.view.selected_item != item.id) return 0;
    const Document& document = opened(ui).document;
    const ItemWhy steps = explain_item(document, opened(ui).layer, item);
    if (steps.steps.empty()) return 0;
    std::string words = ui.say("ui.why");
    for (const std::string& sentence : why_sentences(ui.state.settings.language, *document.instrument, item, steps))
        words += (words.ends_with("：") ? "" : "；") + sentence;
    const float height = wrapped_height(ui, place.width, words, style::small);
    if (paint) {
        write_wrapped(ui, place.x, place.y, place.width, words, with_colour(style::small, colour::accent));
        emit_text(ui, "why/" + item.id, words, {place.x, place.y, place.width, height}, Role::status);
    }
    return height + ui.px(4);
}

}  // namespace

std::string points_words(const Ui& ui, const Criterion& item) {
    if (!item.scoring) return ui.say("ui.points", {{"points", item.points.to_string()}});
    if (!scored(ui).has_points) return {};
    if (item.scoring->points) return ui.say("ui.points", {{"points", item.scoring->points->to_string()}});
    const ScoreRole role = item.scoring->role;
    return ui.say(role == ScoreRole::bonus     ? "ui.points.bonus"
                  : role == ScoreRole::penalty ? "ui.points.penalty"
                                               : "ui.points.unlimited");
}

std::string fact_id(Layer layer, std::string_view item, std::string_view field) {
    return "fact/" + std::string(to_string(layer)) + "/" + std::string(item) + "/" + std::string(field);
}

std::vector<std::string> fact_ids(const Ui& ui, const Criterion& item) {
    std::vector<std::string> ids;
    for (const Fact& fact : facts_of(ui, item)) {
        if (fact.kind != Fact::Kind::choice && fact.field != "na")
            ids.push_back(fact_id(opened(ui).layer, item.id, fact.field));
    }
    return ids;
}

float item_facts(Ui& ui, const Criterion& item, const Box& place, bool paint) {
    if (!item.scoring) return 0;
    float y = place.y + ui.px(4);
    const Box column{place.x, 0, place.width, 0};
    y += own_columns(ui, item, {column.x, y, column.width, 0}, paint);
    const bool is_for_it =
        is_for(*item.scoring, scored(ui), unit_kind(opened(ui).document)) && is_by(*item.scoring, opened(ui).layer);
    if (is_for_it) y += flow(ui, facts_of(ui, item), item.id, opened(ui).layer, {column.x, y, column.width, 0}, paint);
    y += why(ui, item, {column.x, y, column.width, 0}, paint);
    return y - place.y;
}

float form_facts(Ui& ui, const Box& place, bool paint) {
    const Instrument& form = *opened(ui).document.instrument;
    if (form.scored == nullptr) return 0;
    const bool has_subject = !form.scored->subject.empty();
    std::vector<Fact> facts;
    if (has_subject) facts.push_back({"subject", form.scored->subject, {}, Fact::Kind::text, {}, {}});
    if (!form.scored->kinds.empty())
        facts.push_back(
            {"kind", ui.say("ui.unit-kind"), {}, Fact::Kind::choice, form.scored->kinds, form.scored->kinds});
    if (facts.empty()) return 0;
    const std::string next = ui.say("ui.next-subject");
    const float room = has_subject ? button_width(ui, next) + ui.px(12) : 0;
    const float height = flow(ui, facts, "header", Layer::self, {place.x, place.y, place.width - room, 0}, paint);
    if (paint && has_subject &&
        button(ui, {place.x + place.width - room + ui.px(12), place.y, room - ui.px(12), ui.px(32)},
               {"next-subject", next}))
        ui.send(command::NextSubject{});
    return std::max(height, has_subject ? ui.px(34) : 0) + ui.px(8);
}

float foot_facts(Ui& ui, const Box& place, bool paint) {
    const Instrument& form = *opened(ui).document.instrument;
    if (form.scored == nullptr) return 0;
    std::vector<Fact> facts;
    for (const Blank& blank : form.scored->foot_blanks) facts.push_back(blank_fact(ui, blank, blank.name, blank.unit));
    for (const FootRemark& remark : form.scored->remarks)
        facts.push_back({remark.id, remark.label, {}, Fact::Kind::text, {}, {}});
    if (facts.empty()) return 0;
    return flow(ui, facts, "foot", opened(ui).layer, place, paint);
}

}  // namespace duibiao::ui
