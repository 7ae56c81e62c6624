#include "core/weak/evidence_rules.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/row_due.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Of = EvidenceRule::Of;

bool says_one_of(std::string_view answer, const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [key = label_key(answer)](const std::string& word) { return label_key(word) == key; });
}

std::vector<std::string> missing_parts(std::string_view answer, const std::vector<std::string>& wanted) {
    const auto parts = split_parts(answer);
    std::vector<std::string> missing;
    for (const std::string& part : wanted) {
        if (std::find(parts.begin(), parts.end(), part) == parts.end()) missing.push_back(part);
    }
    return missing;
}

bool holds(const AnswerTest& test, std::string_view answer, Date as_of) {
    const std::string_view text = trim(answer);
    if (test.is_blank && says_nothing(text)) return true;
    if (text.empty()) return false;
    if (says_one_of(text, test.is) || (test.says_nothing && says_nothing(text))) return true;
    const auto number = Points::parse(text);
    if (number && (test.unmet || (test.below && *number < *test.below))) return true;
    if (!test.lacks.empty() && !missing_parts(text, test.lacks).empty()) return true;
    if (!test.months) return false;
    const auto day = span_of(text);
    return day && std::chrono::sys_days(add_months(day->last, *test.months)) < std::chrono::sys_days(as_of);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? std::string{} : std::string(part_separator)) + part;
    return text;
}

/// Cells of a report's rows by the labels of their columns, as the form that it was filled with has them.
class RowsOf {
public:
    explicit RowsOf(const ReportDigest& report) : report_(report) {}

    [[nodiscard]] std::size_t size() const { return report_.rows.size(); }
    [[nodiscard]] std::string_view cell(std::size_t row, std::string_view label) const {
        const auto& columns = report_.form->columns;
        const auto at = std::find(columns.begin(), columns.end(), label);
        if (at == columns.end()) return {};
        const auto cells = split_row(report_.rows[row], columns.size());
        return cells[static_cast<std::size_t>(at - columns.begin())];
    }
    /// A column that the form has not says nothing: then no condition on it holds.
    [[nodiscard]] bool holds_all(std::size_t row, const std::vector<CellTest>& tests, Date as_of) const {
        const auto& columns = report_.form->columns;
        return std::all_of(tests.begin(), tests.end(), [&](const CellTest& test) {
            return std::find(columns.begin(), columns.end(), test.column) != columns.end() &&
                   holds(test.test, cell(row, test.column), as_of);
        });
    }

private:
    const ReportDigest& report_;
};

/// Does a row of the same organisation, dated no earlier, take the evidence away?
bool is_taken_away(const EvidenceRule& rule, const RowsOf& rows, std::size_t row, Date as_of) {
    if (rule.unless.empty()) return false;
    const auto day = span_of(rows.cell(row, rule.dated));
    const std::string organisation = organisation_key(rows.cell(row, rule.organisation));
    for (std::size_t other = 0; other < rows.size(); ++other) {
        if (other == row || organisation_key(rows.cell(other, rule.organisation)) != organisation) continue;
        const auto other_day = span_of(rows.cell(other, rule.dated));
        const bool is_later =
            !day || !other_day || std::chrono::sys_days(other_day->last) >= std::chrono::sys_days(day->last);
        if (is_later && rows.holds_all(other, rule.unless, as_of)) return true;
    }
    return false;
}

/// Rows by the organisation that they name; a hit each with the first row's cells.
std::vector<RuleHit> row_hits(const EvidenceRule& rule, const ReportDigest& report, Date as_of) {
    const RowsOf rows(report);
    std::vector<RuleHit> hits;
    std::map<std::string, std::pair<std::size_t, int>> by_name;  // position in `hits`, rows
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (!rows.holds_all(row, rule.cells, as_of) || is_taken_away(rule, rows, row, as_of)) continue;
        const std::string name(rule.organisation.empty() ? std::string_view{}
                                                         : trim(rows.cell(row, rule.organisation)));
        const auto [known, is_new] = by_name.try_emplace(organisation_key(name), hits.size(), 0);
        ++known->second.second;
        if (!is_new) continue;
        std::vector<std::string> says;
        for (const CellTest& test : rule.cells) says.emplace_back(trim(rows.cell(row, test.column)));
        hits.push_back({name, std::to_string(row + 1), {}, joined(says), {}});
    }
    std::vector<RuleHit> enough;
    for (const auto& [name, found] : by_name) {
        if (found.second < rule.at_least) continue;
        RuleHit& hit = hits[found.first];
        hit.words = fill_words(
            rule.words,
            {{"count", std::to_string(found.second)}, {"answer", hit.answer}, {"organisation", hit.organisation}});
        enough.push_back(std::move(hit));
    }
    return enough;
}

std::optional<std::size_t> position_of(const std::vector<FormOutline::Part>& parts, std::string_view id) {
    const auto at = std::find_if(parts.begin(), parts.end(), [id](const auto& part) { return part.id == id; });
    return at == parts.end() ? std::nullopt : std::optional(static_cast<std::size_t>(at - parts.begin()));
}

std::vector<RuleHit> item_hits(const EvidenceRule& rule, const ReportDigest& report, Date as_of) {
    const auto at = position_of(report.form->items, rule.item);
    if (!at || *at >= report.answers.size() || !holds(rule.test, report.answers[*at], as_of)) return {};
    const std::string& answer = report.answers[*at];
    return {
        {{},
         rule.item,
         report.form->items[*at].name,
         answer,
         fill_words(rule.words, {{"answer", answer}, {"missing", joined(missing_parts(answer, rule.test.lacks))}})}};
}

std::vector<RuleHit> counted_hit(const EvidenceRule& rule, int count, std::string item, std::string text,
                                 const std::string& answer) {
    if (count < rule.at_least) return {};
    const std::string number = std::to_string(count);
    return {{{},
             std::move(item),
             std::move(text),
             answer.empty() ? number : answer,
             fill_words(rule.words, {{"count", number}, {"answer", answer}})}};
}

std::vector<RuleHit> finding_hits(const EvidenceRule& rule, const ReportDigest& report) {
    int count = 0;
    for (const auto& [code, found] : report.findings) {
        if (rule.code.empty() ? found.first == rule.severity : code == rule.code) count += found.second;
    }
    return counted_hit(rule, count, rule.code, {}, {});
}

std::vector<RuleHit> duty_hits(const EvidenceRule& rule, const ReportDigest& report) {
    const auto missed = report.duties.find(rule.item);
    if (missed == report.duties.end()) return {};
    const auto at = position_of(report.form->duties, rule.item);
    return counted_hit(rule, missed->second, rule.item, at ? report.form->duties[*at].name : std::string{}, {});
}

std::vector<RuleHit> total_hits(const EvidenceRule& rule, const ReportDigest& report) {
    const auto total = complete_total(report, rule.layer, rule.item);
    if (!total || *total >= rule.line) return {};
    const std::string score = total->to_string();
    return {{{}, rule.item, {}, score, fill_words(rule.words, {{"answer", score}, {"line", rule.line.to_string()}})}};
}

std::vector<RuleHit> grade_hits(const EvidenceRule& rule, const ReportDigest& report) {
    int count = 0;
    for (const auto& [grade, members] : report.grades) {
        if (says_one_of(grade, rule.grades)) count += members;
    }
    return counted_hit(rule, count, {}, {}, {});
}

}  // namespace

std::string fill_words(std::string words, const std::vector<std::pair<std::string, std::string>>& values) {
    for (const auto& [name, value] : values) {
        const std::string mark = "{" + name + "}";
        for (std::size_t at = words.find(mark); at != std::string::npos; at = words.find(mark, at + value.size()))
            words.replace(at, mark.size(), value);
    }
    return words;
}

std::optional<Points> complete_total(const ReportDigest& report, Layer layer, const std::string& section) {
    const auto& scores = report.scores[index_of(layer)];
    const auto at = section.empty() ? std::nullopt : position_of(report.form->sections, section);
    if (scores.empty() || (!section.empty() && !at)) return std::nullopt;
    Points sum;
    bool any = false;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (at && section_of(*report.form, i) != at) continue;
        if (!scores[i]) return std::nullopt;
        sum += *scores[i];
        any = true;
    }
    return any ? std::optional(sum) : std::nullopt;
}

std::vector<RuleHit> hits_of(const EvidenceRule& rule, const ReportDigest& report, Date as_of) {
    switch (rule.of) {
        case Of::item:
            return item_hits(rule, report, as_of);
        case Of::rows:
            return row_hits(rule, report, as_of);
        case Of::finding:
            return finding_hits(rule, report);
        case Of::duty:
            return duty_hits(rule, report);
        case Of::total:
            return total_hits(rule, report);
        case Of::veto:
            return counted_hit(rule, static_cast<int>(report.veto.size()), {}, {}, joined(report.veto));
        case Of::grade:
            return grade_hits(rule, report);
        case Of::lowest:
            return {};
    }
    return {};
}

std::optional<std::string> unanswered(const EvidenceRule& rule, const ReportDigest& report) {
    if (rule.of == Of::item) {
        const auto at = position_of(report.form->items, rule.item);
        if (!at) return rule.item;
        const bool is_there = *at < report.answers.size() && !trim(report.answers[*at]).empty();
        return is_there ? std::nullopt : std::optional(report.form->items[*at].name);
    }
    if (rule.of != Of::total && rule.of != Of::lowest) return std::nullopt;
    if (complete_total(report, rule.layer, rule.item)) return std::nullopt;
    return std::string(to_string(rule.layer)) + (rule.item.empty() ? "" : " " + rule.item);
}

}  // namespace duibiao
