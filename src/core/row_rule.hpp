// What a form says about the rows of its table: rules as data, and the term of office of an organisation.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace duibiao {

enum class Severity : std::uint8_t { error, warning, notice };

/// Holds where any of the columns says one of `is`; without `is`, where any of them says something at all.
struct RowCondition {
    std::vector<std::size_t> columns;
    std::vector<std::string> is;
};

/// One rule of a table, read row by row by check().
struct RowRule {
    enum class Kind : std::uint8_t {
        cell_required,   ///< columns are empty (with `any`: all of them are)
        row_state,       ///< the conditions hold
        span_over,       ///< more than `months` since the column's date
        dates_order,     ///< the later column's date lies before the earlier one's
        cell_future,     ///< dates after the as-of date
        row_doubled,     ///< an earlier row says the same in all these columns
        due,             ///< something is to be done by a day, and is not (row_due.hpp)
        span_between,    ///< more than `months` from the first column's date to the second one's
        count_less,      ///< the first column's number, `times` as much, is below the second one's
        count_range,     ///< the column's number is below `least` or above `most`
        cells_run,       ///< `times` columns, one after another, say one of `is`
        unlisted,        ///< of the form: other tables tell of persons who belong here (unlisted.hpp)
        amounts_differ,  ///< the first column's amount is not the second one's, and nothing is said about it in `done`
        formula_differs  ///< a cell that follows from others says something else, and nothing is said about it in
                         ///< `done`
    };
    Kind kind = Kind::cell_required;
    Severity severity = Severity::warning;
    std::vector<std::size_t> columns;
    std::vector<RowCondition> when;  ///< all must hold; empty: always
    bool any = false;
    bool monthly = false;  ///< the columns stand for January to December: those asked for are the months that are over
    int months = 0;
    std::optional<int> least;
    std::optional<int> most;
    int times = 0;
    std::vector<std::string> is;
    // Of `due`: counted from the first of `columns` that says a date, or the same day for all rows.
    std::string what;                           ///< what is to be done, in a few words
    std::optional<std::chrono::month_day> day;  ///< of the document's year
    std::optional<std::size_t> until;           ///< a last day that goes before what is counted
    std::optional<std::size_t> longer;          ///< months more; of `cells_run`: how many there were before
    std::vector<std::size_t> done;              ///< any of them says something: it is done, or explained
    int soon_days = 0;                          ///< a reminder so many days before
    std::string advice;                         ///< what to do, in the form's own words; may be empty
    std::string citation;
};

/// A letter about one row, in the form's own words; {label} stands for what the row or the head says there.
struct Letter {
    std::string title;
    std::string salutation;
    std::vector<std::string> paragraphs;
    std::string citation;
};

/// What the rows of a list, or its head, tell of activities: entered once, they count as if the ledger had them.
struct RowActivity {
    enum class By : std::uint8_t {
        day,  ///< rows of one day and branch are one activity
        row,  ///< each row is one
        all   ///< all rows are one, once every row says what it is asked for
    };
    std::string kind;  ///< of the ledger's kinds
    By by = By::day;
    std::vector<RowCondition> when;   ///< only rows for which all hold
    std::vector<std::size_t> filled;  ///< only rows in which these columns say something; of `all`: every row
    std::optional<std::size_t> date;
    std::vector<std::string> header;  ///< head fields with dates, all of them needed: the last is the day
    bool published = false;           ///< of an appraisal: the day of its last step, within its period
    std::optional<std::size_t> branch;
    std::optional<std::size_t> topic;
    std::optional<std::size_t> chair;
    std::optional<std::size_t> people;
    std::optional<std::size_t> speakers;
    std::optional<std::size_t> hours;
    std::optional<std::size_t> theory;
    std::string citation;
};

/// A figure that the rows of a list give to a place of another form.
struct RowFigure {
    enum class Count : std::uint8_t {
        sum,           ///< of the columns' numbers
        share,         ///< percent: of the columns' numbers and ticks, those of `of` and one a tick being all
        least_advance  ///< the fewest whole months from the column's day to the end of the row's term
    };
    std::string form;
    std::string item;
    std::string field;
    Count count = Count::sum;
    std::vector<std::size_t> columns;
    std::optional<std::size_t> of;
    std::string citation;
};

/// How long an organisation's leaders are elected for, and which columns say when.
struct Term {
    struct Length {
        std::vector<std::string> endings;  ///< of the organisation's name
        int years = 0;                     ///< 0: the name does not tell
    };
    std::size_t name = 0;  ///< columns
    std::size_t last = 0;
    std::optional<std::size_t> planned;
    std::optional<std::size_t> years;           ///< of this organisation, where it is not what its name says
    std::optional<std::size_t> request;         ///< when the superior was asked for the election
    std::optional<std::size_t> reminded;        ///< when the superior reminded it
    std::optional<std::size_t> approved;        ///< when another day than the term's end was approved
    std::optional<std::size_t> approved_until;  ///< that day
    std::vector<Length> lengths;
    int overdue_months = 0;  ///< overdue for longer is an error
    int soon_months = 0;     ///< a reminder so long before the end
    int request_months = 0;  ///< and a request
    int shift_months = 0;    ///< an approved day lies at most so far from the term's end; 0: not asked
    std::string citation;
    std::string reminder_citation;
    std::string length_citation;  ///< where the lengths come from; empty: the form's own source
    std::string reminder_text;    ///< what is to be done, in a few words; empty: no list of what is due says it
    std::string request_text;
    std::string election_text;
    std::string shift_citation;  ///< why another day than the term's end needs an approval
};

}  // namespace duibiao
