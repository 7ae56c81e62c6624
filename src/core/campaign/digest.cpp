#include "core/campaign/digest.hpp"

#include <algorithm>
#include <utility>

#include "core/appraisal.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/ledger.hpp"
#include "core/rows.hpp"
#include "core/tally.hpp"
#include "core/value.hpp"

namespace duibiao {
namespace {

std::string_view mask_name(Personal personal) {
    switch (personal) {
        case Personal::none:
            return "";
        case Personal::name:
            return "name";
        case Personal::date:
            return "date";
        case Personal::number:
            return "number";
        case Personal::text:
            return "text";
    }
    return "";
}

bool is_roster(const Instrument& instrument) { return instrument.kind == InstrumentKind::roster; }

void take_veto(ReportDigest& digest, const Document& document) {
    for (const VetoCondition& condition : document.instrument->veto.conditions) {
        const bool is_set = std::any_of(all_layers.begin(), all_layers.end(),
                                        [&](Layer layer) { return document.flag(layer, condition.id, "set"); });
        if (is_set) digest.veto.push_back(condition.id);
    }
}

/// The first of an item's own answers that says something: a checklist's value.
std::string first_answer(const Document& document, const Criterion& item) {
    for (const AnswerField& field : item.fields) {
        const Value& value = document.answer(TargetRef{Layer::self, item.id, field.id});
        if (!std::holds_alternative<std::monostate>(value)) return show_value(value);
    }
    return {};
}

void take_answers(ReportDigest& digest, const Document& document) {
    if (document.instrument->is_scored()) return;
    for (const Instrument::Place& place : document.instrument->order)
        digest.answers.push_back(first_answer(document, document.instrument->criterion(place)));
}

void take_rows(ReportDigest& digest, const Document& document) {
    if (!is_roster(*document.instrument)) return;
    for (const RowView& row : rows_of(document)) digest.rows.emplace_back(row.cells);
    digest.none = document.flag(Layer::self, "table", "none");
}

/// The one grade of a scored form of format 2, once its total is final.
void take_grade(ReportDigest& digest, const Document& document) {
    if (document.instrument->scored == nullptr) return;
    const Grade grade = evaluate(document).grade;
    if (grade.band) ++digest.grades[document.instrument->scored->grades.bands[*grade.band].label];
}

void take_grades(ReportDigest& digest, const Document& document) {
    take_grade(digest, document);
    if (!document.instrument->is_appraisal()) return;
    for (const Standing& standing : appraise(document)) {
        if (standing.grade != nullptr) ++digest.grades[standing.grade->title];
    }
}

/// The day of the last edit, or the period's last one where that is earlier.
Date day_of_rules(const Document& document) {
    constexpr std::size_t day_length = 10;
    const std::string_view at = document.log.empty() ? std::string_view{} : std::string_view(document.log.back().at);
    const auto last_edit = parse_date(at.substr(0, std::min(at.size(), day_length)));
    const auto after = period_end(document.period());
    if (!last_edit) return after.value_or(Date{});
    if (!after) return *last_edit;
    const Date last_day = std::chrono::sys_days(*after) - std::chrono::days(1);
    return std::min(last_day, *last_edit);
}

void take_findings(ReportDigest& digest, const Document& document) {
    const Date as_of = day_of_rules(document);
    const std::vector<const Document*> alone{&document};
    const bool is_ledger = document.instrument->kind == InstrumentKind::ledger;
    const Findings findings = is_ledger ? check_dossier(alone, as_of).front() : check(document, as_of);
    for (const Finding& finding : findings) {
        auto& known = digest.findings.try_emplace(finding.code, finding.severity, 0).first->second;
        known.first = std::min(known.first, finding.severity);  // errors come first
        ++known.second;
        if (!finding.code.starts_with("duty-missing")) continue;
        const auto missing = finding.params.find("missing");
        const auto* periods =
            missing == finding.params.end() ? nullptr : std::get_if<std::vector<std::string>>(&missing->second);
        digest.duties[finding.item] += periods == nullptr ? 1 : static_cast<int>(periods->size());
    }
}

std::string handed_over(const Document& document) {
    std::string at;
    for (const Edit& edit : document.log) {
        const bool is_state =
            edit.target.layer == Layer::self && edit.target.item == "document" && edit.target.field == "state";
        if (is_state && edit.after == Value{std::string("submitted")}) at = edit.at;
    }
    return at;
}

}  // namespace

FormOutlinePtr outline_of(const Instrument& instrument) {
    auto form = std::make_shared<FormOutline>();
    form->hash = instrument.hash;
    form->id = instrument.id;
    form->version = instrument.version;
    form->title = instrument.title;
    form->kind = to_string(instrument.kind);
    for (const Section& section : instrument.sections)
        form->sections.push_back({section.id, section.title, section.points});
    for (const Instrument::Place& place : instrument.order) {
        const Criterion& item = instrument.criterion(place);
        form->items.push_back({item.id, item.text, item.points});
    }
    for (const DutySet& set : instrument.duty_sets) {
        for (const Duty& duty : set.duties) form->duties.push_back({duty.id, duty.title, {}});
    }
    if (!is_roster(instrument)) return form;
    for (const AnswerField& column : instrument.table.columns) {
        form->columns.push_back(column.label);
        form->masks.emplace_back(mask_name(column.personal));
    }
    return form;
}

std::optional<std::size_t> section_of(const FormOutline& form, std::size_t item) {
    const std::string& id = form.items[item].id;
    const std::string_view section = std::string_view(id).substr(0, id.find('.'));
    for (std::size_t i = 0; i < form.sections.size(); ++i) {
        if (form.sections[i].id == section) return i;
    }
    return std::nullopt;
}

bool ReportDigest::has_errors() const {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& finding) { return finding.second.first == Severity::error; });
}

std::optional<Points> ReportDigest::total(Layer layer) const {
    std::optional<Points> sum;
    for (const auto& score : scores[index_of(layer)]) {
        if (score) sum = sum.value_or(Points{}) + *score;
    }
    return sum;
}

std::optional<Points> ReportDigest::section_total(Layer layer, std::size_t section) const {
    std::optional<Points> sum;
    const auto& own = scores[index_of(layer)];
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i] && section_of(*form, i) == section) sum = sum.value_or(Points{}) + *own[i];
    }
    return sum;
}

FormOutlinePtr Outlines::of(const InstrumentPtr& instrument) {
    auto& known = known_[instrument.get()];
    if (!known.second) known = {instrument, outline_of(*instrument)};
    return known.second;
}

ReportDigest make_digest(const Document& document, std::string code, std::string version, FormOutlinePtr form) {
    ReportDigest digest;
    digest.form = std::move(form);
    digest.document = document.id;
    digest.unit = document.unit();
    digest.period = document.period();
    digest.code = std::move(code);
    digest.version = std::move(version);
    if (!document.log.empty()) digest.at = document.log.back().at;
    digest.handed = handed_over(document);
    digest.edits = document.log.size();
    for (const Layer layer : all_layers) digest.states[index_of(layer)] = document.text(layer, "document", "state");
    digest.scores = ScoreList(document).layers();
    take_veto(digest, document);
    take_findings(digest, document);
    take_grades(digest, document);
    take_answers(digest, document);
    take_rows(digest, document);
    return digest;
}

}  // namespace duibiao
