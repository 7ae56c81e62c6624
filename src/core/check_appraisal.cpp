// What the rules say about an appraisal.
#include <algorithm>
#include <set>
#include <utility>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/plain_text.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

struct AppraisalCheck {
    const Document& document;
    const Appraisal& appraisal;
    std::vector<Standing> standings;
    Findings findings;
};

Finding& report(AppraisalCheck& check, std::string code, Severity severity, const std::string& citation,
                Params params) {
    Finding& finding = check.findings.emplace_back();
    finding.code = std::move(code);
    finding.severity = severity;
    finding.document = check.document.id;
    finding.item = steps_item;
    finding.citation = citation;
    finding.params = std::move(params);
    return finding;
}

/// The same at a member's row, which is known by its number: findings name no person.
void report_member(AppraisalCheck& check, const Standing& standing, std::string code, Severity severity,
                   const std::string& citation, Params params) {
    Finding& finding = report(check, std::move(code), severity, citation, std::move(params));
    finding.item = standing.row;
    finding.field = "cells";
    finding.row = standing.number;
}

void check_twice(AppraisalCheck& check) {
    std::map<std::pair<std::string, std::string>, int> first;
    for (const Standing& standing : check.standings) {
        const auto [known, is_new] =
            first.emplace(std::pair(person_key(standing.name), organisation_key(standing.branch)), standing.number);
        if (is_new) continue;
        report_member(check, standing, "member-twice", Severity::error, check.appraisal.steps.front().citation,
                      {{"first", std::int64_t{known->second}}});
    }
}

void check_lacking(AppraisalCheck& check, const AppraisalStep& step) {
    const bool closed = is_closed(check.document, step.id);
    const auto found = lacking(check.appraisal, check.standings, step);
    if (!closed) {
        if (&step != open_step(check.document) || step.gives != AppraisalStep::Gives::scores || found.empty()) return;
        std::vector<std::string> rows;
        rows.reserve(found.size());
        for (const Standing* standing : found) rows.push_back(std::to_string(standing->number));
        const auto count = static_cast<std::int64_t>(rows.size());
        report(check, "scores-missing", Severity::notice, step.citation,
               {{"step", step.title}, {"count", count}, {"rows", std::move(rows)}});
        return;
    }
    for (const Standing* standing : found) {
        if (step.gives == AppraisalStep::Gives::scores) {
            report_member(check, *standing, "scores-missing-closed", Severity::warning, step.citation,
                          {{"step", step.title}});
        } else if (step.gives == AppraisalStep::Gives::ballots) {
            report_member(check, *standing, "raters-few", Severity::warning, step.citation,
                          {{"count", standing->raters.value_or(Points{}).to_string()},
                           {"fewest", check.appraisal.fewest_raters}});
        }
    }
}

void check_order(AppraisalCheck& check) {
    const AppraisalStep* open = open_step(check.document);
    if (open == nullptr) return;
    for (const AppraisalStep& step : check.appraisal.steps) {
        if (&step <= open || !is_closed(check.document, step.id)) continue;
        report(check, "step-open-before", Severity::error, step.citation,
               {{"step", step.title}, {"before", open->title}});
    }
}

// --- Changed after closing ----------------------------------------------------------------------------------------

using Rows = std::map<std::string_view, std::string_view>;

/// The rows as they stood when each closed step was closed, as the log tells.
std::map<std::string_view, Rows> rows_at_closing(const Document& document) {
    std::map<std::string_view, Rows> at_closing;
    Rows rows;
    for (const Edit& edit : document.log) {
        if (edit.target.item == steps_item) {
            if (edit.after == Value{true}) at_closing.try_emplace(edit.target.field, rows);
        } else if (edit.target.field == "cells") {
            const auto* cells = std::get_if<std::string>(&edit.after);
            rows[edit.target.item] = cells == nullptr ? std::string_view{} : std::string_view(*cells);
        }
    }
    return at_closing;
}

bool same_in_step(const Table& table, const AppraisalStep& step, std::string_view before, std::string_view after) {
    if (before == after) return true;
    const auto cells = split_row(before, table.columns.size());
    const auto now = split_row(after, table.columns.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (table.columns[i].step == step.id && cells[i] != now[i]) return false;
    }
    return true;
}

/// Merging a copy in which a step was still open can change what was closed; nobody can do it otherwise.
void check_changed(AppraisalCheck& check) {
    const auto at_closing = rows_at_closing(check.document);
    for (const AppraisalStep& step : check.appraisal.steps) {
        const auto closed = at_closing.find(step.id);
        if (closed == at_closing.end()) continue;
        Rows before = closed->second;
        for (const Standing& standing : check.standings) {
            const std::string_view now = check.document.text(Layer::self, standing.row, "cells");
            const std::string_view then = std::exchange(before[standing.row], {});
            if (same_in_step(check.document.instrument->table, step, then, now)) continue;
            report_member(check, standing, "changed-after-close", Severity::error, step.citation,
                          {{"step", step.title}});
        }
        // What is left was taken away after the closing; rows that are still there have no cells here any more.
        const auto gone =
            std::count_if(before.begin(), before.end(), [](const auto& row) { return !row.second.empty(); });
        if (gone == 0) continue;
        report(check, "members-gone", Severity::error, step.citation,
               {{"step", step.title}, {"count", static_cast<std::int64_t>(gone)}});
    }
}

// --- Another form's people ----------------------------------------------------------------------------------------

/// Who is listed in the forms named so of the same unit, and in which one.
std::map<std::string, const Instrument*> listed_people(const AppraisalCheck& check,
                                                       std::span<const Document* const> others) {
    std::map<std::string, const Instrument*> people;
    const ListedIn& listed = *check.appraisal.listed_in;
    for (const Document* other : others) {
        const Instrument& form = *other->instrument;
        const auto column = form.table.find_column(listed.column);
        const bool same_unit = organisation_key(other->unit()) == organisation_key(check.document.unit());
        if (form.id != listed.instrument || !column || !same_unit) continue;
        for (const RowView& row : rows_of(*other)) {
            people.emplace(person_key(split_row(row.cells, form.table.columns.size())[*column]), &form);
        }
    }
    people.erase(std::string{});
    return people;
}

void check_listed(AppraisalCheck& check, std::span<const Document* const> others) {
    if (!check.appraisal.listed_in) return;
    const auto people = listed_people(check, others);
    for (const Standing& standing : check.standings) {
        if (standing.grade == nullptr || !standing.grade->passes) continue;
        const auto listed = people.find(person_key(standing.name));
        if (listed == people.end()) continue;
        const bool explained = !trim(standing.reason).empty();
        report_member(check, standing, explained ? "listed-passes-explained" : "listed-passes",
                      explained ? Severity::notice : Severity::error, check.appraisal.listed_in->citation,
                      {{"grade", standing.grade->title},
                       {"total", standing.total->to_string()},
                       {"form", listed->second->short_title}});
    }
}

// --- Gaps and slips -----------------------------------------------------------------------------------------------

/// Of cells that were merged an export fills only the first: the members below it lose their branch.
void check_branches(AppraisalCheck& check) {
    if (!check.appraisal.branch) return;
    const auto lacks_branch = [](const Standing& standing) { return looks_empty(standing.branch); };
    if (std::all_of(check.standings.begin(), check.standings.end(), lacks_branch)) return;
    for (const Standing& standing : check.standings) {
        if (!lacks_branch(standing)) continue;
        report_member(check, standing, "row-branch-missing", Severity::warning, check.appraisal.steps.front().citation,
                      {});
    }
}

/// A name of another form, and where it stands first.
struct OtherName {
    const Instrument* form = nullptr;
    int row = 0;
};

/// The people in the other forms of the unit, by their keys, without the members.
std::map<std::string, OtherName> other_people(const AppraisalCheck& check, std::span<const Document* const> others) {
    const std::string unit = organisation_key(check.document.unit());
    std::map<std::string, OtherName> people;
    for (const Document* other : others) {
        const Instrument& form = *other->instrument;
        if (&form == check.document.instrument.get() || organisation_key(other->unit()) != unit) continue;
        const auto& columns = form.table.columns;
        int number = 0;
        for (const RowView& row : rows_of(*other)) {
            ++number;
            const auto cells = split_row(row.cells, columns.size());
            for (std::size_t i = 0; i < columns.size(); ++i) {
                if (columns[i].entity != AnswerField::Entity::person) continue;
                for (const std::string& name : split_names(cells[i]))
                    people.try_emplace(person_key(name), OtherName{&form, number});
            }
        }
    }
    for (const Standing& standing : check.standings) people.erase(person_key(standing.name));
    return people;
}

/// The key with one character left out, for each of its characters.
std::vector<std::string> shorter_keys(const std::string& key) {
    std::vector<std::string> keys;
    for (std::size_t at = 0; at < key.size();) {
        std::size_t end = at;
        (void)take_character(key, end);
        keys.push_back(key.substr(0, at) + key.substr(end));
        at = end;
    }
    return keys;
}

/// Somebody of another form of the unit is no member, and a member's name is one character apart: perhaps the same
/// person. They are never taken for one.
void check_near_names(AppraisalCheck& check, std::span<const Document* const> others) {
    std::multimap<std::string, const Standing*> near;  // keys that are near lose a character to become the same
    for (const Standing& standing : check.standings) {
        const std::string key = person_key(standing.name);
        near.emplace(key, &standing);
        for (std::string& shorter : shorter_keys(key)) near.emplace(std::move(shorter), &standing);
    }
    std::set<const Standing*> said;
    for (const auto& [key, other] : other_people(check, others)) {
        std::vector<std::string> keys = shorter_keys(key);
        keys.push_back(key);
        for (const std::string& shorter : keys) {
            const auto [first, last] = near.equal_range(shorter);
            for (auto it = first; it != last; ++it) {
                const Standing& standing = *it->second;
                if (!is_near_miss(person_key(standing.name), key) || !said.insert(&standing).second) continue;
                report_member(check, standing, "name-near", Severity::notice, check.appraisal.steps.front().citation,
                              {{"form", other.form->short_title}, {"other", std::int64_t{other.row}}});
            }
        }
    }
}

}  // namespace

Findings check_appraisal(const Document& document, std::span<const Document* const> others) {
    const Instrument& form = *document.instrument;
    if (!form.is_appraisal()) return {};
    AppraisalCheck check{document, form.appraisal, appraise(document), {}};
    check_order(check);
    for (const AppraisalStep& step : form.appraisal.steps) check_lacking(check, step);
    check_twice(check);
    check_branches(check);
    check_changed(check);
    check_listed(check, others);
    check_near_names(check, others);
    return std::move(check.findings);
}

}  // namespace duibiao
