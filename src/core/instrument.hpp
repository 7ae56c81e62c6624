// A form definition: data, versioned, content-hashed; loaded once, checked, then immutable.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/evaluate/definition.hpp"
#include "core/points.hpp"
#include "core/result.hpp"
#include "core/row_rule.hpp"

namespace duibiao {

/// Who scored: the position among the form's scorers. Those of format 1 are a chain of three, and each later layer
/// reads the earlier ones; format 2 has one to `most_layers`, under names of its own.
enum class Layer : std::uint8_t { self, acceptance, rating };
inline constexpr std::size_t most_layers = 8;
template <typename T>
using PerLayer = std::array<T, most_layers>;
/// Of the forms of format 1.
inline constexpr std::array<Layer, 3> all_layers{Layer::self, Layer::acceptance, Layer::rating};
/// As files have it: "self", "acceptance", "rating", and "scorer-4" to "scorer-8".
[[nodiscard]] std::string_view to_string(Layer layer);
[[nodiscard]] std::optional<Layer> layer_from_string(std::string_view name);
[[nodiscard]] constexpr std::size_t index_of(Layer layer) { return static_cast<std::size_t>(layer); }
/// `position` below `most_layers`.
[[nodiscard]] constexpr Layer layer_at(std::size_t position) { return static_cast<Layer>(position); }
/// The layer before this one; self has none.
[[nodiscard]] constexpr std::optional<Layer> layer_before(Layer layer) {
    return layer == Layer::self ? std::nullopt : std::optional(layer_at(index_of(layer) - 1));
}

enum class InstrumentKind : std::uint8_t { scored, checklist, roster, ledger, tasks, measures, appraisal };
[[nodiscard]] std::string_view to_string(InstrumentKind kind);

/// Where a form stands among the others; no part of what it asks.
enum class FormGroup : std::uint8_t {
    assessment,  ///< 考核
    survey,      ///< 排查
    ledger,      ///< 台账
    roster,      ///< 名册
    list         ///< 清单
};
inline constexpr std::array<FormGroup, 5> all_form_groups{FormGroup::assessment, FormGroup::survey, FormGroup::ledger,
                                                          FormGroup::roster, FormGroup::list};
/// "assessment", "survey", "ledger", "roster", "list".
[[nodiscard]] std::string_view to_string(FormGroup group);

[[nodiscard]] std::string_view to_string(Severity severity);

/// How often a duty falls due.
enum class Per : std::uint8_t { year, half, quarter, month };
/// "year", "half", "quarter", "month".
[[nodiscard]] std::string_view to_string(Per per);

/// Of whom something is asked: the unit as a whole (院级), every branch (支部), every group (党小组).
enum class Level : std::uint8_t { unit, branch, group };
/// "unit", "branch", "group".
[[nodiscard]] std::string_view to_string(Level level);

/// Whom the ledger's head names: nobody (the unit or its branches are asked), 班子成员, 党支部书记, 党员, 党委书记,
/// 党务干部.
enum class Each : std::uint8_t { unit, leader, secretary, member, party_secretary, cadre };

/// What a person did at an activity: led it (its lead column, or else its chair) or was there at all.
enum class Role : std::uint8_t { attended, led };

/// How the ledger answers a field or a measure, for the year up to the as-of date. Asked of branches, groups or people,
/// the answer is that of the least of them.
struct Source {
    enum class Count : std::uint8_t {
        activities,        ///< how many activities
        periods_met,       ///< "met" when every period that is over has `at_least`; else the activities so far
        distinct_periods,  ///< in how many periods there was one
        all_flag,          ///< yes when every activity has its `flag` ticked
        all_options,       ///< the procedures that every activity has
        hours,             ///< hours added up
        any,               ///< yes when there is `at_least` of them; no once the day is over without
        share,             ///< percent of the activities with `flag` ticked or filled in
        least_share,       ///< the smallest percentage of theory among an activity's hours
        people_share       ///< percent of the people with `at_least`
    };
    std::vector<std::string> kinds;  ///< of activities
    Count count = Count::activities;
    Per per = Per::year;
    int at_least = 1;
    std::string flag;                           ///< column of the ledger: "signin", "record", "photo", "speakers"
    Each chair = Each::unit;                    ///< only those that one of these people led
    Level level = Level::unit;                  ///< of every branch or group, where the unit lists them
    std::vector<Each> each;                     ///< of every one of these people
    Role role = Role::attended;                 ///< of those people
    std::vector<int> months;                    ///< only these months, 1–12; empty: all
    std::optional<std::chrono::month_day> due;  ///< only up to that day of the year
};

/// What a field tells of a person, and so how it is masked for other readers. No part of what a form asks: a form that
/// says it later is the same form, with the same hash.
enum class Personal : std::uint8_t { none, name, date, number, text };

/// A typed cell: a field of an item, or a column of a table.
struct AnswerField {
    enum class Type : std::uint8_t {
        text,
        date,
        month,
        count,
        yesno,
        choice,    ///< one of the options
        flags,     ///< any of the options, in their order
        cadence,   ///< yes, or the count so far
        kind,      ///< one of the form's activity kinds
        names,     ///< people, with 、 between them
        numbered,  ///< any of the options, by their numbers from 1
        score,     ///< 0 to `most`, in the form's steps
        kinds,     ///< one or several of the form's activity kinds
        amount,    ///< money, to the cent; of tables of format 2
        rate,      ///< a share of an amount, or a fixed one: 0.5%, 0.2元; of tables of format 2
        deadline   ///< a day, or words that stand for one (deadline.hpp); of tables of format 2
    };
    /// What closing the step of the ballots writes; never typed.
    enum class Computed : std::uint8_t { none, raters, mean, lowest, highest };
    /// What its cells name: entered once, it is offered in every other table of the unit.
    enum class Entity : std::uint8_t { none, person, organisation };
    std::string id;
    std::string label;
    Entity entity = Entity::none;
    Personal personal = Personal::none;
    /// How wide a roster's column is on paper: about 9, 12, 22 and 28 mm, or a share of what is left.
    enum class PaperWidth : std::uint8_t { by_type, tiny, narrow, medium, wide, rest };
    PaperWidth paper_width = PaperWidth::by_type;
    std::string paper_label;           ///< on paper, where it is longer; empty: the label
    std::vector<std::string> aliases;  ///< other names that tables of people have for it
    bool on_paper = true;              ///< a column that the paper has too
    Type type = Type::text;
    std::string unit;
    std::vector<std::string> options;
    bool open = false;  ///< of flags: others than the options may stand beside them
    bool required = false;
    bool with_done = false;  ///< of a task: to be 是 once the task is done
    std::string reach;       ///< of a task: once it is done, no less than this other field's number
    std::optional<Source> from;
    Points most;                         ///< of a score
    std::string step;                    ///< of an appraisal, closed with this step; empty: always open
    Computed computed = Computed::none;  ///< of an appraisal
};

/// How a column's cells follow from others of their row.
struct RowFormula {
    /// The first band that holds gives the rate.
    struct Band {
        std::vector<RowCondition> when;  ///< all must hold
        std::optional<std::size_t> of;   ///< column of an amount; none: any
        std::optional<Points> up_to;     ///< of it, the end included; none: without end
        std::string rate;                ///< "0.5%", "0.2元"
    };
    std::vector<Band> bands;
    std::vector<std::size_t> product;  ///< an amount and a rate, or an amount alone
    Points times = Points::from_whole(1);
    std::vector<std::size_t> sum;
    std::optional<std::size_t> less;  ///< of a sum: taken off

    [[nodiscard]] bool is_there() const { return !bands.empty() || !product.empty() || !sum.empty(); }
    /// Does it read that column?
    [[nodiscard]] bool reads(std::size_t column) const;
};

/// What stands below the rows of a table, worked out.
struct TableFoot {
    struct Figure {
        enum class Kind : std::uint8_t { count, share, sum };
        std::string id;
        std::string label;
        Kind kind = Kind::count;
        std::vector<RowCondition> when;  ///< of a count: the rows for which all hold
        std::size_t column = 0;          ///< of a sum
        std::string part;                ///< of a share: a count's id
        std::string whole;
    };
    std::string label;  ///< of the row with the sums: "总计"
    std::string line;   ///< "合计：问题{total}个", across the table
    std::vector<Figure> figures;
};

/// 序号: the column that the program keeps itself.
[[nodiscard]] bool is_row_number(std::string_view head);

/// Rows of equal cells: the ledger's activities, a roster's persons.
struct Table {
    std::string title;
    std::vector<AnswerField> columns;
    std::vector<RowRule> rules;
    std::optional<Term> term;
    std::optional<Letter> letter;
    /// A line of a table that is filled in says one of these rows anew where it has the same organisation, person or
    /// text in this column; none: every line is a new row.
    std::optional<std::size_t> key;
    std::vector<RowCondition> printed_when;  ///< only rows for which all hold stand on paper; empty: every row
    std::vector<RowActivity> activities;     ///< what its rows answer elsewhere; no part of what a form asks
    std::vector<RowFigure> figures;
    // Of format 2:
    std::vector<RowFormula> formulas;    ///< by column; none where no column follows from others
    std::optional<std::size_t> grouped;  ///< column of a choice: its options head their rows on paper
    std::vector<std::string> example;    ///< cells of a row that is printed first and is no data
    TableFoot foot;
    std::string dated_by;  ///< head field whose day its rules count from; empty: today

    /// What its cells follow from; null where they are typed.
    [[nodiscard]] const RowFormula* formula(std::size_t column) const {
        return column < formulas.size() && formulas[column].is_there() ? &formulas[column] : nullptr;
    }
    /// By its id.
    [[nodiscard]] std::optional<std::size_t> find_column(std::string_view id) const;
    /// By its id, label, label on paper or another name; blanks, line ends and a year before it do not matter.
    [[nodiscard]] std::optional<std::size_t> find_named_column(std::string_view name) const;
    /// How many of a head's cells name columns, the one for the rows' numbers included.
    [[nodiscard]] std::size_t count_named(const std::vector<std::string>& head) const;
};

/// What may stand in the ledger's column 类型.
struct ActivityKind {
    std::string name;
    std::vector<std::string> aliases;
    std::vector<std::string> steps;  ///< what such a meeting consists of, looked for in the column 程序
    std::string steps_citation;
};

/// "At least n activities of these kinds in every period".
struct Duty {
    std::string id;
    std::string title;
    std::vector<std::string> kinds;
    int at_least = 1;
    Per per = Per::year;
    std::vector<int> months;                    ///< only these months, 1–12; empty: all
    std::optional<std::chrono::month_day> due;  ///< by that day of the year
    Level level = Level::unit;                  ///< the unit once, or each of its branches or groups
    Each each = Each::unit;                     ///< nobody, or each of these people
    Role role = Role::attended;                 ///< of these people
    bool sum_hours = false;                     ///< hours count, not activities
    std::string flag;                           ///< only activities with this column ticked
    std::string citation;
};

/// The duties that one source imposes; a unit picks which sets bind it.
struct DutySet {
    std::string id;
    std::string title;
    std::vector<Duty> duties;
};

/// A quantity that a criterion names ("每季度不少于1次"). It proposes a score and never writes one.
struct Measure {
    enum class Type : std::uint8_t { number, yesno };
    enum class Propose : std::uint8_t {
        proportional,  ///< share value / at_least, at most 1
        all            ///< met: full; not met: nothing
    };
    std::string id;  ///< "3.2.2.m1"
    std::string name;
    std::string unit;  ///< "次", "个季度", "%"; empty for yes/no
    std::string when;  ///< condition in words, may be empty
    /// Place of the measure of the same criterion that this yes/no measure excuses: with yes, that one counts as met
    /// whatever its figure. It asks for nothing itself.
    std::optional<std::size_t> excuses;
    Type type = Type::number;
    std::optional<Points> at_least;
    std::optional<Points> at_most;
    bool expect = true;  ///< the answer a yes/no measure asks for
    Propose propose = Propose::all;
    std::string citation;
    std::optional<Source> from;
};

struct Criterion {
    std::string id;      ///< position, "3.2.4": section 3, group 2, criterion 4
    std::string number;  ///< as printed in the source
    std::string text;
    Points points;
    std::string citation;
    std::vector<Measure> measures;
    std::shared_ptr<const ItemScoring> scoring;  ///< of format 2; null in format 1
    std::vector<std::string> headings;           ///< of format 2: further levels of the paper, above it
    // Of forms that are not scored:
    std::vector<AnswerField> fields;            ///< its own, then those that every item has
    std::optional<std::chrono::month_day> due;  ///< last day, in the document's year
    std::string due_label;                      ///< "10月中旬"

    /// Null when the item has no such field.
    [[nodiscard]] const AnswerField* find_field(std::string_view id) const;
};

struct Group {
    std::string id;                     ///< "3.2"
    std::string title;                  ///< empty where the source has no group
    std::vector<std::string> headings;  ///< of format 2: further levels of the paper, above it
    std::vector<Criterion> criteria;
    Points points;  ///< sum of its criteria (computed)
};

struct Section {
    std::string id;  ///< "3"
    std::string title;
    Points points;
    std::vector<std::string> headings;  ///< of format 2: further levels of the paper, above it
    std::vector<Group> groups;
};

struct VetoCondition {
    std::string id;      ///< "veto.1"
    std::string number;  ///< "①"
    std::string text;
    std::string citation;
};

struct Veto {
    std::string title;
    std::string text;
    std::string verdict;  ///< "不予评定"
    std::string citation;
    std::vector<VetoCondition> conditions;
};

struct HeaderField {
    enum class Type : std::uint8_t { text, date, computed };
    std::string id;  ///< "unit", "date", "total"
    std::string label;
    Type type = Type::text;
    bool required = false;
    bool is_hidden = false;  ///< for the program: neither page nor paper shows it
    Personal personal = Personal::none;
};

struct LayerLabel {
    Layer layer = Layer::self;
    std::string id;           ///< "self"; of format 2 the scorer's own, "examiner"
    std::string label;        ///< "上级验收得分"
    std::string short_label;  ///< "上级验收"
};

/// One rule of a form, interpreted by check(). The kinds are a small fixed set; which of them bind a form, how
/// severely and by which clause, is the form's data.
struct Rule {
    enum class Kind : std::uint8_t {
        unscored,          ///< a section has criteria without a score in `layer`
        note_required,     ///< a criterion with a score above 0 has no text
        above_measure,     ///< the score is above what failing measures propose, without a written explanation
        measure_empty,     ///< a scored criterion's measure has no value
        deduction_reason,  ///< `layer` gives less than the layer before it without a reason
        layer_order,       ///< `layer` scored what the layer before it left unscored
        header_required,   ///< header field `field` is empty
        date_future,       ///< header field `field` lies after the as-of date
        veto               ///< a veto condition is set
    };
    Kind kind = Kind::unscored;
    Severity severity = Severity::notice;
    Layer layer = Layer::self;
    std::string field;
    std::string citation;
};
/// "unscored", "note-required", …: the code of the findings a rule makes.
[[nodiscard]] std::string_view to_string(Rule::Kind kind);

/// What members are scored for.
struct Dimension {
    std::string id;
    std::string title;
    Points points;
    std::string citation;
    std::vector<std::size_t> columns;  ///< of the table: one for each step that gives scores, in their order
    std::vector<std::string> kinds;    ///< of the ledger's activities that tell of it
};

/// The steps of an appraisal follow one another; each is closed for good before the next.
struct AppraisalStep {
    enum class Gives : std::uint8_t {
        scores,      ///< points in every dimension
        ballots,     ///< one score of each rater, 0 to the form's points
        publication  ///< nothing: the last step
    };
    std::string id;
    std::string title;
    Gives gives = Gives::scores;
    Points weight;  ///< percent of the total
    std::string citation;
};

struct GradeBand {
    std::string title;
    Points at_least;
    bool passes = false;  ///< 合格 or better
};

/// Another form whose people may not pass without a written reason.
struct ListedIn {
    std::string instrument;
    std::string column;  ///< of its table: who
    std::string citation;
};

/// Steps, weights and grades of an appraisal; its members are the rows of the table.
struct Appraisal {
    std::vector<Dimension> dimensions;
    std::vector<AppraisalStep> steps;
    std::vector<GradeBand> bands;    ///< the highest first, the last from 0
    std::int64_t fewest_raters = 3;  ///< fewer give no mean, lowest and highest
    std::string total_label;
    std::string grade_label;
    std::optional<ListedIn> listed_in;
    std::size_t name = 0;                  ///< column "name"
    std::optional<std::size_t> branch;     ///< column "branch"
    std::optional<std::size_t> reason;     ///< column "reason"
    std::array<std::size_t, 4> ballots{};  ///< columns of the step of ballots: raters, mean, lowest, highest

    [[nodiscard]] const AppraisalStep* find_step(std::string_view id) const;
    /// Null when no step asks for ballots.
    [[nodiscard]] const AppraisalStep* ballot_step() const;
    /// For a total of at least 0.
    [[nodiscard]] const GradeBand& band_of(Points total) const;
};

/// Signature block at the foot of the print, one per party.
struct PrintBlock {
    std::string party;               ///< "申报单位（盖章）"
    std::vector<std::string> lines;  ///< "负责人签字：", "日期：    年  月  日"
};

struct Columns {
    std::string section;
    std::string criterion;
    std::string note;
};

struct Instrument {
    std::string id;
    std::string version;
    InstrumentKind kind = InstrumentKind::scored;
    std::string language;  ///< of all its words, "zh-CN"; empty where a form does not say
    FormGroup form_group = FormGroup::assessment;
    std::string title;
    std::string short_title;
    std::string heading;                ///< line above the title on paper
    std::string source_key;             ///< "J"
    std::vector<std::string> asked_by;  ///< keys of all sources that ask for it, its own first
    std::string source_title;
    std::string issuer;
    std::string period;  ///< "year", "half", "quarter", "month"
    Points points;       ///< sum of the sections, or of an appraisal's dimensions
    Points score_step;   ///< smallest step of a score, > 0
    Columns columns;
    std::vector<LayerLabel> layers;
    std::vector<HeaderField> header;
    std::vector<Section> sections;
    Veto veto;
    std::vector<Rule> rules;
    std::vector<PrintBlock> print_blocks;
    std::vector<std::string> paper_notes;  ///< below the table on paper
    bool portrait = false;                 ///< what a form of format 2 says of its paper
    std::string done_field;                ///< tasks: the date field that says when an item was done
    Table table;                           ///< no columns: the form has no rows
    std::vector<ActivityKind> activity_kinds;
    std::vector<DutySet> duty_sets;
    Appraisal appraisal;                       ///< no steps: the form is none
    std::shared_ptr<const ScoredForm> scored;  ///< of format 2; null in format 1
    std::string hash;                          ///< SHA-256 (hex) of the definition's canonical JSON
    /// Of format 2: its canonical JSON, which its reports carry, as whoever opens them need not have the form. Null in
    /// format 1, whose reports stay as they are.
    std::shared_ptr<const std::string> definition;

    /// Does one of these sources ask for it?
    [[nodiscard]] bool is_asked_by(const std::vector<std::string>& sources) const;
    [[nodiscard]] bool is_scored() const { return kind == InstrumentKind::scored; }
    /// Forms made of items: scored ones, checklists, tasks and measures.
    [[nodiscard]] bool has_items() const {
        return is_scored() || kind == InstrumentKind::checklist || kind == InstrumentKind::tasks ||
               kind == InstrumentKind::measures;
    }
    [[nodiscard]] bool is_appraisal() const { return kind == InstrumentKind::appraisal; }
    [[nodiscard]] bool has_rows() const { return !table.columns.empty(); }
    /// The kind's own name for a name or an alias; empty when there is none.
    [[nodiscard]] std::string_view find_activity_kind(std::string_view name) const;

    /// Where a criterion stands: indices into sections, groups, criteria.
    struct Place {
        std::size_t section = 0;
        std::size_t group = 0;
        std::size_t criterion = 0;
    };
    /// Every criterion in order of the form.
    std::vector<Place> order;

    [[nodiscard]] const Criterion& criterion(const Place& place) const {
        return sections[place.section].groups[place.group].criteria[place.criterion];
    }
    /// Nothing when the form has no such criterion. Ids are positions, so this is no search.
    [[nodiscard]] std::optional<Place> find_place(std::string_view id) const;
    /// Null when the form has no such criterion.
    [[nodiscard]] const Criterion* find_criterion(std::string_view id) const;
    [[nodiscard]] const Measure* find_measure(std::string_view id) const;
    [[nodiscard]] const VetoCondition* find_veto(std::string_view id) const;
    [[nodiscard]] const HeaderField* find_header(std::string_view id) const;
    [[nodiscard]] const LayerLabel* find_layer(Layer layer) const;
    /// By the form's own name of it ("examiner").
    [[nodiscard]] const LayerLabel* find_layer(std::string_view id) const;
    /// Which answers can have, and files do have: the three of format 1, or the scorers.
    [[nodiscard]] std::size_t layer_count() const { return scored == nullptr ? all_layers.size() : layers.size(); }
};

using InstrumentPtr = std::shared_ptr<const Instrument>;

/// The name of a layer for sentences: a scorer's own, or of format 1 the id by which the sentence finds it.
[[nodiscard]] std::string layer_name(const Instrument& form, Layer layer);
/// Does each layer read the one before it? Scorers side by side do not.
[[nodiscard]] bool is_chained(const Instrument& form);
/// The layer before this one in a chain; the first has none.
[[nodiscard]] std::optional<Layer> layer_before(const Instrument& form, Layer layer);
/// The layers that documents of the form have.
[[nodiscard]] std::span<const Layer> layers_of(const Instrument& instrument);

/// Loads and proves a definition: format and version, ids positional and unique, criterion points (at most 1000 each)
/// adding up to each section and to the whole, steps that divide the points, citations present, measures with a
/// threshold, rules that refer to what exists, fields and columns with unique ids, activity kinds that duties name;
/// an appraisal's dimensions adding up to its points, its weights to 100, its grades falling to 0, its columns there.
/// Error places are JSON pointers. Errors: those of parse_json, "instrument-format", "instrument-version" {version}
/// (made by a newer program), "instrument-kind" {kind}, "field-missing" {field}, "field-type" {field}, "id-format"
/// {id}, "id-position" {id, expected}, "id-doubled" {id}, "points-sum" {sum, expected}, "points-step" {points, step},
/// "number-range", "number-places", "number-format", "items-many" {limit}, "citation-missing", "measure-threshold",
/// "rule-kind" {kind}, "rule-reference" {field}, "kind-unknown" {kind}, "options-missing", "weights-sum" {sum,
/// expected}, "bands-order" {at_least, before}, "bands-last" {at_least}, "steps-order" {step}.
[[nodiscard]] Result<InstrumentPtr> load_instrument(std::string_view json_text);

}  // namespace duibiao
