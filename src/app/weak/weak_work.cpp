// How far everything is: worked out of the list, what belongs to it, and what the doors find.
#include <algorithm>
#include <set>

#include "app/weak/handlers.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/name_key.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/weak/weak_list.hpp"

namespace duibiao::app {

namespace {

/// Units of whom the worker has a report of one of these forms, or a document of it is here.
std::size_t count_units(const WeakState& weak, const std::set<std::string, std::less<>>& forms) {
    std::set<std::string> units;
    if (weak.found) {
        for (const WeakFile& file : weak.found->files) {
            if (forms.contains(file.form)) units.insert(organisation_key(file.unit));
        }
    }
    for (const auto& [id, document] : weak.documents) {
        if (forms.contains(document.instrument->id)) units.insert(organisation_key(document.unit()));
    }
    return units.size();
}

void count_forms(const State& state, WeakSums& sums) {
    const WeakState& weak = *state.weak;
    std::set<std::string, std::less<>> checks;
    std::set<std::string, std::less<>> surveys;
    for (const SurveyForm& survey : weak.doors.surveys) {
        checks.insert(survey.of);
        surveys.insert(survey.form);
    }
    sums.checked = count_units(weak, checks);
    sums.surveyed = count_units(weak, surveys);
    if (state.desk && state.desk->view && state.desk->view->expected)
        sums.expected = static_cast<std::size_t>(*state.desk->view->expected);
}

void count_unit(const WeakUnit& unit, const std::optional<Date>& today, WeakSums& sums) {
    if (unit.stage == WeakStage::candidate) ++sums.candidates;
    if (unit.stage == WeakStage::struck) ++sums.struck;
    if (unit.stage < WeakStage::confirmed) return;
    ++sums.confirmed;
    sums.planned += unit.plan ? 1 : 0;
    sums.rectified += unit.stage >= WeakStage::rectified ? 1 : 0;
    sums.reviewed += unit.stage >= WeakStage::reviewed ? 1 : 0;
    sums.closed += unit.stage == WeakStage::closed ? 1 : 0;
    sums.late += unit.is_late ? 1 : 0;
    if (unit.plan) sums.waiting += unit.plan->waiting();
    const bool is_due = unit.revisit && today && std::chrono::sys_days(*unit.revisit) <= std::chrono::sys_days(*today);
    sums.revisits += is_due ? 1 : 0;
}

std::string unit_in(const Finding& finding) {
    for (const char* key : {"name", "unit"}) {
        const auto at = finding.params.find(key);
        if (at == finding.params.end()) continue;
        if (const auto* text = std::get_if<std::string>(&at->second)) return *text;
    }
    return {};
}

/// What list, plans, surveys and reviews do not tell alike, by the organisation it is about.
void collect_remarks(State& state, const std::vector<const Document*>& documents) {
    WeakState& weak = *state.weak;
    const std::vector<Findings> found = check_weak(documents, weak.doors);
    for (std::size_t i = 0; i < found.size(); ++i) {
        // What another office's list says is said of our own.
        const bool is_other_list =
            documents[i]->instrument->id == weak.doors.list.form && documents[i]->id != weak.list;
        if (is_other_list) continue;
        for (const Finding& finding : found[i]) {
            // A survey's differences are listed one by one.
            if (finding.code == "weak-survey-differs") continue;
            std::string name = unit_in(finding);
            if (name.empty()) name = documents[i]->unit();
            const FindingText text = describe(state.settings.language, finding);
            weak.remarks[organisation_key(name)].push_back(text.message + text.remedy);
        }
    }
}

void explain_reviews(State& state) {
    WeakState& weak = *state.weak;
    for (const WeakUnit& unit : weak.units) {
        const auto known = weak.documents.find(unit.review);
        if (known == weak.documents.end() || known->second.instrument->scored == nullptr) continue;
        weak.verdicts[unit.review] = why_total(state.settings.language, known->second, evaluate(known->second));
    }
}

/// What bringing the list up to date would do.
void rehearse_update(State& state, const Document* list) {
    WeakState& weak = *state.weak;
    weak.added = weak.changed = 0;
    if (!weak.has_reports()) return;
    if (list == nullptr) {
        for (const Candidate& unit : weak.found->candidates.units) weak.added += unit.is_candidate() ? 1 : 0;
        return;
    }
    const std::string at = list->log.empty() ? std::string() : list->log.back().at;
    const auto update = update_weak_list(*list, weak.found->candidates, weak.doors, {"rehearsal", {}, at});
    if (!update) return;
    weak.added = update->added.size();
    weak.changed = update->changed.size();
}

}  // namespace

void work_out_weak(State& state) {
    WeakState& weak = *state.weak;
    weak.is_stale = false;
    ++weak.serial;
    weak.units.clear();
    weak.places.clear();
    weak.remarks.clear();
    weak.verdicts.clear();
    weak.sums = {};
    const auto day = parse_date(state.today);
    const std::optional<Date> today = day ? std::optional(*day) : std::nullopt;
    count_forms(state, weak.sums);
    const Document* list = weak_list(state);
    rehearse_update(state, list);
    if (list == nullptr || !today) return;
    std::vector<const Document*> others;
    for (const auto& [id, document] : weak.documents) {
        if (id != weak.list && id != weak.campaign) others.push_back(&document);
    }
    weak.units = weak_progress(*list, others, weak.doors, *today);
    for (std::size_t i = 0; i < weak.units.size(); ++i) {
        weak.places.emplace(organisation_key(weak.units[i].name), i);
        count_unit(weak.units[i], today, weak.sums);
    }
    explain_reviews(state);
    others.insert(others.begin(), list);
    collect_remarks(state, others);
}

}  // namespace duibiao::app
