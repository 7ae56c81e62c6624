#include <array>

#include "core/report.hpp"
#include "exchange/export.hpp"

namespace duibiao {

std::span<const std::string_view> export_formats() {
    static constexpr std::array<std::string_view, 5> formats{"html", "csv", "xlsx", "docx", "ics"};
    return formats;
}

Result<std::string> write_format(const Document& document, Language language, Date as_of, std::string_view format) {
    if (format == "html") return write_html(document, language, as_of);
    if (format == "csv") return write_csv(document, language);
    if (format == "xlsx") return write_xlsx(document, language, as_of);
    if (format == "docx") return write_docx(document, language, as_of);
    if (format == "ics") return write_ics(document, language, as_of);
    return fail("format-unknown", std::string(format));
}

Result<std::string> write_draft(const Document& document, Language language, Date as_of, std::string_view report,
                                std::span<const std::string> formats) {
    std::vector<Attachment> attachments{attach(document, "json", std::string(report))};
    for (const std::string& format : formats) {
        auto bytes = write_format(document, language, as_of, format);
        if (!bytes) return tl::unexpected(std::move(bytes.error()));
        attachments.push_back(attach(document, format, *std::move(bytes)));
    }
    return write_eml(document, language, attachments);
}

}  // namespace duibiao
