// What a form says about the rows of its table: rules as data, and the term of office of an organisation.
#pragma once

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
        cell_required,  ///< columns are empty (with `any`: all of them are)
        row_state,      ///< the conditions hold
        span_over,      ///< more than `months` since the column's date
        dates_order,    ///< the later column's date lies before the earlier one's
        cell_future,    ///< dates after the as-of date
        row_doubled     ///< an earlier row says the same in all these columns
    };
    Kind kind = Kind::cell_required;
    Severity severity = Severity::warning;
    std::vector<std::size_t> columns;
    std::vector<RowCondition> when;  ///< all must hold; empty: always
    bool any = false;
    int months = 0;
    std::string advice;  ///< what to do, in the form's own words; may be empty
    std::string citation;
};

/// How long an organisation's leaders are elected for, and which columns say when.
struct Term {
    struct Length {
        std::vector<std::string> endings;  ///< of the organisation's name
        int years = 0;
    };
    std::size_t name = 0;  ///< columns
    std::size_t last = 0;
    std::optional<std::size_t> planned;
    std::optional<std::size_t> years;    ///< of this organisation, where it is not what its name says
    std::optional<std::size_t> request;  ///< when the superior was asked for the election
    std::vector<Length> lengths;
    int overdue_months = 0;  ///< overdue for longer is an error
    int soon_months = 0;     ///< a reminder so long before the end
    int request_months = 0;  ///< and a request
    std::string citation;
    std::string reminder_citation;
};

}  // namespace duibiao
