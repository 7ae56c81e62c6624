// Where answers stand, and what may stand there.
#pragma once

#include <string>
#include <string_view>

#include "core/instrument.hpp"
#include "core/value.hpp"

namespace duibiao {

/// Where an answer stands. Items and their fields:
///   criterion "3.2.4"  : "score" (number; per layer), "note" (text: 落实情况 in self, the reason in later layers),
///                        "explanation" (text, self: 说明 to a score above its measures)
///                        Of format 2, all per layer: "score" (number), "note" (text), "level" (a label), "na" (text:
///                        why it is not applicable; yes while no reason is given), "count:N" and "amount:N" (number; of
///                        the item's N-th rule), "blank:NAME" (number or text), "tick:NAME" (yes/no), "votes:OPTION"
///                        (number)
///   "foot"             : of format 2, per layer: a remark's id (text), "blank:NAME", "tick:NAME"
///   measure "3.2.2.m1" : "value" (number or yes/no; self)
///   veto "veto.1"      : "set" (yes/no; per layer), "note" (text; per layer)
///   "header"           : a header field's id, "unit", "period" (text; self); of format 2 also "subject" (text) and
///                        "kind" (one of the form's kinds of unit)
///   item of another form: a field's id (its type; self), "note" (text), "explanation" (text, self: 说明 to an answer
///                        that the ledger contradicts)
///   "row.KEY"          : "cells" (text: one row, tabs between its cells; self; cell.hpp), "order" (text: the key among
///                        whose like the row stands, when it was moved; self)
///   "evidence.KEY"     : "cells" (text: a piece of evidence, tabs between the item it is for, name, number, date and
///                        place; self; evidence.hpp). A piece is an answer of its own, not one text with all of an
///                        item's: so two computers of a unit that each add one are merged without a conflict, a
///                        thousand pasted lines meet no limit of a text, and the log says which line was changed. The
///                        item is a cell, so that a piece moves to another one and stays the same piece.
///   "table"            : "none" (yes/no: there is nothing to report, "无"; self)
///   "duties"           : a duty set's id (yes/no: does it bind the unit; nothing is yes; self), "from" (day: periods
///   that
///                        ended before it are not asked for; self)
///   "steps"            : a step's id (yes/no: is it closed; nothing is no; self)
///   "document"         : "state" ("draft", "submitted"; per layer), "explanation", "reason" (custody.hpp), "key",
///                        "signature" (statement.hpp), "altered" (items that are not as they were handed over)
struct Target {
    Layer layer = Layer::self;
    std::string item;
    std::string field;
    friend bool operator==(const Target&, const Target&) = default;
};

/// A target that owns nothing, so that looking an answer up allocates nothing. Targets convert by themselves.
struct TargetRef {
    Layer layer = Layer::self;
    std::string_view item;
    std::string_view field;
    TargetRef(Layer of_layer, std::string_view of_item, std::string_view of_field)
        : layer(of_layer), item(of_item), field(of_field) {}
    TargetRef(const Target& target) : layer(target.layer), item(target.item), field(target.field) {}
};
/// By layer, item and field; the order of the bytes, as everywhere in files.
[[nodiscard]] bool operator<(const TargetRef& a, const TargetRef& b);
struct TargetLess {
    using is_transparent = void;
    bool operator()(const TargetRef& a, const TargetRef& b) const { return a < b; }
};

/// The item of an appraisal's steps.
inline constexpr std::string_view steps_item = "steps";
/// What ids of rows begin with.
inline constexpr std::string_view row_prefix = "row.";
/// Bytes of a row's key.
inline constexpr std::size_t longest_key = 60;
/// Is it "row." and a key? Rows stand in the order of their keys' bytes, or of the keys they were moved to.
[[nodiscard]] bool is_row_id(std::string_view item);
/// Small letters, digits and dashes.
[[nodiscard]] bool is_row_key(std::string_view key);

/// Checks that `value` may stand at `target` of this instrument; cleans texts (text.hpp). Errors (place = item id):
/// "item-unknown" {item}, "field-unknown" {field}, "layer-unknown" {layer}, "score-over" {max}, "score-under",
/// "score-step" {step}, "value-under" (a measure below 0), "number-range", "value-type", "text-long" {limit},
/// "text-encoding", "date-…", "period-format", those of normalise_item_answer, of normalise_cell and normalise_row. An
/// empty text is "nothing".
[[nodiscard]] Result<Value> check_value(const Instrument& instrument, const Target& target, const Value& value);
/// The same where the value stands, so that replaying a log copies no texts. Errors: the same; the value may then be
/// cleaned already.
[[nodiscard]] Done normalise_value(const Instrument& instrument, const TargetRef& target, Value& value);

/// Reads what a user typed or a file says into the type that stands at `target` (check_value included); an empty text
/// is "nothing". Yes and no are what yes_or_no() reads. Errors also: those of Points::parse.
[[nodiscard]] Result<Value> parse_value(const Instrument& instrument, const Target& target, std::string_view text);

}  // namespace duibiao
