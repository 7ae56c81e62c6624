// The partial (汇总件): the digests of any number of reports as lines of JSON. It travels upward like a report.
//
//   {"format":"duibiao-partial","version":1}
//   {"form":{…}}            the outlines of the forms, by hash
//   {"digest":{…}}          a report each, by key
//   {"rejected":{…}}        a file that cannot be used each, by key
//   {"hash":HEX}            SHA-256 of everything before this line
//
// Of forms of format 2 the outline has "arithmetic" (scorers, grades, quotas) and the digest "given": what the form's
// own arithmetic gives, with exact totals as fractions ("271/3"). Partials without them are read as they always were.
//
// A partial is a set: uniting partials unites the sets, so order, repetition and grouping change nothing, and a partial
// of partials is one. Every line is canonical JSON with a final line feed. What became of a report (counted,
// superseded, …) stands in no partial: it follows from all reports together, and is found when a roll-up is made.
#pragma once

#include <string>
#include <string_view>

#include "core/campaign/digest.hpp"

namespace duibiao {

inline constexpr std::string_view partial_head = R"({"format":"duibiao-partial","version":1})";

/// One line each, without its line feed.
[[nodiscard]] std::string write_form_line(const FormOutline& form);
[[nodiscard]] std::string write_digest_line(const ReportDigest& digest);
[[nodiscard]] std::string write_rejected_line(const RejectedFile& file);
[[nodiscard]] std::string write_hash_line(const std::string& hex);

enum class PartialLine : std::uint8_t { none, head, form, digest, rejected, hash };
/// By its first characters.
[[nodiscard]] PartialLine kind_of_line(std::string_view line);
/// A file that begins as a partial, of any version.
[[nodiscard]] bool is_partial(std::string_view text);

/// Errors of all: those of parse_json, "partial-line" {field} (a member is missing or of the wrong type), and
/// "partial-form" (a digest whose form's line did not come before).
[[nodiscard]] Result<FormOutline> read_form_line(std::string_view line);
[[nodiscard]] Result<ReportDigest> read_digest_line(std::string_view line, const OutlineFinder& find_form);
[[nodiscard]] Result<RejectedFile> read_rejected_line(std::string_view line);

/// The lines of a whole partial between head and hash, once its hash fits. Errors: "partial-version" {version},
/// "partial-altered" (the hash does not fit), "json-cut" (no hash at the end).
[[nodiscard]] Result<std::string_view> open_partial(std::string_view text);

}  // namespace duibiao
