// A document: one unit's answers to one instrument for one period, as a log of edits.
//
// One log, four uses: undo and redo append the inverse; autosave appends to storage; the audit trail reads who, when,
// before and after; merge unites two logs by edit id.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/instrument.hpp"
#include "core/value.hpp"

namespace duibiao {

/// Where an answer stands. Items and their fields:
///   criterion "3.2.4"  : "score" (number; per layer), "note" (text: 落实情况 in self, the reason in later layers),
///                        "explanation" (text, self: 说明 to a score above its measures)
///   measure "3.2.2.m1" : "value" (number or yes/no; self)
///   veto "veto.1"      : "set" (yes/no; per layer), "note" (text; per layer)
///   "header"           : a header field's id, "unit", "period" (text; self)
///   item of another form: a field's id (its type; self), "note" (text), "explanation" (text, self: 说明 to an answer
///                        that the ledger contradicts)
///   "row.KEY"          : "cells" (text: one row, tabs between its cells; self; cell.hpp)
///   "duties"           : a duty set's id (yes/no: does it bind the unit; nothing is yes; self)
///   "document"         : "state" ("draft", "submitted"; per layer)
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

enum class EditKind : std::uint8_t { change, undo, redo };

/// One line of the log.
struct Edit {
    std::string id;  ///< unique among all machines: "<session>-<n>"
    std::string at;  ///< instant, "2026-11-21T06:03:34Z"
    std::string by;  ///< who, may be empty
    EditKind kind = EditKind::change;
    std::string batch;    ///< edits of one user action share a batch and are undone together
    std::string reverts;  ///< undo, redo: the batch taken back or done again
    Target target;
    Value before;
    Value after;
    friend bool operator==(const Edit&, const Edit&) = default;
};

/// Unset answers are not stored.
using Answers = std::map<Target, Value, TargetLess>;

struct Document {
    std::string id;
    InstrumentPtr instrument;
    std::vector<Edit> log;
    Answers answers;  ///< always equal to the log replayed

    [[nodiscard]] const Value& answer(const TargetRef& target) const;
    [[nodiscard]] std::optional<Points> score(Layer layer, std::string_view criterion_id) const;
    /// Empty when unset.
    [[nodiscard]] std::string_view text(Layer layer, std::string_view item, std::string_view field) const;
    [[nodiscard]] bool flag(Layer layer, std::string_view item, std::string_view field) const;
    [[nodiscard]] std::string_view unit() const { return text(Layer::self, "header", "unit"); }
    [[nodiscard]] std::string_view period() const { return text(Layer::self, "header", "period"); }
};

/// Where new edits get their identity from. `session` is random per opened document and machine.
struct Author {
    std::string session;
    std::string by;
    std::string at;  ///< now, as the caller's clock says
};

/// An empty document with its unit and period written as the first two edits (batch "new", which undo leaves alone).
/// Errors: "unit-empty", "text-long", "period-format", "instant-format".
[[nodiscard]] Result<Document> new_document(InstrumentPtr instrument, std::string id, std::string_view unit,
                                            std::string_view period, const Author& author);

/// The document whose log this is; what reports and storage are opened with. Errors: those of apply(), with the place
/// as a JSON pointer into the log ("/log/12/after").
[[nodiscard]] Result<Document> replay(InstrumentPtr instrument, std::string id, std::vector<Edit> log);

/// Checks that `value` may stand at `target` of this instrument; cleans texts (text.hpp). Errors (place = item id):
/// "item-unknown" {item}, "field-unknown" {field}, "layer-unknown" {layer}, "score-over" {max}, "score-under",
/// "score-step" {step}, "value-under" (a measure below 0), "number-range", "value-type", "text-long" {limit},
/// "text-encoding", "date-…", "period-format", those of normalise_cell and normalise_row. An empty text is "nothing".
[[nodiscard]] Result<Value> check_value(const Instrument& instrument, const Target& target, const Value& value);

/// Reads what a user typed or a file says into the type that stands at `target` (check_value included); an empty text
/// is "nothing". Yes and no are what yes_or_no() reads. Errors also: those of Points::parse.
[[nodiscard]] Result<Value> parse_value(const Instrument& instrument, const Target& target, std::string_view text);

/// Makes the next edit of the document for a user action, without applying it. Errors: those of check_value.
/// With `ahead` it follows so many edits that were made but not applied yet.
[[nodiscard]] Result<Edit> make_edit(const Document& document, const Author& author, const Target& target,
                                     const Value& value, std::string batch, std::size_t ahead = 0);

/// Appends a checked edit to the log and updates the answers; on an error nothing is changed. Errors: "edit-doubled"
/// {id}, "edit-id" (no id; an undo or redo that names no batch; over 200 bytes), "instant-format", "log-long" {limit},
/// and whatever check_value refuses, in `before` as in `after`.
[[nodiscard]] Done apply(Document& document, Edit edit);

/// Appends many edits, all or none: in the time that reading a log takes, where apply() for each looks for its id in
/// the whole log. Errors: those of apply().
[[nodiscard]] Done apply_all(Document& document, std::vector<Edit> edits);

/// Typing in one field is one edit: when the log's last edit has the same target, kind `change` and batch as `edit`,
/// its `after` and `at` are replaced and its id kept; else as apply(). Returns the log index written.
[[nodiscard]] Result<std::size_t> apply_typing(Document& document, Edit edit);

/// The edits that would take back the newest user action not yet taken back, or do the newest taken-back one again;
/// empty when there is none. Derived from the log alone, so it survives reload. Apply them in order.
[[nodiscard]] std::vector<Edit> make_undo(const Document& document, const Author& author);
[[nodiscard]] std::vector<Edit> make_redo(const Document& document, const Author& author);
[[nodiscard]] bool can_undo(const Document& document);
[[nodiscard]] bool can_redo(const Document& document);

struct MergeConflict {
    Target target;
    Value ours;
    Value theirs;
};
struct Merge {
    Document document;
    std::vector<MergeConflict> conflicts;  ///< targets changed on both sides to different values; the later edit stands
};
/// Unites two logs of the same document by edit id; a shared prefix is kept, the rest ordered by (at, id); where one
/// side only went on from the other, its log stands as it is. Of one edit in two states (typing went on after a copy
/// was made) the later stands. Commutative and idempotent. Errors: "merge-other-document", those of replay().
[[nodiscard]] Result<Merge> merge(const Document& ours, const Document& theirs);

}  // namespace duibiao
