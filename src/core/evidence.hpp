// Evidence (佐证材料): what a unit can show for an item of its form. Only told of, by name, number, date and where it
// is kept; no file is part of a document.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.hpp"

namespace duibiao {

/// What ids of evidence begin with.
inline constexpr std::string_view evidence_prefix = "evidence.";
/// Cells of its line: item, name, number, date, place.
inline constexpr std::size_t evidence_cells = 5;

/// One piece. Texts belong to the document it was read from.
struct Evidence {
    std::string_view id;    ///< "evidence.KEY"
    std::string_view item;  ///< criterion that it is for: "3.2.4"
    std::string_view name;
    std::string_view number;  ///< 文号, may be empty
    std::string_view date;    ///< "2026-03-05", "2026-03", may be empty
    std::string_view place;   ///< where it is kept, a link or a file's name; may be empty
};

/// Is it "evidence." and a key?
[[nodiscard]] bool is_evidence_id(std::string_view item);

/// The cells with tabs between them, each on one line.
[[nodiscard]] std::string join_evidence(const Evidence& evidence);
/// The cells of a line; the id stays empty. Cells too many are left out.
[[nodiscard]] Evidence split_evidence(std::string_view line);

/// Checks a line and writes it the one way, cleaned (text.hpp); trailing empty cells are cut off. An empty line stays
/// one. Errors (place empty): "row-columns" {count, expected}, "item-unknown" {item} (no criterion of the form),
/// "evidence-name" (none), "text-long" {limit} (a cell over 200 characters), "text-encoding", "date-…".
[[nodiscard]] Result<std::string> normalise_evidence(const Instrument& instrument, std::string_view line);

/// All of a document's, in the order of the form's criteria, then of their keys. Their places in it, from 1, are the
/// numbers that the annex has.
[[nodiscard]] std::vector<Evidence> evidence_of(const Document& document);

/// The numbers of an item's evidence among all: "7", "1–3"; empty where it has none.
[[nodiscard]] std::string evidence_numbers(const std::vector<Evidence>& all, std::string_view item);

/// An id after those of all evidence that was named so, its own among all sessions. With `ahead` it leaves room for so
/// many that got theirs but were not written yet.
[[nodiscard]] std::string next_evidence_id(const Document& document, const Author& author, std::size_t ahead = 0);

}  // namespace duibiao
