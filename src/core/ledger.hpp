// The ledger (台账): what was done, which duties that meets, and what it answers elsewhere.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/branches.hpp"
#include "core/date.hpp"
#include "core/document.hpp"

namespace duibiao {

namespace ledger_parts {
class PeopleIndex;
}

/// One activity. Texts belong to the document it was read from.
struct Activity {
    std::string_view row;  ///< id of its row
    int number = 0;        ///< position of the row, from 1
    Date date;
    std::string_view kind;  ///< several with 、 between them
    std::string_view branch;
    std::string_view topic;
    std::string_view chair;
    std::string_view lead;  ///< who gave or led it, where that is not the chair
    std::string_view people;
    std::string_view speakers;
    std::string_view procedures;
    std::size_t place = 0;  ///< in Ledger::places
    int expected = 0;       ///< how many should have come; 0: not written
    int actual = 0;
    bool has_actual = false;  ///< 实到 is written
    Points hours;
    Points theory;  ///< of these hours
    bool signin = false;
    bool record = false;
    bool photo = false;
    const Document* list = nullptr;  ///< the list whose rows tell of it; none: it is the ledger's own
};

/// What activities say in their columns 支部 and 党小组, each once.
struct ActivityPlace {
    std::string branch;
    std::string group;
    bool every = false;  ///< 各支部
    /// By name: the branches that bear or bore it, those that bear it first; the groups of that name.
    std::vector<std::vector<std::size_t>> branches;
    std::vector<std::vector<std::size_t>> groups;
    std::vector<std::string> unread;  ///< names that are no branch or group of the list
};

/// The activities of one or more ledgers of one year. Documents must outlive it.
struct Ledger {
    std::vector<const Document*> documents;
    std::vector<const Document*> lists;                 ///< whose rows and heads tell of activities, or give figures
    std::vector<Activity> activities;                   ///< in the order of the rows; then those that lists tell of
    std::size_t own = 0;                                ///< how many are the ledger's own
    std::vector<ActivityPlace> places;                  ///< the first one says nothing
    std::array<std::vector<std::string>, 6> people;     ///< whom the header names, by Each; as split_names reads them
    std::array<std::vector<std::string>, 6> namesakes;  ///< names that stand twice there
    Branches branches;                                  ///< of the header
    std::shared_ptr<const ledger_parts::PeopleIndex> done_by;  ///< what those people did
    int year = 0;
    std::shared_ptr<std::deque<std::string>> texts;  ///< of what several rows tell of one activity

    [[nodiscard]] bool empty() const { return documents.empty() && lists.empty(); }
    [[nodiscard]] std::span<const Activity> own_activities() const { return std::span(activities).first(own); }
};

/// The header's field that names the people of whom a duty is asked; empty for the unit's duties.
[[nodiscard]] std::string_view names_field(Each each);
/// Those people, each once.
[[nodiscard]] const std::vector<std::string>& people_of(const Ledger& ledger, Each each);

/// Reads one ledger. Its year is that of the document's period. With what the lists among `others` of that year tell:
/// of a day and kind that the ledger has itself, for the same branch or without one, they add only who was there, who
/// spoke and how long it took, where the ledger does not say so.
[[nodiscard]] Ledger read_ledger(const Document& document, const std::vector<const Document*>& others = {});
/// The ledgers and lists among `documents` whose period lies in `year`, as one.
[[nodiscard]] Ledger gather_ledger(const std::vector<const Document*>& documents, int year);
/// Year of a document's period, 0 without one.
[[nodiscard]] int year_of(const Document& document);
/// That day of the year; 29 February is the 28th in other years.
[[nodiscard]] Date day_of_year(int year, std::chrono::month_day day);

enum class DutyState : std::uint8_t {
    met,
    missing,  ///< the period is over and something is left undone
    pending,  ///< not over yet: neither met nor missing
    outside   ///< not asked for in this period
};

struct DutyCell {
    std::string period;  ///< "2026-03", "2026-Q1", "2026-H1", "2026"
    int first_month = 1;
    int months = 1;
    int done = 0;    ///< activities, or people who did their share
    int needed = 0;  ///< activities, or people
    Date due;        ///< last day
    DutyState state = DutyState::pending;
};

/// What one branch or group did of a duty.
struct DutyPart {
    std::string name;
    std::vector<DutyCell> cells;
    std::vector<std::string> missing;  ///< periods
};

/// One duty as all sets that ask for it impose it: equal duties of two sources are one, with both citations.
struct DutyRow {
    const Duty* duty = nullptr;  ///< as the first set has it
    std::vector<std::string> citations;
    std::vector<DutyCell> cells;       ///< of branches: how many of those asked did it
    std::vector<std::string> missing;  ///< periods
    std::vector<std::string> people;   ///< who still has to, over all missing periods
    std::vector<DutyPart> parts;       ///< by branch or group, where the duty is theirs and the unit lists them

    [[nodiscard]] std::string citation() const;
};

/// How many activities each month of the ledger's year has, up to `as_of`; January is the first.
[[nodiscard]] std::array<int, 12> activities_by_month(const Ledger& ledger, Date as_of);

/// The duty matrix as of a date: a period is over when its last day (or the duty's day) is not after `as_of`.
/// Activities after `as_of`, or after the duty's day, do not count. Without a year there are no duties. Sets that the
/// document switches off ("duties") are left out. Where the header lists branches, a duty of branches is asked of each
/// (Body::is_asked), and an activity is done by those it names; without a list all activities are of one body.
[[nodiscard]] std::vector<DutyRow> duty_matrix(const Ledger& ledger, Date as_of);

struct DutySummary {
    int due = 0;      ///< cells that are over, or met before that
    int met = 0;      ///< of those
    int missing = 0;  ///< of those
};
[[nodiscard]] DutySummary summarise(const std::vector<DutyRow>& rows);

/// What the ledger says at a field or a measure, and where from.
struct LedgerAnswer {
    Value value;
    std::vector<std::string_view> rows;  ///< the activities it was computed from
    std::string who;                     ///< whose answer it is, of several branches, groups or people
    std::vector<std::string> lists;      ///< titles of the lists whose rows are among them
    bool is_figure = false;              ///< the rows themselves give it, no activity
};
/// Nothing while there is no ledger, or nothing to say yet (a flag without activities, nobody named of those asked).
[[nodiscard]] std::optional<LedgerAnswer> answer_from(const Ledger& ledger, const Source& source,
                                                      const std::vector<std::string>& options, Date as_of);
/// The same for a place of a form: `source`, where it has one, or else the figure that a list's rows give to it. A list
/// without a ledger answers only what its rows tell of.
[[nodiscard]] std::optional<LedgerAnswer> answer_at(const Ledger& ledger, const Instrument& form, std::string_view item,
                                                    std::string_view field, const std::optional<Source>& source,
                                                    const std::vector<std::string>& options, Date as_of);
/// A number, or 1 and 0 for yes and no; nothing for texts.
[[nodiscard]] std::optional<Points> figure_of(const Value& value);

}  // namespace duibiao
