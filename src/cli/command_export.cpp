#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "exchange/export.hpp"

namespace duibiao::cli {
namespace {

Result<std::string> write_as(const std::string& format, const Document& document, Language language) {
    if (format == "html") return write_html(document, language, today());
    if (format == "ics") return write_ics(document, language, today());
    return write_csv(document, language);
}

}  // namespace

Exit export_file(Language language, const ExportArguments& arguments) {
    const auto report = load_report(language, arguments.file);
    if (!report) return Exit::unusable;
    const bool altered = complain_about(language, arguments.file, report->findings);
    const auto content = write_as(arguments.to, report->document, language);
    if (!content) {
        print_error(language, arguments.file, content.error());
        return Exit::unusable;
    }
    return deliver(language, arguments.output, *content, "cli.written", {}, altered ? Exit::findings : Exit::done);
}

}  // namespace duibiao::cli
