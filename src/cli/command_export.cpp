#include <algorithm>

#include "cli/commands.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "exchange/export.hpp"

namespace duibiao::cli {
namespace {

constexpr std::string_view draft = "eml";

/// "docx,xlsx" as its parts, each a known format.
Result<std::vector<std::string>> read_formats(std::string_view list) {
    std::vector<std::string> formats;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(','), list.size());
        const std::string_view format = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (std::ranges::find(export_formats(), format) == export_formats().end())
            return fail("format-unknown", printable(format));
        if (std::ranges::find(formats, format) == formats.end()) formats.emplace_back(format);
    }
    return formats;
}

/// Only a Word form can be filled; only of it is there a match to show.
bool check_into(Language language, const ExportArguments& arguments) {
    const bool has_more = arguments.dry_run || !arguments.skip.empty() || arguments.format != "text";
    const bool fits = arguments.into.empty() ? !has_more : arguments.to == "docx";
    if (!fits) print_error(language, "--into", {"into-alone", {}, {}});
    return fits;
}

}  // namespace

Exit export_file(Language language, const ExportArguments& arguments) {
    const auto formats = read_formats(arguments.attach);
    if (!formats || (!formats->empty() && arguments.to != draft)) {
        print_error(language, "--attach", formats ? Error{"attach-alone", {}, {}} : formats.error());
        return Exit::unusable;
    }
    if (!check_into(language, arguments)) return Exit::unusable;
    std::string bytes;
    const auto report = load_report(language, arguments.file, bytes);
    if (!report) return Exit::unusable;
    const bool altered = complain_about(language, arguments.file, report->findings);
    if (!arguments.into.empty()) {
        const Exit exit = fill_given_form(language, arguments, report->document);
        return exit == Exit::done && altered ? Exit::findings : exit;
    }
    const auto content = arguments.to == draft ? write_draft(report->document, language, today(), bytes, *formats)
                                               : write_format(report->document, language, today(), arguments.to);
    if (!content) {
        print_error(language, arguments.file, content.error());
        return Exit::unusable;
    }
    return deliver(language, arguments.output, *content, "cli.written", {}, altered ? Exit::findings : Exit::done);
}

}  // namespace duibiao::cli
