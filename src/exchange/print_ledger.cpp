// The ledger: how much was done in each month and which duties that met, then each activity.
#include "core/ledger.hpp"

#include <algorithm>
#include <numeric>

#include "exchange/paper.hpp"

namespace duibiao {
namespace {

constexpr int months_of_year = 12;

std::int64_t month_number(std::chrono::month month) { return static_cast<std::int64_t>(static_cast<unsigned>(month)); }

class RowsPaper : public Paper {
public:
    RowsPaper(const Document& document, Language language, Date as_of) : Paper(document, language), as_of_(as_of) {}

private:
    [[nodiscard]] std::string classes() const override { return "paper-rows-form"; }
    void write_content() override;

    void write_fields();
    void write_matrix(const std::vector<DutyRow>& rows, const Ledger& ledger);
    void write_months();
    void write_activity(const Ledger& ledger);
    void write_bar(int count, int most);
    void write_duty(const DutyRow& row);
    void write_cell(const DutyCell& cell);
    void write_blocks();

    /// "每月1次", "班子成员每人每年56学时", "7、10月各1次".
    [[nodiscard]] std::string often(const Duty& duty) const;
    [[nodiscard]] std::string state_words(const DutyCell& cell) const;

    Date as_of_;
};

void RowsPaper::write_content() {
    write_fields();
    if (form().kind == InstrumentKind::ledger) {
        const Ledger ledger = read_ledger(document());
        const auto rows = duty_matrix(ledger, as_of_);
        if (!rows.empty() || !ledger.activities.empty()) write_matrix(rows, ledger);
    }
    write_rows(html(), document(), language());
    write_blocks();
}

void RowsPaper::write_fields() {
    std::vector<Labelled> fields;
    for (const HeaderField& field : form().header) fields.push_back({field.label, header_text(field)});
    html().markup("<table>\n<tbody>");
    write_head_line(1, fields);
    html().markup("</tbody></table>\n");
}

// --- The matrix ---------------------------------------------------------------------------------------------------

void RowsPaper::write_matrix(const std::vector<DutyRow>& rows, const Ledger& ledger) {
    html().markup("<h2 class=\"paper-part\">");
    html().text(words("print.duty.title", {{"date", date_words(language(), to_string(as_of_))}})).markup("</h2>\n");
    html().markup("<table class=\"paper-grid paper-duties\">\n<colgroup><col class=\"paper-duty-column\">");
    for (int month = 1; month <= months_of_year; ++month) html().markup("<col>");
    html().markup("</colgroup>\n");
    write_months();
    html().markup("<tbody>\n");
    write_activity(ledger);
    for (const DutyRow& row : rows) write_duty(row);
    html().markup("</tbody></table>\n");
}

void RowsPaper::write_months() {
    html().markup("<thead><tr class=\"paper-columns\">");
    write_heading_cell(words("print.duty.column"));
    for (std::int64_t month = 1; month <= months_of_year; ++month) {
        write_heading_cell(words("print.duty.month", {{"month", month}}));
    }
    html().markup("</tr></thead>\n");
}

/// Months after the as-of date are left blank: nobody knows yet.
void RowsPaper::write_activity(const Ledger& ledger) {
    const std::array<int, months_of_year> counts = activities_by_month(ledger, as_of_);
    const int most = *std::max_element(counts.begin(), counts.end());
    const std::int64_t sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    html().markup("<tr class=\"paper-activity\"><th scope=\"row\">");
    html().text(words("print.activity", {{"count", sum}})).markup("</th>");
    const std::chrono::year_month last{as_of_.year(), as_of_.month()};
    for (unsigned month = 1; month <= counts.size(); ++month) {
        const bool begun = std::chrono::year{ledger.year} / std::chrono::month{month} <= last;
        html().markup("<td class=\"paper-middle\">");
        if (begun) write_bar(counts[month - 1], most);
        html().markup("</td>");
    }
    html().markup("</tr>\n");
}

/// A bar as high as its share of the busiest month, and the number below it.
void RowsPaper::write_bar(int count, int most) {
    constexpr int full_height = 36;
    const int height = count == 0 ? 0 : std::max(1, count * full_height / most);
    if (height > 0) {
        html()
            .markup("<svg width=\"22\" aria-hidden=\"true\"")
            .attribute("height", std::to_string(height + 1))
            .markup("><rect x=\"0.5\" y=\"0.5\" width=\"21\" fill=\"#888\" stroke=\"#000\"")
            .attribute("height", std::to_string(height))
            .markup("/></svg>");
    }
    html().markup("<p>").text(std::to_string(count)).markup("</p>");
}

void RowsPaper::write_duty(const DutyRow& row) {
    const Params params{{"title", row.duty->title}, {"often", often(*row.duty)}, {"citation", row.citation()}};
    html().markup("<tr><th scope=\"row\">").text(words("print.duty.name", params));
    if (!row.people.empty()) {
        html().markup("<p class=\"paper-small\">").text(words("print.duty.people", {{"people", row.people}}));
        html().markup("</p>");
    }
    html().markup("</th>");
    for (const DutyCell& cell : row.cells) write_cell(cell);
    html().markup("</tr>\n");
}

std::string_view state_class(DutyState state) {
    switch (state) {
        case DutyState::met:
            return "paper-middle";
        case DutyState::missing:
            return "paper-middle paper-missing";
        case DutyState::pending:
            return "paper-middle paper-pending";
        case DutyState::outside:
            break;
    }
    return "paper-outside";
}

void RowsPaper::write_cell(const DutyCell& cell) {
    html().markup("<td").attribute("class", state_class(cell.state));
    if (cell.months > 1) html().attribute("colspan", std::to_string(cell.months));
    html().markup(">").text(state_words(cell)).markup("</td>");
}

std::string RowsPaper::state_words(const DutyCell& cell) const {
    if (cell.state == DutyState::outside) return {};
    if (cell.state == DutyState::met) return std::to_string(cell.done);
    const std::string key = cell.state == DutyState::missing ? "print.duty.missing" : "print.duty.pending";
    if (cell.done == 0) return words(key);
    return words(key + "_some",
                 {{"done", static_cast<std::int64_t>(cell.done)}, {"needed", static_cast<std::int64_t>(cell.needed)}});
}

std::string RowsPaper::often(const Duty& duty) const {
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
    if (duty.each == Duty::Each::unit) return text;
    return words("print.duty.each." + std::string(names_field(duty.each)), {{"often", text}});
}

// --- Signatures ---------------------------------------------------------------------------------------------------

void RowsPaper::write_blocks() {
    if (form().print_blocks.empty()) return;
    html().markup("<table><tbody class=\"paper-foot\">\n");
    write_signatures(1);
    html().markup("</tbody></table>\n");
}

}  // namespace

std::unique_ptr<Paper> make_rows_paper(const Document& document, Language language, Date as_of) {
    return std::make_unique<RowsPaper>(document, language, as_of);
}

}  // namespace duibiao
