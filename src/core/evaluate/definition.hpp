// What a scored form of format 2 says about its own arithmetic: plain data, as assets/instruments/README.md tells it to
// those who write forms. Loaded by core/scored_form, read by evaluate() alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/points.hpp"

namespace duibiao {

// ---- What is filled in inside a row ----

/// A blank or a tick in an item's text, or at the form's foot.
struct Blank {
    enum class Type : std::uint8_t {
        number,  ///< 应报__次
        text,    ///< 项目负责人______
        tick     ///< 有□无□
    };
    std::string name;
    Type type = Type::number;
    std::string unit;  ///< "次"; of numbers
    std::string yes;   ///< "有", "是"; of ticks
    std::string no;
    std::vector<std::string> from;  ///< kinds of activities in the unit's ledger whose number is offered; of numbers
    [[nodiscard]] bool is_tick() const { return type == Type::tick; }
};
/// Position of a blank in its item, or at the foot.
using BlankIndex = std::size_t;

/// A fixed number, or the sum of some blanks.
struct Operand {
    Points fixed;
    std::vector<BlankIndex> blanks;  ///< empty: `fixed`
};

/// How many times a rule applies.
struct Quantity {
    enum class Kind : std::uint8_t {
        entered,     ///< the person says how many
        blanks,      ///< what stands in `done`
        short_of,    ///< `due` − `done`, at least 0
        beyond,      ///< `done` − `due`, at least 0
        below_rate,  ///< `line` − 100 × done ÷ due, percentage points, at least 0
        reached,     ///< 1 when `done` ≥ `due`, else 0
        lacking,     ///< how many of `groups` have a blank that is 0, 无, 否 or not ticked
        ticked       ///< how many of `groups` have all their blanks ticked or above 0
    };
    Kind kind = Kind::entered;
    Operand due;
    Operand done;
    Points line;                                  ///< of below_rate, percent
    std::vector<std::vector<BlankIndex>> groups;  ///< of lacking and ticked
    bool all = false;                             ///< of lacking and ticked: 1 when it holds of all groups, else 0
};

/// Part of a step that is left over.
enum class PartOfStep : std::uint8_t {
    dropped,       ///< whole steps only
    proportional,  ///< counted in proportion
    begun          ///< 不足一个的按一个计
};

struct ScoreRule {
    enum class Effect : std::uint8_t {
        deduct,  ///< takes points off
        gain,    ///< gives points inside the item
        bonus,   ///< gives points beyond the item's
        zero,    ///< 本项不得分
        times    ///< multiplies what is left: ×0.5
    };
    std::string text;  ///< "少报", as the explanation names it
    Effect effect = Effect::deduct;
    Points each;      ///< points for each step; the factor of `times`
    std::string per;  ///< "次", "个百分点"
    std::optional<Points> cap;
    bool once = false;  ///< at most one time
    bool part = false;  ///< one of several parts of the row: done or not, and to be said of each
    /// A person enters the amount, within these bounds (扣6—10分; 酌情: none).
    bool by_amount = false;
    std::optional<Points> least;
    std::optional<Points> most;
    bool needs_reason = false;  ///< a note must say why
    Quantity quantity;
    Points every = Points::from_whole(1);  ///< size of a step: 每2个百分点
    PartOfStep rest = PartOfStep::dropped;
    bool of_form = false;  ///< one of the rules that hold for every item

    /// Does a person enter a count for it?
    [[nodiscard]] bool is_counted() const { return !by_amount && quantity.kind == Quantity::Kind::entered; }
};

/// 健全2 / 比较健全1 / 不健全0.
struct ScoreLevel {
    std::string label;
    Points points;
};

/// C before B before A: it holds when all its points do, and all those of the ones before it.
struct Tier {
    std::string label;
    std::vector<std::string> points;  ///< texts; ticks with the names "C1", "C2", …
    BlankIndex first = 0;             ///< the tick of its first point among the item's blanks
};

/// A vote with weights.
struct VoteOption {
    std::string label;
    Points weight;
    bool counts = true;  ///< is part of what is divided by: 弃权 mostly is not
};
struct Votes {
    std::vector<VoteOption> options;
    bool has_issued = false;      ///< 发出
    bool has_returned = false;    ///< 收回
    bool has_valid = false;       ///< 有效
    bool has_points = false;      ///< the form says what the item is worth; else it is the heaviest option
    std::optional<int> decimals;  ///< the mean is rounded to so many before it is used; none: it stays exact
    int fewest = 0;               ///< valid ballots; fewer are no vote, and nobody's to read
};
/// Names of the fields beside the options: votes:发出, votes:收回, votes:有效.
inline constexpr std::array<std::string_view, 3> ballot_counts{"发出", "收回", "有效"};

enum class NotApplicable : std::uint8_t {
    no,
    full,   ///< 没有发生的不扣分: full points
    out,    ///< left out of the sum and of what it is of
    scaled  ///< left out, and the sum scaled up to what the whole is worth
};

/// Where a score goes.
enum class ScoreRole : std::uint8_t {
    points,  ///< 应得分
    bonus,   ///< 奖励分, beyond the full mark
    penalty  ///< taken off, outside the items
};

/// How one item is scored. Answers that it takes: answer.hpp.
struct ItemScoring {
    ScoreRole role = ScoreRole::points;
    std::optional<Points> points;            ///< full mark; none: no upper limit
    std::optional<Points> floor = Points{};  ///< none: may fall below zero without a limit
    bool starts_full = true;                 ///< rules take from the full mark; else they give from 0
    std::optional<Points> bonus_cap;
    NotApplicable absent = NotApplicable::no;
    std::vector<std::size_t> kinds;     ///< of units that it is for; empty: all
    std::optional<std::size_t> scorer;  ///< the only one who fills it in: a bonus that one office establishes
    std::vector<Blank> blanks;
    std::string result;  ///< the row's text with blanks in it: "应报{应报}次，实报{实报}次"
    std::vector<ScoreRule> rules;
    std::vector<ScoreLevel> levels;
    std::vector<Tier> tiers;                ///< lowest first
    std::string no_tier;                    ///< label when not even the lowest holds: "D"
    std::optional<std::size_t> least_tier;  ///< a core clause: at least this one
    std::optional<Votes> votes;
    std::vector<std::string> cells;  ///< of the form's own columns, in their order

    [[nodiscard]] std::optional<BlankIndex> find_blank(std::string_view name) const;
    [[nodiscard]] std::optional<std::size_t> find_level(std::string_view label) const;
};

/// Of a section or a group.
struct SumScoring {
    ScoreRole role = ScoreRole::points;
    std::optional<Points> cap;
    std::optional<Points> floor;
    std::optional<Points> printed;  ///< the sum as printed, where it says one
    std::optional<Points> printed_bonus;
    std::size_t part = 0;
    bool is_outside = false;  ///< bonus or penalty of no part: it counts as it is, whatever the parts weigh
    /// The one who decides it, so that it counts as it is whatever the scorers weigh. Only of bonus and penalty.
    std::optional<std::size_t> scorer = {};
    std::string subtotal =
        {};  ///< names a row below this section: the sum since the row before ("基础项合计"); empty: none
};

// ---- The whole form ----

struct PaperColumn {
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
        tier,   ///< label of a tier, beside its points
        point,  ///< each point of a tier in a row of its own
        met,    ///< √ where the point is met
        unmet   ///< √ where it is not
    };
    Role role = Role::text;
    std::string id;  ///< of a text of its own; empty: the program fills it
    std::string label;
    std::string over;                   ///< heading above it, in a first row; neighbours with the same one share it
    Points width;                       ///< in the paper's own measure; 0: not said
    std::optional<std::size_t> scorer;  ///< whose score, sum or note
    std::optional<std::size_t> cell;    ///< position in ItemScoring::cells
};
/// "section", "criterion", …
[[nodiscard]] std::string_view to_string(PaperColumn::Role role);

struct Scorer {
    std::string id;
    std::string label;        ///< "考评得分"
    std::string short_label;  ///< "考评"
    Points weight;            ///< percent, where the total is weighted
};

/// Whose score is the form's.
enum class TotalBy : std::uint8_t { last, one, mean, weighted };

/// How a year comes about from documents of its months, quarters or halves.
enum class YearBy : std::uint8_t { none, mean, sum };

struct FormPart {
    std::string id;
    std::string name;
    Points weight = Points::from_whole(100);  ///< percent
    std::optional<Points> cap;
};

/// Something that holds or not.
struct Condition {
    enum class What : std::uint8_t { blank, item, section, part, full, no_deduction, figure };
    What what = What::blank;
    std::optional<std::size_t> item;  ///< in Instrument::order; of a blank: none is the foot
    std::size_t index = 0;            ///< blank, section, part or figure
    std::optional<Points> at_least;   ///< a tick holds without bounds
    std::optional<Points> at_most;
};
using Conditions = std::vector<Condition>;  ///< all must hold

struct ScoreBand {
    std::string label;
    std::optional<Points> from;   ///< total ≥
    std::optional<Points> above;  ///< total >
    std::optional<Points> to;     ///< total ≤
    std::optional<Points> below;  ///< total <
    Conditions when;
    [[nodiscard]] bool holds_points() const { return from || above || to || below; }
};

struct GradeCeiling {
    std::string text;  ///< "软弱涣散党支部"
    Conditions when;
    std::optional<std::size_t> not_above;  ///< band; none: `steps` down
    std::size_t steps = 0;
};

struct Quota {
    std::size_t band = 0;
    Points share;  ///< percent
    enum class Rounding : std::uint8_t { down, up, half };
    Rounding rounding = Rounding::down;
    /// What the share is of.
    enum class Base : std::uint8_t {
        final,    ///< units whose total is final
        counted,  ///< all that reported
        expected  ///< all on the list; without a list those that reported
    };
    Base base = Base::final;
    bool counts_limited = true;  ///< units under a ceiling are part of the base
    friend bool operator==(const Quota&, const Quota&) = default;
};

struct Grades {
    std::vector<ScoreBand> bands;  ///< best first
    std::vector<GradeCeiling> ceilings;
    std::vector<Quota> quotas;
    bool on_shown = false;              ///< decided on the total as it is shown, not on the exact one
    std::optional<std::size_t> figure;  ///< decided on this figure, not on the total
};

/// A figure beside the total.
struct FigureDefinition {
    enum class Kind : std::uint8_t {
        gained,        ///< all that rules gave
        deducted,      ///< all that rules took
        item,          ///< the score of an item (测评得分)
        votes,         ///< share of some votes, percent (满意率)
        level_count,   ///< items with one of these levels
        level_share,   ///< their share of the items that have one, percent
        absent_count,  ///< items that are not applicable
        mean           ///< of an item over the scorers
    };
    std::string name;
    Kind kind = Kind::gained;
    std::optional<std::size_t> item;
    std::vector<std::string> labels;
    std::string base;  ///< of votes: "发出", "收回", "有效" or "计入"
    int decimals = 2;
};

struct FootRemark {
    std::string id;
    std::string label;
};

/// What the paper says around the rows; {NAME} stands for a figure (layout_own.cpp).
struct PaperWords {
    std::string period;                ///< below the title: "（{period}年度）"
    std::optional<std::string> total;  ///< names the row of sums; empty: there is no such row
    /// Rows below it: "评定等级：{grade}"; none: facts, grade and figures, each in a row.
    std::optional<std::vector<std::string>> lines;
    std::string result;  ///< names a row below each item with tiers: "本条自评结果"
};

struct ScoredForm {
    std::vector<Scorer> scorers;
    bool chained = true;  ///< each reads the one before; else side by side
    TotalBy total_by = TotalBy::last;
    YearBy year = YearBy::none;
    std::size_t total_of = 0;  ///< by one: which
    bool without_extremes = false;
    std::vector<PaperColumn> columns;
    std::vector<std::string> kinds;  ///< of units
    std::string subject;             ///< what whom a sheet is about is called: "被考核人"; empty: the unit alone
    std::vector<FormPart> parts;     ///< at least one
    std::vector<SumScoring> sections;
    std::vector<std::vector<SumScoring>> groups;  ///< by section
    std::optional<Points> printed;
    std::optional<Points> printed_bonus;
    std::optional<Points> cap;
    std::optional<Points> bonus_cap;
    std::optional<Points> floor;
    bool has_points = true;  ///< else only levels
    bool bonus_in_total = true;
    bool penalty_before_scaling = false;
    bool differences_need_reason = false;
    std::optional<int> scaled_decimals;  ///< the scaled sum is rounded to so many; none: it stays exact
    int decimals = 2;
    Grades grades;
    std::vector<FigureDefinition> figures;
    std::vector<Blank> foot_blanks;
    std::vector<FootRemark> remarks;
    PaperWords words;
    /// What the author is told once.
    struct Sums {
        Points points;
        Points bonus;
    };
    std::vector<Sums> section_sums;  ///< of the first kind of unit
    Sums sums;
    [[nodiscard]] std::optional<BlankIndex> find_foot_blank(std::string_view name) const;
};

}  // namespace duibiao
