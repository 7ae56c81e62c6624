// 一月一提示 and 一季一督查 from cards.
#include <doctest/doctest.h>

#include "app/reminders.hpp"

using namespace duibiao;
using namespace std::chrono_literals;

namespace {

constexpr Date today{2026y / 11 / 21};

DueItem duty(const char* item, const char* period, Date due, bool done) {
    return {item, {}, "支委会", "S 三(二)4", {}, period, {}, false, 0, 0, 0, due, done, std::nullopt};
}

std::vector<DocumentCard> cards() {
    DocumentCard ledger;
    ledger.id = "ledger";
    ledger.todo = {duty("d1", "2026-03", 2026y / 3 / 31, false),  duty("d1", "2026-07", 2026y / 7 / 31, false),
                   duty("d1", "2026-10", 2026y / 10 / 31, true),  duty("d1", "2026-11", 2026y / 11 / 30, false),
                   duty("d1", "2026-12", 2026y / 12 / 31, false), duty("d2", "2026-Q4", 2026y / 12 / 31, false)};
    DocumentCard tasks;
    tasks.id = "tasks";
    tasks.todo = {
        {"1.1", "done", "评估验收", "R 附件", "王主任", {}, {}, false, 0, 0, 0, 2026y / 10 / 31, true, std::nullopt},
        {"1.2", "done", "停止党籍手续", "R 附件", {}, {}, {}, false, 0, 0, 0, 2026y / 11 / 15, false, std::nullopt}};
    return {ledger, tasks};
}

}  // namespace

TEST_CASE("the month's list: what is due by its end and not done, in time first, late periods as one line") {
    const auto all = cards();
    const auto found = reminders(all, ReminderList::month, today);
    REQUIRE(found.size() == 3);
    CHECK(found[0].due == Date{2026y / 11 / 30});
    CHECK_FALSE(found[0].late);
    CHECK(reminder_words(Language::chinese, found[0]) == "支委会（11月）");
    CHECK(found[1].late);
    CHECK(found[1].due == Date{2026y / 3 / 31});
    CHECK(reminder_words(Language::chinese, found[1]) == "支委会（3月、7月）");
    CHECK(found[2].late);
    CHECK(reminder_words(Language::chinese, found[2]) == "停止党籍手续");
    CHECK(found[2].card->id == "tasks");
}

TEST_CASE("who lacks it is said for each period") {
    auto all = cards();
    all.resize(1);
    all[0].todo[0].owner = "内科党支部、外科党支部";
    CHECK(reminder_owners(Language::chinese, reminders(all, ReminderList::month, today)[1]) ==
          "内科党支部（3月）、外科党支部（3月）、各支部（7月）");
    all[0].todo[1].owner = "外科党支部";
    const auto found = reminders(all, ReminderList::month, today);
    CHECK(reminder_owners(Language::chinese, found[1]) == "内科党支部（3月）、外科党支部（3月、7月）");
    CHECK(reminder_owners(Language::chinese, found[0]).empty());
    all[0].todo[3].owner = "药剂党支部";
    CHECK(reminder_owners(Language::chinese, reminders(all, ReminderList::month, today)[0]) == "药剂党支部");
}

TEST_CASE("on its last day a thing is still in time") {
    auto all = cards();
    const auto found = reminders(all, ReminderList::month, Date{2026y / 11 / 15});
    REQUIRE(found.size() == 3);
    CHECK(found[0].first->item == "1.2");
    CHECK_FALSE(found[0].late);
}

TEST_CASE("the quarter's list: everything due in it, late first, done last") {
    const auto all = cards();
    const auto found = reminders(all, ReminderList::quarter, today);
    REQUIRE(found.size() == 4);
    CHECK(found[0].first->item == "1.2");
    CHECK(found[0].late);
    CHECK(found[1].first->item == "d1");
    CHECK(found[1].done == 1);
    CHECK(found[1].of == 3);
    CHECK(found[1].due == Date{2026y / 11 / 30});
    CHECK(reminder_words(Language::chinese, found[1]) == "支委会（11月、12月）");
    CHECK(found[2].first->item == "d2");
    CHECK(found[3].first->item == "1.1");
    CHECK(found[3].done == found[3].of);
    CHECK(span_words(Language::chinese, ReminderList::quarter, today) == "2026年四季度");
    CHECK(span_words(Language::chinese, ReminderList::month, today) == "2026年11月");
}

TEST_CASE("a card keeps what it asks for") {
    const DocumentCard card = cards()[1];
    const DocumentCard read = read_card(card.id, write_card(card));
    REQUIRE(read.todo.size() == 2);
    CHECK(read.todo[0].text == "评估验收");
    CHECK(read.todo[0].owner == "王主任");
    CHECK(read.todo[0].done);
    CHECK_FALSE(read.todo[1].done);
    CHECK(read.todo[1].due == Date{2026y / 11 / 15});
}
