// Whether paper that bears a code was printed from a document.
#include <optional>

#include "core/custody.hpp"
#include "core/report.hpp"
#include "core/report_parts.hpp"
#include "core/statement.hpp"
#include "core/take_over.hpp"
#include "core/text.hpp"

namespace duibiao {

namespace {

/// The code alone, of a label too.
std::string plain_code(std::string_view code) {
    std::string plain;
    for (const char c : fold_width(code)) {
        if (c == ' ' || c == '-') continue;
        plain += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return plain.starts_with(report_parts::label_start) ? plain.substr(plain.rfind(':') + 1) : plain;
}

/// Whether a paper of the document as it stood after so many edits bears this code, or this whole hash.
bool has_code(const Document& document, std::size_t edits, std::string_view wanted) {
    const auto end = document.log.begin() + static_cast<std::ptrdiff_t>(edits);
    const auto then = replay(document.instrument, document.id, {document.log.begin(), end});
    if (!then) return false;
    const std::string hash = base32_prefix(report_parts::last_hash(*then), report_parts::whole_hash);
    const bool is_whole = wanted.size() == report_parts::whole_hash && has_signature(*then);
    return wanted ==
           std::string_view(hash).substr(0, is_whole ? report_parts::whole_hash : report_parts::code_characters(*then));
}

/// Before or after a layer went out or came back.
bool is_turn(const Document& document, std::size_t edits) {
    const auto is_state = [](const Edit& edit) {
        return edit.target.item == "document" && edit.target.field == "state";
    };
    if (is_state(document.log[edits - 1])) return true;
    if (edits == document.log.size() || document.log[edits].target.item != "document") return false;
    return document.log[edits].batch != document.log[edits - 1].batch || is_state(document.log[edits]);
}

/// After how many of its edits the document had that code; nothing when it never had.
std::optional<std::size_t> edits_of_code(const Document& document, std::string_view wanted) {
    constexpr std::size_t most_last_edits = 100;
    const std::size_t count = document.log.size();
    for (std::size_t edits = count; edits > 0; --edits) {
        const bool is_last = count - edits <= most_last_edits;
        if ((is_last || is_turn(document, edits)) && has_code(document, edits, wanted)) return edits;
    }
    return std::nullopt;
}

void describe_state(Finding& finding, const Document& document, std::size_t edits) {
    finding.params.insert_or_assign("at", document.log[edits - 1].at.substr(0, 10));
    finding.params.insert_or_assign("edits", static_cast<std::int64_t>(document.log.size() - edits));
}

}  // namespace

Finding check_code(const Document& document, std::string_view code, std::span<const InstrumentPtr> earlier) {
    const std::string wanted = plain_code(code);
    Finding finding;
    finding.document = document.id;
    finding.params = {{"code", wanted}};
    if (const auto edits = edits_of_code(document, wanted)) {
        const bool is_now = *edits == document.log.size();
        finding.code = is_now ? "code-fits" : "code-earlier";
        finding.severity = is_now ? Severity::notice : Severity::warning;
        describe_state(finding, document, *edits);
        return finding;
    }
    for (const InstrumentPtr& form : earlier) {
        if (form->hash == document.instrument->hash) continue;
        const auto then = as_version(document, form);
        const auto edits = then ? edits_of_code(*then, wanted) : std::nullopt;
        if (!edits) continue;
        finding.code = "code-version";
        finding.severity = Severity::warning;
        finding.params.insert_or_assign("version", form->version);
        finding.params.insert_or_assign("now", document.instrument->version);
        describe_state(finding, *then, *edits);
        return finding;
    }
    finding.code = "code-unknown";
    finding.severity = Severity::error;
    return finding;
}

}  // namespace duibiao
