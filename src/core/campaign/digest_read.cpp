// A report's bytes made a digest.
#include <utility>

#include "core/campaign/digest.hpp"
#include "core/campaign/written_log.hpp"
#include "core/limits.hpp"
#include "core/report_parts.hpp"
#include "core/sha256.hpp"

namespace duibiao {
namespace {

/// Nearly every file is byte for byte what the program writes of its log: that is found in one pass, without the log.
std::optional<ReportDigest> digest_written(std::string_view text, const InstrumentFinder& find_instrument,
                                           Outlines& outlines) {
    if (text.size() > limits::report_bytes) return std::nullopt;
    auto report = read_written(text, find_instrument);
    if (!report) return std::nullopt;
    const Document& document = report->log.document;
    if (document.instrument->is_appraisal()) return std::nullopt;     // its rules look into the log
    if (document.instrument->scored != nullptr) return std::nullopt;  // its scores follow from more than the log
    const auto around = report_parts::write_around_log(document, report->identity, report->log.digests);
    if (text.substr(0, report->log.begin) != around.before || text.substr(report->log.end) != around.after)
        return std::nullopt;
    constexpr std::string_view code_begin = R"({"code":")";
    std::string code(text.substr(code_begin.size(), report_parts::code_characters(document)));
    ReportDigest digest =
        make_digest(document, std::move(code), report->identity.version, outlines.of(document.instrument));
    digest.edits = report->log.edits;
    return digest;
}

/// Why a report whose parts do not fit each other is in no sum.
std::optional<Error> first_error(const Findings& findings) {
    for (const Finding& finding : findings) {
        if (finding.severity == Severity::error) return Error{finding.code, finding.item, finding.params};
    }
    return std::nullopt;
}

Result<ReportDigest> digest_any(std::string_view text, const InstrumentFinder& find_instrument, Outlines& outlines) {
    auto report = read_report(text, find_instrument);
    if (!report) return tl::unexpected<Error>(std::move(report.error()));
    if (auto error = first_error(report->findings)) return tl::unexpected<Error>(std::move(*error));
    // Code and version as the file states them: it has just been found to be right.
    const auto json = parse_json(text, limits::report_bytes);
    if (!json) return tl::unexpected<Error>(json.error());
    const Document& document = report->document;
    return make_digest(document, text_member(*json, "code"), text_member((*json)["instrument"], "version"),
                       outlines.of(document.instrument));
}

}  // namespace

Result<ReportDigest> digest_report(std::string_view text, const InstrumentFinder& find_instrument, Outlines& outlines) {
    if (!find_instrument) return fail("instrument-unknown", "/instrument/id");
    auto quick = digest_written(text, find_instrument, outlines);
    Result<ReportDigest> digest = quick ? std::move(*quick) : digest_any(text, find_instrument, outlines);
    if (digest) digest->key = to_hex(sha256(text));
    return digest;
}

}  // namespace duibiao
