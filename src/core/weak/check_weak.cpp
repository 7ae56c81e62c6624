#include "core/weak/check_weak.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/cell.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

/// Edits of `a` that `b` lacks.
std::size_t edits_missing(const Document& a, const Document& b) {
    std::set<std::string_view> known;
    for (const Edit& edit : b.log) known.insert(edit.id);
    return static_cast<std::size_t>(
        std::count_if(a.log.begin(), a.log.end(), [&known](const Edit& edit) { return !known.contains(edit.id); }));
}

std::string answer_to(const Document& document, const Criterion& item) {
    for (const AnswerField& field : item.fields) {
        const Value& value = document.answer(TargetRef{Layer::self, item.id, field.id});
        if (!std::holds_alternative<std::monostate>(value)) return show_value(value);
    }
    return {};
}

class WeakCheck {
public:
    WeakCheck(const std::vector<const Document*>& documents, const Doors& doors)
        : documents_(documents), doors_(doors), findings_(documents.size()) {}

    [[nodiscard]] std::vector<Findings> run();

private:
    using Index = std::size_t;
    [[nodiscard]] bool is_of(Index at, std::string_view form) const { return documents_[at]->instrument->id == form; }
    [[nodiscard]] bool any_of_form(std::string_view form) const;
    [[nodiscard]] std::string citation_of(std::string_view code) const;
    Finding& say(Index at, std::string_view code, Severity severity, Params params);
    void check_list(Index list);
    void compare_decision(Index list, const RowView& row, int position);
    void check_row_plan(Index list, const RowView& row, int position);
    void check_row_review(Index list, const RowView& row, int position);
    void check_plan(Index plan);
    void compare_plans(Index plan, Index other);
    void check_review(Index review);
    void check_survey(Index survey, std::string_view beside);
    [[nodiscard]] std::string_view unit_of(Index at) const { return documents_[at]->unit(); }
    [[nodiscard]] bool is_same_unit(std::string_view a, std::string_view b) const {
        return organisation_key(a) == organisation_key(b);
    }

    const std::vector<const Document*>& documents_;
    const Doors& doors_;
    std::vector<Findings> findings_;
};

bool WeakCheck::any_of_form(std::string_view form) const {
    return std::any_of(documents_.begin(), documents_.end(),
                       [form](const Document* document) { return document->instrument->id == form; });
}

std::string WeakCheck::citation_of(std::string_view code) const {
    if (code.starts_with("weak-plan")) return doors_.plan.clause;
    const bool of_review = code == "weak-verdict-differs" || code == "weak-ballots-few" || code == "weak-closed-open";
    return of_review ? doors_.review.clause : doors_.list.clause;
}

Finding& WeakCheck::say(Index at, std::string_view code, Severity severity, Params params) {
    Finding& finding = findings_[at].emplace_back();
    finding.code = code;
    finding.severity = severity;
    finding.citation = citation_of(code);
    finding.params = std::move(params);
    return finding;
}

/// The same organisation in other lists: each pair is said once on both sides.
void WeakCheck::compare_decision(Index list, const RowView& row, int position) {
    const NamedCells own(*documents_[list], row.cells);
    for (Index other = 0; other < documents_.size(); ++other) {
        if (other == list || !is_of(other, doors_.list.form) || documents_[other]->id == documents_[list]->id) continue;
        for (const RowView& their_row : rows_of(*documents_[other])) {
            const NamedCells theirs(*documents_[other], their_row.cells);
            if (!is_same_unit(own["name"], theirs["name"])) continue;
            const bool same = own["status"] == theirs["status"];
            Finding& finding =
                say(list, same ? "weak-listed-twice" : "weak-decided-twice", same ? Severity::notice : Severity::error,
                    {{"name", std::string(own["name"])},
                     {"ours", std::string(own["status"])},
                     {"theirs", std::string(theirs["status"])},
                     {"office", std::string(unit_of(other))}});
            finding.item = row.id;
            finding.field = "status";
            finding.row = position;
        }
    }
}

void WeakCheck::check_row_plan(Index list, const RowView& row, int position) {
    const NamedCells own(*documents_[list], row.cells);
    if (own["status"] != weak_confirmed) return;
    bool is_there = false;
    int open = 0;
    for (Index plan = 0; plan < documents_.size(); ++plan) {
        if (!is_of(plan, doors_.plan.form) || !is_same_unit(unit_of(plan), own["name"])) continue;
        is_there = true;
        int open_here = 0;
        for (const RowView& item : rows_of(*documents_[plan]))
            open_here += NamedCells(*documents_[plan], item.cells)["outcome"] == weak_item_closed ? 0 : 1;
        open = std::max(open, open_here);
    }
    const std::string name(own["name"]);
    if (!is_there && any_of_form(doors_.plan.form)) {
        Finding& finding = say(list, "weak-plan-missing", Severity::warning, {{"name", name}});
        finding.item = row.id;
        finding.row = position;
    }
    if (own["closed"].empty() || open == 0) return;
    Finding& finding =
        say(list, "weak-closed-open", Severity::error, {{"name", name}, {"count", static_cast<std::int64_t>(open)}});
    finding.item = row.id;
    finding.field = "closed";
    finding.row = position;
}

void WeakCheck::check_row_review(Index list, const RowView& row, int position) {
    const NamedCells own(*documents_[list], row.cells);
    if (own["verdict"].empty() || !trim(own["note"]).empty()) return;
    const Document* review = nullptr;
    for (Index at = 0; at < documents_.size(); ++at) {
        if (is_of(at, doors_.review.form) && is_same_unit(unit_of(at), own["name"]))
            review = later_review(review, documents_[at]);
    }
    if (review == nullptr || review->instrument->scored == nullptr) return;
    const Grade grade = evaluate(*review).grade;
    if (!grade.band) return;
    const std::string& computed = review->instrument->scored->grades.bands[*grade.band].label;
    if (computed == own["verdict"]) return;
    Finding& finding =
        say(list, "weak-verdict-differs", Severity::warning,
            {{"name", std::string(own["name"])}, {"stated", std::string(own["verdict"])}, {"computed", computed}});
    finding.item = row.id;
    finding.field = "verdict";
    finding.row = position;
}

void WeakCheck::check_list(Index list) {
    int position = 0;
    for (const RowView& row : rows_of(*documents_[list])) {
        ++position;
        compare_decision(list, row, position);
        check_row_plan(list, row, position);
        check_row_review(list, row, position);
    }
}

void WeakCheck::compare_plans(Index plan, Index other) {
    const Document& own = *documents_[plan];
    const Document& theirs = *documents_[other];
    if (!is_same_unit(own.unit(), theirs.unit())) return;
    const std::string unit(own.unit());
    if (own.id != theirs.id) {
        if (own.period() == theirs.period())
            say(plan, "weak-plan-twice", Severity::warning, {{"unit", unit}, {"other", theirs.id}});
        return;
    }
    const auto ours = static_cast<std::int64_t>(edits_missing(own, theirs));
    const auto later = static_cast<std::int64_t>(edits_missing(theirs, own));
    if (ours > 0 && later > 0)
        say(plan, "weak-plan-forked", Severity::error, {{"unit", unit}, {"ours", ours}, {"theirs", later}});
    if (ours == 0 && later > 0)
        say(plan, "weak-plan-earlier", Severity::notice,
            {{"unit", unit}, {"edits", static_cast<std::int64_t>(own.log.size())}, {"later", later}});
}

void WeakCheck::check_plan(Index plan) {
    for (Index other = 0; other < documents_.size(); ++other) {
        if (other != plan && is_of(other, doors_.plan.form)) compare_plans(plan, other);
    }
    if (!any_of_form(doors_.list.form)) return;
    for (const Document* list : documents_) {
        if (list->instrument->id != doors_.list.form) continue;
        for (const RowView& row : rows_of(*list)) {
            const NamedCells cells(*list, row.cells);
            if (cells["status"] == weak_confirmed && is_same_unit(cells["name"], unit_of(plan))) return;
        }
    }
    say(plan, "weak-plan-unlisted", Severity::error, {{"unit", std::string(unit_of(plan))}}).item = "header";
}

void WeakCheck::check_review(Index review) {
    const Document& document = *documents_[review];
    for (const Instrument::Place& place : document.instrument->order) {
        const Criterion& item = document.instrument->criterion(place);
        // A form that asks for a number says so itself.
        if (item.scoring == nullptr || !item.scoring->votes || item.scoring->votes->fewest > 0) continue;
        const Value& valid =
            document.answer(TargetRef{Layer::self, item.id, "votes:" + std::string(ballot_counts.back())});
        const auto* count = std::get_if<Points>(&valid);
        if (count == nullptr || *count >= Points::from_whole(fewest_ballots)) continue;
        say(review, "weak-ballots-few", Severity::warning, {{"item", item.text}}).item = item.id;
    }
}

void WeakCheck::check_survey(Index survey, std::string_view beside) {
    const Document& own = *documents_[survey];
    for (const Document* other : documents_) {
        const bool is_of_it = other->instrument->id == beside && is_same_unit(other->unit(), own.unit()) &&
                              other->period() == own.period();
        if (!is_of_it) continue;
        for (const Instrument::Place& place : own.instrument->order) {
            const Criterion& item = own.instrument->criterion(place);
            const Criterion* theirs = other->instrument->find_criterion(item.id);
            const std::string seen = answer_to(own, item);
            const std::string said = theirs == nullptr ? std::string{} : answer_to(*other, *theirs);
            if (theirs == nullptr || seen.empty() || seen == said) continue;
            say(survey, "weak-survey-differs", Severity::warning,
                {{"text", item.text}, {"unit", said}, {"survey", seen}})
                .item = item.id;
        }
    }
}

std::vector<Findings> WeakCheck::run() {
    for (Index at = 0; at < documents_.size(); ++at) {
        if (is_of(at, doors_.list.form)) check_list(at);
        if (is_of(at, doors_.plan.form)) check_plan(at);
        if (is_of(at, doors_.review.form)) check_review(at);
        const std::string_view beside = doors_.surveyed(documents_[at]->instrument->id);
        if (!beside.empty()) check_survey(at, beside);
    }
    return std::move(findings_);
}

}  // namespace

NamedCells::NamedCells(const Document& document, std::string_view row)
    : table_(document.instrument->table), cells_(split_row(row, table_.columns.size())) {}

std::string_view NamedCells::operator[](std::string_view column) const {
    const auto at = table_.find_column(column);
    return at ? trim(cells_[*at]) : std::string_view{};
}

const Document* later_review(const Document* a, const Document* b) {
    if (a == nullptr || b == nullptr) return a == nullptr ? b : a;
    const auto rank = [](const Document& review) {
        return std::pair(review.text(Layer::self, "header", "date"), review.log.size());
    };
    return rank(*a) < rank(*b) ? b : a;
}

std::vector<Findings> check_weak(const std::vector<const Document*>& documents, const Doors& doors) {
    return WeakCheck(documents, doors).run();
}

}  // namespace duibiao
