// What the paper of a scored form of format 2 says in words that hold figures: blanks of a row, lines around the table.
#pragma once

#include <string>
#include <string_view>

#include "core/evaluate/evaluate.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

class OwnWords {
public:
    OwnWords(const Document& document, const Evaluation& evaluation);

    /// The row's text with what was filled into its blanks: "应报12次，实报____次"; "有■无□".
    [[nodiscard]] std::string filled(const ItemScoring& scoring, std::string_view item) const;
    [[nodiscard]] std::string blank(const Blank& blank, std::string_view item) const;
    /// {total}, {points}, {bonus}, {penalty}, {full}, {grade}, names of figures and of blanks at the foot, each with
    /// what stands there, or the place for it.
    [[nodiscard]] std::string line(std::string_view pattern) const;
    /// Each with its box: "A□ B■ C□".
    [[nodiscard]] std::string boxes(const std::vector<std::string>& labels, std::string_view chosen) const;
    /// What the form's total is, as it is shown; empty while there is none.
    [[nodiscard]] std::string total() const;

private:
    [[nodiscard]] std::string value_of(std::string_view name) const;
    [[nodiscard]] Layer deciding() const { return layer_at(evaluation_.deciding); }

    const Document& document_;
    const Evaluation& evaluation_;
    const ScoredForm& scored_;
    Language language_;
};

}  // namespace duibiao
