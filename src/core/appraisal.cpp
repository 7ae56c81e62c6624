#include "core/appraisal.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/cell.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace {

using Gives = AppraisalStep::Gives;

std::optional<Points> figure(std::string_view cell) {
    const auto points = Points::parse(cell);
    return points ? std::optional(*points) : std::nullopt;
}

StandingPart read_part(const Appraisal& appraisal, const AppraisalStep& step, std::size_t scoring,
                       const std::vector<std::string_view>& cells) {
    StandingPart part{&step, {}, {}};
    if (step.gives == Gives::ballots) {
        part.score = figure(cells[appraisal.ballots[1]]);
        return part;
    }
    Points sum;
    bool complete = true;
    for (const Dimension& dimension : appraisal.dimensions) {
        part.dimensions.push_back(figure(cells[dimension.columns[scoring]]));
        complete = complete && part.dimensions.back();
        sum += part.dimensions.back().value_or(Points{});
    }
    if (complete) part.score = sum;
    return part;
}

/// Σ score × weight / 100, half up. Neither is negative.
std::optional<Points> weigh(const std::vector<StandingPart>& parts) {
    constexpr std::int64_t whole = 10'000;  // 100.00 percent
    std::int64_t sum = 0;
    for (const StandingPart& part : parts) {
        if (!part.score) return std::nullopt;
        sum += part.score->hundredths() * part.step->weight.hundredths();
    }
    return Points::from_hundredths((sum + whole / 2) / whole);
}

Standing read_standing(const Appraisal& appraisal, const RowView& row, std::size_t columns) {
    const auto cells = split_row(row.cells, columns);
    Standing standing;
    standing.row = row.id;
    standing.name = cells[appraisal.name];
    if (appraisal.branch) standing.branch = cells[*appraisal.branch];
    if (appraisal.reason) standing.reason = cells[*appraisal.reason];
    std::size_t scoring = 0;
    for (const AppraisalStep& step : appraisal.steps) {
        if (step.gives == Gives::publication) continue;
        standing.parts.push_back(read_part(appraisal, step, scoring, cells));
        if (step.gives == Gives::scores) ++scoring;
    }
    if (appraisal.ballot_step() != nullptr) {
        standing.raters = figure(cells[appraisal.ballots[0]]);
        standing.lowest = figure(cells[appraisal.ballots[2]]);
        standing.highest = figure(cells[appraisal.ballots[3]]);
    }
    standing.total = weigh(standing.parts);
    if (standing.total) standing.grade = &appraisal.band_of(*standing.total);
    return standing;
}

bool lacks(const Appraisal& appraisal, const Standing& standing, const AppraisalStep& step) {
    if (step.gives == Gives::publication) return !standing.total;
    if (step.gives == Gives::ballots) {
        return standing.raters.value_or(Points{}) < Points::from_whole(appraisal.fewest_raters);
    }
    return std::any_of(standing.parts.begin(), standing.parts.end(),
                       [&step](const StandingPart& part) { return part.step == &step && !part.score; });
}

/// The row with the figures of its ballots.
std::string with_figures(const Instrument& form, const RowView& row, const BallotFigures& figures) {
    const auto given = split_row(row.cells, form.table.columns.size());
    std::vector<std::string> cells(given.begin(), given.end());
    const std::array<std::optional<Points>, 4> values{Points::from_whole(figures.raters), figures.mean, figures.lowest,
                                                      figures.highest};
    for (std::size_t i = 0; i < values.size(); ++i) {
        cells[form.appraisal.ballots[i]] = values[i] ? values[i]->to_string() : std::string{};
    }
    return join_row(cells);
}

Done check_closable(const Document& document, const AppraisalStep& step, const BallotBox* ballots) {
    const Appraisal& appraisal = document.instrument->appraisal;
    if (is_closed(document, step.id)) return fail("step-closed", std::string(steps_item), {{"step", step.title}});
    if (const AppraisalStep* open = open_step(document); open != &step) {
        return fail("step-order", std::string(steps_item), {{"step", step.title}, {"before", open->title}});
    }
    const auto standings = appraise(document);
    if (standings.empty()) return fail("members-none", std::string(steps_item));
    if (step.gives == Gives::ballots && (ballots == nullptr || ballots->size() == 0)) {
        return fail("ballots-missing", std::string(steps_item));
    }
    if (step.gives != Gives::publication) return {};
    std::vector<std::string> missing;
    for (const Standing* standing : lacking(appraisal, standings, step)) {
        if (trim(standing->reason).empty()) missing.emplace_back(standing->name);
    }
    if (missing.empty()) return {};
    const auto count = static_cast<std::int64_t>(missing.size());
    return fail("total-missing", std::string(steps_item), {{"count", count}, {"members", std::move(missing)}});
}

/// Makes the edits of closing a step, which make_edit refuses to users.
class Closing {
public:
    Closing(const Document& document, const Author& author)
        : document_(document), author_(author), batch_(std::string(lock_prefix) + next_edit_id(document, author)) {}

    [[nodiscard]] Done add(Target target, Value value) {
        auto checked = check_value(*document_.instrument, target, value);
        if (!checked) return tl::unexpected<Error>(checked.error());
        Edit edit;
        edit.id = next_edit_id(document_, author_, edits_.size());
        edit.at = next_instant(document_, author_);
        edit.by = author_.by;
        edit.batch = batch_;
        edit.before = document_.answer(target);
        edit.after = std::move(*checked);
        edit.target = std::move(target);
        edits_.push_back(std::move(edit));
        return {};
    }
    [[nodiscard]] std::vector<Edit> take() && { return std::move(edits_); }

private:
    const Document& document_;
    const Author& author_;
    std::string batch_;
    std::vector<Edit> edits_;
};

std::string_view cells_of(const Value& value) {
    const auto* cells = std::get_if<std::string>(&value);
    return cells == nullptr ? std::string_view{} : std::string_view(*cells);
}

}  // namespace

std::vector<Standing> appraise(const Document& document) {
    std::vector<Standing> standings;
    const Instrument& form = *document.instrument;
    if (!form.is_appraisal()) return standings;
    for (const RowView& row : rows_of(document)) {
        standings.push_back(read_standing(form.appraisal, row, form.table.columns.size()));
        standings.back().number = static_cast<int>(standings.size());
    }
    return standings;
}

bool is_closed(const Document& document, std::string_view step) { return document.flag(Layer::self, steps_item, step); }

const AppraisalStep* open_step(const Document& document) {
    const auto& steps = document.instrument->appraisal.steps;
    const auto open = std::find_if(steps.begin(), steps.end(),
                                   [&document](const AppraisalStep& step) { return !is_closed(document, step.id); });
    return open == steps.end() ? nullptr : &*open;
}

std::vector<const Standing*> lacking(const Appraisal& appraisal, const std::vector<Standing>& standings,
                                     const AppraisalStep& step) {
    std::vector<const Standing*> found;
    for (const Standing& standing : standings) {
        if (lacks(appraisal, standing, step)) found.push_back(&standing);
    }
    return found;
}

std::optional<Attendance> attendance(const Document& document, const Ledger& ledger, const Dimension& dimension,
                                     const Standing& standing) {
    const auto before = previous_period(document.period());
    const auto start = before ? period_end(*before) : tl::unexpected<Error>(before.error());
    const auto end = period_end(document.period());
    if (!start || !end || dimension.kinds.empty()) return std::nullopt;
    const std::string name = person_key(standing.name);
    const std::string branch = organisation_key(standing.branch);
    Attendance sum;
    for (const Activity& activity : ledger.activities) {
        const bool of_kind =
            std::find(dimension.kinds.begin(), dimension.kinds.end(), activity.kind) != dimension.kinds.end();
        const std::string held_by = organisation_key(activity.branch);
        const bool elsewhere = !held_by.empty() && !branch.empty() && held_by != branch;
        if (!of_kind || elsewhere || activity.date < *start || activity.date >= *end) continue;
        ++sum.held;
        std::vector<std::string> people = split_names(activity.people);
        if (people.empty()) continue;
        ++sum.recorded;
        for (std::string& chair : split_names(activity.chair)) people.push_back(std::move(chair));
        const auto is_member = [&name](const std::string& person) { return person_key(person) == name; };
        if (std::any_of(people.begin(), people.end(), is_member)) ++sum.attended;
    }
    return sum.held == 0 ? std::nullopt : std::optional(sum);
}

Result<std::vector<Edit>> close_step(const Document& document, std::string_view id, const BallotBox* ballots,
                                     const Author& author, std::string_view confirmed) {
    const Instrument& form = *document.instrument;
    const AppraisalStep* step = form.appraisal.find_step(id);
    if (step == nullptr) return fail("field-unknown", std::string(steps_item), {{"field", std::string(id)}});
    if (auto closable = check_closable(document, *step, ballots); !closable) {
        return tl::unexpected<Error>(closable.error());
    }
    Closing closing(document, author);
    if (step->gives == Gives::ballots) {
        for (const RowView& row : rows_of(document)) {
            const BallotFigures figures = ballots->figures(row.id, form.appraisal.fewest_raters);
            auto done = closing.add({Layer::self, std::string(row.id), "cells"}, with_figures(form, row, figures));
            if (!done) return tl::unexpected<Error>(done.error());
        }
    }
    if (!confirmed.empty()) {
        const Target record{Layer::self, "document", "explanation"};
        if (auto done = closing.add(record, std::string(confirmed)); !done) return tl::unexpected<Error>(done.error());
    }
    if (auto done = closing.add({Layer::self, std::string(steps_item), step->id}, true); !done) {
        return tl::unexpected<Error>(done.error());
    }
    return std::move(closing).take();
}

Done check_open(const Document& document, const Target& target, const Value& value) {
    const Instrument& form = *document.instrument;
    if (!form.is_appraisal()) return {};
    if (target.item == steps_item) return fail("step-by-hand", target.item);
    if (target.field != "cells") return {};
    const Value& known = document.answer(target);
    if (known == value) return {};
    const auto closed = [&document](const AppraisalStep& step) { return is_closed(document, step.id); };
    const auto& steps = form.appraisal.steps;
    const auto first_closed = std::find_if(steps.begin(), steps.end(), closed);
    const bool more_or_fewer = cells_of(known).empty() != cells_of(value).empty();
    if (more_or_fewer && first_closed != steps.end()) {
        return fail("step-closed", target.item, {{"step", first_closed->title}});
    }
    const auto before = split_row(cells_of(known), form.table.columns.size());
    const auto after = split_row(cells_of(value), form.table.columns.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
        const AnswerField& column = form.table.columns[i];
        if (before[i] == after[i]) continue;
        if (column.computed != AnswerField::Computed::none && !after[i].empty()) {
            return fail("column-computed", target.item, {{"column", column.label}});
        }
        const AppraisalStep* step = form.appraisal.find_step(column.step);
        if (step != nullptr && closed(*step)) {
            return fail("step-closed", target.item, {{"step", step->title}, {"column", column.label}});
        }
    }
    return {};
}

// --- Members by name ----------------------------------------------------------------------------------------------

std::string plain_name(std::string_view name) {
    const auto names = split_names(name);
    return names.size() == 1 ? names.front() : std::string(trim(name));
}

MemberIndex::MemberIndex(const Document& document) {
    for (const Standing& standing : appraise(document)) {
        by_name_[person_key(standing.name)].push_back({standing.row, organisation_key(standing.branch)});
    }
}

Result<const MemberIndex::Member*> MemberIndex::find(std::string_view name, std::string_view of_branch) const {
    const auto known = by_name_.find(person_key(name));
    if (known == by_name_.end()) return nullptr;
    const auto only = [&](auto fits) -> Result<const Member*> {
        const Member* found = nullptr;
        for (const Member& member : known->second) {
            if (!fits(member)) continue;
            if (found != nullptr) return fail("member-ambiguous", {}, {{"name", plain_name(name)}});
            found = &member;
        }
        return found;
    };
    const std::string branch = organisation_key(of_branch);
    if (branch.empty()) return only([](const Member&) { return true; });
    const auto same = only([&branch](const Member& member) { return member.branch == branch; });
    if (!same || *same != nullptr) return same;
    return only([](const Member& member) { return member.branch.empty(); });
}

}  // namespace duibiao
