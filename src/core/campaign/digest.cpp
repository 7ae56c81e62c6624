#include "core/campaign/digest.hpp"

#include <algorithm>
#include <utility>

#include "core/appraisal.hpp"
#include "core/evaluate/grade.hpp"
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
        const auto layers = layers_of(*document.instrument);
        const bool is_set = std::any_of(layers.begin(), layers.end(),
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

/// A figure of a form as it is shown; hundredths are the finest that a roll-up has.
Points as_shown(const ScoredForm& form, const Fraction& figure) {
    constexpr int finest_decimals = 2;
    return figure.rounded(std::min(form.decimals, finest_decimals)).to_points();
}

/// A bonus is what it gives, a penalty stands below zero; levels without points have none.
std::optional<Points> score_of(const ItemScoring& scoring, const ItemResult& item) {
    if (!item.is_scored() || !scoring.tiers.empty()) return std::nullopt;
    const Fraction& figure = scoring.role == ScoreRole::bonus ? item.bonus : item.score;
    const Fraction score = scoring.role == ScoreRole::penalty ? -item.penalty : figure;
    return score.is_figure() ? std::optional(score.to_points()) : std::nullopt;
}

/// Of a section of bonus or penalty its sum is the score; it is never missing.
std::optional<Points> score_of(const ScoredForm& form, const ScoredSum& sum) {
    const Fraction score = sum.of > 0 ? sum.score : sum.bonus - sum.penalty;
    const bool any = sum.of == 0 || sum.scored > 0;
    return any && score.is_figure() ? std::optional(as_shown(form, score)) : std::nullopt;
}

void take_levels(ScorerSums& sums, const Document& document, const ScorerResult& own) {
    const Instrument& form = *document.instrument;
    for (std::size_t i = 0; i < own.items.size(); ++i) {
        const std::string_view level = level_of(document, own.layer, form.criterion(form.order[i]), own.items[i]);
        if (level.empty()) continue;
        sums.levels.resize(own.items.size());
        sums.levels[i] = level;
    }
}

void take_scorer(ReportDigest& digest, const Document& document, const ScorerResult& own) {
    if (!own.any) return;
    const Instrument& form = *document.instrument;
    const std::size_t layer = index_of(own.layer);
    auto& scores = digest.scores[layer];
    for (std::size_t i = 0; i < own.items.size(); ++i)
        scores.push_back(score_of(*form.criterion(form.order[i]).scoring, own.items[i]));
    ScorerSums& sums = (*digest.sums)[layer];
    for (std::size_t s = 0; s < own.sections.size(); ++s) {
        sums.sections.push_back(score_of(*form.scored, own.sections[s]));
        if (!own.sections[s].is_complete()) sums.open.push_back(s);
    }
    if (form.scored->has_points && own.total) sums.total = as_shown(*form.scored, *own.total);
    sums.final = own.final;
    take_levels(sums, document, own);
}

/// All figures of a scored form of format 2, as evaluate() gives them.
void take_evaluation(ReportDigest& digest, const Document& document) {
    digest.sums.emplace();
    const Evaluation evaluation = evaluate(document);
    for (const ScorerResult& own : evaluation.scorers) take_scorer(digest, document, own);
    const Grade& grade = evaluation.grade;
    ReportResult& result = digest.result;
    if (evaluation.counted > 0 && document.instrument->scored->has_points) result.total = evaluation.total;
    result.final = evaluation.final;
    result.by_points = grade.by_points;
    result.band = grade.band;
    result.limited = !grade.ceilings.empty();
    const auto& figure = document.instrument->scored->grades.figure;
    if (figure) result.graded = evaluation.figures[*figure].value;
    result.above_gap = grade.above_gap;
    result.below_gap = grade.below_gap;
    if (grade.band) ++digest.grades[document.instrument->scored->grades.bands[*grade.band].label];
}

void take_scores(ReportDigest& digest, const Document& document) {
    if (document.instrument->scored != nullptr) return take_evaluation(digest, document);
    digest.scores = ScoreList(document).layers();
}

void take_grades(ReportDigest& digest, const Document& document) {
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

namespace {

ScoredOutline outline_of(const ScoredForm& scored, bool chained) {
    ScoredOutline outline;
    for (const Scorer& scorer : scored.scorers) outline.scorers.push_back({scorer.id, scorer.label});
    outline.chained = chained;
    outline.decimals = scored.decimals;
    outline.graded_on_shown = scored.grades.on_shown;
    for (const ScoreBand& band : scored.grades.bands) outline.bands.push_back(band.label);
    outline.quotas = scored.grades.quotas;
    const auto is_capped = [](const SumScoring& sum) { return sum.role == ScoreRole::points && sum.cap; };
    if (std::any_of(scored.sections.begin(), scored.sections.end(), is_capped)) {
        for (const SumScoring& sum : scored.sections) outline.caps.push_back(is_capped(sum) ? sum.cap : std::nullopt);
    }
    return outline;
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
    if (instrument.scored != nullptr) form->scored = outline_of(*instrument.scored, is_chained(instrument));
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

std::size_t layer_count(const FormOutline* form) {
    return form == nullptr || !form->scored ? all_layers.size() : form->scored->scorers.size();
}

std::string_view layer_id(const FormOutline* form, std::size_t layer) {
    if (form == nullptr || !form->scored) return to_string(layer_at(layer));
    return form->scored->scorers[layer].id;
}

bool is_chained(const FormOutline& form) { return !form.scored || form.scored->chained; }

bool ReportDigest::has_errors() const {
    return std::any_of(findings.begin(), findings.end(),
                       [](const auto& finding) { return finding.second.first == Severity::error; });
}

std::optional<Points> ReportDigest::total(Layer layer) const {
    if (sums) return (*sums)[index_of(layer)].total;
    std::optional<Points> sum;
    for (const auto& score : scores[index_of(layer)]) {
        if (score) sum = sum.value_or(Points{}) + *score;
    }
    return sum;
}

std::optional<Points> ReportDigest::section_total(Layer layer, std::size_t section) const {
    if (sums) {
        const auto& sections = (*sums)[index_of(layer)].sections;
        return sections.empty() ? std::nullopt : sections[section];
    }
    std::optional<Points> sum;
    const auto& own = scores[index_of(layer)];
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (own[i] && section_of(*form, i) == section) sum = sum.value_or(Points{}) + *own[i];
    }
    return sum;
}

bool ReportDigest::is_open(Layer layer, std::size_t section) const {
    if (sums) {
        const auto& open = (*sums)[index_of(layer)].open;
        return std::find(open.begin(), open.end(), section) != open.end();
    }
    const auto& own = scores[index_of(layer)];
    for (std::size_t i = 0; i < own.size(); ++i) {
        if (!own[i] && section_of(*form, i) == section) return true;
    }
    return false;
}

bool ReportDigest::is_open(Layer layer) const {
    if (sums) return !(*sums)[index_of(layer)].final;
    const auto& own = scores[index_of(layer)];
    return std::any_of(own.begin(), own.end(), [](const auto& score) { return !score; });
}

std::optional<Points> ReportDigest::shown_result() const {
    if (!result.total || !form->scored) return std::nullopt;
    constexpr int finest_decimals = 2;
    return result.total->rounded(std::min(form->scored->decimals, finest_decimals)).to_points();
}

FormOutlinePtr Outlines::of(const InstrumentPtr& instrument) {
    FormOutlinePtr& known = known_[instrument->hash];
    if (!known) known = outline_of(*instrument);
    return known;
}

ReportDigest make_digest(const Document& document, std::string code, std::string version, FormOutlinePtr form) {
    ReportDigest digest;
    digest.form = std::move(form);
    digest.document = document.id;
    digest.unit = document.unit();
    if (document.instrument->scored != nullptr) digest.subject = document.text(Layer::self, "header", "subject");
    digest.period = document.period();
    digest.code = std::move(code);
    digest.version = std::move(version);
    if (!document.log.empty()) digest.at = document.log.back().at;
    digest.handed = handed_over(document);
    digest.edits = document.log.size();
    for (const Layer layer : layers_of(*document.instrument))
        digest.states[index_of(layer)] = document.text(layer, "document", "state");
    take_scores(digest, document);
    take_veto(digest, document);
    take_findings(digest, document);
    take_grades(digest, document);
    take_answers(digest, document);
    take_rows(digest, document);
    return digest;
}

}  // namespace duibiao
