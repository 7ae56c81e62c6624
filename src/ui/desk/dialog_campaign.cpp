// The dialog that begins a campaign: who collects which form, for which period, until when.
#include <algorithm>

#include "core/date_text.hpp"
#include "core/text.hpp"
#include "exchange/library.hpp"
#include "ui/dialog_parts.hpp"

namespace duibiao::ui {

namespace {

/// The draft's places.
enum : std::size_t { unit_at, period_at, form_at, due_at, from_at, draft_size };

void begin(Ui& ui) {
    const auto forms = ui.state.library.all();
    const auto scored =
        std::find_if(forms.begin(), forms.end(), [](const InstrumentPtr& form) { return form->is_scored(); });
    const std::string form = scored != forms.end() ? (*scored)->id : forms.empty() ? std::string() : forms.front()->id;
    ui.view.draft = {ui.state.settings.office, ui.state.today.substr(0, 4), form, {}, {}};
    if (!ui.touch) ui.mirror.request_focus("campaign/unit");
}

/// "2026-12-20" of whatever was typed; nothing for a text that is no day.
std::optional<std::string> due_of(const std::string& text, const std::string& period) {
    if (trim(text).empty()) return std::string();
    const auto day = parse_date(with_year_of(period, trim(text)));
    return day ? std::optional(to_string(*day)) : std::nullopt;
}

/// What the form asks of a unit: answers, and about half a minute for each.
std::string effort_of(const Ui& ui, const Instrument& form) {
    std::size_t fields = 0;
    for (const Instrument::Place& place : form.order) {
        const Criterion& item = form.criterion(place);
        fields += item.fields.size() + item.measures.size() + (form.is_scored() ? 2 : 0);  // the score, and its text
    }
    if (fields == 0)
        return ui.say("ui.campaign.effort.rows", {{"count", static_cast<std::int64_t>(form.table.columns.size())}});
    return ui.say("ui.campaign.effort", {{"fields", static_cast<std::int64_t>(fields)},
                                         {"minutes", static_cast<std::int64_t>((fields + 1) / 2)}});
}

/// Whose list of units can be taken over: the campaign that was changed last.
const DocumentCard* last_campaign(const Ui& ui) {
    const DocumentCard* last = nullptr;
    for (const DocumentCard& card : ui.state.cards) {
        const bool has_list = card.instrument == campaign_form && card.rows > 0;
        if (has_list && (last == nullptr || card.updated > last->updated)) last = &card;
    }
    return last;
}

}  // namespace

void body_campaign(Ui& ui, Flow& flow) {
    if (ui.view.draft.size() != draft_size) begin(ui);
    std::vector<std::string>& draft = ui.view.draft;
    paragraph(ui, flow, "campaign/how", ui.say("ui.campaign.how"), style::small);
    const auto forms = ui.state.library.all();
    std::vector<std::string> names;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < forms.size(); ++i) {
        names.push_back(forms[i]->short_title);
        if (forms[i]->id == draft[form_at]) chosen = i;
    }
    write_in(ui, {flow.x, flow.y, flow.width, ui.px(22)}, ui.say("ui.campaign.form"), style::small);
    flow.y += ui.px(24);
    if (const auto now = select(ui, {flow.x, flow.y, flow.width, ui.px(38)}, "campaign/form",
                                ui.say("ui.campaign.form"), names, chosen))
        draft[form_at] = forms[*now]->id;
    flow.y += ui.px(44);
    if (!forms.empty()) paragraph(ui, flow, "campaign/effort", effort_of(ui, *forms[chosen]), style::small);
    labelled_field(ui, flow, "campaign/unit", ui.say("ui.campaign.unit"), ui.say("ui.campaign.unit.placeholder"),
                   draft[unit_at]);
    labelled_field(ui, flow, "campaign/period", ui.say("ui.new.period"), "2026", draft[period_at]);
    labelled_field(ui, flow, "campaign/due", ui.say("ui.campaign.due"), ui.say("ui.campaign.due.placeholder"),
                   draft[due_at]);
    const auto due = due_of(draft[due_at], draft[period_at]);
    if (!due)
        paragraph(ui, flow, "campaign/due-error", ui.say("ui.campaign.due.error"),
                  with_colour(style::small, colour::accent));
    const Result<std::string> period = normalise_period(draft[period_at]);
    if (!period)
        paragraph(ui, flow, "campaign/period-error", describe(ui.state.settings.language, period.error()),
                  with_colour(style::small, colour::accent));
    if (const DocumentCard* last = last_campaign(ui)) {
        const std::string label =
            ui.say("ui.campaign.from", {{"period", last->period}, {"count", std::int64_t{last->rows}}});
        const auto now =
            checkbox(ui, {flow.x, flow.y, flow.width, ui.px(26)}, "campaign/from", label, !draft[from_at].empty());
        if (now) draft[from_at] = *now ? last->id : std::string();
        flow.y += ui.px(34);
    }
    const bool is_ready = due && period && !trim(draft[unit_at]).empty();
    const int pressed = buttons(ui, flow,
                                {{"campaign/cancel", ui.say("ui.cancel")},
                                 {"campaign/create", ui.say("ui.campaign.create"), {}, ButtonKind::primary, is_ready}});
    const bool entered = ui.mirror.pressed("Enter", "campaign/unit") || ui.mirror.pressed("Enter", "campaign/due");
    if (pressed == 0) close_dialog(ui);
    if ((pressed == 1 || entered) && is_ready)
        ui.send(
            command::CreateCampaign{std::string(trim(draft[unit_at])), *period, draft[form_at], *due, draft[from_at]});
}

}  // namespace duibiao::ui
