// Ballots: what each rater gave. They stay beside the document while their step is open and never become part of it.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instrument.hpp"

namespace duibiao {

/// Reads one score of a rater as it is typed; an empty text is an abstention. Errors: those of Points::parse,
/// "score-over" {max}, "score-under", "score-step" {step}.
[[nodiscard]] Done check_ballot(const Instrument& form, std::string_view text);

/// What leaves the box about one member. Fewer raters than the form asks for give no more than their number.
struct BallotFigures {
    std::int64_t raters = 0;     ///< abstentions do not count
    std::optional<Points> mean;  ///< rounded half up to hundredths
    std::optional<Points> lowest;
    std::optional<Points> highest;
};

/// One ballot is one rater's one score for one member; none is an abstention. Members are known by the ids of their
/// rows, raters by a label that need not be a name ("评议人1").
class BallotBox {
public:
    explicit BallotBox(const Instrument& form) : most_(form.points), step_(form.score_step) {}

    [[nodiscard]] std::size_t size() const { return raters_.size(); }
    [[nodiscard]] const std::string& label(std::size_t rater) const { return raters_[rater].label; }
    [[nodiscard]] std::optional<Points> score(std::size_t rater, std::string_view row) const;

    /// A rater more, without a score yet; the position. Errors: "rater-missing" (no label), "rater-doubled" {rater},
    /// "text-long" {limit}, "text-encoding".
    [[nodiscard]] Result<std::size_t> add_rater(std::string label);
    /// Those after it move up.
    void remove_rater(std::size_t rater);
    /// Nothing takes the score back. Errors: "score-over" {max}, "score-under", "score-step" {step}, "item-unknown"
    /// {item} (no row's id).
    [[nodiscard]] Done set_score(std::size_t rater, std::string_view row, std::optional<Points> score);

    /// `fewest`: Appraisal::fewest_raters.
    [[nodiscard]] BallotFigures figures(std::string_view row, std::int64_t fewest) const;

    /// Canonical JSON, for this machine's storage alone: {"format":"duibiao-ballots","raters":[{"label":L,"scores":
    /// {ROW:SCORE}}],"version":1}. To be deleted when the step is closed.
    [[nodiscard]] std::string write() const;
    /// Errors: those of parse_json, add_rater and set_score, "ballots-format", "field-missing" {field}, "field-type"
    /// {field}; with the place as JSON pointer.
    [[nodiscard]] static Result<BallotBox> parse(const Instrument& form, std::string_view text);

private:
    struct Rater {
        std::string label;
        std::map<std::string, Points, std::less<>> scores;  ///< by row
    };
    std::vector<Rater> raters_;
    Points most_;
    Points step_;
};

}  // namespace duibiao
