// What the files that make up the report share. For them alone; the contract is core/report.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.hpp"
#include "core/report.hpp"
#include "core/sha256.hpp"
#include "core/tally.hpp"

namespace duibiao::report_parts {

inline constexpr std::string_view format_name = "duibiao-report";
inline constexpr std::array<std::string_view, 3> edit_kinds{"change", "undo", "redo"};
/// How many characters of the last hash a document's short code has.
[[nodiscard]] std::size_t code_characters(const Document& document);

/// Of the last layer, as write_report() writes it: report_write.cpp.
[[nodiscard]] Digest last_hash(const Document& document);
inline constexpr std::size_t whole_hash = 52;  ///< base32 characters of 256 bits
inline constexpr std::string_view label_start = "DUIBIAO:";

using Identity = FormIdentity;

/// One line of clean text, not empty, under the limit of names: report_read.cpp.
[[nodiscard]] bool is_document_id(std::string_view id);

/// The report of `document` as the form of `identity`: report_write.cpp.
[[nodiscard]] std::string write_as(const Document& document, const Identity& identity);
/// The same without its log, which is written already: what stands before its "[" and behind its "]". `log_digests` as
/// the layers' hashes cover it: SHA-256 (hex) over the array of each layer's own edits, empty where it has none.
struct AroundLog {
    std::string before;
    std::string after;
};
[[nodiscard]] AroundLog write_around_log(const Document& document, const Identity& identity,
                                         const PerLayer<std::string>& log_digests);
/// Files of the first program hashed the answers alone.
enum class Hashed : std::uint8_t { with_log, without_log };
using LayerDigests = PerLayer<Digest>;
/// The hash of each layer over a given hash before it.
[[nodiscard]] LayerDigests layer_digests(const Document& document, const Identity& identity, const Tally& totals,
                                         const PerLayer<std::string>& previous, Hashed hashed);

/// What is needed of a report to write it again.
struct ScannedReport {
    Value version;
    Identity identity;
    std::string document_id;
    std::string_view form;  ///< its definition; empty where the file has none
    std::vector<Edit> log;
};
/// Reads a report that the program wrote itself, quickly, looking only at what write_as() needs: report_scan.cpp. Says
/// nothing about the rest of the file, and nothing at all about files it does not understand: who does not know that
/// the program wrote the file writes the result again and compares it with the file, byte for byte.
[[nodiscard]] std::optional<ScannedReport> scan(std::string_view text);

/// Findings where a report differs from what its log says: report_compare.cpp. Errors: "field-missing", "field-type",
/// "field-unknown" where the file has not the shape of a report.
[[nodiscard]] Result<Findings> compare(const Json& stated, const Document& document, const Identity& identity);

/// Whether a member has to be there.
enum class Presence : std::uint8_t { required, optional };

/// Errors with a JSON pointer to a member, or to `parent` itself where `key` is empty.
[[nodiscard]] tl::unexpected<Error> missing(std::string_view parent, std::string_view key);
[[nodiscard]] tl::unexpected<Error> wrong_type(std::string_view parent, std::string_view key);
[[nodiscard]] tl::unexpected<Error> unknown_member(std::string_view parent, std::string_view key);

}  // namespace duibiao::report_parts
