// Loading and proving an appraisal: dimensions, steps, grades, and the columns of the table that they use.
#include <set>

#include "core/instrument_reader.hpp"

namespace duibiao {

using namespace instrument_parts;  // NOLINT: its other half

namespace {

using Gives = AppraisalStep::Gives;
using Computed = AnswerField::Computed;

constexpr std::string_view at_dimensions = "/appraisal/dimensions";
constexpr std::string_view at_steps = "/appraisal/steps";
constexpr std::string_view at_bands = "/appraisal/bands";
constexpr std::string_view at_columns = "/table/columns";

/// In the order of AppraisalStep::Gives.
constexpr std::array<std::string_view, 3> gives_names{"scores", "ballots", "publication"};
constexpr Points whole = Points::from_whole(100);            ///< percent
constexpr Points most_points = Points::from_whole(100'000);  ///< keeps weighted sums within 64 bits (appraisal.cpp)
constexpr Points fewest_anonymous = Points::from_whole(3);   ///< of two, each knows the other's
constexpr Points most_raters_asked = Points::from_whole(1000);

std::size_t read_column(Reader& reader, const Table& table, const std::string& id, const std::string& place) {
    const auto column = table.find_column(id);
    if (!column) reader.refuse("rule-reference", place, {{"field", id}});
    return column.value_or(0);
}

void prove_sum(Reader& reader, std::string code, std::string place, Points sum, Points expected) {
    if (sum == expected) return;
    reader.refuse(std::move(code), std::move(place), {{"sum", sum.to_string()}, {"expected", expected.to_string()}});
}

// --- Reading ------------------------------------------------------------------------------------------------------

Dimension read_dimension(Reader& reader, const Node& node, const Table& table) {
    Dimension dimension;
    dimension.id = read_free_id(reader, node);
    dimension.title = reader.text(node, "title", Need::required);
    dimension.points = reader.points(node, "points", Need::required).value_or(Points{});
    dimension.citation = read_citation(reader, node);
    const std::string columns = json_pointer(node.pointer, "columns");
    for (const std::string& id : read_texts(reader, node, "columns", Need::required)) {
        dimension.columns.push_back(read_column(reader, table, id, json_pointer(columns, dimension.columns.size())));
    }
    dimension.kinds = read_texts(reader, node, "kinds", Need::optional);
    return dimension;
}

AppraisalStep read_step(Reader& reader, const Node& node) {
    AppraisalStep step;
    step.id = read_free_id(reader, node);
    step.title = reader.text(node, "title", Need::required);
    step.gives = static_cast<Gives>(reader.choice(node, "gives", gives_names, Need::required));
    step.weight = reader.points(node, "weight", Need::required).value_or(Points{});
    step.citation = read_citation(reader, node);
    return step;
}

GradeBand read_band(Reader& reader, const Node& node) {
    return {reader.text(node, "title", Need::required),
            reader.points(node, "at_least", Need::required).value_or(Points{}), reader.flag(node, "passes", false)};
}

void read_fewest_raters(Reader& reader, const Node& node, Appraisal& appraisal) {
    const auto fewest = reader.points(node, "fewest_raters", Need::optional);
    if (!fewest) return;
    if (*fewest < fewest_anonymous || *fewest > most_raters_asked || !fewest->is_multiple_of(Points::from_whole(1))) {
        reader.refuse("number-range", json_pointer(node.pointer, "fewest_raters"));
    }
    appraisal.fewest_raters = fewest->hundredths() / 100;
}

void read_listed_in(Reader& reader, const Node& parent, Appraisal& appraisal) {
    const Node node = reader.member(parent, "listed_in", Need::optional);
    if (node.value == nullptr) return;
    appraisal.listed_in = ListedIn{reader.text(node, "instrument", Need::required),
                                   reader.text(node, "column", Need::required), read_citation(reader, node)};
}

/// Ids are told apart and none is named twice.
void prove_ids(Reader& reader, const std::vector<Node>& nodes) {
    std::set<std::string> seen;
    for (const Node& node : nodes) {
        const std::string id = reader.text(node, "id", Need::required);
        if (!seen.insert(id).second) reader.refuse("id-doubled", json_pointer(node.pointer, "id"), {{"id", id}});
    }
}

// --- Proofs -------------------------------------------------------------------------------------------------------

/// Dimensions add up to the form's points, and each has a column of as many points in every step that gives scores.
void prove_dimensions(Reader& reader, const Instrument& form) {
    const Appraisal& appraisal = form.appraisal;
    std::vector<std::string_view> scoring;
    for (const AppraisalStep& step : appraisal.steps) {
        if (step.gives == Gives::scores) scoring.push_back(step.id);
    }
    Points sum;
    for (std::size_t i = 0; i < appraisal.dimensions.size() && reader.good(); ++i) {
        const Dimension& dimension = appraisal.dimensions[i];
        const std::string place = json_pointer(at_dimensions, i);
        sum += dimension.points;
        if (dimension.points <= Points{} || dimension.points > most_points) {
            reader.refuse("number-range", json_pointer(place, "points"));
        } else if (!dimension.points.is_multiple_of(form.score_step)) {
            reader.refuse("points-step", json_pointer(place, "points"),
                          {{"points", dimension.points.to_string()}, {"step", form.score_step.to_string()}});
        }
        const std::string columns = json_pointer(place, "columns");
        if (dimension.columns.size() != scoring.size()) reader.refuse("field-missing", columns, {{"field", "columns"}});
        for (std::size_t of = 0; of < dimension.columns.size() && reader.good(); ++of) {
            const AnswerField& column = form.table.columns[dimension.columns[of]];
            const bool fits = column.type == AnswerField::Type::score && column.computed == Computed::none &&
                              column.step == scoring[of];
            if (!fits) reader.refuse("rule-reference", json_pointer(columns, of), {{"field", column.id}});
            prove_sum(reader, "points-sum", json_pointer(json_pointer(at_columns, dimension.columns[of]), "points"),
                      column.most, dimension.points);
        }
    }
    prove_sum(reader, "points-sum", std::string(at_dimensions), sum, form.points);
}

/// Weights add up to the whole; at most one step of ballots; publication is the last and weighs nothing.
void prove_steps(Reader& reader, const Appraisal& appraisal) {
    Points sum;
    int of_ballots = 0;
    for (std::size_t i = 0; i < appraisal.steps.size(); ++i) {
        const AppraisalStep& step = appraisal.steps[i];
        const std::string place = json_pointer(at_steps, i);
        const bool publishes = step.gives == Gives::publication;
        const bool is_last = i + 1 == appraisal.steps.size();
        of_ballots += step.gives == Gives::ballots ? 1 : 0;
        if (publishes != is_last || of_ballots > 1) {
            reader.refuse("steps-order", json_pointer(place, "gives"), {{"step", step.title}});
        }
        if (step.weight < Points{} || step.weight > whole || (publishes && step.weight != Points{})) {
            reader.refuse("number-range", json_pointer(place, "weight"));
        }
        sum += step.weight;
    }
    prove_sum(reader, "weights-sum", std::string(at_steps), sum, whole);
}

/// Every total has exactly one grade.
void prove_bands(Reader& reader, const Appraisal& appraisal) {
    for (std::size_t i = 1; i < appraisal.bands.size(); ++i) {
        const Points before = appraisal.bands[i - 1].at_least;
        const Points at_least = appraisal.bands[i].at_least;
        if (at_least < before) continue;
        reader.refuse("bands-order", json_pointer(json_pointer(at_bands, i), "at_least"),
                      {{"at_least", at_least.to_string()}, {"before", before.to_string()}});
    }
    if (appraisal.bands.empty()) {
        reader.refuse("field-missing", std::string(at_bands), {{"field", "bands"}});
    } else if (const GradeBand& last = appraisal.bands.back(); last.at_least != Points{}) {
        reader.refuse("bands-last", json_pointer(json_pointer(at_bands, appraisal.bands.size() - 1), "at_least"),
                      {{"at_least", last.at_least.to_string()}});
    }
}

/// The columns that closing the step of ballots fills: one for each figure, of that step.
void read_ballot_columns(Reader& reader, Instrument& form) {
    constexpr std::array<std::string_view, 4> names{"raters", "mean", "lowest", "highest"};
    const AppraisalStep* step = form.appraisal.ballot_step();
    std::array<int, 4> found{};
    for (std::size_t i = 0; i < form.table.columns.size(); ++i) {
        const AnswerField& column = form.table.columns[i];
        if (column.computed == Computed::none) continue;
        const std::string place = json_pointer(at_columns, i);
        const auto figure = static_cast<std::size_t>(column.computed) - 1;
        const bool counts = column.computed == Computed::raters;
        const auto type = counts ? AnswerField::Type::count : AnswerField::Type::score;
        const bool fits = step != nullptr && column.step == step->id && column.type == type && ++found[figure] == 1;
        if (!fits) reader.refuse("rule-reference", json_pointer(place, "computed"), {{"field", column.id}});
        if (!counts) prove_sum(reader, "points-sum", json_pointer(place, "points"), column.most, form.points);
        form.appraisal.ballots[figure] = i;
    }
    for (std::size_t figure = 0; figure < found.size() && step != nullptr; ++figure) {
        if (found[figure] != 1) {
            reader.refuse("field-missing", std::string(at_columns), {{"field", std::string(names[figure])}});
        }
    }
}

void read_columns_of_members(Reader& reader, Instrument& form) {
    Appraisal& appraisal = form.appraisal;
    appraisal.name = read_column(reader, form.table, "name", std::string(at_columns));
    appraisal.branch = form.table.find_column("branch");
    appraisal.reason = form.table.find_column("reason");
    for (std::size_t i = 0; i < form.table.columns.size(); ++i) {
        const AnswerField& column = form.table.columns[i];
        if (column.step.empty() || appraisal.find_step(column.step) != nullptr) continue;
        reader.refuse("rule-reference", json_pointer(json_pointer(at_columns, i), "step"), {{"field", column.step}});
    }
}

}  // namespace

namespace instrument_parts {

void read_appraisal(Reader& reader, const Node& root, Instrument& instrument) {
    const Node node = reader.member(root, "appraisal", Need::required);
    if (!reader.good()) return;
    Appraisal& appraisal = instrument.appraisal;
    const auto dimensions = reader.list(node, "dimensions", Need::required);
    const auto steps = reader.list(node, "steps", Need::required);
    for (const Node& child : dimensions) {
        appraisal.dimensions.push_back(read_dimension(reader, child, instrument.table));
    }
    for (const Node& child : steps) appraisal.steps.push_back(read_step(reader, child));
    for (const Node& child : reader.list(node, "bands", Need::required)) {
        appraisal.bands.push_back(read_band(reader, child));
    }
    appraisal.total_label = reader.text(node, "total_label", Need::required);
    appraisal.grade_label = reader.text(node, "grade_label", Need::required);
    read_fewest_raters(reader, node, appraisal);
    read_listed_in(reader, node, appraisal);
    prove_ids(reader, dimensions);
    prove_ids(reader, steps);
    if (!reader.good()) return;
    read_columns_of_members(reader, instrument);
    prove_steps(reader, appraisal);
    prove_dimensions(reader, instrument);
    prove_bands(reader, appraisal);
    read_ballot_columns(reader, instrument);
}

}  // namespace instrument_parts

const AppraisalStep* Appraisal::find_step(std::string_view wanted) const {
    const auto found =
        std::find_if(steps.begin(), steps.end(), [wanted](const AppraisalStep& step) { return step.id == wanted; });
    return found == steps.end() ? nullptr : &*found;
}

const AppraisalStep* Appraisal::ballot_step() const {
    const auto found = std::find_if(steps.begin(), steps.end(),
                                    [](const AppraisalStep& step) { return step.gives == Gives::ballots; });
    return found == steps.end() ? nullptr : &*found;
}

const GradeBand& Appraisal::band_of(Points total) const {
    const auto found =
        std::find_if(bands.begin(), bands.end(), [total](const GradeBand& band) { return total >= band.at_least; });
    return found == bands.end() ? bands.back() : *found;
}

}  // namespace duibiao
