// The dialog "arrival": what taking in a backup, or several files at once, would do here.
#include <array>

#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

using Fate = ArrivedReport::Fate;

constexpr std::size_t most_shown = 100;

struct FateLook {
    const char* word;
    Tone tone;
};
/// By Fate.
constexpr std::array<FateLook, 6> looks{{{"arrival.refused", Tone::error},
                                         {"arrival.elsewhere", Tone::warning},
                                         {"arrival.conflict", Tone::error},
                                         {"arrival.changed", Tone::neutral},
                                         {"arrival.fresh", Tone::good},
                                         {"arrival.kept", Tone::neutral}}};

const FateLook& look_of(Fate fate) { return looks[static_cast<std::size_t>(fate)]; }

std::string name_of(const ArrivedReport& arrived) {
    if (!arrived.report) return arrived.file;
    const Document& document = arrived.report->document;
    return std::string(document.unit()) + " " + std::string(document.period()) + " " + document.instrument->short_title;
}

void add_sentence(std::string& text, const std::string& sentence) {
    if (!text.empty()) text += "　";
    text += sentence;
}

/// What the user should know of it beyond its fate.
std::string remarks_on(const Ui& ui, const ArrivedReport& arrived) {
    std::string text = arrived.refusal;
    if (!arrived.report) return text;
    const auto changes = static_cast<std::int64_t>(arrived.changes);
    if (arrived.fate == Fate::changed) add_sentence(text, ui.say("ui.arrival.changes", {{"count", changes}}));
    if (arrived.is_rewritten)
        add_sentence(text, ui.say("ui.arrival.rewritten", {{"count", changes}}));
    else if (arrived.fate == Fate::conflict)
        add_sentence(text, ui.say("ui.arrival.disputes", {{"count", changes}}));
    if (arrived.fate == Fate::elsewhere) add_sentence(text, ui.say("ui.arrival.elsewhere"));
    if (!arrived.report->findings.empty()) add_sentence(text, ui.say("ui.arrival.altered"));
    if (arrived.has_namesake) add_sentence(text, ui.say("ui.arrival.namesake"));
    if (!arrived.file.empty()) add_sentence(text, arrived.file);
    return text;
}

void draw_arrived(Ui& ui, Flow& flow, const ArrivedReport& arrived, std::size_t index) {
    const float top = flow.y;
    const FateLook& look = look_of(arrived.fate);
    const std::string word = ui.say(look.word);
    const std::string name = name_of(arrived);
    const float column = ui.px(84);
    chip(ui, flow.x, flow.y + ui.px(3), word, look.tone);
    write_in(ui, {flow.x + column, flow.y, flow.width - column, ui.px(26)}, name, style::body);
    flow.y += ui.px(26);
    const std::string remarks = remarks_on(ui, arrived);
    if (!remarks.empty())
        flow.y += write_wrapped(ui, flow.x + column, flow.y, flow.width - column, remarks, style::small);
    flow.y += ui.px(8);
    emit_text(ui, "arrival/" + std::to_string(index), word + " " + name + " " + remarks,
              {flow.x, top, flow.width, flow.y - top});
}

/// "新 3 份、有改动 2 份": of those that there are.
std::string summary(const Ui& ui, const Arrival& arrival) {
    std::array<std::int64_t, looks.size()> counts{};
    for (const ArrivedReport& arrived : arrival.reports) ++counts[static_cast<std::size_t>(arrived.fate)];
    std::string text;
    for (std::size_t fate = looks.size(); fate-- > 0;) {
        if (counts[fate] == 0) continue;
        if (!text.empty()) text += ui.say("ui.list.comma");
        text += ui.say("ui.arrival.count", {{"what", ui.say(looks[fate].word)}, {"count", counts[fate]}});
    }
    if (arrival.forms > 0) add_sentence(text, ui.say("ui.arrival.forms", {{"count", arrival.forms}}));
    return text;
}

void draw_progress(Ui& ui, Flow& flow, const Arrival& arrival) {
    const auto read = static_cast<std::int64_t>(arrival.read);
    const auto all = read + static_cast<std::int64_t>(arrival.expected);
    paragraph(ui, flow, "arrival/reading", ui.say("ui.arrival.reading", {{"read", read}, {"all", all}}));
}

bool can_take(const Arrival& arrival) {
    for (const ArrivedReport& arrived : arrival.reports) {
        if (arrived.fate != Fate::refused && arrived.fate != Fate::elsewhere) return true;
    }
    return false;
}

void ask(Ui& ui, Flow& flow) {
    const int pressed = buttons(ui, flow,
                                {{"arrival/cancel", ui.say("ui.cancel")},
                                 {"arrival/take", ui.say("ui.arrival.take"), {}, ButtonKind::primary}});
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) ui.send(command::ResolveArrival{true});
}

/// Below the buttons, which stay in sight however long it is.
void draw_list(Ui& ui, Flow& flow, const Arrival& arrival) {
    for (std::size_t i = 0; i < arrival.reports.size() && i < most_shown; ++i)
        draw_arrived(ui, flow, arrival.reports[i], i);
    if (arrival.reports.size() > most_shown) {
        const auto rest = static_cast<std::int64_t>(arrival.reports.size() - most_shown);
        paragraph(ui, flow, "arrival/more", ui.say("ui.arrival.more", {{"count", rest}}), style::small);
    }
}

}  // namespace

void body_arrival(Ui& ui, Flow& flow) {
    if (!ui.state.arrival) return close_dialog(ui);
    const Arrival& arrival = *ui.state.arrival;
    if (!arrival.compared) return draw_progress(ui, flow, arrival);
    const auto files = static_cast<std::int64_t>(arrival.read);
    paragraph(ui, flow, "arrival/name",
              arrival.name.empty() ? ui.say("ui.arrival.files", {{"count", files}})
                                   : ui.say("ui.arrival.backup", {{"name", arrival.name}}));
    paragraph(ui, flow, "arrival/summary", summary(ui, arrival), style::body_strong);
    if (can_take(arrival))
        ask(ui, flow);
    else if (buttons(ui, flow, {{"arrival/close", ui.say("ui.ok"), {}, ButtonKind::primary}}) == 0)
        close_dialog(ui);
    draw_list(ui, flow, arrival);
}

}  // namespace duibiao::ui
