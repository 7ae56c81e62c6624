#include "ui/reminders.hpp"

#include <algorithm>

#include "app/reminders.hpp"

namespace duibiao::ui {

namespace {

constexpr std::size_t most_at_first = 6;

struct Look {
    std::string words;
    Tone tone = Tone::neutral;
};

/// Without the year when it is this one.
std::string day_words(const Ui& ui, Date date) {
    constexpr std::size_t year_and_dash = 5;
    const std::string day = to_string(date);
    return day.substr(0, year_and_dash) == ui.state.today.substr(0, year_and_dash) ? day.substr(year_and_dash) : day;
}

Look look_of(const Ui& ui, const Reminder& reminder) {
    if (reminder.done == reminder.of) return {ui.say("reminder.done"), Tone::good};
    const Params due{{"due", day_words(ui, reminder.due)}};
    if (reminder.late) return {ui.say("reminder.late-since", due), Tone::error};
    return {ui.say("reminder.due-on", due), Tone::warning};
}

/// Where it comes from, and how much of it is done.
std::string origin_of(const Ui& ui, const Reminder& reminder) {
    std::string words;
    if (reminder.done > 0 && reminder.done < reminder.of)
        words = ui.say("reminder.share", {{"done", std::int64_t{reminder.done}}, {"of", std::int64_t{reminder.of}}});
    const std::string owners = reminder_owners(ui.state.settings.language, reminder);
    for (const std::string* part : {&owners, &reminder.card->title, &reminder.card->unit}) {
        if (part->empty()) continue;
        words += (words.empty() ? "" : " · ") + *part;
    }
    return words;
}

void draw_reminder(Ui& ui, const Reminder& reminder, const Box& line) {
    const Look look = look_of(ui, reminder);
    const std::string words = reminder_words(ui.state.settings.language, reminder);
    const std::string origin = origin_of(ui, reminder);
    const std::string id = "todo/" + reminder.card->id + "/" +
                           (reminder.first->is_of_rows() ? reminder.first->key() : reminder.first->item);
    const AreaState state = area(ui, line, {id, look.words + " " + words + " " + origin, Role::link});
    if (state.hovered) fill(line, colour::hover);
    horizontal_line(line.x, line.y, line.width);
    const float chip_width_here = ui.px(104);
    chip(ui, line.x + ui.px(16), line.y + (line.height - chip_height(ui)) / 2, look.words, look.tone);
    const float x = line.x + ui.px(16) + chip_width_here;
    const float room = line.right() - ui.px(16) - x;
    const float origin_width = ui.is_narrow() ? 0 : std::min(ui.text.measure(origin, style::small) + 1, room * 0.45F);
    write_in(ui, {x, line.y, room - origin_width - ui.px(12), line.height}, words, style::body);
    if (origin_width > 0)
        write_in(ui, {line.right() - ui.px(16) - origin_width, line.y, origin_width, line.height}, origin, style::small,
                 1);
    if (state.pressed) ui.send(command::OpenDocument{reminder.card->id, reminder.first->item});
}

/// The two lists to choose from, and printing; returns the head's height.
float draw_head(Ui& ui, const Box& box, Date today) {
    const float height = ui.px(56);
    const bool quarter = ui.view.quarter_reminders;
    const std::vector<std::string> labels{ui.say("reminder.month"), ui.say("reminder.quarter")};
    const Box tabs{box.x + ui.px(12), box.y + ui.px(10), std::min(ui.px(260), box.width * 0.55F), ui.px(36)};
    if (const auto chosen = segments(ui, tabs, "reminders", ui.say("ui.todo"), labels, quarter ? 1 : 0))
        ui.view.quarter_reminders = *chosen == 1;
    const std::string span =
        span_words(ui.state.settings.language, quarter ? ReminderList::quarter : ReminderList::month, today);
    const std::string print = ui.say("reminder.print");
    const float print_width = button_width(ui, print);
    const Box place{box.right() - print_width - ui.px(12), box.y + ui.px(11), print_width, ui.px(34)};
    if (!ui.is_narrow())
        write_in(ui, {tabs.right() + ui.px(14), box.y, std::max(1.0F, place.x - tabs.right() - ui.px(24)), height},
                 span, style::small);
    if (button(ui, place, {"reminders/print", print, labels[quarter ? 1 : 0] + " " + print}))
        ui.send(command::PrintReminders{quarter});
    return height;
}

float draw_more(Ui& ui, const Box& line, std::size_t count) {
    const std::string label = ui.view.all_reminders
                                  ? ui.say("reminder.fewer")
                                  : ui.say("reminder.all", {{"count", static_cast<std::int64_t>(count)}});
    horizontal_line(line.x, line.y, line.width);
    if (button(ui, {line.x + ui.px(4), line.y + ui.px(5), button_width(ui, label), line.height - ui.px(10)},
               {"reminders/all", label, {}, ButtonKind::quiet}))
        ui.view.all_reminders = !ui.view.all_reminders;
    return line.height;
}

}  // namespace

float draw_reminders(Ui& ui, const Box& column, float y) {
    const Result<Date> today = parse_date(ui.state.today);
    const auto asks = [](const DocumentCard& card) { return !card.todo.empty(); };
    if (!today || std::none_of(ui.state.cards.begin(), ui.state.cards.end(), asks)) return y;
    const ReminderList list = ui.view.quarter_reminders ? ReminderList::quarter : ReminderList::month;
    const std::vector<Reminder> found = reminders(ui.state.cards, list, *today);
    const std::size_t shown = ui.view.all_reminders ? found.size() : std::min(found.size(), most_at_first);
    const float row = ui.px(40);
    const bool more = found.size() > most_at_first;
    const auto rows = static_cast<float>(std::max<std::size_t>(1, shown) + (more ? 1 : 0));
    const Box box{column.x, y, column.width, ui.px(56) + rows * row};
    sheet(box);
    emit_heading(ui, "todo", ui.say("ui.todo"), 2, {box.x, y, box.width, ui.px(56)});
    y += draw_head(ui, box, *today);
    for (std::size_t i = 0; i < shown; ++i, y += row) draw_reminder(ui, found[i], {box.x + 1, y, box.width - 2, row});
    if (found.empty()) {
        const Box line{box.x + ui.px(16), y, box.width - ui.px(32), row};
        write_in(ui, line, ui.say("reminder.none"), with_colour(style::body, colour::good));
        emit_text(ui, "reminders-none", ui.say("reminder.none"), line);
    }
    if (more) draw_more(ui, {box.x + 1, y, box.width - 2, row}, found.size());
    return box.bottom() + ui.px(24);
}

}  // namespace duibiao::ui
