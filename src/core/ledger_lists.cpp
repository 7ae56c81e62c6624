// What lists tell the ledger: rows that are activities, and rows that give a figure.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "core/appraisal.hpp"
#include "core/cell.hpp"
#include "core/ledger_index.hpp"
#include "core/name_key.hpp"
#include "core/row_due.hpp"
#include "core/rows.hpp"
#include "core/term.hpp"
#include "core/text.hpp"

namespace duibiao {
namespace ledger_parts {
namespace {

using Cells = std::vector<std::string_view>;

/// An activity that is put together.
struct Told {
    const RowActivity* rule = nullptr;
    const Document* list = nullptr;
    std::string_view row;
    Date date;
    std::string branch;
    std::string topic;
    std::string chair;
    std::string people;
    std::string speakers;
    Points hours;
    Points theory;
};

std::string_view cell_of(const Cells& cells, const std::optional<std::size_t>& column) {
    return column && !says_nothing(cells[*column]) ? cells[*column] : std::string_view{};
}

Points number_in(std::string_view cell) { return cell.empty() ? Points{} : Points::parse(cell).value_or(Points{}); }

/// Adds the names that are not there yet.
void join_names(std::string& names, std::string_view more) {
    for (const std::string& name : split_names(more)) {
        if (has_part(names, name)) continue;
        if (!names.empty()) names += part_separator;
        names += name;
    }
}

/// The last of the days in the head, where all of them are there.
std::optional<Date> day_in_head(const Document& document, const RowActivity& rule) {
    std::optional<Date> last;
    for (const std::string& field : rule.header) {
        const auto day = parse_date(document.text(Layer::self, "header", field));
        if (!day) return std::nullopt;
        if (!last || *day > *last) last = *day;
    }
    return last;
}

/// The day on which an appraisal was published; one that was published later belongs to the last day of its period.
std::optional<Date> day_of_publication(const Document& document) {
    const Instrument& form = *document.instrument;
    if (!form.is_appraisal() || open_step(document) != nullptr) return std::nullopt;
    const auto after = period_end(document.period());
    std::optional<Date> day;
    for (const Edit& edit : document.log) {
        if (edit.target.item != "steps") continue;
        if (const auto at = parse_date(std::string_view(edit.at).substr(0, 10))) day = *at;
    }
    if (!day || !after) return day;
    return std::min(*day, Date{std::chrono::sys_days(*after) - std::chrono::days{1}});
}

class Teller {
public:
    Teller(const Document& list, std::vector<Told>& told) : list_(list), told_(told) {
        const std::size_t columns = list.instrument->table.columns.size();
        for (const RowView& row : rows_of(list)) {
            ids_.push_back(row.id);
            cells_.push_back(split_row(row.cells, columns));
        }
    }

    void tell(const RowActivity& rule) {
        std::optional<Date> day;
        if (!rule.header.empty()) day = day_in_head(list_, rule);
        if (rule.published) day = day_of_publication(list_);
        if (!rule.date && !day) return;
        if (rule.by == RowActivity::By::all) return tell_of_all(rule, day);
        // A head's day needs no row.
        if (day && rule.filled.empty() && !rule.branch) return told_.push_back(begin(rule, *day, {}));
        for (std::size_t at = 0; at < cells_.size(); ++at) tell_of_row(rule, at, day);
        by_day_.clear();
    }

private:
    Told begin(const RowActivity& rule, Date day, std::string_view row) const {
        Told told;
        told.rule = &rule;
        told.list = &list_;
        told.row = row;
        told.date = day;
        return told;
    }

    [[nodiscard]] static bool is_meant(const RowActivity& rule, const Cells& cells) {
        return std::all_of(rule.when.begin(), rule.when.end(),
                           [&cells](const RowCondition& condition) { return holds(condition, cells); });
    }

    [[nodiscard]] static bool is_filled(const RowActivity& rule, const Cells& cells) {
        return std::none_of(rule.filled.begin(), rule.filled.end(),
                            [&cells](std::size_t column) { return says_nothing(cells[column]); });
    }

    [[nodiscard]] static std::optional<Date> day_in(const RowActivity& rule, const Cells& cells) {
        const auto day = parse_date(cell_of(cells, rule.date));
        return day ? std::optional(*day) : std::nullopt;
    }

    void tell_of_all(const RowActivity& rule, std::optional<Date> day) {
        std::size_t meant = 0;
        for (const Cells& cells : cells_) {
            if (!is_meant(rule, cells)) continue;
            ++meant;
            const auto own = rule.date ? day_in(rule, cells) : day;
            if (!own || !is_filled(rule, cells)) return;
            if (!day || *own > *day) day = own;
        }
        if (meant > 0) told_.push_back(begin(rule, *day, ids_.front()));
    }

    void tell_of_row(const RowActivity& rule, std::size_t at, std::optional<Date> day) {
        const Cells& cells = cells_[at];
        if (rule.date) day = day_in(rule, cells);
        if (!day || !is_meant(rule, cells) || !is_filled(rule, cells)) return;
        const std::string_view branch = cell_of(cells, rule.branch);
        const Points hours = number_in(cell_of(cells, rule.hours));
        std::size_t place = told_.size();
        if (rule.by == RowActivity::By::day) {
            const auto key = std::tuple(std::chrono::sys_days(*day), organisation_key(branch), hours.hundredths());
            place = by_day_.try_emplace(key, place).first->second;
        }
        if (place == told_.size()) {
            Told& told = told_.emplace_back(begin(rule, *day, ids_[at]));
            told.branch = branch;
            told.topic = cell_of(cells, rule.topic);
            told.hours = hours;
            told.theory = number_in(cell_of(cells, rule.theory));
        }
        Told& told = told_[place];
        join_names(told.chair, cell_of(cells, rule.chair));
        join_names(told.people, cell_of(cells, rule.people));
        join_names(told.speakers, cell_of(cells, rule.speakers));
    }

    const Document& list_;
    std::vector<Told>& told_;
    std::vector<std::string_view> ids_;
    std::vector<Cells> cells_;
    std::map<std::tuple<std::chrono::sys_days, std::string, std::int64_t>, std::size_t> by_day_;
};

/// What a list tells of against what the ledger has itself.
class Joining {
public:
    explicit Joining(Ledger& ledger) : ledger_(ledger) {
        for (std::size_t at = 0; at < ledger.own; ++at) {
            if (ledger.activities[at].date.ok()) by_day_.emplace(std::chrono::sys_days(ledger.activities[at].date), at);
        }
    }

    /// The ledger's own activity that it is, if any.
    [[nodiscard]] Activity* find(const Told& told) const {
        const auto [first, last] = by_day_.equal_range(std::chrono::sys_days(told.date));
        for (auto at = first; at != last; ++at) {
            Activity& own = ledger_.activities[at->second];
            if (!has_part(own.kind, told.rule->kind)) continue;
            if (!own.branch.empty() && !told.branch.empty() && !is_every_branch(own.branch) &&
                organisation_key(own.branch) != organisation_key(told.branch))
                continue;
            if (told.rule->by != RowActivity::By::row || is_same_meeting(own, told)) return &own;
        }
        return nullptr;
    }

    /// Rows of their own: the same people met.
    [[nodiscard]] static bool is_same_meeting(const Activity& own, const Told& told) {
        std::string there;
        for (const std::string_view names : {own.chair, own.lead, own.people}) join_names(there, names);
        std::string met = told.chair;
        join_names(met, told.people);
        const auto names = split_names(met);
        return std::all_of(names.begin(), names.end(),
                           [&there](const std::string& name) { return has_part(there, name); });
    }

    void add_to(Activity& own, const Told& told) const {
        const auto add_names = [this](std::string_view& names, const std::string& more) {
            std::string all(names);
            join_names(all, more);
            if (all.size() > names.size()) names = ledger_.texts->emplace_back(std::move(all));
        };
        add_names(own.people, told.people);
        add_names(own.speakers, told.speakers);
        if (own.hours <= Points{}) own.hours = told.hours;
        if (own.theory <= Points{}) own.theory = told.theory;
    }

    [[nodiscard]] Activity make(Told told) const {
        const auto keep = [this](std::string&& text) -> std::string_view {
            return text.empty() ? std::string_view{} : std::string_view(ledger_.texts->emplace_back(std::move(text)));
        };
        Activity activity;
        activity.list = told.list;
        activity.row = told.row;
        activity.date = told.date;
        activity.kind = told.rule->kind;
        activity.branch = keep(std::move(told.branch));
        activity.topic = keep(std::move(told.topic));
        activity.chair = keep(std::move(told.chair));
        activity.people = keep(std::move(told.people));
        activity.speakers = keep(std::move(told.speakers));
        activity.hours = told.hours;
        activity.theory = told.theory;
        return activity;
    }

private:
    Ledger& ledger_;
    std::multimap<std::chrono::sys_days, std::size_t> by_day_;
};

}  // namespace

std::vector<Activity> take_from_lists(Ledger& ledger) {
    std::vector<Told> told;
    for (const Document* list : ledger.lists) {
        if (list->instrument->table.activities.empty()) continue;
        Teller teller(*list, told);
        for (const RowActivity& rule : list->instrument->table.activities) teller.tell(rule);
    }
    std::vector<Activity> listed;
    if (told.empty()) return listed;
    ledger.texts = std::make_shared<std::deque<std::string>>();
    const Joining joining(ledger);
    for (Told& one : told) {
        Activity* own = joining.find(one);
        if (own == nullptr)
            listed.push_back(joining.make(std::move(one)));
        else
            joining.add_to(*own, one);
    }
    return listed;
}

namespace {

constexpr std::int64_t whole_percent = 10'000;  ///< hundredths

class Figure {
public:
    Figure(const Document& list, const RowFigure& figure, Date as_of)
        : list_(list), figure_(figure), rows_(rows_of(list)), terms_(terms_of(list, as_of)) {}

    [[nodiscard]] std::optional<Points> value() const {
        using Count = RowFigure::Count;
        if (rows_.empty()) return std::nullopt;
        if (figure_.count == Count::least_advance) return least_advance();
        std::int64_t got = 0;
        std::int64_t all = 0;
        for (const RowView& row : rows_) {
            const Cells cells = cells_of(row);
            for (const std::size_t column : figure_.columns) {
                const bool ticks = list_.instrument->table.columns[column].type == AnswerField::Type::yesno;
                got += ticks ? (cells[column] == "是" ? 100 : 0) : number_in(cells[column]).hundredths();
                all += ticks ? 100 : 0;
            }
            all += number_in(cell_of(cells, figure_.of)).hundredths();
        }
        if (figure_.count == Count::sum) return Points::from_hundredths(got);
        if (all == 0) return std::nullopt;
        return Points::from_hundredths(std::min(whole_percent, whole_percent * got / all));
    }

    [[nodiscard]] const std::vector<RowView>& rows() const { return rows_; }

private:
    [[nodiscard]] Cells cells_of(const RowView& row) const {
        return split_row(row.cells, list_.instrument->table.columns.size());
    }

    /// Of the terms whose step is on record: a month without a day stands for its last one, as everywhere with terms.
    [[nodiscard]] std::optional<Points> least_advance() const {
        std::optional<int> least;
        for (std::size_t at = 0; at < rows_.size() && at < terms_.size(); ++at) {
            const auto day = span_of(cells_of(rows_[at])[figure_.columns.front()]);
            if (!day || !terms_[at].due) continue;
            int months = 0;
            while (add_months(*terms_[at].due, -(months + 1)) >= day->last) ++months;
            least = std::min(months, least.value_or(months));
        }
        return least ? std::optional(Points::from_whole(*least)) : std::nullopt;
    }

    const Document& list_;
    const RowFigure& figure_;
    std::vector<RowView> rows_;
    std::vector<OfficeTerm> terms_;
};

std::optional<LedgerAnswer> figure_at(const Ledger& ledger, const Instrument& form, std::string_view item,
                                      std::string_view field, Date as_of) {
    for (const Document* list : ledger.lists) {
        for (const RowFigure& figure : list->instrument->table.figures) {
            if (figure.form != form.id || figure.item != item || figure.field != field) continue;
            const Figure counted(*list, figure, as_of);
            const auto value = counted.value();
            if (!value) continue;
            LedgerAnswer answer{*value, {}, {}, {list->instrument->short_title}, true};
            for (const RowView& row : counted.rows()) answer.rows.push_back(row.id);
            return answer;
        }
    }
    return std::nullopt;
}

}  // namespace
}  // namespace ledger_parts

std::optional<LedgerAnswer> answer_at(const Ledger& ledger, const Instrument& form, std::string_view item,
                                      std::string_view field, const std::optional<Source>& source,
                                      const std::vector<std::string>& options, Date as_of) {
    if (source) return answer_from(ledger, *source, options, as_of);
    return ledger_parts::figure_at(ledger, form, item, field, as_of);
}

}  // namespace duibiao
