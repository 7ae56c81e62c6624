// A document: one unit's answers to one instrument for one period, as a log of edits.
//
// One log, four uses: undo and redo append the inverse; autosave appends to storage; the audit trail reads who, when,
// before and after; merge unites two logs by edit id.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/answer.hpp"
#include "core/instrument.hpp"
#include "core/value.hpp"

namespace duibiao {

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
    /// Scores that follow from other answers of their item (evaluate/derive.hpp), whether or not one was typed. In no
    /// log and no file; none in forms of format 1.
    std::map<Target, Points, TargetLess> derived;

    [[nodiscard]] const Value& answer(const TargetRef& target) const;
    /// As it was typed, or else as it follows from the item's other answers (to hundredths).
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

/// The batch of the edits that a document begins with.
inline constexpr std::string_view creation_batch = "new";

/// An empty document with its unit and period written as the first two edits (batch `creation_batch`, which undo leaves
/// alone). Errors: "unit-empty", "text-long", "period-format", "instant-format".
[[nodiscard]] Result<Document> new_document(InstrumentPtr instrument, std::string id, std::string_view unit,
                                            std::string_view period, const Author& author);

/// The document whose log this is; what reports and storage are opened with. Errors: those of apply(), with the place
/// as a JSON pointer into the log ("/log/12/after").
[[nodiscard]] Result<Document> replay(InstrumentPtr instrument, std::string id, std::vector<Edit> log);

/// Id of the document's next edit, or of the one that follows `ahead` edits made but not applied yet. The log only
/// grows, and every edit of a session gets the log's next number: so the id is free.
[[nodiscard]] std::string next_edit_id(const Document& document, const Author& author, std::size_t ahead = 0);

/// Instant of the document's next edit: the author's clock, but never before the last edit, and a second after it where
/// another session wrote it. So the order (at, id) never contradicts who saw what, whatever a clock was set to, and
/// united logs come out the same wherever they are united.
[[nodiscard]] std::string next_instant(const Document& document, const Author& author);

/// Makes the next edit of the document for a user action, without applying it. Errors: those of check_value, and those
/// of check_custody (custody.hpp) and check_open (appraisal.hpp), which bind users alone: a log may hold steps in any
/// order.
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

}  // namespace duibiao
