#include "app/reminders.hpp"

#include <algorithm>
#include <tuple>

#include "core/cell.hpp"
#include "core/sort.hpp"

namespace duibiao {

namespace {

namespace calendar = std::chrono;

int quarter_of(Date date) { return (static_cast<int>(static_cast<unsigned>(date.month())) + 2) / 3; }

bool is_on_list(const DueItem& item, ReminderList list, Date today) {
    const calendar::year_month month{today.year(), today.month()};
    if (list == ReminderList::month)
        return !item.done && calendar::year_month{item.due.year(), item.due.month()} <= month;
    return item.due.year() == today.year() && quarter_of(item.due) == quarter_of(today);
}

/// What is late and what is still in time are two lines of the month's list.
bool joins(const Reminder& reminder, const DueItem& item, ReminderList list, Date today) {
    if (reminder.first->item != item.item || item.is_of_rows()) return false;
    return list == ReminderList::quarter || reminder.late == (item.due < today);
}

void add(Reminder& reminder, const DueItem& item, Date today) {
    if (item.of > 0) {
        reminder.of = item.of;
        reminder.done = item.of - item.left;
        reminder.late = !item.done && item.due < today;
        return;
    }
    ++reminder.of;
    const bool was_done = reminder.done == reminder.of - 1;
    if (item.done) {
        ++reminder.done;
        if (was_done) reminder.due = item.due;
        return;
    }
    reminder.late = reminder.late || item.due < today;
    if (was_done) reminder.due = item.due;
    reminder.open.push_back(&item);
}

/// Somebody who still has to, and when.
struct Lacking {
    std::string name;
    std::vector<std::string> periods;
};

std::vector<Lacking> lacking_of(Language language, const Reminder& reminder) {
    std::vector<Lacking> all;
    for (const DueItem* item : reminder.open) {
        std::vector<std::string> names = split_parts(item->owner);
        if (names.empty()) names.push_back(translate(language, "reminder.everybody"));
        for (std::string& name : names) {
            auto known = std::find_if(all.begin(), all.end(), [&name](const Lacking& one) { return one.name == name; });
            if (known == all.end()) known = all.insert(all.end(), Lacking{std::move(name), {}});
            known->periods.push_back(period_words(language, item->period));
        }
    }
    return all;
}

}  // namespace

std::vector<Reminder> reminders(const std::vector<DocumentCard>& cards, ReminderList list, Date today) {
    std::vector<Reminder> found;
    for (const DocumentCard& card : cards) {
        const std::size_t first_of_card = found.size();
        for (const DueItem& item : card.todo) {
            if (!is_on_list(item, list, today)) continue;
            const auto known = std::find_if(found.begin() + static_cast<std::ptrdiff_t>(first_of_card), found.end(),
                                            [&](const Reminder& other) { return joins(other, item, list, today); });
            Reminder& reminder = known == found.end() ? found.emplace_back() : *known;
            if (reminder.first == nullptr) reminder = Reminder{&card, &item, {}, item.due, 0, 0, false};
            add(reminder, item, today);
        }
    }
    const auto order = [&](const Reminder& reminder) {
        const bool pressing = list == ReminderList::month ? reminder.due >= today : reminder.late;
        return std::tuple(!pressing, reminder.done == reminder.of, calendar::sys_days(reminder.due));
    };
    sort_stably(found, [&](const Reminder& a, const Reminder& b) { return order(a) < order(b); });
    return found;
}

std::string span_words(Language language, ReminderList list, Date today) {
    const std::string year = std::to_string(static_cast<int>(today.year()));
    std::string month = std::to_string(static_cast<unsigned>(today.month()));
    if (month.size() == 1) month.insert(0, "0");
    const std::string period =
        list == ReminderList::month ? year + "-" + month : year + "-Q" + std::to_string(quarter_of(today));
    return translate(language, "period.of-year", {{"year", year}, {"period", period_words(language, period)}});
}

std::string reminder_words(Language language, const Reminder& reminder) {
    const DueItem& first = *reminder.first;
    if (!first.who.empty()) return translate(language, "reminder.row", {{"text", first.text}, {"who", first.who}});
    if (first.left > 0)
        return translate(language, "reminder.rest", {{"text", first.text}, {"left", std::int64_t{first.left}}});
    std::vector<std::string> periods;
    for (const DueItem* item : reminder.open) {
        if (!item->period.empty()) periods.push_back(period_words(language, item->period));
    }
    if (periods.empty()) return first.text;
    return translate(language, "reminder.duty", {{"duty", reminder.first->text}, {"periods", std::move(periods)}});
}

std::string reminder_owners(Language language, const Reminder& reminder) {
    const bool named = std::any_of(reminder.open.begin(), reminder.open.end(),
                                   [](const DueItem* item) { return !item->owner.empty(); });
    if (!named || reminder.open.size() < 2) return (named ? reminder.open.front() : reminder.first)->owner;
    std::string words;
    for (Lacking& lacking : lacking_of(language, reminder)) {
        if (!words.empty()) words += part_separator;
        words += translate(language, "reminder.lacking", {{"name", lacking.name}, {"periods", lacking.periods}});
    }
    return words;
}

}  // namespace duibiao
