#include "core/weak/progress.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/due.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/name_key.hpp"
#include "core/rows.hpp"
#include "core/weak/check_weak.hpp"

namespace duibiao {
namespace {

constexpr std::array<std::string_view, 8> stage_names{"candidate", "struck",    "confirmed", "rectifying",
                                                      "prolonged", "rectified", "reviewed",  "closed"};
constexpr int revisit_months = 12;

std::optional<Date> day_of(std::string_view text) {
    const auto day = parse_date(text);
    return day ? std::optional(*day) : std::nullopt;
}

bool is_before(std::string_view text, Date day) {
    const auto own = day_of(text);
    return own && std::chrono::sys_days(*own) < std::chrono::sys_days(day);
}

WeakItem item_of(const Document& plan, const RowView& view, Date as_of) {
    const NamedCells cells(plan, view.cells);
    WeakItem item;
    item.row = view.id;
    for (const auto& [column, text] : {std::pair<std::string_view, std::string*>{"problem", &item.problem},
                                       {"measure", &item.measure},
                                       {"owner", &item.owner},
                                       {"limit", &item.limit},
                                       {"progress", &item.progress},
                                       {"reported", &item.reported},
                                       {"proof", &item.proof},
                                       {"done", &item.done},
                                       {"outcome", &item.outcome},
                                       {"checked", &item.checked},
                                       {"reason", &item.reason}})
        *text = cells[column];
    item.is_vague = item.measure.empty() || item.owner.empty() || item.limit.empty();
    item.is_overdue = item.done.empty() && is_before(item.limit, as_of);
    const std::string_view heard = item.reported.empty() ? cells["confirmed"] : std::string_view(item.reported);
    item.is_silent = item.done.empty() && is_before(heard, add_months(as_of, -1));
    return item;
}

class Progress {
public:
    Progress(const Document& list, const std::vector<const Document*>& others, const Doors& doors, Date as_of)
        : list_(list), others_(others), doors_(doors), as_of_(as_of), due_(all_due(list)) {}

    [[nodiscard]] WeakUnit unit_of(const RowView& row) const;

private:
    /// Of that form, the organisation and the list's period: the one with most edits.
    [[nodiscard]] const Document* latest(std::string_view form, std::string_view name) const;
    [[nodiscard]] std::size_t count(std::string_view form, std::string_view name) const;
    [[nodiscard]] bool is_about(const Document& document, std::string_view form, std::string_view name) const {
        return document.instrument->id == form && document.period() == list_.period() &&
               organisation_key(document.unit()) == organisation_key(name);
    }
    void add_plan(WeakUnit& unit) const;
    void add_review(WeakUnit& unit, const NamedCells& cells) const;
    void add_stage(WeakUnit& unit, const NamedCells& cells) const;
    void add_limit(WeakUnit& unit) const;

    const Document& list_;
    const std::vector<const Document*>& others_;
    const Doors& doors_;
    Date as_of_;
    std::vector<DueItem> due_;  ///< what the list asks for
};

const Document* Progress::latest(std::string_view form, std::string_view name) const {
    const Document* best = nullptr;
    for (const Document* other : others_) {
        if (!is_about(*other, form, name)) continue;
        if (best == nullptr || other->log.size() > best->log.size()) best = other;
    }
    return best;
}

std::size_t Progress::count(std::string_view form, std::string_view name) const {
    return static_cast<std::size_t>(std::count_if(others_.begin(), others_.end(),
                                                  [&](const Document* other) { return is_about(*other, form, name); }));
}

void Progress::add_plan(WeakUnit& unit) const {
    const Document* plan = latest(doors_.plan.form, unit.name);
    unit.plans = count(doors_.plan.form, unit.name);
    if (plan == nullptr) return;
    unit.plan.emplace().document = plan->id;
    for (const RowView& row : rows_of(*plan)) unit.plan->items.push_back(item_of(*plan, row, as_of_));
}

void Progress::add_review(WeakUnit& unit, const NamedCells& cells) const {
    const Document* review = nullptr;
    for (const Document* other : others_) {
        if (is_about(*other, doors_.review.form, unit.name)) review = later_review(review, other);
    }
    if (review == nullptr) return;
    unit.review = review->id;
    // The first one gave the verdict, whatever day a person wrote beside it.
    const auto day = day_of(review->text(Layer::self, "header", "date"));
    unit.is_reviewed_again = count(doors_.review.form, unit.name) > 1 && day && is_before(cells["accepted"], *day);
    if (review->instrument->scored == nullptr) return;
    const Grade grade = evaluate(*review).grade;
    if (grade.band) unit.grade = review->instrument->scored->grades.bands[*grade.band].label;
}

/// Of one that goes on the day that the list asks for next.
void Progress::add_limit(WeakUnit& unit) const {
    std::optional<Date> next;
    for (const DueItem& item : due_) {
        if (item.item == unit.row && !item.done && (!next || item.due < *next)) next = item.due;
    }
    unit.limit = next ? to_string(*next) : std::string();
}

void Progress::add_stage(WeakUnit& unit, const NamedCells& cells) const {
    if (cells["status"] == weak_struck) {
        unit.stage = WeakStage::struck;
        return;
    }
    if (cells["status"] != weak_confirmed) return;
    const bool is_done = unit.plan && !unit.plan->items.empty() && unit.plan->closed() == unit.plan->items.size();
    const std::string_view verdict = cells["verdict"];
    const bool goes_on = !verdict.empty() && !doors_.review.passes_with(verdict);
    const bool is_judged =
        goes_on ? unit.is_reviewed_again && !unit.grade.empty() : !verdict.empty() || !unit.grade.empty();
    unit.stage = !cells["closed"].empty() ? WeakStage::closed
                 : is_judged              ? WeakStage::reviewed
                 : goes_on                ? WeakStage::prolonged
                 : is_done                ? WeakStage::rectified
                 : unit.plan              ? WeakStage::rectifying
                                          : WeakStage::confirmed;
    if (unit.stage == WeakStage::prolonged) add_limit(unit);
    const bool is_open = unit.stage >= WeakStage::confirmed && unit.stage <= WeakStage::prolonged;
    unit.is_late = is_open && is_before(unit.limit, as_of_);
    if (const auto closed = day_of(cells["closed"]); closed && cells["revisited"].empty())
        unit.revisit = add_months(*closed, revisit_months);
}

WeakUnit Progress::unit_of(const RowView& row) const {
    const NamedCells cells(list_, row.cells);
    WeakUnit unit;
    unit.row = row.id;
    unit.name = cells["name"];
    unit.limit = cells["limit"];
    add_plan(unit);
    for (const SurveyForm& survey : doors_.surveys) {
        if (const Document* own = latest(survey.form, unit.name)) unit.survey = own->id;
    }
    add_review(unit, cells);
    add_stage(unit, cells);
    return unit;
}

std::size_t count_items(const std::vector<WeakItem>& items, bool (*holds)(const WeakItem&)) {
    return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), holds));
}

}  // namespace

std::string_view to_string(WeakStage stage) { return stage_names[static_cast<std::size_t>(stage)]; }

bool WeakItem::is_closed() const { return outcome == weak_item_closed; }

bool WeakItem::waits() const {
    if (done.empty() || is_closed()) return false;
    const auto day = day_of(checked);
    return outcome.empty() || !day || !is_before(done, *day);
}

std::size_t WeakPlan::closed() const {
    return count_items(items, [](const WeakItem& item) { return item.is_closed(); });
}
std::size_t WeakPlan::waiting() const {
    return count_items(items, [](const WeakItem& item) { return item.waits(); });
}
std::size_t WeakPlan::vague() const {
    return count_items(items, [](const WeakItem& item) { return item.is_vague; });
}
std::size_t WeakPlan::overdue() const {
    return count_items(items, [](const WeakItem& item) { return item.is_overdue; });
}
std::size_t WeakPlan::silent() const {
    return count_items(items, [](const WeakItem& item) { return item.is_silent; });
}

std::vector<WeakUnit> weak_progress(const Document& list, const std::vector<const Document*>& others,
                                    const Doors& doors, Date as_of) {
    const Progress progress(list, others, doors, as_of);
    std::vector<WeakUnit> units;
    for (const RowView& row : rows_of(list)) units.push_back(progress.unit_of(row));
    return units;
}

std::optional<Date> last_day(const WeakStep& step, std::string_view period) {
    const auto end = period_end(period);
    if (!step.until || !end) return std::nullopt;
    const Date last = std::chrono::sys_days(*end) - std::chrono::days(1);
    return Date(last.year(), step.until->month(), step.until->day());
}

}  // namespace duibiao
