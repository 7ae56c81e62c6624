// The ledger: how much was done in each month and which duties that met, then each activity.
#include "core/ledger.hpp"

#include <algorithm>
#include <numeric>

#include "core/participation.hpp"
#include "exchange/layout_parts.hpp"

namespace duibiao {
namespace {

constexpr int months_of_year = 12;

std::int64_t month_number(std::chrono::month month) { return static_cast<std::int64_t>(static_cast<unsigned>(month)); }

LayoutCell::Kind kind_of(DutyState state) {
    switch (state) {
        case DutyState::met:
            return LayoutCell::Kind::middle;
        case DutyState::missing:
            return LayoutCell::Kind::missing;
        case DutyState::pending:
            return LayoutCell::Kind::pending;
        case DutyState::outside:
            break;
    }
    return LayoutCell::Kind::outside;
}

class MatrixLayout {
public:
    MatrixLayout(Language language, Date as_of) : language_(language), as_of_(as_of) {}

    [[nodiscard]] LayoutTable table(const Ledger& ledger, const std::vector<DutyRow>& duties) const;

private:
    [[nodiscard]] LayoutRow activity_row(const Ledger& ledger) const;
    [[nodiscard]] LayoutRow turnout_row(const Ledger& ledger, const Participation& came) const;
    [[nodiscard]] LayoutRow duty_row(const DutyRow& row) const;
    [[nodiscard]] LayoutCell duty_cell(const DutyCell& cell) const;

    /// "每月1次", "班子成员每人每年56学时", "7、10月各1次".
    [[nodiscard]] std::string often(const Duty& duty) const;
    [[nodiscard]] std::string state_words(const DutyCell& cell) const;
    [[nodiscard]] std::string words(std::string_view key) const { return translate(language_, key); }
    [[nodiscard]] std::string words(std::string_view key, const Params& params) const {
        return translate(language_, key, params);
    }

    Language language_;
    Date as_of_;
};

LayoutTable MatrixLayout::table(const Ledger& ledger, const std::vector<DutyRow>& duties) const {
    LayoutTable table;
    table.kind = LayoutTable::Kind::matrix;
    table.title = words("print.duty.title", {{"date", date_words(language_, to_string(as_of_))}});
    table.widths.push_back(widths::duty);
    std::vector<LayoutCell> head{heading_cell(words("print.duty.column"))};
    for (std::int64_t month = 1; month <= months_of_year; ++month) {
        table.widths.push_back(widths::rest);
        head.push_back(heading_cell(words("print.duty.month", {{"month", month}})));
    }
    table.head.push_back(std::move(head));
    std::vector<LayoutRow> rows{activity_row(ledger)};
    const Participation came = participation(ledger, as_of_);
    if (came.all.activities > 0) rows.push_back(turnout_row(ledger, came));
    for (const DutyRow& duty : duties) rows.push_back(duty_row(duty));
    table.sections.push_back({{}, {{{}, std::move(rows)}}});
    return table;
}

/// Months after the as-of date are left blank: nobody knows yet.
LayoutRow MatrixLayout::activity_row(const Ledger& ledger) const {
    const std::array<int, months_of_year> counts = activities_by_month(ledger, as_of_);
    const int most = *std::max_element(counts.begin(), counts.end());
    const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    LayoutRow row{LayoutRow::Kind::activity,
                  {text_cell(words("print.activity", {{"count", sum}}), LayoutCell::Kind::name)}};
    const std::chrono::year_month last{as_of_.year(), as_of_.month()};
    for (unsigned month = 1; month <= counts.size(); ++month) {
        const bool begun = std::chrono::year{ledger.year} / std::chrono::month{month} <= last;
        std::optional<Points> count;
        if (begun) count = Points::from_whole(counts[month - 1]);
        LayoutCell cell = number_cell(count, LayoutCell::Kind::middle);
        if (begun) {
            cell.paragraphs[0].kind = LayoutParagraph::Kind::paragraph;
            cell.bar = LayoutBar{counts[month - 1], most};
        }
        row.cells.push_back(std::move(cell));
    }
    return row;
}

/// 参会率 of each month; below its name that of each branch, and who was away month after month.
LayoutRow MatrixLayout::turnout_row(const Ledger& ledger, const Participation& came) const {
    constexpr int one_after_another = 2;
    const auto told = [this](std::string_view key, const Turnout& turnout, const std::string& branch) {
        return words(key, {{"rate", turnout.rate().value_or(Points{}).to_string()},
                           {"actual", turnout.actual},
                           {"expected", turnout.expected},
                           {"branch", branch}});
    };
    LayoutCell name = text_cell(told("print.turnout", came.all, {}), LayoutCell::Kind::name);
    const auto note = [&name](std::string text) {
        name.paragraphs.push_back({LayoutParagraph::Kind::small, {{std::move(text)}}});
    };
    for (const auto& branch : came.branches) note(told("print.turnout.branch", branch.turnout, branch.name));
    std::vector<std::string> away;
    for (const Absence& absence : absences(ledger, one_after_another, as_of_))
        away.push_back(
            words("print.turnout.member", {{"name", absence.name}, {"months", std::int64_t{absence.months}}}));
    if (!away.empty()) note(words("print.turnout.away", {{"people", away}}));
    LayoutRow row{LayoutRow::Kind::plain, {std::move(name)}};
    for (const Turnout& month : came.months) {
        const auto rate = month.rate();
        row.cells.push_back(text_cell(rate ? words("print.turnout.rate", {{"rate", rate->to_string()}}) : std::string(),
                                      LayoutCell::Kind::middle));
    }
    return row;
}

LayoutRow MatrixLayout::duty_row(const DutyRow& row) const {
    const Params params{{"title", row.duty->title}, {"often", often(*row.duty)}, {"citation", row.citation()}};
    LayoutCell name = text_cell(words("print.duty.name", params), LayoutCell::Kind::name);
    const auto note = [&name](std::string text) {
        name.paragraphs.push_back({LayoutParagraph::Kind::small, {{std::move(text)}}});
    };
    if (!row.people.empty()) note(words("print.duty.people", {{"people", row.people}}));
    for (const DutyPart& part : row.parts) {
        if (part.missing.empty()) continue;
        std::vector<std::string> periods;
        for (const std::string& period : part.missing) periods.push_back(period_words(language_, period));
        note(words("print.duty.branch", {{"branch", part.name}, {"missing", periods}}));
    }
    LayoutRow out{LayoutRow::Kind::plain, {std::move(name)}};
    for (const DutyCell& cell : row.cells) out.cells.push_back(duty_cell(cell));
    return out;
}

LayoutCell MatrixLayout::duty_cell(const DutyCell& cell) const {
    LayoutCell out = text_cell(state_words(cell), kind_of(cell.state));
    out.columns = cell.months > 1 ? static_cast<std::size_t>(cell.months) : 1;
    if (cell.state == DutyState::met) out.value = LayoutNumber{Points::from_whole(cell.done), {}};
    return out;
}

std::string MatrixLayout::state_words(const DutyCell& cell) const {
    if (cell.state == DutyState::outside) return {};
    if (cell.state == DutyState::met) return std::to_string(cell.done);
    const std::string key = cell.state == DutyState::missing ? "print.duty.missing" : "print.duty.pending";
    if (cell.done == 0) return words(key);
    return words(key + "_some",
                 {{"done", static_cast<std::int64_t>(cell.done)}, {"needed", static_cast<std::int64_t>(cell.needed)}});
}

std::string MatrixLayout::often(const Duty& duty) const {
    constexpr std::array<std::string_view, 4> periods{"print.duty.per.year", "print.duty.per.half",
                                                      "print.duty.per.quarter", "print.duty.per.month"};
    Params params{{"count", static_cast<std::int64_t>(duty.at_least)},
                  {"unit", words(duty.sum_hours ? "print.duty.hours" : "print.duty.times")},
                  {"per", words(periods[static_cast<std::size_t>(duty.per)])}};
    std::vector<std::string> months;
    for (const int month : duty.months) months.push_back(std::to_string(month));
    params.emplace("months", months);
    std::string_view key = "print.duty.often";
    if (!months.empty()) key = months.size() == 1 ? "print.duty.in_month" : "print.duty.in_months";
    std::string text = words(key, params);
    if (duty.due) {
        text = words("print.duty.by_day", {{"often", text},
                                           {"month", month_number(duty.due->month())},
                                           {"day", static_cast<std::int64_t>(static_cast<unsigned>(duty.due->day()))}});
    }
    if (duty.level != Level::unit)
        text = words("print.duty.level." + std::string(to_string(duty.level)), {{"often", text}});
    if (duty.each == Each::unit) return text;
    return words("print.duty.each." + std::string(names_field(duty.each)), {{"often", text}});
}

}  // namespace

Layout lay_out_ledger(const Document& document, Date as_of) {
    Layout layout = lay_out_frame(document);
    if (document.instrument->kind == InstrumentKind::ledger) {
        const Ledger ledger = read_ledger(document);
        const auto duties = duty_matrix(ledger, as_of);
        if (!duties.empty() || !ledger.activities.empty())
            layout.tables.push_back(MatrixLayout(layout.language, as_of).table(ledger, duties));
    }
    layout.tables.push_back(lay_out_rows(document));
    return layout;
}

}  // namespace duibiao
