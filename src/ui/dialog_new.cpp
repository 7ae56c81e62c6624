// The dialog that begins a form.
#include <algorithm>
#include <cmath>

#include "core/name_key.hpp"
#include "core/text.hpp"
#include "exchange/library.hpp"
#include "ui/dialog_parts.hpp"
#include "ui/form_groups.hpp"

namespace duibiao::ui {

namespace {

/// The period that is under way today, as the form counts its periods.
std::string usual_period(const Ui& ui, std::string_view instrument) {
    const InstrumentPtr form = ui.state.library.find(instrument);
    const auto today = parse_date(ui.state.today);
    const std::string year = ui.state.today.substr(0, 4);
    if (!form || !today) return year;
    const unsigned month = static_cast<unsigned>(today->month());
    if (form->period == "half") return year + (month <= 6 ? "-H1" : "-H2");
    if (form->period == "quarter") return year + "-Q" + std::to_string((month + 2) / 3);
    return form->period == "month" ? ui.state.today.substr(0, 7) : year;
}

/// What the dialog was opened with: another link may come while it is open.
std::string asked_for(const Dialog& dialog) {
    std::string all = dialog.argument;
    for (const std::string& line : dialog.lines) all += "\n" + line;
    return all;
}

void begin_new_draft(Ui& ui) {
    const Dialog& dialog = ui.state.dialog;
    std::string instrument = dialog.argument;
    if (const InstrumentPtr form = ui.state.library.find(instrument)) ui.view.form_group = form->form_group;
    if (const auto shown = shown_forms(ui, offered_forms(ui)); instrument.empty() && !shown.empty())
        instrument = shown.front()->id;
    std::string unit = dialog.lines.empty() ? std::string() : dialog.lines[0];
    std::string period = dialog.lines.size() < 2 ? std::string() : dialog.lines[1];
    if (unit.empty()) unit = ui.state.settings.last_unit;
    if (period.empty()) period = usual_period(ui, instrument);
    ui.view.draft = {instrument, unit, period, asked_for(dialog), ui.state.settings.signer};
    if (!ui.touch) ui.mirror.request_focus("new/unit");
}

/// By its short name, so that all of them and the fields below fit on a small screen.
bool form_choice(Ui& ui, const Box& box, const Instrument& instrument, bool selected) {
    const std::string id = "new/form/" + instrument.id;
    const AreaState state = area(ui, box, {id, instrument.title + " " + instrument.issuer, Role::button, selected, 8});
    fill(box, selected ? colour::accent_tint : state.hovered ? colour::hover : colour::sheet, 8);
    outline(box, selected ? colour::accent : colour::line, 8);
    write_in(ui, box.inset(ui.px(12), 0), instrument.short_title,
             selected ? with_colour(style::body_strong, colour::accent) : style::body);
    if (ui.mirror.focused() == id) focus_ring(box, 8);
    return state.pressed;
}

/// Two beside each other where there is room. Choosing another form takes its usual period, unless one was typed.
void form_choices(Ui& ui, Flow& flow, std::vector<std::string>& draft) {
    const std::size_t across = flow.width >= ui.px(480) ? 2 : 1;
    const float gap = ui.px(8);
    const float width = (flow.width - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
    const float height = ui.px(34);
    std::size_t index = 0;
    const auto offered = offered_forms(ui);
    flow.y += draw_form_groups(ui, {flow.x, flow.y, flow.width, 0}, "new", offered);
    for (const InstrumentPtr& form : shown_forms(ui, offered)) {
        const Box box{flow.x + static_cast<float>(index % across) * (width + gap), flow.y, width, height};
        if (form_choice(ui, box, *form, draft[0] == form->id)) {
            if (draft[2] == usual_period(ui, draft[0])) draft[2] = usual_period(ui, form->id);
            draft[0] = form->id;
        }
        if (++index % across == 0) flow.y += height + ui.px(6);
    }
    if (index % across != 0) flow.y += height + ui.px(6);
}

/// The unit's document of the same form in the period before.
const DocumentCard* last_time(const Ui& ui, const std::vector<std::string>& draft, const std::string& period) {
    const std::string unit = organisation_key(draft[1]);
    const auto is_last = [&](const DocumentCard& card) {
        if (card.instrument != draft[0] || organisation_key(card.unit) != unit) return false;
        const Result<std::string> next = next_period(card.period);
        return next && *next == period;
    };
    const auto found = std::find_if(ui.state.cards.begin(), ui.state.cards.end(), is_last);
    return found == ui.state.cards.end() ? nullptr : &*found;
}

/// Who begins a form is its unit's, and the log says who he is.
void create(Ui& ui, const std::string& period) {
    const std::vector<std::string>& draft = ui.view.draft;
    const std::string signer(trim(draft[4]));
    if (signer != ui.state.settings.signer) ui.send(command::SetSetting{"signer", signer});
    if (ui.state.settings.role.empty() && !signer.empty()) ui.send(command::SetSetting{"role", "self"});
    ui.send(command::CreateDocument{draft[0], draft[1], period});
}

}  // namespace

void body_new(Ui& ui, Flow& flow) {
    if (ui.view.draft.size() != 5 || ui.view.draft[3] != asked_for(ui.state.dialog)) begin_new_draft(ui);
    std::vector<std::string>& draft = ui.view.draft;
    write_in(ui, {flow.x, flow.y, flow.width, ui.px(22)}, ui.say("ui.new.form"), style::small);
    flow.y += ui.px(26);
    form_choices(ui, flow, draft);
    flow.y += ui.px(4);
    labelled_field(ui, flow, "new/unit", ui.say("ui.new.unit"), ui.say("ui.new.unit.placeholder"), draft[1]);
    const float period_width = std::floor(flow.width * 0.4F);
    Flow left{flow.x, flow.y, period_width};
    labelled_field(ui, left, "new/period", ui.say("ui.new.period"), "2026", draft[2]);
    Flow right{flow.x + period_width + ui.px(12), flow.y, flow.width - period_width - ui.px(12)};
    labelled_field(ui, right, "new/signer", ui.say("ui.new.signer"), ui.say("ui.new.signer.placeholder"), draft[4], 60);
    flow.y = left.y;
    const Result<std::string> period = normalise_period(draft[2]);
    if (!period)
        paragraph(ui, flow, "new/period-error", describe(ui.state.settings.language, period.error()),
                  with_colour(style::small, colour::accent));
    if (const DocumentCard* last = period ? last_time(ui, draft, *period) : nullptr) {
        const Params params{{"period", last->period}};
        if (choice(ui, flow, "new/carry", ui.say("ui.new.carry", params), ui.say("ui.new.carry.text")))
            return ui.send(command::DuplicateDocument{last->id});
    }
    const bool named = !trim(draft[1]).empty();
    const bool ready = period && ui.state.library.find(draft[0]);
    const int pressed = buttons(
        ui, flow,
        {{"new/cancel", ui.say("ui.cancel")}, {"new/create", ui.say("ui.new.create"), {}, ButtonKind::primary, ready}});
    const bool entered = ready && (ui.mirror.pressed("Enter", "new/unit") || ui.mirror.pressed("Enter", "new/period"));
    if (pressed == 0) close_dialog(ui);
    if (pressed != 1 && !entered) return;
    if (named) return create(ui, *period);
    ui.send(command::Notify{ui.say("ui.new.unnamed")});
    ui.mirror.request_focus("new/unit");
}

}  // namespace duibiao::ui
