// A form while it is being made: what was recognised, before it is a file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/points.hpp"
#include "core/result.hpp"

namespace duibiao::authoring {

/// What a column of the paper is for. Up to `note` in the order of the file's words (write_draft.cpp).
enum class Role : std::uint8_t {
    section,
    group,
    number,
    criterion,
    points,
    rule,
    method,
    evidence,
    text,
    blanks,
    score,
    gained,
    deducted,
    sum,
    note,
    tier,      ///< C, B, A beside the points of a clause
    headings,  ///< a level between group and criterion
    unknown
};
[[nodiscard]] std::string_view to_string(Role role);

struct DraftColumn {
    Role role = Role::unknown;
    std::string label;
    std::string parent;  ///< of the head's row above, where it covers several columns
    std::string id;      ///< of a column of texts
    std::size_t begin = 0;
    std::size_t width = 0;  ///< as the table has it; 0: unknown
    std::optional<std::size_t> scorer;
    bool is_off_paper = false;
    bool is_weight = false;  ///< of sections, in per cent
};

enum class Effect : std::uint8_t { deduct, gain, bonus, zero, times };

struct DraftRule {
    std::string text;
    Effect effect = Effect::deduct;
    std::optional<Points> each;  ///< none: a person says how much
    std::optional<Points> from;
    std::optional<Points> to;
    std::string per;
    std::optional<Points> every;
    std::optional<Points> cap;
    bool once = false;
    bool part = false;
    bool reason = false;
    /// How blanks of the row say how many: "" (a person does), "blank", "short", "beyond", "reached", "lacking".
    std::string count_kind;
    std::string due;                   ///< a blank, or a number
    std::vector<std::string> counted;  ///< blanks: what is done, or what may be lacking
    std::size_t number = 0;            ///< among those that were read of the item, from 1
};

struct DraftBlank {
    enum class Type : std::uint8_t { number, text, tick };
    std::string name;
    Type type = Type::number;
    std::string unit;
    std::string yes;
    std::string no;
};

struct DraftLevel {
    std::string label;
    std::optional<Points> points;
};
struct DraftTier {
    std::string label;
    std::vector<std::string> points;
};

enum class Part : std::uint8_t { points, bonus, penalty };

/// Where in the file something stands: numbers of the table and of its row, from 1; 0: nowhere in particular.
struct Place {
    std::size_t table = 0;
    std::size_t row = 0;
};

struct DraftItem {
    std::string number;
    std::string text;
    std::vector<std::string> headings;
    std::optional<Points> points;
    bool is_unlimited = false;
    Part role = Part::points;
    std::optional<Points> bonus_cap;
    std::string not_applicable;  ///< "", "full", "out", "scaled"
    std::vector<std::string> kinds;
    std::vector<DraftBlank> blanks;
    std::string result;
    std::vector<DraftRule> rules;
    std::vector<DraftRule> dropped;  ///< that the author takes for none
    std::vector<DraftLevel> levels;
    std::vector<DraftTier> tiers;
    std::string no_tier;
    std::string at_least;
    std::vector<DraftLevel> votes;
    std::vector<std::string> ballots;
    std::vector<std::pair<std::string, std::string>> texts;  ///< by a column's id
    Place place;
    bool is_decided = false;  ///< the author said what it is
};

struct DraftGroup {
    std::string title;
    std::optional<Points> printed;
    std::vector<DraftItem> items;
    Place place = {};
};
struct DraftSection {
    std::string title;
    std::vector<std::string> headings;
    Part role = Part::points;
    std::string part;  ///< id of one of the form's
    std::optional<Points> cap;
    std::optional<Points> weight;  ///< per cent
    std::optional<Points> printed;
    std::optional<Points> printed_bonus;
    std::vector<DraftGroup> groups;
    std::vector<std::string> sums;  ///< names of the rows of sums below it; the last one of all is the form's total
    Place place = {};
};

struct DraftScorer {
    std::string id;
    std::string label;
    std::string short_name;
};
struct DraftField {
    std::string id;
    std::string label;
    bool is_date = false;
};
struct DraftPart {
    std::string id;
    std::string name;
    Points weight;
};
struct DraftBand {
    std::string label;
    std::optional<Points> from;
    std::optional<Points> above;
    std::optional<Points> to;
    std::optional<Points> below;
};
struct DraftCeiling {
    std::string text;
    std::string blank;
    std::string not_above;  ///< label of a band; empty: `down` steps
    std::size_t down = 0;
};
/// A count at the foot of a form whose items are levels.
struct DraftFigure {
    std::string name;
    std::string kind;
    std::vector<std::string> labels;
};
struct DraftQuota {
    std::string grade;
    Points share;
};

/// A rate for one kind of row, up to an amount.
struct DraftRate {
    std::string kind;
    std::optional<Points> up_to;  ///< that amount too; none: above all others
    std::string rate;             ///< "0.5%", "0.2元"
};

/// A column of a ledger.
struct DraftLedgerField {
    std::string id;
    std::string label;
    std::string type;  ///< "text", "date", "amount", "rate", "deadline", "choice", "count", "month"
    std::vector<std::string> options;
    std::string unit;
    bool is_person = false;
    bool is_off_paper = false;
    bool is_summed = false;
    std::vector<DraftRate> rates;      ///< which `rate_kind` and `rate_of` decide
    std::string rate_kind;             ///< id of a column
    std::string rate_of;               ///< id of a column
    std::vector<std::string> product;  ///< ids of columns that are multiplied
    std::optional<Points> times;
    std::string example;
    Place source = {};        ///< its table, and as the row the column of it, from 1
    bool is_decided = false;  ///< the author said its type
};

struct Draft {
    bool is_roster = false;
    std::string id;
    std::string title;
    std::string heading;
    std::string period = "year";  ///< "half", "quarter", "month"
    Points step = Points::from_whole(1);
    std::vector<std::string> kinds;
    std::vector<DraftScorer> scorers;
    bool is_parallel = false;
    std::vector<DraftColumn> columns;
    std::vector<DraftField> header;
    std::vector<DraftPart> parts;
    std::vector<DraftSection> sections;
    std::vector<DraftRule> item_rules;
    std::vector<std::string> remarks;
    std::vector<std::string> facts;  ///< to be ticked at the foot
    std::string veto_title;
    std::vector<std::string> vetoes;  ///< 一票否决
    std::vector<DraftBand> bands;
    std::vector<DraftCeiling> ceilings;
    std::vector<DraftQuota> quotas;
    std::vector<DraftFigure> figures;
    bool is_decided_shown = false;
    bool is_scaled = false;
    std::optional<Points> printed;
    std::optional<Points> printed_bonus;
    std::vector<std::string> notes;
    std::vector<std::string> signatures;
    std::string period_line;               ///< below the title: "（{period}年度）"
    std::string total;                     ///< names the row of sums: "总分"
    std::vector<DraftLedgerField> fields;  ///< of a ledger
    std::string foot_label;
    std::string foot_line;
    std::vector<std::pair<std::string, std::string>> foot_counts;  ///< id in the line, and the state that is counted
    std::string foot_share;  ///< the state whose share of all the line gives as {rate}
};

/// Something that could be read in more than one way, or not at all. `code` is a message's key without "form.unsure.".
struct Unsure {
    Place place;
    std::string code;
    Params params;
    std::string chosen;
    std::vector<std::string> instead;
};

}  // namespace duibiao::authoring
