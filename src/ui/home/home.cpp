// Home: the documents of each unit and year, new, open, examples.
#include <algorithm>
#include <map>

#include "ui/form_groups.hpp"
#include "ui/home/home_list.hpp"
#include "ui/reminders.hpp"

namespace duibiao::ui {

namespace {

constexpr float gap = 16;

std::string without_leading_zero(std::string_view digits) {
    return std::string(digits.size() > 1 && digits.front() == '0' ? digits.substr(1) : digits);
}

}  // namespace

std::string short_time(const Ui& ui, const DocumentCard& card) {
    const std::string& local = card.updated_local;
    if (local.size() < 16) return {};
    if (local.substr(0, 10) == ui.state.today) return ui.say("ui.time.today", {{"time", local.substr(11, 5)}});
    return ui.say("ui.time.day", {{"year", local.substr(0, 4)},
                                  {"month", without_leading_zero(local.substr(5, 2))},
                                  {"day", without_leading_zero(local.substr(8, 2))}});
}

std::string progress_line(const Ui& ui, const DocumentCard& card) {
    if (!card.step.empty()) return ui.say("ui.card.step", {{"count", std::int64_t{card.rows}}, {"step", card.step}});
    if (card.instrument == draft_form) return ui.say("ui.author.home");
    if (card.rows >= 0) return ui.say("ui.card.rows", {{"count", std::int64_t{card.rows}}});
    if (card.of == 0) return ui.say("ui.card.ledger");
    if (card.points == Points{})
        return ui.say("ui.card.answered", {{"scored", std::int64_t{card.scored}}, {"of", std::int64_t{card.of}}});
    if (!card.verdict.empty())
        return ui.say("ui.card.veto", {{"verdict", card.verdict}, {"score", card.score.to_string()}});
    return ui.say("ui.card.progress", {{"layer", ui.say("layer." + std::string(to_string(card.layer)))},
                                       {"score", card.score.to_string()},
                                       {"points", card.points.to_string()},
                                       {"scored", std::int64_t{card.scored}},
                                       {"of", std::int64_t{card.of}}});
}

float draw_state_chip(Ui& ui, float x, float y, const DocumentCard& card) {
    return x +
           chip(ui, x, y, ui.say("state." + card.state),
                card.state == "draft"      ? Tone::neutral
                : card.state == "returned" ? Tone::warning
                                           : Tone::good) +
           ui.px(8);
}

float draw_finding_chips(Ui& ui, float x, float y, const DocumentCard& card) {
    if (card.findings.errors > 0)
        x += chip(ui, x, y, ui.say("ui.count.errors", {{"count", std::int64_t{card.findings.errors}}}), Tone::error) +
             ui.px(8);
    if (card.findings.warnings > 0)
        x += chip(ui, x, y, ui.say("ui.count.warnings", {{"count", std::int64_t{card.findings.warnings}}}),
                  Tone::warning) +
             ui.px(8);
    return x;
}

bool draw_card_menu(Ui& ui, const Box& box, const DocumentCard& card) {
    const AreaState menu = area(ui, box, {"card-menu/" + card.id, ui.say("ui.card.menu", {{"title", title_of(card)}})});
    if (menu.hovered) fill(box, colour::hover, 6);
    for (int dot = -1; dot <= 1; ++dot)
        canvas()->AddCircleFilled({box.x + box.width / 2 + static_cast<float>(dot) * ui.px(6), box.y + box.height / 2},
                                  ui.px(1.7F), colour::secondary);
    if (menu.pressed) ui.send(command::ShowDialog{"card", card.id});
    return menu.pressed;
}

namespace {

int columns_for(const Ui& ui, float width) { return width >= ui.px(900) ? 3 : width >= ui.px(600) ? 2 : 1; }

Box card_box(const Ui& ui, const Box& column, float y, int index) {
    const int columns = columns_for(ui, column.width);
    const float width = (column.width - ui.px(gap) * static_cast<float>(columns - 1)) / static_cast<float>(columns);
    const float height = ui.px(128);
    const int row = index / columns;
    return {column.x + static_cast<float>(index % columns) * (width + ui.px(gap)),
            y + static_cast<float>(row) * (height + ui.px(gap)), width, height};
}

float grid_bottom(const Ui& ui, const Box& column, float y, int count) {
    return card_box(ui, column, y, count - 1).bottom();
}

void draw_card(Ui& ui, const Box& box, const DocumentCard& card) {
    const std::string line = progress_line(ui, card);
    const AreaState state = area(ui, {box.x, box.y, box.width - ui.px(48), box.height},
                                 {"card/" + card.id, title_of(card) + " " + line, Role::link, false, 8});
    sheet(box);
    if (state.hovered) outline(box, colour::control_line, 8);
    const float x = box.x + ui.px(18);
    const float width = box.width - ui.px(36);
    write_in(ui, {x, box.y + ui.px(18), width - ui.px(30), ui.px(26)}, title_of(card), style::card_title);
    write_in(ui, {x, box.y + ui.px(46), width, ui.px(22)}, line, style::small);
    if (card.of > 0)
        progress_bar(ui, {x, box.y + ui.px(73), width, ui.px(4)}, Points::from_whole(card.scored),
                     Points::from_whole(card.of));
    const float end = draw_finding_chips(ui, draw_state_chip(ui, x, box.y + ui.px(89), card), box.y + ui.px(89), card);
    write_in(ui, {end, box.y + ui.px(89), box.right() - end - ui.px(18), chip_height(ui)}, short_time(ui, card),
             style::small);
    const Box more{box.right() - ui.px(46), box.y + ui.px(10), ui.px(36), ui.px(36)};
    if (!draw_card_menu(ui, more, card) && state.pressed) ui.send(command::OpenDocument{card.id, {}});
    if (ui.mirror.focused() == "card/" + card.id) focus_ring(box, 8);
}

/// Those that were changed last, what came back first of them: where the day's work goes on.
float draw_recent(Ui& ui, const Box& column, float y) {
    std::vector<const DocumentCard*> recent;
    recent.reserve(ui.state.cards.size());
    for (const DocumentCard& card : ui.state.cards) recent.push_back(&card);
    const std::size_t most = std::min<std::size_t>(3, recent.size());
    const auto is_before = [](const DocumentCard* one, const DocumentCard* other) {
        const bool first = one->state == "returned";
        const bool second = other->state == "returned";
        return first != second ? first : one->updated > other->updated;
    };
    std::partial_sort(recent.begin(), recent.begin() + static_cast<std::ptrdiff_t>(most), recent.end(), is_before);
    for (std::size_t i = 0; i < most; ++i) {
        const DocumentCard& card = *recent[i];
        const Box box = card_box(ui, column, y, static_cast<int>(i));
        const std::string id = "recent/" + card.id;
        const std::string lead = ui.say(card.state == "returned" ? "ui.home.came-back" : "ui.home.go-on");
        const AreaState state =
            area(ui, box, {id, lead + " " + card.unit + " " + title_of(card), Role::link, false, 8});
        sheet(box);
        if (state.hovered) outline(box, colour::control_line, 8);
        const Box inner = box.inset(ui.px(16), ui.px(12));
        write_in(ui, {inner.x, inner.y, inner.width, ui.px(20)}, lead,
                 with_colour(style::small, card.state == "returned" ? colour::warning : colour::secondary));
        write_in(ui, {inner.x, inner.y + ui.px(21), inner.width, ui.px(26)}, title_of(card), style::card_title);
        write_in(ui, {inner.x, inner.y + ui.px(47), inner.width, ui.px(20)}, card.unit + " · " + card.period,
                 style::small);
        if (card.of > 0)
            progress_bar(ui, {inner.x, inner.y + ui.px(74), inner.width, ui.px(4)}, Points::from_whole(card.scored),
                         Points::from_whole(card.of));
        write_in(ui, {inner.x, inner.y + ui.px(83), inner.width, ui.px(20)}, progress_line(ui, card), style::small);
        if (ui.mirror.focused() == id) focus_ring(box, 8);
        if (state.pressed) ui.send(command::OpenDocument{card.id, {}});
    }
    return grid_bottom(ui, column, y, static_cast<int>(most)) + ui.px(20);
}

/// How a form goes its way, in three steps.
float draw_visit(Ui& ui, const Box& column, float y) {
    constexpr int count = 3;
    const bool narrow = ui.is_narrow();
    const float width = narrow ? column.width : (column.width - 2 * ui.px(gap)) / count;
    float height = 0;
    for (int i = 0; i < count; ++i) {
        const Box box{narrow ? column.x : column.x + static_cast<float>(i) * (width + ui.px(gap)), y, width, 0};
        const std::string number = std::to_string(i + 1);
        const std::string text = ui.say("ui.welcome.step." + number);
        const float radius = ui.px(12);
        canvas()->AddCircleFilled({box.x + radius, box.y + radius}, radius, colour::accent_tint);
        write_in(ui, {box.x, box.y, 2 * radius, 2 * radius}, number, {14, Weight::semibold, colour::accent}, 0.5F);
        const float room = width - 2 * radius - ui.px(10);
        const TextStyle words = with_colour(style::body, colour::text);
        const float wanted =
            std::max(2 * radius, write_wrapped(ui, box.x + 2 * radius + ui.px(10), box.y, room, text, words));
        emit_text(ui, "welcome/step/" + number, number + " " + text, {box.x, box.y, width, wanted});
        height = std::max(height, wanted);
        if (narrow) y += wanted + ui.px(8);
    }
    return narrow ? y + ui.px(10) : y + height + ui.px(22);
}

/// Its kind, how long it is, and whose it is.
std::string form_line(const Ui& ui, const Instrument& form) {
    const auto count = [&](const char* key, std::size_t number) {
        return ui.say(key, {{"count", static_cast<std::int64_t>(number)}});
    };
    std::string line = ui.say("group." + std::string(to_string(form.form_group)));
    if (form.is_scored() && form.points > Points{})
        line += " · " + ui.say("ui.welcome.points", {{"points", form.points.to_string()}});
    if (form.has_items()) line += " · " + count("ui.welcome.items", form.order.size());
    if (form.has_rows() && !form.has_items()) line += " · " + count("ui.welcome.columns", form.table.columns.size());
    return form.issuer.empty() ? line : line + " · " + form.issuer;
}

void dashed_box(const Box& box, ImU32 colour) {
    const float step = 6;
    for (float x = box.x + 6; x < box.right() - 6; x += step * 2) {
        canvas()->AddLine({x, box.y}, {std::min(x + step, box.right()), box.y}, colour);
        canvas()->AddLine({x, box.bottom()}, {std::min(x + step, box.right()), box.bottom()}, colour);
    }
    for (float y = box.y + 6; y < box.bottom() - 6; y += step * 2) {
        canvas()->AddLine({box.x, y}, {box.x, std::min(y + step, box.bottom())}, colour);
        canvas()->AddLine({box.right(), y}, {box.right(), std::min(y + step, box.bottom())}, colour);
    }
}

void draw_new_card(Ui& ui, const Box& box) {
    const AreaState state = area(ui, box, {"new", ui.say("ui.new"), Role::button, false, 8});
    fill(box, state.hovered ? colour::accent_tint : IM_COL32(0xFB, 0xFC, 0xFD, 255), 8);
    dashed_box(box, colour::control_line);
    write_in(ui, box, "+  " + ui.say("ui.new"), {15, Weight::semibold, colour::accent}, 0.5F);
    if (ui.mirror.focused() == "new") focus_ring(box, 8);
    if (state.pressed) ui.send(command::ShowDialog{"new", {}});
}

/// A sentence with a button that does something about it; true when pressed.
bool draw_reminder(Ui& ui, const Box& column, float& y, const std::string& id, const std::string& text,
                   const ButtonSpec& action) {
    const float button_space = button_width(ui, action.label);
    const float text_width = column.width - button_space - ui.px(32);
    const TextStyle style = with_colour(style::body, IM_COL32(0x7A, 0x45, 0x00, 255));
    const float height = wrapped_height(ui, text_width, text, style) + ui.px(22);
    const Box box{column.x, y, column.width, height};
    fill(box, colour::warning_tint, 8);
    outline(box, IM_COL32(0xF2, 0xD9, 0xA8, 255), 8);
    write_wrapped(ui, box.x + ui.px(16), box.y + ui.px(11), text_width, text, style);
    emit_text(ui, id, text, box);
    const Box place{box.right() - button_space - ui.px(6), box.y + (height - button_height(ui)) / 2, button_space,
                    button_height(ui)};
    y = box.bottom() + ui.px(24);
    return button(ui, place, action);
}

float draw_backup_reminder(Ui& ui, const Box& column, float y) {
    const int waiting = count_unsaved_outside(ui.state);
    if (waiting == 0) return y;
    const bool never = ui.state.settings.last_backup.empty();
    const std::string text =
        ui.say(never ? "ui.backup.never" : "ui.backup.waiting",
               {{"count", std::int64_t{waiting}}, {"date", ui.state.settings.last_backup.substr(0, 10)}});
    const ButtonSpec action{"backup-now", ui.say("ui.backup.now"), {}, ButtonKind::warning};
    if (draw_reminder(ui, column, y, "backup-reminder", text, action)) ui.send(command::Backup{});
    return y;
}

/// The browser has thrown its database away. It is said until there is a backup, or until there are documents again.
float draw_recovery(Ui& ui, const Box& column, float y) {
    const bool restored = ui.state.recovery == Recovery::restored;
    const bool partly = ui.state.recovery == Recovery::partly;
    const bool lost = ui.state.recovery == Recovery::lost && ui.state.cards.empty();
    if (!restored && !partly && !lost) return y;
    const ButtonSpec action{
        "recovery-go-on", ui.say(restored ? "ui.backup.now" : "ui.recovery.open"), {}, ButtonKind::warning};
    const std::string text = ui.say(restored ? "ui.recovery.restored"
                                    : partly ? "ui.recovery.partly"
                                             : "ui.recovery.lost");
    if (!draw_reminder(ui, column, y, "recovery", text, action)) return y;
    if (restored)
        ui.send(command::Backup{});
    else
        ui.send(command::Pick{});
    return y;
}

/// The computer's clock shows what cannot be.
float draw_clock_reminder(Ui& ui, const Box& column, float y) {
    if (!ui.state.clock_is_wrong) return y;
    const std::string text = ui.say("ui.clock.wrong", {{"date", ui.state.today}});
    const ButtonSpec action{"clock-reload", ui.say("ui.clock.again"), {}, ButtonKind::warning};
    if (draw_reminder(ui, column, y, "clock-reminder", text, action)) ui.send(command::Tick{});
    return y;
}

/// The folder that copies go to is not written: the browser has to be allowed again, or something is wrong with it.
float draw_folder_reminder(Ui& ui, const Box& column, float y) {
    using What = command::UseFolder::What;
    const CopiesFolder& folder = ui.state.folder;
    const bool waiting = folder.how == CopiesFolder::How::waiting;
    if (!waiting && !folder.failed) return y;
    const std::string text = ui.say(waiting ? "ui.folder.waiting" : "ui.folder.failed", {{"name", folder.name}});
    const ButtonSpec action{
        "folder-go-on", ui.say(waiting ? "ui.folder.allow.short" : "ui.folder.retry"), {}, ButtonKind::warning};
    if (draw_reminder(ui, column, y, "folder-reminder", text, action))
        ui.send(command::UseFolder{waiting ? What::allow : What::write});
    return y;
}

/// Cards of each unit and year under one heading. The newest group comes first and holds "new".
float draw_groups(Ui& ui, const Box& column, float y) {
    std::vector<std::pair<std::string, std::vector<const DocumentCard*>>> groups;
    for (const DocumentCard& card : ui.state.cards) {
        const std::string title = ui.say("ui.home.group", {{"unit", card.unit}, {"year", card.period.substr(0, 4)}});
        auto group =
            std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.first == title; });
        if (group == groups.end()) group = groups.insert(groups.end(), {title, {}});
        group->second.push_back(&card);
    }
    for (std::size_t g = 0; g < groups.size(); ++g) {
        const auto& [title, cards] = groups[g];
        write_in(ui, {column.x, y, column.width, ui.px(32)}, title, style::title);
        emit_heading(ui, "group/" + std::to_string(g), title, 2, {column.x, y, column.width, ui.px(32)});
        y += ui.px(44);
        int index = 0;
        for (const DocumentCard* card : cards) draw_card(ui, card_box(ui, column, y, index++), *card);
        if (g == 0) draw_new_card(ui, card_box(ui, column, y, index++));
        y = grid_bottom(ui, column, y, index) + ui.px(28);
    }
    return y;
}

/// The first visit: what this is, and the forms one can begin with.
float draw_welcome(Ui& ui, const Box& column, float y) {
    write_in(ui, {column.x, y, column.width, ui.px(36)}, ui.say("ui.welcome"), {24, Weight::bold, colour::text});
    emit_heading(ui, "welcome", ui.say("ui.welcome"), 1, {column.x, y, column.width, ui.px(36)});
    y += ui.px(44);
    const TextStyle lead = with_colour(style::body, colour::secondary);
    emit_text(ui, "welcome-text", ui.say("ui.welcome.text"), {column.x, y, column.width, ui.px(24)});
    y += write_wrapped(ui, column.x, y, column.width, ui.say("ui.welcome.text"), lead) + ui.px(22);
    if (ui.size.y >= ui.px(560)) y = draw_visit(ui, column, y);  // where there is little room, the forms first
    int index = 0;
    const auto offered = offered_forms(ui);
    y += draw_form_groups(ui, {column.x, y, column.width, 0}, "welcome", offered) + ui.px(10);
    for (const InstrumentPtr& instrument : shown_forms(ui, offered)) {
        const Box box = card_box(ui, column, y, index++);
        const std::string begin = ui.say("ui.welcome.begin");
        const AreaState state =
            area(ui, box, {"begin/" + instrument->id, begin + " " + instrument->title, Role::button, false, 8});
        sheet(box);
        if (state.hovered) outline(box, colour::accent, 8);
        const Box inner = box.inset(ui.px(18), ui.px(16));
        write_in(ui, {inner.x, inner.y, inner.width, ui.px(26)}, instrument->short_title, style::card_title);
        write_in(ui, {inner.x, inner.y + ui.px(28), inner.width, ui.px(22)}, form_line(ui, *instrument), style::small);
        write_in(ui, {inner.x, inner.bottom() - ui.px(24), inner.width, ui.px(24)}, begin,
                 {15, Weight::semibold, colour::accent});
        if (ui.mirror.focused() == "begin/" + instrument->id) focus_ring(box, 8);
        if (state.pressed) ui.send(command::ShowDialog{"new", instrument->id});
    }
    return grid_bottom(ui, column, y, std::max(1, index)) + ui.px(28);
}

float draw_drop_area(Ui& ui, const Box& column, float y) {
    const Box box{column.x, y, column.width, ui.px(68)};
    const AreaState state = area(ui, box, {"drop", ui.say("ui.drop"), Role::button, false, 8});
    fill(box, state.hovered ? colour::sheet : IM_COL32(0xFB, 0xFC, 0xFD, 255), 8);
    dashed_box(box, colour::control_line);
    write_in(ui, box.inset(12, 0), ui.say("ui.drop"), with_colour(style::body, colour::secondary), 0.5F);
    if (ui.mirror.focused() == "drop") focus_ring(box, 8);
    if (state.pressed) ui.send(command::Pick{});
    return box.bottom() + ui.px(28);
}

/// For who collects from others: a campaign.
float draw_campaigns(Ui& ui, const Box& column, float y) {
    const std::string title = ui.say("ui.home.collect");
    write_in(ui, {column.x, y, column.width, ui.px(26)}, title, style::small_strong);
    emit_heading(ui, "collect", title, 2, {column.x, y, column.width, ui.px(26)});
    y += ui.px(32);
    const std::string label = ui.say("ui.campaign.new");
    const float width = button_width(ui, label);
    if (button(ui, {column.x, y, width, button_height(ui)}, {"campaign/new", label}))
        ui.send(command::ShowDialog{"campaign", {}});
    if (!ui.is_narrow())
        write_in(ui, {column.x + width + ui.px(14), y, column.width - width - ui.px(14), button_height(ui)},
                 ui.say("ui.home.collect.text"), style::small);
    return y + button_height(ui) + ui.px(26);
}

float draw_examples(Ui& ui, const Box& column, float y) {
    write_in(ui, {column.x, y, column.width, ui.px(26)}, ui.say("ui.examples"), style::small_strong);
    emit_heading(ui, "examples", ui.say("ui.examples"), 2, {column.x, y, column.width, ui.px(26)});
    y += ui.px(32);
    float x = column.x;
    for (const std::string name : {"clean", "faulty"}) {
        const std::string label = ui.say("ui.example." + name);
        const float width = button_width(ui, label);
        if (x + width > column.right() && x > column.x) {
            x = column.x;
            y += button_height(ui) + ui.px(8);
        }
        if (button(ui, {x, y, width, button_height(ui)}, {"example/" + name, label}))
            ui.send(command::OpenExample{name});
        x += width + ui.px(8);
    }
    return y + button_height(ui) + ui.px(32);
}

}  // namespace

void draw_home(Ui& ui) {
    const Box area_box{0, top_bar_height(ui), ui.size.x, ui.size.y - top_bar_height(ui)};
    const Container region(ui, make_node(ui, "main", Role::region, ui.say("ui.home"), area_box));
    ScrollArea scroll(ui, "home-scroll", area_box);
    const float margin = ui.is_narrow() ? ui.px(16) : ui.px(32);
    const float width = std::min(ui.px(1080), ui.size.x - 2 * margin);
    const Box column{(ui.size.x - width) / 2, 0, width, 0};
    float y = scroll.origin().y + ui.px(28);
    if (ui.state.saving.state == SaveState::failed) {
        const std::string text = ui.say("ui.storage." + ui.state.saving.reason);
        emit_text(ui, "storage-problem", text, {column.x, y, width, ui.px(40)}, Role::alert);
        const float height =
            wrapped_height(ui, width - ui.px(32), text, with_colour(style::body, colour::accent)) + ui.px(22);
        fill({column.x, y, width, height}, colour::accent_tint, 8);
        write_wrapped(ui, column.x + ui.px(16), y + ui.px(11), width - ui.px(32), text,
                      with_colour(style::body, colour::accent));
        y += height + ui.px(20);
    }
    y = draw_recovery(ui, column, y);
    y = draw_clock_reminder(ui, column, y);
    if (ui.state.recovery == Recovery::none) y = draw_backup_reminder(ui, column, y);
    y = draw_folder_reminder(ui, column, y);
    const bool is_listed = ui.state.cards.size() >= fewest_listed;
    if (is_listed && !ui.is_narrow()) y = draw_recent(ui, column, y);
    y = draw_reminders(ui, column, y);
    y = ui.state.cards.empty() ? draw_welcome(ui, column, y)
        : is_listed            ? draw_home_list(ui, column, y)
                               : draw_groups(ui, column, y);
    y = draw_drop_area(ui, column, y);
    y = draw_campaigns(ui, column, y);
    y = draw_examples(ui, column, y);
    scroll.follow_focus();
    scroll.finish(y - scroll.origin().y);
}

}  // namespace duibiao::ui
