#include "ui/form_groups.hpp"

#include <algorithm>

#include "exchange/library.hpp"

namespace duibiao::ui {

namespace {

bool is_bound(const Ui& ui, const Instrument& form) {
    const auto& sources = ui.state.settings.sources;
    return sources.empty() || ui.view.all_forms || ui.state.own_forms.contains(form.id) || form.is_asked_by(sources);
}

/// Groups in their order that have a form.
std::vector<FormGroup> groups_of(const std::vector<InstrumentPtr>& forms) {
    std::vector<FormGroup> groups;
    for (const FormGroup group : all_form_groups) {
        const auto has = [group](const InstrumentPtr& form) { return form->form_group == group; };
        if (std::any_of(forms.begin(), forms.end(), has)) groups.push_back(group);
    }
    return groups;
}

FormGroup shown_group(const Ui& ui, const std::vector<FormGroup>& groups) {
    const bool is_there = std::find(groups.begin(), groups.end(), ui.view.form_group) != groups.end();
    return is_there || groups.empty() ? ui.view.form_group : groups.front();
}

struct SourceLine {
    std::string key;
    std::string words;
};

/// Each document that shipped forms come from, once.
std::vector<SourceLine> sources_of(const Ui& ui) {
    std::vector<SourceLine> sources;
    for (const InstrumentPtr& form : ui.state.library.all()) {
        const bool known = std::any_of(sources.begin(), sources.end(),
                                       [&](const SourceLine& one) { return one.key == form->source_key; });
        if (known || ui.state.own_forms.contains(form->id)) continue;
        sources.push_back({form->source_key, form->issuer + "：" + form->source_title});
    }
    return sources;
}

}  // namespace

std::vector<InstrumentPtr> offered_forms(const Ui& ui) {
    std::vector<InstrumentPtr> offered;
    for (const InstrumentPtr& form : ui.state.library.all()) {
        if (is_bound(ui, *form)) offered.push_back(form);
    }
    return offered;
}

std::vector<InstrumentPtr> shown_forms(const Ui& ui, const std::vector<InstrumentPtr>& offered) {
    const FormGroup group = shown_group(ui, groups_of(offered));
    std::vector<InstrumentPtr> shown;
    for (const InstrumentPtr& form : offered) {
        if (form->form_group == group) shown.push_back(form);
    }
    return shown;
}

float draw_form_groups(Ui& ui, const Box& line, const std::string& id, const std::vector<InstrumentPtr>& offered) {
    const std::vector<FormGroup> groups = groups_of(offered);
    std::vector<std::string> labels;
    std::size_t selected = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        labels.push_back(ui.say("group." + std::string(to_string(groups[i]))));
        if (groups[i] == shown_group(ui, groups)) selected = i;
    }
    float y = line.y;
    if (groups.size() > 1) {
        const Box tabs{line.x, y, std::min(line.width, ui.px(420)), ui.px(36)};
        const auto chosen = segments(ui, tabs, id + "/groups", ui.say("ui.groups"), labels, selected);
        if (chosen) ui.view.form_group = groups[*chosen];
        y += ui.px(46);
    }
    const auto& bound = ui.state.settings.sources;
    const std::string which = bound.empty() ? ui.say("ui.sources.all") : ui.say("ui.sources.some", {{"keys", bound}});
    const float width = button_width(ui, which);
    if (button(ui, {line.x, y, width, ui.px(32)}, {id + "/sources", which, {}, ButtonKind::quiet}))
        ui.send(command::ShowDialog{"sources", {}});
    if (!bound.empty()) {
        const std::string label = ui.say("ui.sources.others");
        const float room = ui.text.measure(label, style::body) + ui.px(38);
        const bool beside = width + ui.px(16) + room <= line.width;
        if (!beside) y += ui.px(36);
        const Box place{beside ? line.x + width + ui.px(16) : line.x, y + ui.px(4), room, ui.px(24)};
        const auto now = checkbox(ui, place, id + "/all-forms", label, ui.view.all_forms);
        if (now) ui.view.all_forms = *now;
    }
    return y + ui.px(42) - line.y;
}

void body_sources(Ui& ui, Flow& flow) {
    paragraph(ui, flow, "sources/how", ui.say("ui.sources.how"), style::small);
    const auto& bound = ui.state.settings.sources;
    std::string chosen;
    bool changed = false;
    for (const SourceLine& source : sources_of(ui)) {
        const bool was = std::find(bound.begin(), bound.end(), source.key) != bound.end();
        const float height = wrapped_height(ui, flow.width - ui.px(30), source.words, style::body);
        const auto now = checkbox(ui, {flow.x, flow.y, flow.width, height}, "sources/" + source.key, source.words, was);
        changed = changed || now.has_value();
        if (now.value_or(was)) chosen += (chosen.empty() ? "" : ",") + source.key;
        flow.y += height + ui.px(12);
    }
    if (changed) ui.send(command::SetSetting{"sources", chosen});
    if (buttons(ui, flow, {{"sources/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

}  // namespace duibiao::ui
