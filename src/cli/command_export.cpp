#include "cli/commands.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "exchange/export.hpp"

namespace duibiao::cli {

Exit export_file(Language language, const ExportArguments& arguments) {
    const auto report = load_report(language, arguments.file);
    if (!report) return Exit::unusable;
    const bool altered = complain_about(language, arguments.file, report->findings);
    const std::string content =
        arguments.to == "html" ? write_html(report->document, language) : write_csv(report->document, language);
    return deliver(language, arguments.output, content, "cli.written", {}, altered ? Exit::findings : Exit::done);
}

}  // namespace duibiao::cli
