#include <algorithm>
#include <array>

#include "core/report.hpp"
#include "exchange/export.hpp"
#include "exchange/workbook/template.hpp"

namespace duibiao {

std::span<const std::string_view> export_formats() {
    static constexpr std::array<std::string_view, 5> formats{"html", "csv", "xlsx", "docx", "ics"};
    return formats;
}

Result<std::string> write_format(const Document& document, Date as_of, std::string_view format, Privacy privacy) {
    if (format == "html") return write_html(document, as_of, privacy);
    if (format == "csv") return write_csv(document, privacy);
    if (format == "xlsx") return write_xlsx(document, as_of, privacy);
    if (format == "docx") return write_docx(document, as_of, privacy);
    if (format == "ics") return write_ics(document, as_of);
    if (format == "template") return write_template(document);
    return fail("format-unknown", std::string(format));
}

Result<NamedFile> protect(NamedFile file, const Protection& protection) {
    if (protection.password.empty()) return file;
    auto locked = lock_file(file, protection.password, protection.seed());
    if (!locked) return tl::unexpected(std::move(locked.error()));
    return NamedFile{locked_name(file.name), *std::move(locked)};
}

namespace {

constexpr std::string_view report_format = "json";

Result<Attachment> attach_protected(const Document& document, std::string_view format, std::string bytes,
                                    const Protection& protection) {
    Attachment plain = attach(document, format, std::move(bytes));
    if (protection.password.empty()) return plain;
    auto file = protect({std::move(plain.name), std::move(plain.bytes)}, protection);
    if (!file) return tl::unexpected(std::move(file.error()));
    return Attachment{std::move(file->name), "application/octet-stream", std::move(file->content)};
}

}  // namespace

Result<std::string> write_draft(const Document& document, Date as_of, std::string_view report, const Draft& draft) {
    const bool is_masked = draft.protection.privacy == Privacy::masked;
    const bool has_report = std::find(draft.formats.begin(), draft.formats.end(), report_format) != draft.formats.end();
    if (is_masked && (has_report || draft.formats.empty())) return fail("mask-report");
    auto to = address_list(draft.to);
    if (!to) return tl::unexpected(std::move(to.error()));
    std::vector<Attachment> attachments;
    for (const std::string& format : draft.formats) {
        auto bytes = format == report_format ? Result<std::string>(std::string(report))
                                             : write_format(document, as_of, format, draft.protection.privacy);
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        auto attachment = attach_protected(document, format, *std::move(bytes), draft.protection);
        if (!attachment) return tl::unexpected(std::move(attachment.error()));
        attachments.push_back(*std::move(attachment));
    }
    return write_eml(document, attachments, {is_masked, !draft.protection.password.empty(), *std::move(to)});
}

}  // namespace duibiao
