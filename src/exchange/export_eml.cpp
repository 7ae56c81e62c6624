// A draft of an e-mail (RFC 5322, MIME) that a mail program opens for sending.
#include <array>

#include "core/report.hpp"
#include "core/rows.hpp"
#include "core/sha256.hpp"
#include "core/tally.hpp"
#include "exchange/export.hpp"
#include "exchange/layout.hpp"
#include "exchange/mail_encoding.hpp"

namespace duibiao {
namespace {

/// The last edit, so that the same report gives the same draft.
std::string date_line(const Document& document) {
    constexpr std::size_t clock_at = 11;
    constexpr std::size_t clock_length = 8;
    if (document.log.empty()) return {};
    return date_header(last_day_of(document), document.log.back().at.substr(clock_at, clock_length));
}

bool is_answered(const Document& document, const Criterion& item) {
    for (const AnswerField& field : item.fields) {
        const Value& value = document.answer(TargetRef{Layer::self, item.id, field.id});
        if (!std::holds_alternative<std::monostate>(value)) return true;
    }
    return false;
}

/// What was reached, in figures alone: the points of each layer, how many items are answered, how many rows there are.
std::string figures(const Document& document) {
    const Instrument& form = *document.instrument;
    const Language language = language_of(form);
    std::string text;
    const auto add = [&](std::string_view key, const Params& params) {
        text += translate(language, key, params) + "\n";
    };
    if (form.is_scored()) {
        const Tally sums = tally(document);
        for (const LayerLabel& layer : form.layers) {
            const Sum& sum = sums.layers[index_of(layer.layer)];
            if (sum.scored == 0) continue;
            add("eml.layer", {{"layer", layer.short_label},
                              {"score", sum.score.to_string()},
                              {"scored", static_cast<std::int64_t>(sum.scored)},
                              {"of", static_cast<std::int64_t>(sum.of)}});
        }
        if (sums.veto) add("eml.verdict", {{"verdict", sums.verdict}});
    } else if (form.has_items()) {
        std::int64_t answered = 0;
        for (const Instrument::Place& place : form.order) answered += is_answered(document, form.criterion(place));
        add("eml.items", {{"answered", answered}, {"of", static_cast<std::int64_t>(form.order.size())}});
    }
    if (form.has_rows()) add("eml.rows", {{"count", static_cast<std::int64_t>(rows_of(document).size())}});
    return text;
}

Params names_of(const Document& document) {
    return {{"unit", std::string(document.unit())},
            {"title", document.instrument->title},
            {"period", period_title(language_of(*document.instrument), document.period())},
            {"figures", figures(document)},
            {"code", paper_code(document)}};
}

std::string body_text(const Document& document, const std::vector<Attachment>& attachments, const DraftWords& words) {
    std::vector<std::string> names;
    names.reserve(attachments.size());
    for (const Attachment& attachment : attachments) names.push_back(attachment.name);
    const Language language = language_of(*document.instrument);
    Params params = names_of(document);
    params.emplace("files", names);
    std::string text = translate(language, "eml.body", params);
    if (words.masked) text += translate(language, "eml.masked") + "\n";
    if (words.locked) text += translate(language, "eml.locked") + "\n";
    return text;
}

std::string subject_text(const Document& document) {
    const Language language = language_of(*document.instrument);
    return translate(language, "eml.subject",
                     {{"unit", std::string(document.unit())},
                      {"title", document.instrument->short_title},
                      {"period", period_title(language_of(*document.instrument), document.period())}});
}

std::string part(std::string_view boundary, std::string_view headers, std::string_view bytes) {
    return "--" + std::string(boundary) + "\r\n" + std::string(headers) +
           "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(bytes);
}

std::string_view type_of(std::string_view format) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{
        {{"json", "application/json"},
         {"html", "text/html"},
         {"csv", "text/csv"},
         {"ics", "text/calendar"},
         {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
         {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}}};
    for (const auto& [name, type] : types) {
        if (name == format) return type;
    }
    return "application/octet-stream";
}

}  // namespace

Attachment attach(const Document& document, std::string_view format, std::string bytes) {
    return {suggest_file_name(document, format), std::string(type_of(format)), std::move(bytes)};
}

MailText mail_text(const Document& document) {
    const Language language = language_of(*document.instrument);
    return {subject_text(document), translate(language, "eml.text", names_of(document))};
}

std::string write_eml(const Document& document, const std::vector<Attachment>& attachments, const DraftWords& words) {
    const std::string text = with_mail_line_ends(body_text(document, attachments, words));
    std::string all = text;
    for (const Attachment& attachment : attachments) all += attachment.bytes;
    constexpr std::size_t boundary_digits = 32;
    const std::string boundary = "duibiao-" + to_hex(sha256(all)).substr(0, boundary_digits);
    std::string out = "X-Unsent: 1\r\n" + date_line(document) + address_header("To", words.to) +
                      header_line("Subject", subject_text(document)) +
                      "MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    out += part(boundary, "Content-Type: text/plain; charset=UTF-8", text);
    for (const Attachment& attachment : attachments) {
        out += part(boundary,
                    "Content-Type: " + attachment.type + parameter("name", attachment.name) +
                        "\r\nContent-Disposition: attachment" + parameter("filename", attachment.name),
                    attachment.bytes);
    }
    return out + "--" + boundary + "--\r\n";
}

}  // namespace duibiao
