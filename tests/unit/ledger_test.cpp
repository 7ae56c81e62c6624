#include "core/ledger.hpp"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "small_forms.hpp"

using namespace duibiao;
using namespace small_forms;

namespace {

/// The matrix has one row: its cells' states.
std::string states_of(const Document& ledger, Date as_of) {
    const auto rows = duty_matrix(read_ledger(ledger), as_of);
    REQUIRE(rows.size() == 1);
    return states(rows.front());
}

std::string missing_of(const Document& ledger, Date as_of) {
    const auto rows = duty_matrix(read_ledger(ledger), as_of);
    REQUIRE(rows.size() == 1);
    return joined(rows.front().missing);
}

std::string people_of(const Document& ledger, Date as_of) {
    return joined(duty_matrix(read_ledger(ledger), as_of).front().people);
}

/// One duty of 支委会 with these members beside title and citation.
Document ledger_of(std::string_view members, std::string_view period = "2026") {
    return document(
        ledger_with(R"({"id":"d","kinds":["支委会"],"title":"t","citation":"T 1",)" + std::string(members) + "}"),
        period);
}

std::string answer(const Document& ledger, Source source, Date as_of, const std::vector<std::string>& options = {}) {
    const auto found = answer_from(read_ledger(ledger), source, options, as_of);
    return found ? typed(found->value) + " of " + std::to_string(found->rows.size()) : "no answer";
}

Source source_of(Source::Count count, Per per = Per::year, int at_least = 1) {
    Source source;
    source.kinds = {"支委会"};
    source.count = count;
    source.per = per;
    source.at_least = at_least;
    return source;
}

}  // namespace

TEST_CASE("a period is over when its last day is not after the as-of date") {
    const Document month = ledger_of(R"("per":"month")");
    CHECK(missing_of(month, day(2026, 1, 30)).empty());
    CHECK(missing_of(month, day(2026, 1, 31)) == "2026-01");
    CHECK(missing_of(month, day(2026, 2, 27)) == "2026-01");
    CHECK(missing_of(month, day(2026, 2, 28)) == "2026-01 2026-02");
    CHECK(states_of(month, day(2026, 3, 1)).starts_with("missing missing pending pending"));
    CHECK(missing_of(month, day(2025, 12, 31)).empty());
    CHECK(duty_matrix(read_ledger(month), day(2027, 1, 1)).front().missing.size() == 12);

    const Document quarter = ledger_of(R"("per":"quarter")");
    CHECK(missing_of(quarter, day(2026, 3, 30)).empty());
    CHECK(missing_of(quarter, day(2026, 3, 31)) == "2026-Q1");
    CHECK(missing_of(quarter, day(2026, 12, 30)) == "2026-Q1 2026-Q2 2026-Q3");
    CHECK(missing_of(quarter, day(2026, 12, 31)) == "2026-Q1 2026-Q2 2026-Q3 2026-Q4");

    const Document half = ledger_of(R"("per":"half")");
    CHECK(missing_of(half, day(2026, 6, 29)).empty());
    CHECK(missing_of(half, day(2026, 6, 30)) == "2026-H1");
    CHECK(missing_of(half, day(2026, 12, 31)) == "2026-H1 2026-H2");

    const Document year = ledger_of(R"("per":"year")");
    CHECK(missing_of(year, day(2026, 12, 30)).empty());
    CHECK(missing_of(year, day(2026, 12, 31)) == "2026");
}

TEST_CASE("February ends on its last day, in leap years too") {
    const Document leap = ledger_of(R"("per":"month")", "2028");
    CHECK(missing_of(leap, day(2028, 2, 28)) == "2028-01");
    CHECK(missing_of(leap, day(2028, 2, 29)) == "2028-01 2028-02");
    Document held = leap;
    activity(held, "2028-02-29", "支委会");
    CHECK(missing_of(held, day(2028, 2, 29)) == "2028-01");
}

TEST_CASE("first and last days belong to their period") {
    Document ledger = ledger_of(R"("per":"quarter")");
    activity(ledger, "2026-03-31", "支委会");
    activity(ledger, "2026-07-01", "支部委员会");
    CHECK(states_of(ledger, day(2026, 12, 31)) == "met missing met missing");
    CHECK(states_of(ledger, day(2026, 7, 1)) == "met missing met pending");
    CHECK(states_of(ledger, day(2026, 6, 30)) == "met missing pending pending");  // 1 July is not held yet
    CHECK(states_of(ledger, day(2026, 3, 30)) == "pending pending pending pending");
}

TEST_CASE("so many are asked for, and no other kind or year counts") {
    Document ledger = ledger_of(R"("per":"half","at_least":2)");
    activity(ledger, "2026-01-01", "支委会");
    activity(ledger, "2026-06-30", "党课");
    activity(ledger, "2025-06-30", "支委会");
    CHECK(states_of(ledger, day(2026, 12, 31)) == "missing missing");
    activity(ledger, "2026-01-01", "支委会");  // two on one day are two
    CHECK(states_of(ledger, day(2026, 12, 31)) == "met missing");
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    CHECK(rows.front().cells[0].done == 2);
    CHECK(rows.front().cells[0].needed == 2);
    CHECK(rows.front().cells[0].period == "2026-H1");
    CHECK(rows.front().cells[1].first_month == 7);
    CHECK(rows.front().cells[1].months == 6);
    CHECK(rows.front().cells[1].done == 0);
}

TEST_CASE("several kinds count together") {
    Document ledger = document(
        ledger_with(R"({"id":"d","kinds":["支委会","党课"],"title":"t","citation":"T","per":"quarter","at_least":2})"));
    activity(ledger, "2026-02-01", "支委会");
    activity(ledger, "2026-03-01", "党课");
    CHECK(states_of(ledger, day(2026, 6, 30)) == "met missing pending pending");
}

TEST_CASE("only the months asked for") {
    Document ledger = ledger_of(R"("per":"month","months":[7,10])");
    CHECK(states_of(ledger, day(2026, 8, 1)) ==
          "outside outside outside outside outside outside missing outside outside pending outside outside");
    activity(ledger, "2026-08-01", "支委会");
    activity(ledger, "2026-10-01", "支委会");
    CHECK(missing_of(ledger, day(2026, 12, 31)) == "2026-07");
}

TEST_CASE("a duty with a day is due by that day") {
    Document ledger = ledger_of(R"("per":"year","due":"01-31")");
    CHECK(states_of(ledger, day(2026, 1, 30)) == "pending");
    CHECK(states_of(ledger, day(2026, 1, 31)) == "missing");
    Document in_time = ledger;
    activity(in_time, "2026-01-31", "支委会");
    CHECK(states_of(in_time, day(2026, 12, 31)) == "met");
    Document late = ledger;
    activity(late, "2026-02-01", "支委会");
    CHECK(states_of(late, day(2026, 12, 31)) == "missing");
}

TEST_CASE("a duty due on 29 February is due on the 28th of other years") {
    CHECK(states_of(ledger_of(R"("per":"year","due":"02-29")"), day(2026, 2, 27)) == "pending");
    CHECK(states_of(ledger_of(R"("per":"year","due":"02-29")"), day(2026, 2, 28)) == "missing");
    CHECK(states_of(ledger_of(R"("per":"year","due":"02-29")", "2028"), day(2028, 2, 28)) == "pending");
    CHECK(states_of(ledger_of(R"("per":"year","due":"02-29")", "2028"), day(2028, 2, 29)) == "missing");
}

TEST_CASE("only activities with the column ticked") {
    Document ledger = ledger_of(R"("per":"quarter","flag":"record")");
    activity(ledger, "2026-01-05", "支委会", {.record = "是"});
    activity(ledger, "2026-04-05", "支委会", {.signin = "是", .record = "否", .photo = "是"});
    CHECK(states_of(ledger, day(2026, 9, 30)) == "met missing missing pending");
}

TEST_CASE("each leader chairs or takes part, and who does not is named") {
    Document ledger = ledger_of(R"("per":"half","each":"leader")");
    CHECK(states_of(ledger, day(2026, 12, 31)) == "outside outside");  // nobody is named
    put(ledger, "header", "leaders", std::string("张三、李四，王五"));
    CHECK(states_of(ledger, day(2026, 6, 29)) == "pending pending");
    CHECK(people_of(ledger, day(2026, 6, 29)).empty());
    CHECK(missing_of(ledger, day(2026, 6, 30)) == "2026-H1");
    CHECK(people_of(ledger, day(2026, 6, 30)) == "张三 李四 王五");
    activity(ledger, "2026-02-01", "支委会", {.chair = "张三", .people = "赵六、李四"});
    CHECK(people_of(ledger, day(2026, 6, 30)) == "王五");
    activity(ledger, "2026-05-01", "支委会", {.people = "王五"});
    CHECK(states_of(ledger, day(2026, 6, 30)) == "met pending");
    CHECK(people_of(ledger, day(2026, 6, 30)).empty());
    activity(ledger, "2026-08-01", "支委会", {.chair = "李四"});
    CHECK(people_of(ledger, day(2026, 12, 31)) == "张三 王五");
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    CHECK(rows.front().cells[1].done == 1);
    CHECK(rows.front().cells[1].needed == 3);
}

TEST_CASE("part of a name is not the name") {
    Document ledger = ledger_of(R"("per":"year","each":"leader")");
    put(ledger, "header", "leaders", std::string("张三"));
    activity(ledger, "2026-02-01", "支委会", {.chair = "张三丰", .people = "王张三、张三石"});
    CHECK(missing_of(ledger, day(2026, 12, 31)) == "2026");
}

TEST_CASE("names that were padded are the names they are") {
    Document ledger = ledger_of(R"("per":"half","each":"leader")");
    put(ledger, "header", "leaders", std::string("张　三 李 四"));
    put(ledger, "header", "secretary", std::string("张　三"));
    CHECK(joined(read_ledger(ledger).people[2]) == "张三");
    CHECK(people_of(ledger, day(2026, 6, 30)) == "张三 李四");
    activity(ledger, "2026-02-01", "支委会", {.chair = "张  三", .people = "李 四"});
    CHECK(people_of(ledger, day(2026, 6, 30)).empty());
}

TEST_CASE("one person twice is not two people") {
    Document ledger = ledger_of(R"("per":"year","each":"leader","at_least":2)");
    put(ledger, "header", "leaders", std::string("张三、张三"));
    activity(ledger, "2026-02-01", "支委会", {.chair = "张三", .people = "张三"});
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    CHECK(rows.front().cells[0].needed == 1);
    CHECK(rows.front().cells[0].done == 0);  // one activity, though he chaired and took part
}

TEST_CASE("hours of every member: who is short is named, whatever the leaders did") {
    Document ledger = ledger_of(R"("per":"year","each":"member","at_least":32,"sum":"hours")");
    put(ledger, "header", "leaders", std::string("赵六"));
    CHECK(states_of(ledger, day(2026, 12, 31)) == "outside");
    put(ledger, "header", "members", std::string("张三、李四、王五"));
    activity(ledger, "2026-02-01", "支委会", {.people = "张三、李四", .hours = "20"});
    activity(ledger, "2026-06-01", "支委会", {.people = "张三、王五", .hours = "12"});
    CHECK(people_of(ledger, day(2026, 12, 31)) == "李四 王五");
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    CHECK(rows.front().cells[0].done == 1);
    CHECK(rows.front().cells[0].needed == 3);
}

TEST_CASE("the secretary's own duty") {
    Document ledger = ledger_of(R"("per":"year","each":"secretary")");
    CHECK(states_of(ledger, day(2026, 12, 31)) == "outside");
    put(ledger, "header", "secretary", std::string(" 张三　"));
    CHECK(missing_of(ledger, day(2026, 12, 31)) == "2026");
    CHECK(people_of(ledger, day(2026, 12, 31)) == "张三");
    activity(ledger, "2026-02-01", "支委会", {.chair = "李四"});
    CHECK(missing_of(ledger, day(2026, 12, 31)) == "2026");
    activity(ledger, "2026-02-01", "支委会", {.chair = "张三"});
    CHECK(missing_of(ledger, day(2026, 12, 31)).empty());
}

TEST_CASE("hours are added up for each person") {
    Document ledger = ledger_of(R"("per":"year","each":"leader","sum":"hours","at_least":8)");
    put(ledger, "header", "leaders", std::string("张三、李四"));
    activity(ledger, "2026-02-01", "支委会", {.people = "张三、李四", .hours = "4"});
    activity(ledger, "2026-03-01", "支委会", {.people = "张三", .hours = "3.99"});
    activity(ledger, "2026-03-01", "党课", {.people = "张三", .hours = "10"});
    activity(ledger, "2026-04-01", "支委会", {.people = "李四"});
    CHECK(people_of(ledger, day(2026, 12, 31)) == "张三 李四");
    activity(ledger, "2026-05-01", "支委会", {.chair = "张三", .hours = "0.01"});
    CHECK(people_of(ledger, day(2026, 12, 31)) == "李四");
    CHECK(people_of(ledger, day(2026, 4, 30)).empty());
}

TEST_CASE("sets can be switched off; equal duties of two sets are one with both citations") {
    const std::string_view two_sets = R"(
      {"id":"a","title":"甲","duties":[
        {"id":"a1","kinds":["支委会"],"title":"支委会","per":"month","citation":"甲 1"},
        {"id":"a2","kinds":["党课"],"title":"党课","per":"quarter","citation":"甲 2"}]},
      {"id":"b","title":"乙","duties":[
        {"id":"b1","kinds":["支委会"],"title":"支部委员会","per":"month","citation":"乙 1"},
        {"id":"b2","kinds":["党课"],"title":"党课","per":"quarter","at_least":2,"citation":"乙 2"}]})";
    Document ledger = document(ledger_with_sets(two_sets));
    const auto shown = [&ledger] {
        std::string text;
        for (const DutyRow& row : duty_matrix(read_ledger(ledger), day(2026, 12, 31))) {
            text += row.duty->id + "=" + row.citation() + " ";
        }
        return text;
    };
    CHECK(shown() == "a1=甲 1；乙 1 a2=甲 2 b2=乙 2 ");
    put(ledger, "duties", "a", false);
    CHECK(shown() == "b1=乙 1 b2=乙 2 ");
    put(ledger, "duties", "a", true);
    put(ledger, "duties", "b", false);
    CHECK(shown() == "a1=甲 1 a2=甲 2 ");
    put(ledger, "duties", "a", false);
    CHECK(shown().empty());
    put(ledger, "duties", "a", Value{});
    CHECK(shown() == "a1=甲 1 a2=甲 2 ");
    CHECK(small_form::code_of(check_value(*ledger.instrument, {Layer::self, "duties", "c"}, true)) == "field-unknown");
}

TEST_CASE("duties differ by any one member") {
    const auto rows_with = [](std::string_view member) {
        const std::string base = R"("kinds":["支委会"],"title":"t","per":"year","citation":"T")";
        const std::string plain = R"({"id":"x",)" + base + "}";
        const auto changed = load(definition(
            "ledger", std::string(ledger_table) + "," + std::string(kinds) +
                          R"(,"duty_sets":[{"id":"a","title":"甲","duties":[)" + plain +
                          R"(]},{"id":"b","title":"乙","duties":[{"id":"y",)" +
                          (member.empty() ? base : std::string(member) + R"(,"title":"u","citation":"U")") + "}]}]"));
        return duty_matrix(read_ledger(document(changed)), day(2026, 1, 1)).size();
    };
    CHECK(rows_with("") == 1);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year")") == 1);
    CHECK(rows_with(R"("kinds":["党课"],"per":"year")") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"half")") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year","at_least":2)") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year","due":"01-31")") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year","each":"leader")") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year","each":"leader","sum":"hours")") == 2);
    CHECK(rows_with(R"("kinds":["支委会"],"per":"year","flag":"photo")") == 2);
}

TEST_CASE("a citation stands once, however often its duty is asked for") {
    const Document ledger = document(ledger_with(std::string(monthly) + R"(,
        {"id":"e","kinds":["支委会"],"title":"u","per":"month","citation":"T 月"})"));
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().citation() == "T 月");
}

TEST_CASE("several ledgers of one year are one") {
    const InstrumentPtr form = ledger_with(monthly);
    Document first = document(form);
    Document second = document(form);
    Document other_year = document(form, "2025");
    activity(first, "2026-01-05", "支委会");
    activity(second, "2026-02-05", "支委会");
    activity(other_year, "2025-03-05", "支委会");
    put(first, "header", "leaders", std::string("张三"));
    put(second, "header", "leaders", std::string("李四、张三"));
    put(second, "header", "secretary", std::string("李四"));
    const std::vector<const Document*> documents{&first, &second, &other_year};
    const Ledger ledger = gather_ledger(documents, 2026);
    CHECK(ledger.documents.size() == 2);
    CHECK(ledger.activities.size() == 2);
    CHECK(joined(ledger.people[1]) == "张三 李四");
    CHECK(joined(ledger.people[2]) == "李四");
    CHECK(joined(duty_matrix(ledger, day(2026, 3, 31)).front().missing) == "2026-03");
    CHECK(gather_ledger(documents, 2024).empty());
    put(first, "duties", "a", false);
    CHECK(duty_matrix(gather_ledger(documents, 2026), day(2026, 3, 31)).size() == 1);  // still binds the second
}

TEST_CASE("a document without a year has no duties, and does no harm") {
    Document ledger = document(ledger_with(monthly));
    activity(ledger, "2026-01-05", "支委会");
    put(ledger, "header", "period", Value{});
    CHECK(year_of(ledger) == 0);
    const auto rows = duty_matrix(read_ledger(ledger), day(2026, 12, 31));
    CHECK(summarise(rows).missing == 0);
    CHECK(year_of(document(ledger_with(monthly), "2027-Q3")) == 2027);
}

TEST_CASE("the summary counts what is met and what is missing") {
    Document ledger = document(ledger_with(std::string(monthly) + R"(,
        {"id":"e","kinds":["党课"],"title":"党课","per":"quarter","citation":"T 季"})"));
    activity(ledger, "2026-01-05", "支委会");
    activity(ledger, "2026-03-05", "支委会");
    activity(ledger, "2026-04-05", "党课");
    const DutySummary summary = summarise(duty_matrix(read_ledger(ledger), day(2026, 4, 15)));
    CHECK(summary.met == 3);      // January, March, the second quarter
    CHECK(summary.missing == 2);  // February, the first quarter
    CHECK(summary.due == 5);
}

// ---- Answers ----

TEST_CASE("no ledger answers nothing; an empty one answers with zero") {
    const Date as_of = day(2026, 12, 31);
    CHECK_FALSE(answer_from(Ledger{}, source_of(Source::Count::activities), {}, as_of).has_value());
    const Document empty = ledger_of(R"("per":"year")");
    CHECK(answer(empty, source_of(Source::Count::activities), as_of) == "#0 of 0");
    CHECK(answer(empty, source_of(Source::Count::hours), as_of) == "#0 of 0");
    CHECK(answer(empty, source_of(Source::Count::distinct_periods, Per::quarter), as_of) == "#0 of 0");
    CHECK(answer(empty, source_of(Source::Count::periods_met, Per::quarter), as_of) == "#0 of 0");
    CHECK(answer(empty, source_of(Source::Count::all_flag), as_of) == "no answer");
    CHECK(answer(empty, source_of(Source::Count::all_options), as_of, {"佩戴党徽"}) == "no answer");
}

TEST_CASE("activities, hours and periods are counted up to the as-of date, in the year") {
    Document ledger = ledger_of(R"("per":"year")");
    activity(ledger, "2026-01-05", "支委会", {.hours = "1.5"});
    activity(ledger, "2026-03-31", "支委会", {.hours = "2"});
    activity(ledger, "2026-04-01", "支委会");
    activity(ledger, "2026-12-31", "支委会", {.hours = "0.25"});
    activity(ledger, "2026-05-05", "党课", {.hours = "7"});
    activity(ledger, "2025-12-31", "支委会", {.hours = "7"});
    const auto at = [&ledger](Source::Count count, Per per, Date as_of) {
        return answer(ledger, source_of(count, per), as_of);
    };
    using Count = Source::Count;
    CHECK(at(Count::activities, Per::year, day(2026, 12, 31)) == "#4 of 4");
    CHECK(at(Count::activities, Per::year, day(2026, 12, 30)) == "#3 of 3");
    CHECK(at(Count::activities, Per::year, day(2026, 3, 31)) == "#2 of 2");
    CHECK(at(Count::activities, Per::year, day(2026, 3, 30)) == "#1 of 1");
    CHECK(at(Count::hours, Per::year, day(2026, 12, 31)) == "#3.75 of 4");
    CHECK(at(Count::hours, Per::year, day(2026, 1, 5)) == "#1.5 of 1");
    CHECK(at(Count::distinct_periods, Per::month, day(2026, 12, 31)) == "#4 of 4");
    CHECK(at(Count::distinct_periods, Per::quarter, day(2026, 12, 31)) == "#3 of 4");
    CHECK(at(Count::distinct_periods, Per::half, day(2026, 12, 31)) == "#2 of 4");
    CHECK(at(Count::distinct_periods, Per::year, day(2026, 12, 31)) == "#1 of 4");
    CHECK(at(Count::distinct_periods, Per::quarter, day(2026, 3, 31)) == "#1 of 2");
}

TEST_CASE("a cadence is met when every period that is over has enough, else their number is the answer") {
    Document ledger = ledger_of(R"("per":"year")");
    const auto at = [&ledger](Per per, int at_least, Date as_of) {
        return answer(ledger, source_of(Source::Count::periods_met, per, at_least), as_of);
    };
    activity(ledger, "2026-01-05", "支委会");
    activity(ledger, "2026-02-28", "支委会");
    activity(ledger, "2026-03-05", "支委会");
    CHECK(at(Per::month, 1, day(2026, 1, 30)) == "#1 of 1");  // no month is over
    CHECK(at(Per::month, 1, day(2026, 1, 31)) == "yes of 1");
    CHECK(at(Per::month, 1, day(2026, 4, 29)) == "yes of 3");  // April is not over
    CHECK(at(Per::month, 1, day(2026, 4, 30)) == "#3 of 3");
    CHECK(at(Per::quarter, 1, day(2026, 4, 30)) == "yes of 3");
    CHECK(at(Per::quarter, 3, day(2026, 3, 31)) == "yes of 3");
    CHECK(at(Per::quarter, 4, day(2026, 3, 31)) == "#3 of 3");
    CHECK(at(Per::half, 1, day(2026, 6, 30)) == "yes of 3");
    CHECK(at(Per::year, 1, day(2026, 12, 31)) == "yes of 3");
    CHECK(at(Per::quarter, 1, day(2026, 12, 31)) == "#3 of 3");
}

TEST_CASE("a flag is yes when every activity has it ticked") {
    Document ledger = ledger_of(R"("per":"year")");
    const auto at = [&ledger](std::string flag, Date as_of) {
        Source source = source_of(Source::Count::all_flag);
        source.flag = std::move(flag);
        return answer(ledger, source, as_of);
    };
    activity(ledger, "2026-01-05", "支委会", {.signin = "是", .record = "是", .photo = "否"});
    activity(ledger, "2026-02-05", "支委会", {.signin = "是"});
    activity(ledger, "2026-02-05", "党课");
    CHECK(at("signin", day(2026, 12, 31)) == "yes of 2");
    CHECK(at("record", day(2026, 12, 31)) == "no of 2");
    CHECK(at("photo", day(2026, 12, 31)) == "no of 2");
    CHECK(at("record", day(2026, 1, 31)) == "yes of 1");
    CHECK(at("record", day(2026, 1, 4)) == "no answer");
}

TEST_CASE("options are those that every activity has, as the asking form writes them") {
    Document ledger = ledger_of(R"("per":"year")");
    const std::vector<std::string> options{"有组织学习", "佩戴党徽", "唱国歌"};
    const auto at = [&ledger, &options](Date as_of) {
        return answer(ledger, source_of(Source::Count::all_options), as_of, options);
    };
    activity(ledger, "2026-01-05", "支委会", {.procedures = "全部"});
    CHECK(at(day(2026, 1, 31)) == "\"有组织学习、佩戴党徽\" of 1");
    activity(ledger, "2026-02-05", "支委会", {.procedures = "佩戴党徽、交纳党费"});
    CHECK(at(day(2026, 2, 28)) == "\"佩戴党徽\" of 2");
    activity(ledger, "2026-03-05", "支委会");
    CHECK(at(day(2026, 3, 31)) == "\"无\" of 3");
}

TEST_CASE("what the secretary chaired: taking part is not enough, and without a name there is no answer") {
    Document ledger = ledger_of(R"("per":"year")");
    Source source = source_of(Source::Count::activities);
    source.chair = Each::secretary;
    activity(ledger, "2026-01-05", "支委会", {.chair = "张三"});
    activity(ledger, "2026-02-05", "支委会", {.chair = "李四", .people = "张三"});
    activity(ledger, "2026-03-05", "支委会", {.chair = "李四、张三"});
    CHECK(answer(ledger, source, day(2026, 12, 31)) == "no answer");
    put(ledger, "header", "secretary", std::string("张三 "));
    CHECK(answer(ledger, source, day(2026, 12, 31)) == "#2 of 2");
    put(ledger, "header", "secretary", std::string("王五"));
    CHECK(answer(ledger, source, day(2026, 12, 31)) == "#0 of 0");
}

TEST_CASE("an answer names the rows it was computed from") {
    Document ledger = ledger_of(R"("per":"year")");
    activity(ledger, "2026-01-05", "党课");
    const std::string row = activity(ledger, "2026-02-05", "支委会");
    const Ledger read = read_ledger(ledger);
    const auto found = answer_from(read, source_of(Source::Count::activities), {}, day(2026, 12, 31));
    REQUIRE(found.has_value());
    CHECK(found->rows == std::vector<std::string_view>{row});
    CHECK(read.activities[1].number == 2);
}

// ---- Loading ----

TEST_CASE("what duties and sources may say is proved when the form is loaded") {
    const auto duty = [](std::string_view members) {
        return small_form::code_of(load_instrument(
            definition("ledger", std::string(ledger_table) + "," + std::string(kinds) +
                                     R"(,"duty_sets":[{"id":"a","title":"甲","duties":[{"id":"d","title":"t",)" +
                                     R"("citation":"T",)" + std::string(members) + "}]}]")));
    };
    CHECK(duty(R"("kinds":["支委会"],"per":"month")") == "no error");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","months":[1,12],"each":"leader","sum":"hours","flag":"record")") ==
          "no error");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","due":"02-29")") == "no error");
    CHECK(duty(R"("kinds":["支委会"])") == "field-missing");
    CHECK(duty(R"("per":"month")") == "field-missing");
    CHECK(duty(R"("kinds":[],"per":"month")") == "field-missing");  // a finding names the first kind
    CHECK(duty(R"("kinds":[""],"per":"month")") == "field-type");
    CHECK(duty(R"("kinds":["团建"],"per":"month")") == "kind-unknown");
    CHECK(duty(R"("kinds":["支部委员会"],"per":"month")") == "kind-unknown");  // an alias never stands in a row
    CHECK(duty(R"("kinds":["支委会"],"per":"week")") == "field-type");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","at_least":0)") == "number-range");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","at_least":1.5)") == "number-range");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","months":[13])") == "number-range");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","months":[0])") == "number-range");
    CHECK(duty(R"("kinds":["支委会"],"per":"quarter","months":[1])") == "field-type");
    CHECK(duty(R"("kinds":["支委会"],"per":"month","due":"01-31")") == "field-type");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","due":"02-30")") == "date-format");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","due":"1-31")") == "date-format");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","each":"anybody")") == "field-type");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","each":"leader","sum":"days")") == "field-type");
    CHECK(duty(R"("kinds":["支委会"],"per":"year","sum":"hours")") == "field-type");  // hours are people's
    CHECK(duty(R"("kinds":["支委会"],"per":"year","flag":"sign-in")") == "field-type");

    const auto source = [](std::string_view members) {
        return small_form::code_of(load_instrument(definition(
            "checklist", sections(R"({"id":"1.1.1","text":"t","citation":"T","fields":[{"id":"value","label":"值",
            "type":"count","from":{)" +
                                  std::string(members) + "}}]}"))));
    };
    CHECK(source(R"("kinds":["支委会"],"count":"activities","chair":"secretary")") == "no error");
    CHECK(source(R"("kinds":["支委会"],"count":"all-flag","flag":"photo")") == "no error");
    CHECK(source(R"("kinds":[],"count":"activities")") == "field-missing");
    CHECK(source(R"("kinds":["支委会"])") == "field-missing");
    CHECK(source(R"("kinds":["支委会"],"count":"days")") == "field-type");
    CHECK(source(R"("kinds":["支委会"],"count":"all-flag","flag":"video")") == "field-type");
    CHECK(source(R"("kinds":["支委会"],"count":"all-flag")") == "field-missing");
    CHECK(source(R"("kinds":["支委会"],"count":"activities","chair":"anybody")") == "field-type");
    CHECK(source(R"("kinds":["支委会"],"count":"periods-met","per":"month","at_least":0)") == "number-range");
}

TEST_CASE("the field that says when a task was done is one of the items' dates") {
    const auto done_field = [](std::string_view name) {
        return small_form::code_of(load_instrument(
            definition("tasks", R"("done_field":")" + std::string(name) +
                                    R"(","item_fields":[{"id":"done","label":"完成","type":"date"},
                         {"id":"who","label":"谁","type":"text"}],)" +
                                    sections(R"({"id":"1.1.1","text":"t","citation":"T","due":"08-09"})"))));
    };
    CHECK(done_field("done") == "no error");
    CHECK(done_field("") == "no error");
    CHECK(done_field("finished") == "rule-reference");
    CHECK(done_field("who") == "rule-reference");
}

// ---- Against a slow reference, day by day ----

namespace {

/// What the reference knows of an activity: nothing that the program has read.
struct Deed {
    std::chrono::sys_days on;
    std::string kind;
    std::string chair;
    std::vector<std::string> people;
    int quarter_hours = 0;
    bool record = false;
};

struct Rule {
    std::vector<std::string> kinds;
    int at_least = 1;
    std::string per;
    std::vector<int> months;
    std::string due;
    std::string each;
    bool hours = false;
    bool record = false;

    [[nodiscard]] std::string json(std::string_view id, std::string_view citation) const {
        std::string text = R"({"id":")" + std::string(id) + R"(","title":"t","citation":")" + std::string(citation) +
                           R"(","per":")" + per + R"(","at_least":)" + std::to_string(at_least) + R"(,"kinds":[)";
        for (const std::string& kind : kinds) text += (text.back() == '[' ? "\"" : ",\"") + kind + "\"";
        text += "]";
        if (!months.empty()) {
            text += R"(,"months":[)";
            for (const int month : months) text += (text.back() == '[' ? "" : ",") + std::to_string(month);
            text += "]";
        }
        if (!due.empty()) text += R"(,"due":")" + due + "\"";
        if (!each.empty()) text += R"(,"each":")" + each + "\"";
        if (hours) text += R"(,"sum":"hours")";
        if (record) text += R"(,"flag":"record")";
        return text + "}";
    }
};

/// "2026-03", "2026-Q1", "2026-H1" or "2026": the period a day lies in.
std::string period_of(std::chrono::sys_days on, const std::string& per) {
    const std::string date = to_string(Date{on});
    const int month = std::stoi(date.substr(5, 2));
    if (per == "month") return date.substr(0, 7);
    if (per == "quarter")
        return date.substr(0, 4) + (month < 4 ? "-Q1" : month < 7 ? "-Q2" : month < 10 ? "-Q3" : "-Q4");
    if (per == "half") return date.substr(0, 4) + (month < 7 ? "-H1" : "-H2");
    return date.substr(0, 4);
}

bool is_asked(const Rule& rule, std::chrono::sys_days on) {
    const int month = std::stoi(to_string(Date{on}).substr(5, 2));
    return rule.months.empty() || std::find(rule.months.begin(), rule.months.end(), month) != rule.months.end();
}

bool fits(const Rule& rule, const Deed& deed, const std::string& person) {
    if (std::find(rule.kinds.begin(), rule.kinds.end(), deed.kind) == rule.kinds.end()) return false;
    if (rule.record && !deed.record) return false;
    return person.empty() || deed.chair == person ||
           std::find(deed.people.begin(), deed.people.end(), person) != deed.people.end();
}

/// The periods in which the person (nobody: the unit) is below what is asked, once the period's last day has come.
std::set<std::string> reference(const Rule& rule, const std::vector<Deed>& deeds, int year, Date as_of,
                                const std::string& person) {
    const std::chrono::sys_days today{as_of};
    std::map<std::string, int> quarters;                // done so far, in quarters of an hour or of an activity
    std::map<std::string, std::chrono::sys_days> last;  // day on which a period ends
    for (std::chrono::sys_days on{day(year, 1, 1)}; on <= std::chrono::sys_days{day(year, 12, 31)};
         on += std::chrono::days{1}) {
        if (!is_asked(rule, on)) continue;
        const std::string date = to_string(Date{on});
        if (!rule.due.empty() && date.substr(5) > rule.due) continue;  // 02-29 is never passed before 03-01
        const std::string period = period_of(on, rule.per);
        last[period] = on;
        for (const Deed& deed : deeds) {
            if (deed.on == on && on <= today && fits(rule, deed, person)) {
                quarters[period] += rule.hours ? deed.quarter_hours : 4;
            }
        }
    }
    std::set<std::string> missing;
    for (const auto& [period, end] : last) {
        if (end <= today && quarters[period] < 4 * rule.at_least) missing.insert(period);
    }
    return missing;
}

const std::vector<std::string> all_kinds{"支委会", "党员大会", "党课", "主题党日"};
const std::vector<std::string> all_people{"张三", "李四", "王五", "张三丰"};

template <typename T>
std::vector<T> some_of(small_form::Dice& dice, const std::vector<T>& all) {
    std::vector<T> some;
    for (const T& one : all) {
        if (dice.roll(3) == 0) some.push_back(one);
    }
    return some;
}

Rule random_rule(small_form::Dice& dice) {
    const std::vector<std::string> pers{"month", "quarter", "half", "year"};
    Rule rule;
    rule.kinds = some_of(dice, all_kinds);
    if (rule.kinds.empty()) rule.kinds = {all_kinds[dice.roll(all_kinds.size())]};
    rule.at_least = 1 + static_cast<int>(dice.roll(3));
    rule.per = pers[dice.roll(pers.size())];
    if (rule.per == "month" && dice.roll(3) == 0) {
        rule.months = some_of(dice, std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
    }
    if (rule.per == "year" && dice.roll(2) == 0) {
        const std::vector<std::string> dues{"01-31", "02-28", "02-29", "06-30", "10-01", "12-31"};
        rule.due = dues[dice.roll(dues.size())];
    }
    if (dice.roll(3) == 0) rule.each = dice.roll(3) == 0 ? "secretary" : "leader";
    rule.hours = !rule.each.empty() && dice.roll(2) == 0;
    rule.record = dice.roll(4) == 0;
    return rule;
}

std::chrono::sys_days random_day(small_form::Dice& dice, int year) {
    // Ends of months more often than others, and some days of the years beside.
    const std::chrono::sys_days first{day(year, 1, 1)};
    if (dice.roll(4) == 0) {
        return std::chrono::sys_days{Date{std::chrono::year{year} / static_cast<int>(1 + dice.roll(12)) / 1}} -
               std::chrono::days{dice.roll(2)};
    }
    return first + std::chrono::days{static_cast<int>(dice.roll(385)) - 10};
}

Deed random_deed(small_form::Dice& dice, int year) {
    Deed deed;
    deed.on = random_day(dice, year);
    deed.kind = all_kinds[dice.roll(all_kinds.size())];
    if (dice.roll(2) == 0) deed.chair = all_people[dice.roll(all_people.size())];
    deed.people = some_of(dice, all_people);
    deed.quarter_hours = static_cast<int>(dice.roll(10));
    deed.record = dice.roll(2) == 0;
    return deed;
}

void enter(Document& ledger, const Deed& deed) {
    std::string people;
    for (const std::string& person : deed.people) people += (people.empty() ? "" : "、") + person;
    activity(ledger, to_string(Date{deed.on}), deed.kind,
             {.chair = deed.chair,
              .record = deed.record ? "是" : "",
              .people = people,
              .hours = Points::from_hundredths(deed.quarter_hours * 25).to_string()});
}

std::vector<std::string> people_asked(const Rule& rule, const std::vector<std::string>& leaders,
                                      const std::string& secretary) {
    if (rule.each.empty()) return {""};
    if (rule.each == "leader") return leaders;
    return secretary.empty() ? std::vector<std::string>{} : std::vector<std::string>{secretary};
}

/// One random ledger: every duty's missing periods and people, by the program and by the reference.
void compare_one(std::uint32_t seed) {
    CAPTURE(seed);
    small_form::Dice dice(seed);
    const int year = 2024 + static_cast<int>(dice.roll(5));  // two of them leap years
    std::vector<Rule> rules(1 + dice.roll(5));
    std::string duties;
    for (std::size_t i = 0; i < rules.size(); ++i) {
        rules[i] = random_rule(dice);
        duties += (i == 0 ? "" : ",") + rules[i].json("d" + std::to_string(i), "T " + std::to_string(i));
    }
    Document ledger = document(ledger_with(duties), std::to_string(year));
    std::vector<Deed> deeds(dice.roll(40));
    for (Deed& deed : deeds) {
        deed = random_deed(dice, year);
        enter(ledger, deed);
    }
    const std::vector<std::string> leaders = some_of(dice, all_people);
    const std::string secretary = dice.roll(2) == 0 ? all_people[dice.roll(all_people.size())] : "";
    std::string names;
    for (const std::string& leader : leaders) names += leader + " ";
    put(ledger, "header", "leaders", names);
    put(ledger, "header", "secretary", secretary);
    const Date as_of{random_day(dice, year)};
    CAPTURE(to_string(as_of));

    const auto rows = duty_matrix(read_ledger(ledger), as_of);
    for (std::size_t i = 0; i < rules.size(); ++i) {
        const std::string citation = "T " + std::to_string(i);
        const auto row = std::find_if(rows.begin(), rows.end(), [&citation](const DutyRow& one) {
            return std::find(one.citations.begin(), one.citations.end(), citation) != one.citations.end();
        });
        REQUIRE(row != rows.end());
        CAPTURE(rules[i].json("", ""));
        std::set<std::string> missing;
        std::set<std::string> people;
        for (const std::string& person : people_asked(rules[i], leaders, secretary)) {
            const auto of_person = reference(rules[i], deeds, year, as_of, person);
            missing.insert(of_person.begin(), of_person.end());
            if (!of_person.empty() && !person.empty()) people.insert(person);
        }
        CHECK(joined(row->missing) == joined({missing.begin(), missing.end()}));
        CHECK(std::set<std::string>(row->people.begin(), row->people.end()) == people);
        CHECK(row->people.size() == people.size());
    }
}

}  // namespace

TEST_CASE("random ledgers: every missing period and person, as counted day by day") {
    for (std::uint32_t seed = 1; seed <= 400; ++seed) compare_one(seed);
}
