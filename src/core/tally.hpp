// Adding up, and saying why.
#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// Sum over a set of criteria in one layer. Forms that are not scored: `scored` counts the items with an answer. An
/// unscored criterion is unscored: neither zero nor full.
struct Sum {
    Points score;   ///< sum of the scored criteria
    Points points;  ///< what all criteria of the set are worth
    int scored = 0;
    int of = 0;
};

struct GroupTally {
    std::string id;
    PerLayer<Sum> layers;
};
struct SectionTally {
    std::string id;
    std::string title;
    PerLayer<Sum> layers;
    std::vector<GroupTally> groups;
};

struct Tally {
    PerLayer<Sum> layers;
    std::vector<SectionTally> sections;
    bool veto = false;                  ///< any layer set any veto condition
    std::vector<std::string> veto_ids;  ///< the conditions set
    std::string verdict;                ///< the veto's words ("不予评定"), else empty
};

[[nodiscard]] Tally tally(const Document& document);

/// "Why this total" for one layer: what was lost and what is missing, in the form's order.
struct Lost {
    std::string item;
    Points points;  ///< the criterion's value
    Points score;
    std::string reason;  ///< the layer's note at that criterion, may be empty
};
struct Explanation {
    Layer layer = Layer::self;
    Points full;                       ///< 100
    Points score;                      ///< full − lost − unscored
    Points lost;                       ///< taken off on scored criteria
    Points unscored;                   ///< worth of criteria without a score
    std::vector<Lost> deductions;      ///< scored below full
    std::vector<std::string> missing;  ///< criteria without a score
};
[[nodiscard]] Explanation explain(const Document& document, Layer layer);

/// All scores, found in one pass for those who need many: by layer, in the form's order. A layer without any is empty.
/// Not longer than the document is there and unchanged.
class ScoreList {
public:
    ScoreList() = default;
    explicit ScoreList(const Document& document);

    /// `position` in Instrument::order.
    [[nodiscard]] std::optional<Points> at(Layer layer, std::size_t position) const {
        const auto& own = layers_[index_of(layer)];
        return own.empty() ? std::nullopt : own[position];
    }
    /// The layer's note at a criterion that it has scored; empty where it has not.
    [[nodiscard]] std::string_view note(Layer layer, std::size_t position) const {
        const auto& own = notes_[index_of(layer)];
        return own.empty() ? std::string_view{} : own[position];
    }
    [[nodiscard]] const PerLayer<std::vector<std::optional<Points>>>& layers() const { return layers_; }

private:
    /// Of format 2, where scores follow from other answers too.
    void add_derived(const Document& document);

    PerLayer<std::vector<std::optional<Points>>> layers_;
    PerLayer<std::vector<std::string_view>> notes_;
};

/// Criteria where `later` differs from the layer before it, both scored; none for self.
struct Difference {
    std::string item;
    Points before;
    Points after;
    std::string reason;
};
[[nodiscard]] std::vector<Difference> differences(const Document& document, Layer later);
[[nodiscard]] std::vector<Difference> differences(const Document& document, Layer later, const ScoreList& scores);

/// What F gives a criterion: the score of the layer before, its full points where that has none; nothing for what is no
/// criterion.
[[nodiscard]] std::optional<Points> offered_score(const Document& document, Layer layer, std::string_view criterion);

/// Criteria without a score in a layer above the first, where the layer before has one.
[[nodiscard]] std::vector<std::string> left_to_take(const Document& document, Layer later);

/// The layers beside each other.
struct ComparedItem {
    std::string item;
    PerLayer<std::optional<Points>> scores;  ///< by layer; none: unscored
    Points change;                           ///< of the last layer that scored it against the first
    std::string reason;                      ///< of the layers above, in their order
};
struct LayerComparison {
    PerLayer<std::optional<Points>> total;  ///< none: nothing scored
    std::vector<ComparedItem> sections;     ///< that differ, in the form's order
    std::vector<ComparedItem> items;        ///< that differ; the largest change first, then the form's order
};
[[nodiscard]] LayerComparison compare_layers(const Document& document);

/// One measure against its threshold.
struct MeasureState {
    const Measure* measure = nullptr;
    std::optional<Points> value;  ///< yes/no: 1 or 0
    bool met = false;             ///< false while empty
    bool computed = false;        ///< the value is not the document's own
    bool excused = false;         ///< met as another measure says so
};
/// What a criterion's measures propose. `score` is empty while any measure is empty; else the criterion's points times
/// the mean share of its measures (Measure::Propose), rounded down to the form's step. Measures that excuse another
/// have no share; with an answer that excuses it, that other one is met, even while it is empty.
struct Proposal {
    std::optional<Points> score;
    /// The most that can still be proposed: what `score` is when every empty measure turns out to be met.
    Points most;
    std::vector<MeasureState> measures;
    bool failing = false;  ///< a filled measure is not met
};
/// A measure that the document leaves empty takes its value from `answers`, when that is given and knows one.
using MeasureAnswers = std::function<std::optional<Points>(const Measure&)>;
[[nodiscard]] Proposal propose(const Document& document, const Criterion& criterion,
                               const MeasureAnswers& answers = nullptr);

}  // namespace duibiao
