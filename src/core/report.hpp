// The report (报送件): the exported, hashed file that travels by e-mail or USB.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/check.hpp"
#include "core/document.hpp"

namespace duibiao {

/// The newest that is read. Files have version 1 until a layer is handed over with a signature, which programs of
/// version 1 do not know; version 3 where their form is in them.
inline constexpr int report_format_version = 3;

/// Canonical JSON (RFC 8785) with a final line feed; byte-identical on every platform. Layout:
/// {"format":"duibiao-report","version":1, 2 or 3,"document":ID,
///  "instrument":{"id","version","hash"},"unit","period",
///  "header":{FIELD:VALUE},"measures":{ID:VALUE},
///  "layers":[{"id":"self","state","answers":{ITEM:{"score","note","explanation"}},"veto":{ID:{"set","note"}},
///             "totals":{"score","scored","of","sections":{ID:{"score","scored"}}},"previous":HEX,"hash":HEX},…],
///  "form":DEFINITION (of format 2 only),
///  "log":[{"id","at","by","kind","batch","reverts","layer","item","field","before","after"},…],"code":SHORT}
/// `hash` of a layer is SHA-256 over the canonical JSON of the layer without "hash", with "document", "instrument",
/// "unit", "period", (and for self "header", "measures") added, and "log": SHA-256 over the array of the layer's own
/// edits, left out where it has none, so that nobody's history changes unseen; `previous` is the hash of the layer
/// before it ("" for the first). All three layers are always present. Unset members are left out; kind "change" and
/// empty strings too (but never "previous"). "header" holds the form's own header fields, not "unit" and "period". JSON
/// Schema: assets/schema/report.schema.json.
[[nodiscard]] std::string write_report(const Document& document);

/// Base32 characters of the last layer's hash: printed on paper so that a stamped scan can be checked against its file.
/// Sixteen (80 bits) once a layer was handed over with a signature; ten before, as the program did that knew none.
[[nodiscard]] std::string short_code(const Document& document);
/// As people read it: sixteen characters in groups of four, "ABCD-EFGH-IJKL-MNOP"; ten as they are.
[[nodiscard]] std::string paper_code(const Document& document);

/// What the QR code on every page says, so that a phone or a scanner finds the file that belongs to the paper:
/// "DUIBIAO:1:JILIN-COMMITTEE:2026:R2:ABCDE23456": the label's version, the form, the period, how often a layer was
/// handed over in all, and the short code. With a signature the version is 2, and all 52 characters of the hash stand
/// there. Capitals, digits and -.:/ only, which QR codes hold densely. Neither
/// a person nor the unit is named: who finds the paper learns no more from it than is printed there in letters.
[[nodiscard]] std::string paper_label(const Document& document);

/// Whether paper that bears `code` was printed from this document: "code-fits" (notice; as it stands), "code-earlier"
/// {at, edits} (warning; from an earlier state: as a layer was handed over, or before one of the last 100 edits;
/// `edits` were made since), "code-unknown" (error). Case, blanks and hyphens in `code` do not matter; a whole
/// paper_label(), as scanners type it, counts by its code, or by the whole hash. A state with a signature is not found
/// by ten characters: they would be too few. With other versions of the form also "code-version" {version, now, at,
/// edits} (warning; printed before the document was taken over from that one).
[[nodiscard]] Finding check_code(const Document& document, std::string_view code,
                                 std::span<const InstrumentPtr> earlier = {});

struct LoadedReport {
    Document document;  ///< answers are the replayed log
    Findings findings;  ///< what does not fit, all of severity error but the last:
                        ///< "total-mismatch" {place, stated, computed}: a total differs from its criteria;
                        ///< "layer-altered" {layer}: an answer differs from the log ({stated, computed}; `item` and
                        ///< `field` name it), or, with no item, the layer's hash does not fit;
                        ///< "code-mismatch" {stated, computed}; "instrument-changed" {id} (no known version
                        ///< of the form has the hash); "form-unfit" {id} (warning; the form in the file is
                        ///< not the one that the file names, and was not used)
};

/// Which version of which form a report says it was filled with.
struct FormIdentity {
    std::string id;
    std::string version;
    std::string hash;
};

/// Finds the form of that id: the version of that hash where one is known, else the newest; null when there is none of
/// that id.
using InstrumentFinder = std::function<InstrumentPtr(const FormIdentity& wanted)>;

/// Reads a report. Totals and hashes in the file are recomputed: a mismatch is a finding, never trusted, never
/// silently repaired. The form is the version that the file names: the finder's, else the one in the file, else the
/// finder's newest. Errors: those of parse_json, "not-a-report", "report-version" {version} (made by a newer
/// program), "instrument-unknown" {id}, "field-missing" {field}, "field-type" {field}, "field-unknown" {item, field},
/// and those of apply(), all with the place as JSON pointer.
[[nodiscard]] Result<LoadedReport> read_report(std::string_view text, const InstrumentFinder& find_instrument);

/// The same for what write_report() wrote and a checksum shows to be unchanged since, as storage keeps it: of that only
/// the log is read. Where it does not look so, or was written of another state of the form, it is read like any file.
[[nodiscard]] Result<LoadedReport> read_stored_report(std::string_view text, const InstrumentFinder& find_instrument);

/// One edit as one line of canonical JSON, as autosave appends it, and back. Errors as read_report.
[[nodiscard]] std::string write_edit(const Edit& edit);
[[nodiscard]] Result<Edit> read_edit(std::string_view text);

}  // namespace duibiao
