// What one scorer filled in at one item, as evaluate() needs it.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/document.hpp"
#include "core/evaluate/fraction.hpp"

namespace duibiao {

/// The fields of an item of format 2: "score", "note", "level", "na", and with a name or a number behind the colon
/// "count:2", "amount:2", "blank:应报", "tick:公示", "votes:好".
struct ItemField {
    enum class Kind : std::uint8_t { score, note, level, absent, count, amount, blank, tick, votes, ballots };
    Kind kind = Kind::note;
    std::size_t index = 0;  ///< rule, blank, option; of ballots: in `ballot_counts`
};
/// Nothing where the item has no such field.
[[nodiscard]] std::optional<ItemField> find_item_field(const ItemScoring& scoring, std::string_view field);
/// The way back: "count:2".
[[nodiscard]] std::string name_of(const ItemScoring& scoring, const ItemField& field);

struct ItemFacts {
    std::optional<Points> typed;  ///< the score as a person wrote it
    std::string_view level;
    std::string_view note;
    bool absent = false;                        ///< said to be not applicable
    std::string_view absence;                   ///< why
    std::vector<std::optional<Points>> counts;  ///< by rule: how many, or the amount
    std::vector<const Value*> blanks;           ///< null: empty
    std::vector<std::optional<Points>> votes;   ///< by option
    std::array<std::optional<Points>, 3> ballots;
    bool any = false;  ///< anything that rules, levels or votes read

    /// Nothing filled in, with room for what the item can have.
    void clear(const ItemScoring& scoring);
    void take(const ItemScoring& scoring, std::string_view field, const Value& value);
    /// A blank as a figure: its number; of ticks and texts 1, and 0 for 无, 否, 没有. Nothing while it is empty.
    [[nodiscard]] std::optional<Fraction> figure(BlankIndex blank) const;
    [[nodiscard]] bool has_figure(BlankIndex blank) const;
    /// Some voted, and fewer than the form asks for: who gave which ballot could be told. Their number is 有效, or
    /// where the form has not that field all votes.
    [[nodiscard]] bool has_too_few_ballots(const ItemScoring& scoring) const;
};

/// The same of a value alone.
[[nodiscard]] std::optional<Fraction> figure_of_blank(const Value& value);

[[nodiscard]] ItemFacts read_facts(const Document& document, Layer layer, const Criterion& item);

}  // namespace duibiao
