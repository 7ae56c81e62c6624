// How a figure of a scored form of format 2 came about, in sentences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/evaluate/evaluate.hpp"
#include "exchange/messages.hpp"

namespace duibiao {

/// One sentence a step, in the order applied; figures to the form's decimals.
[[nodiscard]] std::vector<std::string> why_sentences(Language language, const Instrument& form, const Criterion& item,
                                                     const ItemWhy& why);

/// One line of how the total came about.
struct TotalLine {
    enum class Of : std::uint8_t {
        part,  ///< a part with its weight
        item,  ///< one of its items, with every step
        whole  ///< the total, the figures beside it, the grade
    };
    Of of = Of::item;
    std::string text;
};
/// The whole sum step by step, as the deciding scorer has it.
[[nodiscard]] std::vector<TotalLine> why_total(Language language, const Document& document,
                                               const Evaluation& evaluation);

/// Why this grade: its band, and the facts that lower it. Of a total without a grade, why there is none.
[[nodiscard]] std::string why_grade(Language language, const Document& document, const Evaluation& evaluation);

/// Label of the tier or level that an item has; empty where it has none.
[[nodiscard]] std::string level_words(const Document& document, Layer layer, const Criterion& item,
                                      const ItemResult& result);

}  // namespace duibiao
