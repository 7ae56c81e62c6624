// What the rules say, by rule: where one rule speaks of many places, they stand together and each is one press away.
#include "ui/findings_list.hpp"

#include <algorithm>

#include "core/plain_text.hpp"
#include "ui/citation.hpp"
#include "ui/widgets.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t fewest_together = 3;  ///< places of one rule that share a card
constexpr std::size_t most_drawn = 100;     ///< of a large table's thousands

/// What one rule says, by the places of its findings among all.
struct SameRule {
    std::string code;
    std::vector<std::size_t> places;
};

/// A severity's findings in the order in which they came, those of one rule together.
std::vector<SameRule> by_rule(const Findings& findings, Severity severity) {
    std::vector<SameRule> rules;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (findings[i].severity != severity) continue;
        auto rule =
            std::find_if(rules.begin(), rules.end(), [&](const SameRule& one) { return one.code == findings[i].code; });
        if (rule == rules.end()) rule = rules.insert(rules.end(), {findings[i].code, {}});
        rule->places.push_back(i);
    }
    return rules;
}

ImU32 bar_colour(Severity severity) {
    return severity == Severity::error     ? colour::accent
           : severity == Severity::warning ? IM_COL32(0xD9, 0x82, 0x2B, 255)
                                           : colour::control_line;
}

/// Of a row its sentence says where it stands, of the head its title.
std::string place_of(Language language, const Finding& finding) {
    return finding.row || finding.item == "header" ? std::string() : finding_place(language, finding);
}

/// What a press on it says to a screen reader.
std::string name_of(Language language, const Finding& finding, const FindingText& text) {
    const std::string place = place_of(language, finding);
    return (place.empty() ? text.title : place + " " + text.title) + " " + text.message + " " + text.remedy;
}

/// The first words of the criterion that it is about.
std::string first_words(const Ui& ui, const Finding& finding) {
    constexpr std::size_t most = 16;  // characters
    const Criterion* criterion = ui.state.opened->document.instrument->find_criterion(finding.item);
    if (criterion == nullptr) return {};
    std::size_t at = 0;
    for (std::size_t i = 0; i < most && at < criterion->text.size(); ++i) (void)take_character(criterion->text, at);
    return criterion->text.substr(0, at) + (at < criterion->text.size() ? "…" : "");
}

void go_to(Ui& ui, const Finding& finding, std::size_t index) {
    ui.view.finding = index;
    if (finding.code.starts_with("signature-")) return ui.send(command::ShowDialog{"signatures", {}});
    ui.send(command::Reveal{finding.item, finding.field, finding.layer});
}

/// Elsewhere the colour says how grave it is.
std::string foot_of(const Ui& ui, const Finding& finding) {
    std::string foot = citation_words(ui, finding.citation);
    if (!ui.theme.contrast) return foot;
    return ui.say("severity." + std::string(to_string(finding.severity))) + (foot.empty() ? "" : " · ") + foot;
}

/// The ground that a card's words are written on.
class Card {
public:
    Card(Ui& ui, Severity severity, float x, float y, float width)
        : ui_(ui), severity_(severity), box_{x, y, width, 0}, line_(y + ui.px(9)) {}

    void add(const std::string& text, const TextStyle& style) {
        if (!text.empty()) lines_.push_back({text, style});
    }
    /// Height with `more` below the words.
    [[nodiscard]] float height(float more = 0) const {
        float sum = ui_.px(18) + more;
        for (const auto& [text, style] : lines_) sum += wrapped_height(ui_, inner(), text, style);
        return sum;
    }
    [[nodiscard]] float inner() const { return box_.width - ui_.px(23); }
    [[nodiscard]] float text_x() const { return box_.x + ui_.px(13); }
    [[nodiscard]] bool is_in_sight(float height) const {
        return box_.y + height >= canvas()->GetClipRectMin().y && box_.y <= canvas()->GetClipRectMax().y;
    }
    /// Returns where the words end.
    float draw(float height, bool hovered) {
        box_.height = height;
        fill(box_, tone_tint(tone_of(severity_)), 6);
        if (hovered) outline(box_, bar_colour(severity_), 6);
        fill({box_.x, box_.y + 1, 3, box_.height - 2}, bar_colour(severity_), 2);
        for (const auto& [text, style] : lines_) line_ += write_wrapped(ui_, text_x(), line_, inner(), text, style);
        return line_;
    }

private:
    Ui& ui_;
    Severity severity_;
    Box box_;
    float line_;
    std::vector<std::pair<std::string, TextStyle>> lines_;
};

constexpr TextStyle foot_style{12.5F, Weight::regular, colour::secondary};

/// The citation at the foot of a card opens the clause's words.
void draw_clause_link(Ui& ui, const Finding& finding, const std::string& id, const Card& card, float bottom) {
    const std::string foot = foot_of(ui, finding);
    if (finding.citation.empty() || foot.empty()) return;
    const float height = wrapped_height(ui, card.inner(), foot, foot_style);
    const float width = std::min(card.inner(), ui.text.measure(foot, foot_style) + 1);
    citation_link(ui, id + "/clause", finding.citation, {card.text_x(), bottom - height, width, height}, false);
}

float draw_one(Ui& ui, std::size_t index, float x, float y, float width) {
    const Finding& finding = ui.state.opened->findings[index];
    const Language language = ui.state.settings.language;
    const FindingText text = describe(language, finding);
    const TextStyle body = with_colour(style::small, colour::text);
    const std::string place = place_of(language, finding);
    Card card(ui, finding.severity, x, y, width);
    card.add(place.empty() ? text.title : place + " " + text.title, style::small_strong);
    card.add(first_words(ui, finding), style::small);
    card.add(text.message, body);
    card.add(text.remedy, body);
    card.add(foot_of(ui, finding), foot_style);
    const float height = card.height();
    const Box box{x, y, width, height};
    const std::string id = "finding/" + std::to_string(index);
    draw_clause_link(ui, finding, id, card, box.bottom() - ui.px(9));  // before the card, which lies under it
    const AreaState state = area(ui, box, {id, name_of(language, finding, text), Role::link});
    if (state.pressed) go_to(ui, finding, index);
    if (!card.is_in_sight(height)) return height;
    card.draw(height, state.hovered || ui.view.finding == index);
    if (ui.mirror.focused() == id) focus_ring(box.inset(2, 2), 6);
    return height;
}

/// The places of a rule as chips that flow; or its sentences, where there is no place to name. `draw` or only measured.
class Places {
public:
    Places(Ui& ui, const SameRule& rule, float x, float width) : ui_(ui), rule_(rule), x_(x), width_(width) {
        const Finding& first = ui.state.opened->findings[rule.places.front()];
        const std::string place = finding_place(ui.state.settings.language, first);
        has_places_ = !place.empty() && first.item != "header";
    }

    float lay(float y, bool draw) {
        const float top = y;
        float x = x_;
        const std::size_t count = std::min(rule_.places.size(), most_drawn);
        for (std::size_t i = 0; i < count; ++i) {
            const Finding& finding = ui_.state.opened->findings[rule_.places[i]];
            const std::string label = label_of(finding);
            const float room = has_places_ ? ui_.text.measure(label, style::small) + ui_.px(14) : width_;
            if (x > x_ && x + room > x_ + width_) {
                x = x_;
                y += line();
            }
            if (draw) draw_place(finding, rule_.places[i], label, {x, y, std::min(room, width_), line() - ui_.px(6)});
            x += room + ui_.px(6);
        }
        return y + line() - top;
    }

private:
    [[nodiscard]] float line() const { return ui_.px(ui_.touch ? 50.0F : has_places_ ? 32.0F : 30.0F); }
    [[nodiscard]] std::string label_of(const Finding& finding) const {
        const Language language = ui_.state.settings.language;
        return has_places_ ? finding_place(language, finding) : describe(language, finding).message;
    }
    void draw_place(const Finding& finding, std::size_t index, const std::string& label, const Box& box) {
        const Language language = ui_.state.settings.language;
        const std::string id = "finding/" + std::to_string(index);
        const AreaState state =
            area(ui_, box, {id, name_of(language, finding, describe(language, finding)), Role::link});
        if (state.pressed) go_to(ui_, finding, index);
        const bool is_here = ui_.view.finding == index;
        if (has_places_) {
            fill(box, state.hovered ? colour::hover : colour::sheet, 4);
            outline(box, is_here ? bar_colour(finding.severity) : colour::line, 4);
            write_in(ui_, box, label, with_colour(style::small, colour::text), 0.5F);
        } else {
            if (state.hovered || is_here) fill(box, colour::sheet, 4);
            write_in(ui_, box.inset(ui_.px(4), 0), label, with_colour(style::small, colour::text));
        }
        if (ui_.mirror.focused() == id) focus_ring(box, 4);
    }

    Ui& ui_;
    const SameRule& rule_;
    float x_;
    float width_;
    bool has_places_ = false;
};

float draw_together(Ui& ui, const SameRule& rule, float x, float y, float width) {
    const Finding& first = ui.state.opened->findings[rule.places.front()];
    const FindingText text = describe(ui.state.settings.language, first);
    const auto count = static_cast<std::int64_t>(rule.places.size());
    Card card(ui, first.severity, x, y, width);
    const std::string title = ui.say("ui.findings.together", {{"title", text.title}, {"count", count}});
    card.add(title, style::small_strong);
    card.add(text.remedy, with_colour(style::small, colour::text));
    const bool one_clause = std::all_of(rule.places.begin(), rule.places.end(), [&](std::size_t index) {
        return ui.state.opened->findings[index].citation == first.citation;
    });
    if (one_clause) card.add(foot_of(ui, first), foot_style);
    Places places(ui, rule, card.text_x(), card.inner());
    const float height = card.height(places.lay(0, false) + ui.px(4));
    const Container group(ui, make_node(ui, "rule/" + std::string(to_string(first.severity)) + "/" + rule.code,
                                        Role::group, title, {x, y, width, height}));
    const float words_end = card.draw(height, false);
    if (one_clause) draw_clause_link(ui, first, "rule/" + rule.code, card, words_end);
    places.lay(words_end + ui.px(4), true);
    return height;
}

}  // namespace

float draw_findings_of(Ui& ui, Severity severity, float x, float y, float width) {
    std::size_t drawn = 0;
    std::size_t all = 0;
    for (const SameRule& rule : by_rule(ui.state.opened->findings, severity)) {
        const bool together = rule.places.size() >= fewest_together;
        all += rule.places.size();
        if (together) y += draw_together(ui, rule, x, y, width) + ui.px(10);
        if (together) drawn += std::min(rule.places.size(), most_drawn);
        for (std::size_t i = 0; !together && i < rule.places.size(); ++i, ++drawn)
            y += draw_one(ui, rule.places[i], x, y, width) + ui.px(10);
    }
    if (drawn == all) return y;
    const std::string text = ui.say("ui.findings.more", {{"count", static_cast<std::int64_t>(all - drawn)}});
    emit_text(ui, "findings-more/" + std::string(to_string(severity)), text, {x, y, width, ui.px(24)});
    return y + write_wrapped(ui, x, y, width, text, style::small) + ui.px(12);
}

void go_to_next_finding(Ui& ui, int direction) {
    // Behind a dialog nothing moves.
    if (!ui.state.opened || ui.state.screen != Screen::document || !ui.state.dialog.name.empty()) return;
    const Findings& findings = ui.state.opened->findings;
    std::vector<std::size_t> order;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::notice}) {
        for (const SameRule& rule : by_rule(findings, severity))
            order.insert(order.end(), rule.places.begin(), rule.places.end());
    }
    if (order.empty()) return ui.send(command::Notify{ui.say("ui.findings.none")});
    const auto here = std::find(order.begin(), order.end(), ui.view.finding);
    std::size_t next = direction > 0 ? 0 : order.size() - 1;
    if (here != order.end()) {
        const auto at = static_cast<std::size_t>(here - order.begin());
        next = (at + (direction > 0 ? 1 : order.size() - 1)) % order.size();
    }
    const Finding& finding = findings[order[next]];
    const FindingText text = describe(ui.state.settings.language, finding);
    const std::string place = finding_place(ui.state.settings.language, finding);
    go_to(ui, finding, order[next]);
    ui.send(
        command::Notify{ui.say("ui.findings.next", {{"number", static_cast<std::int64_t>(next + 1)},
                                                    {"count", static_cast<std::int64_t>(order.size())},
                                                    {"title", place.empty() ? text.title : place + " " + text.title},
                                                    {"message", text.message}})});
}

}  // namespace duibiao::ui
