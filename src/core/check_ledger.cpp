#include "core/check_ledger.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/ledger_index.hpp"

namespace duibiao {
namespace ledger_parts {
namespace {

/// Findings about names carry as many as a reader takes in.
std::vector<std::string> first_of(std::vector<std::string> names) {
    constexpr std::size_t most = 20;
    if (names.size() > most) names.resize(most);
    return names;
}

class LedgerCheck {
public:
    LedgerCheck(const Document& document, const Ledger& ledger, Date as_of)
        : document_(document), form_(*document.instrument), ledger_(ledger), as_of_(as_of) {}

    Findings run() {
        const std::vector<DutyRow> rows = duty_matrix(ledger_, as_of_);
        check_duties(rows);
        check_activities();
        if (form_.find_header("branches") != nullptr) check_branches(rows);
        for (std::size_t each = 1; each < ledger_.namesakes.size(); ++each)
            report_names("names-doubled", Severity::notice, names_field(static_cast<Each>(each)),
                         ledger_.namesakes[each]);
        for (const ActivityKind& kind : form_.activity_kinds) check_steps(kind);
        return std::move(findings_);
    }

private:
    Finding& report(std::string code, Severity severity, std::string item, std::string citation, Params params) {
        Finding& finding = findings_.emplace_back();
        finding.code = std::move(code);
        finding.severity = severity;
        finding.document = document_.id;
        finding.item = std::move(item);
        finding.citation = std::move(citation);
        finding.params = std::move(params);
        return finding;
    }

    Finding& report_row(std::string code, Severity severity, const Activity& activity, std::string citation,
                        Params params) {
        Finding& finding =
            report(std::move(code), severity, std::string(activity.row), std::move(citation), std::move(params));
        finding.field = "cells";
        finding.row = activity.number;
        return finding;
    }

    /// Names in the head, or missing there.
    void report_names(std::string code, Severity severity, std::string_view field, std::vector<std::string> names) {
        if (names.empty()) return;
        const HeaderField* header = form_.find_header(field);
        const auto count = static_cast<std::int64_t>(names.size());
        report(std::move(code), severity, "header", form_.source_key,
               {{"label", header == nullptr ? std::string(field) : header->label},
                {"names", first_of(std::move(names))},
                {"count", count}})
            .field = field;
    }

    Finding& report_duty(const DutyRow& row, std::string code, const std::vector<std::string>& missing) {
        return report(std::move(code), Severity::warning, row.duty->id, row.citation(),
                      {{"kind", row.duty->kinds.front()},
                       {"title", row.duty->title},
                       {"missing", missing},
                       {"per", std::string(to_string(row.duty->per))},
                       {"at_least", std::int64_t{row.duty->at_least}}});
    }

    void check_duty(const DutyRow& row) {
        if (!row.parts.empty()) {
            for (const DutyPart& part : row.parts) {
                if (part.missing.empty()) continue;
                report_duty(row, "duty-missing-branch", part.missing).params.emplace("branch", part.name);
            }
        } else if (!row.missing.empty()) {
            Finding& finding =
                report_duty(row, row.people.empty() ? "duty-missing" : "duty-missing-people", row.missing);
            if (!row.people.empty()) finding.params.emplace("people", row.people);
        }
    }

    void check_duties(const std::vector<DutyRow>& rows) {
        std::set<Each> asked;
        for (const DutyRow& row : rows) {
            check_duty(row);
            asked.insert(row.duty->each);
        }
        asked.erase(Each::unit);
        for (const Each each : asked) {
            if (!people_of(ledger_, each).empty()) continue;
            const std::string field(names_field(each));
            const HeaderField* header = form_.find_header(field);
            report("names-missing", Severity::notice, "header", form_.source_key,
                   {{"label", header == nullptr ? field : header->label}})
                .field = field;
        }
    }

    void check_activities() {
        for (const Activity& activity : ledger_.own_activities()) {
            const bool future = activity.date > as_of_;
            const bool other_year = static_cast<int>(activity.date.year()) != ledger_.year;
            if (!future && !other_year) continue;
            report_row(future ? "activity-future" : "activity-year", future ? Severity::error : Severity::warning,
                       activity, form_.source_key,
                       {{"date", to_string(activity.date)},
                        {"kind", std::string(activity.kind)},
                        {"as_of", to_string(as_of_)},
                        {"year", std::to_string(ledger_.year)}});
        }
    }

    /// Those of lists stand behind them.
    [[nodiscard]] std::span<const ActivityPlace> own_places() const {
        std::size_t count = ledger_.places.empty() ? 0 : 1;
        for (const Activity& activity : ledger_.own_activities()) count = std::max(count, activity.place + 1);
        return std::span(ledger_.places).first(count);
    }

    /// What activities say of branches, against the list in the head.
    void check_branches(const std::vector<DutyRow>& rows) {
        std::set<std::string> named;
        std::set<std::string> unknown;
        for (const ActivityPlace& place : own_places()) {
            if (!place.branch.empty() && !is_every_branch(place.branch)) named.insert(place.branch);
            unknown.insert(place.unread.begin(), place.unread.end());
        }
        if (ledger_.branches.empty()) {
            if (named.size() > 1)
                report_names("branches-unlisted", Severity::notice, "branches", {named.begin(), named.end()});
            return;
        }
        report_names("branches-unread", Severity::warning, "branches", ledger_.branches.unread);
        report_names("branches-doubled", Severity::warning, "branches", ledger_.branches.doubled);
        report_names("branches-unknown", Severity::warning, "branches", {unknown.begin(), unknown.end()});
        check_nameless(rows, Level::branch, "branch-missing");
        check_nameless(rows, Level::group, "group-missing");
        check_closed();
    }

    /// Activities that are asked of branches or groups and name none of them: they count for nobody. One finding.
    void check_nameless(const std::vector<DutyRow>& rows, Level level, std::string code) {
        std::vector<std::string> kinds;
        for (const DutyRow& row : rows) {
            if (row.duty->level != level) continue;
            std::copy_if(row.duty->kinds.begin(), row.duty->kinds.end(), std::back_inserter(kinds),
                         [&kinds](const std::string& kind) { return !contains(kinds, kind); });
        }
        const Activity* first = nullptr;
        std::int64_t count = 0;
        for (const Activity& activity : ledger_.own_activities()) {
            const ActivityPlace& place = ledger_.places[activity.place];
            if (kinds.empty() || !place.unread.empty() || !has_kind(activity, kinds)) continue;
            // A group that is missing is spoken of where the branch is known.
            if (level == Level::group && bodies_of(ledger_, activity, Level::branch).empty()) continue;
            if (!bodies_of(ledger_, activity, level).empty()) continue;
            if (first == nullptr) first = &activity;
            ++count;
        }
        if (first == nullptr) return;
        report_row(std::move(code), Severity::warning, *first, form_.source_key,
                   {{"count", count}, {"kind", std::string(first->kind)}, {"date", to_string(first->date)}});
    }

    /// Activities of a branch on days when it was not there. One finding.
    void check_closed() {
        std::set<std::string> names;
        const Activity* first = nullptr;
        for (const Activity& activity : ledger_.own_activities()) {
            for (const std::size_t at : bodies_of(ledger_, activity, Level::branch)) {
                const Body& body = ledger_.branches.branches[at];
                if (body.exists_on(activity.date)) continue;
                names.insert(body.name);
                if (first == nullptr) first = &activity;
            }
        }
        if (first == nullptr) return;
        report_row("branch-closed", Severity::warning, *first, form_.source_key,
                   {{"names", first_of({names.begin(), names.end()})}, {"date", to_string(first->date)}});
    }

    /// Meetings whose 程序 name some of their kind's steps, but not all: where none is named, none was written down.
    /// One finding a kind.
    void check_steps(const ActivityKind& kind) {
        if (kind.steps.empty()) return;
        std::set<std::string_view> missing;
        const Activity* first = nullptr;
        std::int64_t count = 0;
        for (const Activity& activity : ledger_.own_activities()) {
            if (activity.procedures.empty() || !has_part(activity.kind, kind.name)) continue;
            const auto is_named = [&](const std::string& step) { return has_part(activity.procedures, step); };
            if (std::none_of(kind.steps.begin(), kind.steps.end(), is_named)) continue;
            bool lacks = false;
            for (const std::string& step : kind.steps) {
                if (is_named(step)) continue;
                missing.insert(step);
                lacks = true;
            }
            if (lacks && first == nullptr) first = &activity;
            count += lacks ? 1 : 0;
        }
        if (first == nullptr) return;
        std::vector<std::string> in_order;
        std::copy_if(kind.steps.begin(), kind.steps.end(), std::back_inserter(in_order),
                     [&missing](const std::string& step) { return missing.contains(step); });
        report_row("steps-missing", Severity::notice, *first, kind.steps_citation,
                   {{"kind", kind.name}, {"count", count}, {"steps", std::move(in_order)}});
    }

    const Document& document_;
    const Instrument& form_;
    const Ledger& ledger_;
    Date as_of_;
    Findings findings_;
};

}  // namespace
}  // namespace ledger_parts

Findings check_ledger(const Document& document, const Ledger& ledger, Date as_of) {
    return ledger_parts::LedgerCheck(document, ledger, as_of).run();
}

}  // namespace duibiao
