// The superior's desk as the page has it: what the worker says of a campaign, and where the user is in it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/points.hpp"
#include "core/result.hpp"

namespace duibiao {

enum class UnitState : std::uint8_t { missing, draft, submitted, accepted, returned };
inline constexpr std::size_t unit_states = 5;
[[nodiscard]] std::string_view to_string(UnitState state);

/// A unit of the list, or a report that counts and is of none.
struct DeskUnit {
    std::string unit;
    std::string district;
    std::string class_name;
    std::string contact;
    std::string email;
    std::string reminded;
    std::string due;
    std::string unusable;  ///< of a missing one: why the file that it sent cannot be used
    UnitState state = UnitState::missing;
    std::string document;  ///< of the report that counts; empty: there is none
    std::string key;       ///< under which the worker keeps it
    std::uint64_t edits = 0;
    std::string handed;  ///< ISO day; empty: not handed over
    std::string code;
    std::string grade;
    std::optional<Points> result;  ///< what the document comes to, where scorers are brought together
    bool is_late = false;
    bool is_vetoed = false;
    std::vector<std::optional<Points>> totals;                 ///< by layer
    std::vector<std::vector<std::optional<Points>>> sections;  ///< by layer, then as DeskView::sections
    std::vector<std::vector<std::size_t>> losses;              ///< by layer: positions in DeskView::lost
    std::array<int, 3> findings{};                             ///< errors, warnings, notices
    std::map<std::string, int> by_rule;                        ///< findings by code

    [[nodiscard]] std::optional<Points> total(std::size_t layer) const {
        return layer < totals.size() ? totals[layer] : std::nullopt;
    }
    /// What is to be looked at: of kind error and warning.
    [[nodiscard]] int grave() const { return findings[0] + findings[1]; }
};

/// Figures of one layer at one place, as the roll-up has them.
struct DeskFigures {
    std::int64_t n = 0;
    std::string mean;
    std::string median;
    std::string min;
    std::string max;
};

struct DeskPlace {
    std::string id;
    std::string name;
    std::optional<Points> points;
    std::vector<DeskFigures> layers;
    std::vector<Points> lost;        ///< by layer; of criteria
    std::vector<std::int64_t> full;  ///< reports with full points, by layer; of criteria
};

/// Units that have a district or a class in common.
struct DeskGroup {
    std::string by;  ///< "district", "class"
    std::string name;
    std::int64_t n = 0;
    std::vector<DeskFigures> layers;
};

/// A criterion in which a layer differs from the one before it.
struct DeskChange {
    std::string id;
    std::int64_t units = 0;
    std::string points;  ///< by which it does, in all
};

/// A grade, how many have it, and the share that may where the form says one.
struct DeskGrade {
    std::string grade;
    std::int64_t n = 0;
    bool has_quota = false;
    std::int64_t seats = 0;
    std::int64_t held = 0;  ///< good enough for it
    std::vector<std::string> tied;
};

struct DeskRule {
    std::string code;
    std::string title;
    std::string severity;
    std::int64_t units = 0;
    std::int64_t count = 0;
};

/// A file that does not count, and why.
struct DeskUncounted {
    std::string file;
    std::string unit;
    std::string document;
    std::string fate;  ///< superseded, doubled, foreign, rejected
    std::string why;   ///< of rejected: in words
    std::vector<std::string> perhaps;
};

struct DeskView {
    std::string title;  ///< of the form
    std::string instrument;
    std::string period;
    std::int64_t received = 0;
    std::int64_t counted = 0;
    std::int64_t superseded = 0;
    std::int64_t doubled = 0;
    std::int64_t foreign = 0;
    std::optional<std::int64_t> expected;  ///< none: there is no list
    std::int64_t late = 0;
    std::int64_t locked = 0;          ///< files of those that cannot be used: their password is not known
    std::vector<std::string> layers;  ///< ids
    std::vector<std::string> layer_titles;
    std::vector<DeskFigures> totals;  ///< by layer
    std::vector<DeskPlace> sections;
    std::vector<DeskPlace> criteria;
    std::vector<DeskRule> rules;
    std::vector<DeskGroup> groups;
    std::vector<DeskGrade> grades;
    std::vector<std::vector<std::string>> lost;  ///< criteria that lose most, by layer
    std::vector<DeskChange> changes;             ///< the largest first
    std::vector<DeskUncounted> uncounted;
    std::vector<DeskUnit> units;
    std::vector<std::string> table_heads;              ///< of a roster or checklist: unit, then its columns
    std::vector<std::vector<std::string>> table_rows;  ///< all units' rows
    std::array<std::int64_t, unit_states> states{};    ///< units by state
    std::optional<DeskFigures> before;                 ///< totals of the first layer one period earlier
};

/// Errors: those of parse_json.
[[nodiscard]] Result<DeskView> read_desk_view(std::string_view json);

struct DeskProgress {
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::int64_t left_ms = 0;
};

/// The campaign whose desk is open, also while one of its reports is on the screen.
struct DeskState {
    std::string campaign;  ///< its document's id
    std::optional<DeskView> view;
    std::uint64_t serial = 0;   ///< grows with every view
    std::uint64_t told = 0;     ///< OpenedDocument::serial of the campaign the worker knows
    bool is_waiting = false;    ///< for a view
    bool has_compared = false;  ///< the reports here with what the worker knows of them
    std::string failure;        ///< key of `ui.desk.failure.<failure>`; empty: none
    std::optional<DeskProgress> progress;
    std::vector<std::string> walk;  ///< keys of the reports that are gone through, in their order
    std::string at;                 ///< key of the one that is open
    std::string fetching;           ///< key of the one that is asked for

    [[nodiscard]] const DeskUnit* find(std::string_view key) const;
};

}  // namespace duibiao
