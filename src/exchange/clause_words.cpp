#include "exchange/clause_words.hpp"

#include <algorithm>

#include "core/text.hpp"

namespace duibiao {
namespace {

constexpr std::string_view clause_separator = "；";

std::vector<std::string_view> clauses_of(std::string_view citation) {
    std::vector<std::string_view> clauses;
    while (!citation.empty()) {
        const std::size_t end = std::min(citation.find(clause_separator), citation.size());
        if (const auto clause = trim(citation.substr(0, end)); !clause.empty()) clauses.push_back(clause);
        citation.remove_prefix(std::min(end + clause_separator.size(), citation.size()));
    }
    return clauses;
}

/// Collects what forms say under one clause.
class Clause {
public:
    explicit Clause(std::string_view clause) : found_{std::string(clause), {}, {}} {}

    void look_in(const Instrument& form) {
        const std::string_view clause = found_.clause;
        if (form.source_key == clause.substr(0, clause.find(' ')) && found_.source.empty())
            found_.source = form.issuer + "：《" + form.source_title + "》";
        for (const Instrument::Place& place : form.order) {
            const Criterion& item = form.criterion(place);
            take(item.citation, item.text);
        }
        for (const DutySet& set : form.duty_sets) {
            for (const Duty& duty : set.duties) take(duty.citation, duty.title);
        }
        take(form.veto.citation, form.veto.text);
        for (const VetoCondition& condition : form.veto.conditions)
            take(condition.citation, condition.number + condition.text);
        for (const Dimension& dimension : form.appraisal.dimensions) take(dimension.citation, dimension.title);
        for (const AppraisalStep& step : form.appraisal.steps) take(step.citation, step.title);
        for (const ActivityKind& kind : form.activity_kinds) {
            std::string steps = kind.name;
            for (const std::string& step : kind.steps) steps += (&step == kind.steps.data() ? "：" : "、") + step;
            take(kind.steps_citation, steps);
        }
    }
    [[nodiscard]] ClauseWords found() && { return std::move(found_); }

private:
    void take(std::string_view citation, const std::string& text) {
        const auto clauses = clauses_of(citation);
        const bool is_here = std::find(clauses.begin(), clauses.end(), found_.clause) != clauses.end();
        if (!is_here || text.empty()) return;
        if (std::find(found_.words.begin(), found_.words.end(), text) == found_.words.end())
            found_.words.push_back(text);
    }

    ClauseWords found_;
};

}  // namespace

std::vector<ClauseWords> clause_words(std::span<const InstrumentPtr> forms, std::string_view citation) {
    std::vector<ClauseWords> all;
    for (const std::string_view one : clauses_of(citation)) {
        Clause clause(one);
        for (const InstrumentPtr& form : forms) clause.look_in(*form);
        all.push_back(std::move(clause).found());
    }
    return all;
}

}  // namespace duibiao
