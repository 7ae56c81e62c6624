// Dialogs: a sheet over the dimmed page. Each is a body function; the frame around it is one.
#include <algorithm>
#include <cmath>

#include "core/appraisal.hpp"
#include "core/text.hpp"
#include "exchange/library.hpp"
#include "ui/dialog_parts.hpp"
#include "ui/form_groups.hpp"
#include "ui/grid.hpp"
#include "ui/ledger_parts.hpp"
#include "ui/roster_parts.hpp"

namespace duibiao::ui {

namespace {

// --- why --------------------------------------------------------------------------------------------------------

void body_why(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    const OpenedDocument& opened = *ui.state.opened;
    const Explanation why = explain(opened.document, opened.layer);
    paragraph(ui, flow, "why/sum",
              ui.say("ui.why.sum", {{"full", why.full.to_string()},
                                    {"lost", why.lost.to_string()},
                                    {"unscored", why.unscored.to_string()},
                                    {"score", why.score.to_string()}}),
              style::body_strong);
    if (opened.tally.veto)
        paragraph(ui, flow, "why/veto", ui.say("ui.why.veto", {{"verdict", opened.tally.verdict}}),
                  with_colour(style::body, colour::accent));
    if (!why.deductions.empty())
        subtitle(ui, flow, "why/lost",
                 ui.say("ui.why.lost", {{"count", static_cast<std::int64_t>(why.deductions.size())}}));
    for (const Lost& lost : why.deductions) {
        const std::string title = ui.say("ui.why.lost.line", {{"item", lost.item},
                                                              {"points", lost.points.to_string()},
                                                              {"score", lost.score.to_string()},
                                                              {"lost", (lost.points - lost.score).to_string()}});
        if (choice(ui, flow, "why/" + lost.item, title, lost.reason)) {
            close_dialog(ui);
            ui.send(command::Reveal{lost.item, "score", opened.layer});
        }
    }
    if (!why.missing.empty()) {
        subtitle(ui, flow, "why/missing",
                 ui.say("ui.why.missing", {{"count", static_cast<std::int64_t>(why.missing.size())},
                                           {"points", why.unscored.to_string()}}));
        paragraph(ui, flow, "why/missing-items", ui.say("ui.why.missing.items", {{"items", why.missing}}),
                  style::small);
    }
    if (buttons(ui, flow, {{"why/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

// --- history ----------------------------------------------------------------------------------------------------

/// Only the changes of one item, or all.
void draw_history_choice(Ui& ui, Flow& flow) {
    const std::string& shown = ui.state.dialog.argument;
    const std::string item = shown.empty() ? ui.view.selected_item : shown;
    if (item.empty()) return;
    const std::vector<std::string> labels{ui.say("ui.history.all"), ui.say("ui.history.item", {{"item", item}})};
    const Box box{flow.x, flow.y, std::min(flow.width, ui.px(320)), ui.px(36)};
    const auto chosen = segments(ui, box, "history/show", ui.say("ui.history.show"), labels, shown.empty() ? 0 : 1);
    if (chosen) ui.send(command::ShowDialog{"history", *chosen == 0 ? std::string() : item});
    flow.y += ui.px(48);
}

void draw_history_line(Ui& ui, Flow& flow, const HistoryLine& line, std::size_t index) {
    constexpr std::size_t longest = 600;  // bytes
    const auto shown = [&ui](const std::string& text) {
        if (text.empty()) return ui.say("history.empty");
        return text.size() <= longest ? text : text.substr(0, utf8_prefix(text.substr(0, longest))) + "…";
    };
    const std::string head = line.at + (line.by.empty() ? "" : " " + line.by) + "　" + line.what;
    const std::string change = shown(line.before) + " → " + shown(line.after);
    const float top = flow.y;
    write_wrapped(ui, flow.x, flow.y, flow.width, head, style::small);
    flow.y += wrapped_height(ui, flow.width, head, style::small);
    flow.y += write_wrapped(ui, flow.x, flow.y, flow.width, change, style::body) + ui.px(6);
    emit_text(ui, "history/" + std::to_string(index), head + " " + change, {flow.x, top, flow.width, flow.y - top});
    horizontal_line(flow.x, flow.y, flow.width);
    flow.y += ui.px(8);
}

void body_history(Ui& ui, Flow& flow) {
    draw_history_choice(ui, flow);
    for (std::size_t i = 0; i < ui.state.dialog.history.size(); ++i)
        draw_history_line(ui, flow, ui.state.dialog.history[i], i);
    for (const std::string& line : ui.state.dialog.lines) paragraph(ui, flow, "history/note", line, style::small);
    if (buttons(ui, flow, {{"history/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

// --- the ledger: rows from a spreadsheet, and which duties bind the unit ------------------------------------------

/// Heads that do not say which column is meant are asked for.
bool asks_columns(Ui& ui, const std::string& text) {
    Grid& grid = ui.view.grid;
    CellBlock block = parse_block(text);
    BlockColumns columns = find_columns(ui.state.opened->document.instrument->table, block, 0);
    if (columns.is_sure || columns.heads.empty()) return false;
    grid.pasted = std::move(block);
    grid.pasted_columns = std::move(columns);
    ui.send(command::ShowDialog{"columns", "rows"});
    return true;
}

/// The block below the form's own names of the columns that were chosen.
std::string with_own_heads(const Ui& ui) {
    const Grid& grid = ui.view.grid;
    const auto& columns = ui.state.opened->document.instrument->table.columns;
    CellBlock block(1);
    for (const auto& to : grid.pasted_columns.columns) {
        if (to) block.front().push_back(columns[*to].label);
    }
    for (std::size_t row = grid.pasted_columns.body; row < grid.pasted.size(); ++row) {
        std::vector<std::string>& cells = block.emplace_back();
        for (std::size_t i = 0; i < grid.pasted_columns.columns.size(); ++i) {
            if (!grid.pasted_columns.columns[i]) continue;
            cells.push_back(i < grid.pasted[row].size() ? grid.pasted[row][i] : std::string());
        }
    }
    return write_block(block);
}

void body_paste(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    if (ui.view.draft.empty()) {
        ui.view.draft.assign(1, ui.state.dialog.argument);
        if (!ui.touch) ui.mirror.request_focus("paste/text");
    }
    std::string columns;
    for (const auto& column : ui.state.opened->document.instrument->table.columns)
        columns += (columns.empty() ? "" : "、") + column.label;
    paragraph(ui, flow, "paste/how", ui.say("ui.paste.how", {{"columns", columns}}), style::small);
    FieldSpec spec;
    spec.id = "paste/text";
    spec.name = ui.say("ui.ledger.paste");
    spec.role = Role::multiline;
    spec.style = style::small;
    spec.max_length = 10'000'000;
    draft_field(ui, {flow.x, flow.y, flow.width, ui.px(240)}, std::move(spec), ui.view.draft[0]);
    flow.y += ui.px(252);
    constexpr std::size_t most_errors = 5;
    for (std::size_t i = 0; i < std::min(most_errors, ui.state.dialog.lines.size()); ++i)
        paragraph(ui, flow, "paste/error/" + std::to_string(i), ui.state.dialog.lines[i],
                  with_colour(style::body, colour::accent));
    const std::string& text = ui.view.draft[0];
    const bool ready = text.find_first_not_of(" \n\t") != std::string::npos;
    std::vector<ButtonSpec> specs{{"paste/cancel", ui.say("ui.cancel")},
                                  {"paste/add", ui.say("ui.paste.add"), {}, ButtonKind::primary, ready}};
    if (ui.state.offline != Offline::file)
        specs.insert(specs.begin(),
                     {{"paste/template", ui.say("ui.template")}, {"paste/choose", ui.say("ui.paste.choose")}});
    const int pressed = buttons(ui, flow, specs);
    if (pressed < 0) return;
    const std::string_view id = specs[static_cast<std::size_t>(pressed)].id;
    if (id == "paste/template") ui.send(command::GiveTemplate{});
    if (id == "paste/choose") ui.send(command::Pick{});
    if (id == "paste/cancel") close_dialog(ui);
    if (id == "paste/add" && !asks_columns(ui, text)) ui.send(command::AddRows{text});
}

void body_duties(Ui& ui, Flow& flow) {
    if (!ui.state.opened) return;
    const Document& document = ui.state.opened->document;
    paragraph(ui, flow, "duties/how", ui.say("ui.duties.how"), style::small);
    for (const DutySet& set : document.instrument->duty_sets) {
        const Target target{Layer::self, "duties", set.id};
        const auto* bound = std::get_if<bool>(&document.answer(target));
        const std::string label =
            set.title + ui.say("ui.duties.count", {{"count", static_cast<std::int64_t>(set.duties.size())}});
        const float height = wrapped_height(ui, flow.width - ui.px(30), label, style::body);
        const auto now = checkbox(ui, {flow.x, flow.y, flow.width, height}, "duties/" + set.id, label,
                                  bound == nullptr || *bound, ui.state.opened->is_open());
        if (now) ui.send(command::SetAnswer{target, *now ? "是" : "否", {}});
        flow.y += height + ui.px(12);
    }
    draw_ledger_from(ui, {flow.x, flow.y, flow.width, ui.px(34)}, "duties/from");
    flow.y += ui.px(46);
    if (buttons(ui, flow, {{"duties/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

// --- settings, help, about, card, error -----------------------------------------------------------------

template <std::size_t N>
void setting(Ui& ui, Flow& flow, const char* key, const std::array<const char*, N>& values, std::string_view current) {
    std::vector<std::string> labels;
    std::size_t selected = 0;
    for (std::size_t i = 0; i < N; ++i) {
        labels.push_back(ui.say(std::string("ui.settings.") + key + "." + values[i]));
        if (current == values[i]) selected = i;
    }
    const std::string name = ui.say(std::string("ui.settings.") + key);
    const float beside = ui.px(112);
    const float height = ui.px(38);
    write_in(ui, {flow.x, flow.y, beside, height}, name, style::small);
    const auto chosen = segments(ui, {flow.x + beside, flow.y, flow.width - beside, height},
                                 std::string("settings/") + key, name, labels, selected);
    if (chosen) ui.send(command::SetSetting{key, values[*chosen]});
    flow.y += height + ui.px(12);
}

/// Where the data is, and whether the page opens without a network.
void draw_whereabouts(Ui& ui, Flow& flow) {
    const Offline offline = ui.state.offline;
    const char* data = offline == Offline::file     ? "ui.settings.data.file"
                       : ui.state.storage_persisted ? "ui.settings.data.kept"
                                                    : "ui.settings.data";
    paragraph(ui, flow, "settings/data", ui.say(data), style::small);
    if (offline != Offline::ready && offline != Offline::refused) return;
    const char* network = offline == Offline::ready ? "ui.offline.ready" : "ui.offline.refused";
    paragraph(ui, flow, "settings/offline", ui.say(network), style::small);
}

/// The folder that copies go to by themselves, where the browser has such a thing.
void draw_folder(Ui& ui, Flow& flow) {
    using How = CopiesFolder::How;
    using What = command::UseFolder::What;
    const CopiesFolder& folder = ui.state.folder;
    if (folder.how == How::unsupported) return;
    const Params params{{"name", folder.name}, {"at", folder.last_local}};
    const auto offer = [&](const char* what, const std::string& text, What act) {
        const std::string key = std::string("ui.folder.") + what;
        if (choice(ui, flow, std::string("settings/folder-") + what, ui.say(key, params), text))
            ui.send(command::UseFolder{act});
    };
    if (folder.how == How::none) return offer("choose", ui.say("ui.folder.choose.text"), What::choose);
    const std::string state = ui.say(folder.failed               ? "ui.folder.failed"
                                     : folder.last_local.empty() ? "ui.folder.none-yet"
                                                                 : "ui.folder.last",
                                     params);
    if (folder.how == How::waiting)
        offer("allow", ui.say("ui.folder.allow.text"), What::allow);
    else
        offer("write", state, What::write);
    if (folder.failed) offer("choose", ui.say("ui.folder.choose.text"), What::choose);
    offer("forget", ui.say("ui.folder.forget.text"), What::forget);
}

void body_settings(Ui& ui, Flow& flow) {
    const Settings& settings = ui.state.settings;
    setting<2>(ui, flow, "density", {"comfortable", "compact"}, settings.compact ? "compact" : "comfortable");
    setting<4>(ui, flow, "text-size", {"14", "15", "17", "19"}, std::to_string(settings.text_size));
    setting<2>(ui, flow, "language", {"zh", "en"}, settings.language == Language::english ? "en" : "zh");
    if (choice(ui, flow, "settings/who", ui.say("ui.dialog.who"), who_words(ui)))
        ui.send(command::ShowDialog{"who", {}});
    if (choice(ui, flow, "settings/sources", ui.say("ui.dialog.sources"), ui.say("ui.sources.how")))
        ui.send(command::ShowDialog{"sources", {}});
    draw_whereabouts(ui, flow);
    if (choice(ui, flow, "settings/copy", ui.say("ui.copy"), ui.say("ui.copy.text"))) ui.send(command::SaveCopy{});
    draw_folder(ui, flow);
    if (ui.state.offline != Offline::file &&
        choice(ui, flow, "settings/backup-locked", ui.say("ui.backup.locked"), ui.say("ui.backup.locked.text")))
        ui.send(command::ShowDialog{"backup", {}});
    if (ui.state.aside > 0 &&
        choice(ui, flow, "settings/rescue", ui.say("ui.settings.rescue"), ui.say("ui.settings.rescue.text")))
        ui.send(command::Rescue{});
    const int pressed = buttons(ui, flow,
                                {{"settings/about", ui.say("ui.about")},
                                 {"settings/backup", ui.say("ui.backup")},
                                 {"settings/close", ui.say("ui.close"), {}, ButtonKind::primary}});
    if (pressed == 0) ui.send(command::ShowDialog{"about", {}});
    if (pressed == 1) ui.send(command::Backup{});
    if (pressed == 2) close_dialog(ui);
}

constexpr int help_entries = 13;

void body_help(Ui& ui, Flow& flow) {
    for (int i = 1; i <= help_entries; ++i) {
        const std::string key = "help." + std::to_string(i);
        subtitle(ui, flow, key, ui.say(key + ".question"));
        paragraph(ui, flow, key + "/text", ui.say(key + ".answer"), with_colour(style::body, colour::secondary));
        flow.y += ui.px(8);
    }
    const int pressed = buttons(ui, flow,
                                {{"help/about", ui.say("ui.about")},
                                 {"help/settings", ui.say("ui.settings")},
                                 {"help/close", ui.say("ui.close"), {}, ButtonKind::primary}});
    if (pressed == 0) ui.send(command::ShowDialog{"about", {}});
    if (pressed == 1) ui.send(command::ShowDialog{"settings", {}});
    if (pressed == 2) close_dialog(ui);
}

void body_about(Ui& ui, Flow& flow) {
    paragraph(ui, flow, "about/text", ui.say("ui.about.text"));
    subtitle(ui, flow, "about/notices", ui.say("ui.about.notices"));
    const TextStyle style{12, Weight::regular, colour::secondary};
    paragraph(ui, flow, "about/notices-text", std::string(asset("notices.txt")), style);
    if (buttons(ui, flow, {{"about/close", ui.say("ui.close"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

void body_card(Ui& ui, Flow& flow) {
    const std::string id = ui.state.dialog.argument;
    const auto act = [&](Command command) {
        close_dialog(ui);
        ui.commands.push_back(std::move(command));
    };
    if (choice(ui, flow, "menu/open", ui.say("ui.card.open"), {})) act(command::OpenDocument{id, {}});
    const auto& cards = ui.state.cards;
    const bool is_draft = std::any_of(cards.begin(), cards.end(), [&id](const DocumentCard& card) {
        return card.id == id && card.instrument == draft_form;
    });
    // A draft follows its file, not the calendar.
    if (!is_draft && choice(ui, flow, "menu/duplicate", ui.say("ui.card.duplicate"), ui.say("ui.card.duplicate.text")))
        act(command::DuplicateDocument{id});
    if (choice(ui, flow, "menu/delete", ui.say("ui.card.delete"), ui.say("ui.card.delete.text")))
        act(command::DeleteDocument{id});
    if (buttons(ui, flow, {{"menu/close", ui.say("ui.cancel")}}) == 0) close_dialog(ui);
}

void body_error(Ui& ui, Flow& flow) {
    if (!ui.state.dialog.argument.empty())
        paragraph(ui, flow, "error/name", ui.state.dialog.argument, style::body_strong);
    for (std::size_t i = 0; i < ui.state.dialog.lines.size(); ++i)
        paragraph(ui, flow, "error/" + std::to_string(i), ui.state.dialog.lines[i],
                  i == 0 ? style::body : style::small);
    if (buttons(ui, flow, {{"error/close", ui.say("ui.ok"), {}, ButtonKind::primary}}) == 0) close_dialog(ui);
}

void body_save(Ui& ui, Flow& flow) {
    paragraph(ui, flow, "save/reason", ui.say("ui.storage." + ui.state.saving.reason));
    if (choice(ui, flow, "save/copy", ui.say("ui.copy"), ui.say("ui.copy.text"))) ui.send(command::SaveCopy{});
    const int pressed = buttons(ui, flow,
                                {{"save/close", ui.say("ui.close")},
                                 {"save/send", ui.say("ui.send.report")},
                                 {"save/retry", ui.say("ui.save.retry"), {}, ButtonKind::primary}});
    if (pressed == 0) close_dialog(ui);
    if (pressed == 1) ui.send(command::ExportReport{});
    if (pressed == 2) ui.send(command::RetrySave{});
}

/// Where the work goes on when a step is closed: scores, ballots, or the result.
void go_on_after(Ui& ui, const Appraisal& form, const AppraisalStep& closed) {
    const auto at =
        std::find_if(form.steps.begin(), form.steps.end(), [&](const AppraisalStep& step) { return &step == &closed; });
    const auto next = at == form.steps.end() ? at : std::next(at);
    const bool is_last = next == form.steps.end();
    ui.view.roster_part = is_last ? 2 : next->gives == AppraisalStep::Gives::ballots ? 1 : 0;
    if (!is_last) show_columns_of(ui, *next);
}

/// A step that is closed stays closed: what that means is said before.
void body_close_step(Ui& ui, Flow& flow) {
    const Appraisal& form = ui.state.opened->document.instrument->appraisal;
    const AppraisalStep* step = form.find_step(ui.state.dialog.argument);
    if (step == nullptr) return close_dialog(ui);
    const auto missing = lacking(form, ui.state.opened->standings, *step).size();
    const bool of_ballots = step->gives == AppraisalStep::Gives::ballots;
    paragraph(ui, flow, "close/what", ui.say("ui.appraisal.close.what", {{"step", step->title}}));
    if (of_ballots) paragraph(ui, flow, "close/ballots", ui.say("ui.appraisal.close.ballots"));
    if (missing > 0 && !of_ballots)
        paragraph(ui, flow, "close/missing",
                  ui.say("ui.appraisal.close.missing", {{"count", static_cast<std::int64_t>(missing)}}),
                  with_colour(style::body, colour::warning));
    const bool asks = missing > 0 && !of_ballots;
    const Params left{{"count", static_cast<std::int64_t>(missing)}, {"step", step->title}};
    if (ui.view.draft.empty()) ui.view.draft = {std::string()};
    const bool knows = !ui.view.draft[0].empty();
    if (asks) {
        const Box box{flow.x, flow.y, flow.width, ui.px(28)};
        const auto now = checkbox(ui, box, "close/incomplete", ui.say("ui.appraisal.close.tick", left), knows);
        if (now) ui.view.draft[0] = *now ? "1" : "";
        flow.y += ui.px(40);
    }
    const int pressed = buttons(ui, flow,
                                {{"close/cancel", ui.say("ui.cancel")},
                                 {"close/confirm",
                                  ui.say("ui.appraisal.close", {{"step", step->title}}),
                                  {},
                                  ButtonKind::primary,
                                  !asks || knows}});
    if (pressed == 0) close_dialog(ui);
    if (pressed != 1) return;
    go_on_after(ui, form, *step);
    ui.send(command::CloseStep{step->id, asks ? ui.say("ui.appraisal.close.kept", left) : std::string()});
}

/// A pasted table whose columns are not plain.
void body_columns(Ui& ui, Flow& flow) {
    if (ui.view.grid.pasted.empty()) return close_dialog(ui);
    paragraph(ui, flow, "columns/hint", ui.say("ui.columns.hint"), style::small);
    flow.y += draw_column_choice(ui, {flow.x, flow.y, flow.width, 0});
    const int pressed = buttons(ui, flow,
                                {{"columns/cancel", ui.say("ui.cancel")},
                                 {"columns/paste", ui.say("ui.columns.paste"), {}, ButtonKind::primary}});
    if (pressed < 0) return;
    if (ui.state.dialog.argument == "rows") {
        const std::string text = pressed == 1 ? with_own_heads(ui) : write_block(ui.view.grid.pasted);
        ui.view.grid.pasted.clear();
        ui.send(command::ShowDialog{"paste", text});  // what is wrong is said there, where the text stands
        if (pressed == 1) ui.send(command::AddRows{text});
        return;
    }
    if (pressed == 1) write_pasted(ui);
    ui.view.grid.pasted.clear();
    close_dialog(ui);
    ui.mirror.request_focus(grid_field);
}

struct DialogKind {
    const char* name;
    float width;
    void (*body)(Ui&, Flow&);
};
constexpr DialogKind dialogs[] = {
    {"new", 640, body_new},
    {"send", 520, body_send},
    {"why", 560, body_why},
    {"settings", 480, body_settings},
    {"help", 640, body_help},
    {"about", 600, body_about},
    {"card", 420, body_card},
    {"import", 640, body_import},
    {"error", 480, body_error},
    {"arrival", 640, body_arrival},
    {"locked", 480, body_locked},
    {"backup", 480, body_backup},
    {"given", 720, body_given},
    {"unlock", 480, body_unlock},
    {"code", 480, body_code},
    {"compare", 720, body_compare},
    {"history", 640, body_history},
    {"save", 480, body_save},
    {"paste", 760, body_paste},
    {"duties", 560, body_duties},
    {"columns", 640, body_columns},
    {"close-step", 520, body_close_step},
    {"sources", 560, body_sources},
    {"letter", 560, body_letter},
    {"signatures", 560, body_signatures},
    {"renew", 640, body_renew},
    {"evidence", 720, body_evidence},
    {"clause", 560, body_clause},
    {"who", 520, body_who},
    {"campaign", 520, body_campaign},
    {"more", 420, body_more},
    {"sheets", 520, body_sheets},
    {"form-same", 520, body_form_same},
    {"made-form", 720, body_made_form},
    {"author-finish", 560, body_author_finish},
};

void draw_cross(Ui& ui, const Box& box) {
    const AreaState state = area(ui, box, {"dialog/cross", ui.say("ui.close")});
    if (state.hovered) fill(box, colour::hover, 6);
    write_in(ui, box, "×", {20, Weight::regular, colour::secondary}, 0.5F);
    if (state.pressed) close_dialog(ui);
}

constexpr ImGuiWindowFlags bare_dialog = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                         ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                                         ImGuiWindowFlags_NoNav;

}  // namespace

void draw_dialog(Ui& ui) {
    const std::string& name = ui.state.dialog.name;
    if (ui.view.dialog_name != name) {
        ui.view.dialog_name = name;
        ui.view.draft.clear();
        ui.view.dialog_height = 0;
        ui.view.wants_frame = true;
    }
    const auto* kind = std::find_if(std::begin(dialogs), std::end(dialogs),
                                    [&](const DialogKind& known) { return name == known.name; });
    if (kind == std::end(dialogs)) return;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ui.size);
    ImGui::Begin("dialog", nullptr, bare_dialog);
    if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
    fill({0, 0, ui.size.x, ui.size.y}, colour::shade);
    const float width = std::min(ui.px(kind->width), ui.size.x - ui.px(24));
    const float head = ui.px(60);
    // The body's height is known from the last frame; the first one is drawn again at once.
    const float height = std::min(head + ui.view.dialog_height + ui.px(12), ui.size.y - ui.px(48));
    const Box box{std::floor((ui.size.x - width) / 2), std::floor((ui.size.y - height) / 2), width, height};
    const std::string title =
        ui.say(name == "send" && decides_here(ui) ? "ui.dialog.send.decide" : "ui.dialog." + name);
    if (ui.view.dialog_height > 0) sheet(box, 10);
    {
        const Container container(ui, make_node(ui, "dialog", Role::dialog, title, box));
        const Box title_box{box.x + ui.px(24), box.y + ui.px(14), width - ui.px(96), ui.px(36)};
        if (ui.view.dialog_height > 0) write_in(ui, title_box, title, style::title);
        emit_heading(ui, "dialog-title", title, 2, title_box);
        ScrollArea scroll(ui, "dialog-scroll", {box.x, box.y + head, width, height - head - ui.px(8)});
        Flow flow{box.x + ui.px(24), scroll.origin().y + ui.px(4), width - ui.px(48)};
        kind->body(ui, flow);
        const float used = flow.y - scroll.origin().y;
        if (used != ui.view.dialog_height) {
            ui.view.dialog_height = used;
            ui.view.wants_frame = true;
        }
        scroll.follow_focus();
        scroll.finish(used);
        draw_cross(ui, {box.right() - ui.px(56), title_box.y, ui.px(36), ui.px(36)});
    }
    ImGui::End();
}

}  // namespace duibiao::ui
