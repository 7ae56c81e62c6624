// The dialog "evidence": what a unit can show for one item, written by hand, pasted or taken from the ledger.
#include <algorithm>
#include <array>

#include "app/evidence/evidence.hpp"
#include "core/date_text.hpp"
#include "ui/dialog_parts.hpp"
#include "ui/evidence/evidence_line.hpp"

namespace duibiao::ui {

namespace {

/// The draft's fields.
enum Part : std::size_t { name, number, date, place, edited, problem, parts };

constexpr std::array<const char*, 4> fields{"name", "number", "date", "place"};

std::string line_of(const Ui& ui, const std::string& item) {
    const std::vector<std::string>& draft = ui.view.draft;
    const std::string day = with_year_of(ui.state.opened->document.period(), draft[date]);
    return join_evidence({{}, item, draft[name], draft[number], day, draft[place]});
}

void begin_anew(Ui& ui) {
    ui.view.draft.assign(parts, {});
    ui.mirror.request_focus("evidence/name");
}

/// What is typed becomes a piece, or says what is wrong with it.
void keep(Ui& ui, const std::string& item) {
    const auto line = normalise_evidence(*ui.state.opened->document.instrument, line_of(ui, item));
    if (!line) {
        ui.view.draft[problem] = describe(ui.state.settings.language, line.error());
        ui.mirror.request_focus(line.error().code.starts_with("date-") ? "evidence/date" : "evidence/name");
        return;
    }
    ui.send(command::ChangeEvidence{{{ui.view.draft[edited], *line, {}}}, {}});
    begin_anew(ui);
}

void draw_cell(Ui& ui, std::size_t part, const Box& box) {
    const std::string key = std::string("evidence.") + fields[part];
    const std::string label = ui.say(key);
    write_in(ui, {box.x, box.y, box.width, ui.px(22)}, label, style::small);
    FieldSpec spec;
    spec.id = std::string("evidence/") + fields[part];
    spec.name = label;
    spec.placeholder = ui.say("ui." + key + ".placeholder");
    spec.dated = part == date;
    spec.max_length = 200;
    draft_field(ui, {box.x, box.y + ui.px(22), box.width, ui.px(36)}, std::move(spec), ui.view.draft[part]);
}

/// Lines that were pasted where one name stands are all of them.
void take_pasted(Ui& ui, const std::string& item) {
    for (const char* field : fields) {
        const DomEvent* pasted = ui.mirror.event(DomEvent::Kind::paste, std::string("evidence/") + field);
        if (pasted != nullptr) ui.send(command::AddEvidence{item, pasted->text});
    }
}

void draw_entry(Ui& ui, Flow& flow, const std::string& item) {
    take_pasted(ui, item);
    const float gap = ui.px(12);
    const float line = ui.px(66);
    draw_cell(ui, name, {flow.x, flow.y, flow.width, 0});
    flow.y += line;
    if (flow.width < ui.px(480)) {
        const float half = (flow.width - gap) / 2;
        draw_cell(ui, number, {flow.x, flow.y, half, 0});
        draw_cell(ui, date, {flow.x + half + gap, flow.y, half, 0});
        flow.y += line;
        draw_cell(ui, place, {flow.x, flow.y, flow.width, 0});
    } else {
        const float rest = flow.width - 2 * gap - ui.px(150);
        draw_cell(ui, number, {flow.x, flow.y, rest * 0.45F, 0});
        draw_cell(ui, date, {flow.x + rest * 0.45F + gap, flow.y, ui.px(150), 0});
        draw_cell(ui, place, {flow.x + rest * 0.45F + 2 * gap + ui.px(150), flow.y, rest * 0.55F, 0});
    }
    flow.y += line;
    const bool is_edited = !ui.view.draft[edited].empty();
    bool enter = false;
    for (const char* field : fields) enter = enter || ui.mirror.pressed("Enter", std::string("evidence/") + field);
    std::vector<ButtonSpec> specs{{"evidence/keep", ui.say(is_edited ? "ui.evidence.change" : "ui.evidence.keep")}};
    if (is_edited) specs.insert(specs.begin(), {"evidence/leave", ui.say("ui.cancel")});
    const int pressed = buttons(ui, flow, specs);
    if (is_edited && pressed == 0) return begin_anew(ui);
    if (enter || pressed >= 0) keep(ui, item);
}

void draw_problems(Ui& ui, Flow& flow) {
    const TextStyle wrong = with_colour(style::body, colour::accent);
    if (!ui.view.draft[problem].empty()) paragraph(ui, flow, "evidence/problem", ui.view.draft[problem], wrong);
    for (std::size_t i = 0; i < ui.state.dialog.lines.size(); ++i)
        paragraph(ui, flow, "evidence/error/" + std::to_string(i), ui.state.dialog.lines[i], wrong);
}

std::string details_of(const Evidence& one) {
    std::string details;
    for (const std::string_view part : {one.number, one.date, one.place}) {
        if (!part.empty()) details.append(details.empty() ? "" : "　").append(part);
    }
    return details;
}

/// Lists of a thousand lines draw those in sight.
bool is_in_sight(const Box& box) {
    constexpr float overscan = 200;
    return box.bottom() > canvas()->GetClipRectMin().y - overscan && box.y < canvas()->GetClipRectMax().y + overscan;
}

/// A line of the list: what it is above, the rest below; a press opens it for changes.
bool draw_line(Ui& ui, const Box& box, const std::string& id, const std::string& number, const Evidence& one) {
    const std::string details = details_of(one);
    const std::string title(one.name);
    const std::string spoken = (number.empty() ? "" : number + " ") + title + (details.empty() ? "" : " " + details);
    const AreaState state = area(ui, box, {id, spoken});
    if (state.hovered) fill(box, colour::hover, 6);
    const float left = ui.px(number.empty() ? 10 : 44);
    if (!number.empty())
        write_in(ui, {box.x, box.y, ui.px(36), box.height}, number, with_colour(style::small, colour::secondary), 1);
    const Box text{box.x + left, box.y + ui.px(3), box.width - left - ui.px(6), ui.px(22)};
    if (details.empty()) {
        write_in(ui, {text.x, box.y, text.width, box.height}, title, style::body);
    } else {
        write_in(ui, text, title, style::body);
        write_in(ui, {text.x, text.bottom(), text.width, ui.px(20)}, details, style::small);
    }
    return state.pressed;
}

void edit_piece(Ui& ui, const Evidence& one) {
    begin_anew(ui);
    ui.view.draft[name] = one.name;
    ui.view.draft[number] = one.number;
    ui.view.draft[date] = one.date;
    ui.view.draft[place] = one.place;
    ui.view.draft[edited] = one.id;
}

void draw_piece(Ui& ui, const Box& box, const Evidence& one, std::size_t at, bool writable) {
    const std::string id(one.id);
    const float cross = ui.px(40);
    const Box line{box.x, box.y, box.width - (writable ? cross : 0), box.height};
    const bool pressed = draw_line(ui, line, "evidence/line/" + id, std::to_string(at + 1), one);
    horizontal_line(box.x, box.bottom() - 1, box.width);
    if (!writable) return;
    if (pressed) edit_piece(ui, one);
    const Box remove{line.right(), box.y + (box.height - ui.px(36)) / 2, ui.px(36), ui.px(36)};
    const std::string label = ui.say("ui.evidence.remove", {{"name", std::string(one.name)}});
    const AreaState state = area(ui, remove, {"evidence/remove/" + id, label});
    if (state.hovered) fill(remove, colour::hover, 6);
    write_in(ui, remove, "×", {18, Weight::regular, colour::secondary}, 0.5F);
    if (!state.pressed) return;
    ui.send(command::ChangeEvidence{{{id, std::string(), {}}}, ui.say("ui.evidence.removed")});
    ui.mirror.request_focus("evidence/name");
}

void draw_list(Ui& ui, Flow& flow, const std::string& item, bool writable) {
    const std::vector<Evidence>& all = ui.state.opened->evidence;
    const auto count = std::count_if(all.begin(), all.end(), [&](const Evidence& one) { return one.item == item; });
    if (count == 0) {
        paragraph(ui, flow, "evidence/none", ui.say("ui.evidence.none"), style::small);
        return;
    }
    subtitle(ui, flow, "evidence/listed", ui.say("ui.evidence.listed", {{"count", std::int64_t{count}}}));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].item != item) continue;
        const Box box{flow.x, flow.y, flow.width, ui.px(50)};
        flow.y += box.height;
        const bool focused = ui.mirror.focused().ends_with(all[i].id);
        if (is_in_sight(box) || focused) draw_piece(ui, box, all[i], i, writable);
    }
    flow.y += ui.px(12);
}

void draw_offers(Ui& ui, Flow& flow, const std::string& item) {
    const std::vector<std::string> offers = offered_evidence(ui.state, item);
    if (offers.empty()) return;
    const auto count = static_cast<std::int64_t>(offers.size());
    subtitle(ui, flow, "evidence/offers", ui.say("ui.evidence.offers", {{"count", count}}));
    std::vector<command::RowChange> chosen;
    for (std::size_t i = 0; i < offers.size(); ++i) {
        const Box box{flow.x, flow.y, flow.width, ui.px(50)};
        flow.y += box.height;
        if (!is_in_sight(box)) continue;
        const std::string label = ui.say("ui.evidence.take");
        const float width = button_width(ui, label);
        draw_line(ui, {box.x, box.y, box.width - width - ui.px(8), box.height}, "evidence/offer/" + std::to_string(i),
                  {}, split_evidence(offers[i]));
        const Box take{box.right() - width, box.y + ui.px(9), width, ui.px(32)};
        const std::string spoken = label + " " + std::string(split_evidence(offers[i]).name);
        if (button(ui, take, {"evidence/take/" + std::to_string(i), label, spoken}))
            chosen.push_back({{}, offers[i], {}});
        horizontal_line(box.x, box.bottom() - 1, box.width);
    }
    flow.y += ui.px(8);
    const std::string all = ui.say("ui.evidence.take-all", {{"count", count}});
    if (offers.size() > 1 && buttons(ui, flow, {{"evidence/take-all", all}}) == 0) {
        chosen.clear();
        for (const std::string& offer : offers) chosen.push_back({{}, offer, {}});
    }
    if (chosen.empty()) return;
    const auto taken = static_cast<std::int64_t>(chosen.size());
    ui.send(command::ChangeEvidence{std::move(chosen), ui.say("ui.evidence.added", {{"count", taken}})});
}

}  // namespace

void body_evidence(Ui& ui, Flow& flow) {
    const std::string item = ui.state.dialog.argument;
    const Criterion* criterion = ui.state.opened ? ui.state.opened->document.instrument->find_criterion(item) : nullptr;
    if (criterion == nullptr) return close_dialog(ui);
    const bool writable = may_write_evidence(ui);
    if (ui.view.draft.size() != parts) {
        ui.view.draft.assign(parts, {});
        if (writable && !ui.is_narrow()) ui.mirror.request_focus("evidence/name");
    }
    paragraph(ui, flow, "evidence/item", item + " " + criterion->text, style::body);
    if (writable) {
        paragraph(ui, flow, "evidence/how", ui.say("ui.evidence.how"), style::small);
        draw_entry(ui, flow, item);
        draw_problems(ui, flow);
    }
    draw_list(ui, flow, item, writable);
    if (writable) draw_offers(ui, flow, item);
    if (buttons(ui, flow, {{"evidence/close", ui.say("ui.close"), {}, ButtonKind::primary}}) != 0) return;
    close_dialog(ui);
    ui.view.focus_when_drawn = "evidence-of/" + item;
}

}  // namespace duibiao::ui
