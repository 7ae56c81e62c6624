#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/form_outline.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/json.hpp"
#include "core/limits.hpp"
#include "core/scored_form/check_form.hpp"
#include "exchange/form_mistakes.hpp"

namespace duibiao::cli {
namespace {

/// Mistakes and warnings of one file; its place in words is the place of the line.
FormReport report_form(Language language, const std::string& path) {
    auto text = read_input(path, limits::instrument_bytes);
    if (!text) {
        print_error(language, path, text.error());
        FormReport unread;
        unread.mistakes.push_back(text.error());
        return unread;
    }
    FormReport report = check_form(*text);
    print_mistakes(language, path, *text, report);
    return report;
}

Exit check_forms(Language language, const FormArguments& arguments) {
    Exit exit = Exit::done;
    std::string out;
    for (const std::string& path : arguments.files) {
        const FormReport report = report_form(language, path);
        if (report.form == nullptr) {
            exit = Exit::findings;
            continue;
        }
        out += translate(language, "cli.form.right",
                         {{"file", printable(path)},
                          {"title", report.form->title},
                          {"items", static_cast<std::int64_t>(report.form->order.size())},
                          {"points", report.form->points.to_string()},
                          {"warnings", static_cast<std::int64_t>(report.warnings.size())}}) +
               "\n";
    }
    return deliver(language, {}, out, {}, {}, exit);
}

Exit show_form(Language language, const FormArguments& arguments) {
    const InstrumentPtr form = load_form(language, arguments.files.front());
    if (form == nullptr) return Exit::unusable;
    if (arguments.format == "json") return deliver(language, form_outline(*form));
    return deliver(language, {}, form_outline_words(language, *form));
}

}  // namespace

Exit work_on_form(Language language, const FormArguments& arguments) {
    if (arguments.action == "import") return import_form(language, arguments);
    return arguments.action == "check" ? check_forms(language, arguments) : show_form(language, arguments);
}

}  // namespace duibiao::cli
