#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/take_over.hpp"
#include "exchange/library.hpp"

namespace duibiao::cli {
namespace {

std::string line(Language language, std::string_view key, const Params& params) {
    return translate(language, key, params) + "\n";
}

/// What the newer version asks anew and no longer asks, and the answers that it has no place for. Values are left out:
/// they may name people.
std::string preview_text(Language language, const Document& document, const TakeOver& taken) {
    std::string text = line(language, "cli.renew.versions",
                            {{"before", document.instrument->version}, {"after", taken.document.instrument->version}});
    if (!taken.added.empty()) text += line(language, "cli.renew.added", {{"labels", taken.added}});
    if (!taken.removed.empty()) text += line(language, "cli.renew.removed", {{"labels", taken.removed}});
    if (!taken.reworded.empty()) text += line(language, "cli.renew.reworded", {{"items", taken.reworded}});
    const auto kept = static_cast<std::int64_t>(taken.document.answers.size() - taken.changed.size());
    text += line(language, "cli.renew.kept", {{"count", kept}});
    for (const Target& target : taken.changed)
        text += line(language, "cli.renew.changed", {{"item", target.item}, {"field", target.field}});
    for (const Target& target : taken.lost)
        text += line(language, "cli.renew.lost", {{"item", target.item}, {"field", target.field}});
    return text;
}

}  // namespace

Exit renew_file(Language language, const RenewArguments& arguments) {
    const auto report = load_report(language, arguments.file);
    if (!report || complain_about(language, arguments.file, report->findings)) return Exit::unusable;
    const Document& document = report->document;
    const InstrumentPtr newest = arguments.form.empty()
                                     ? InstrumentLibrary::shipped().find(std::string_view(document.instrument->id))
                                     : load_form(language, arguments.form);
    if (!newest && !arguments.form.empty()) return Exit::unusable;  // said already
    if (!newest || newest->hash == document.instrument->hash) {
        print_error(language, arguments.file, {"form-newest", {}, {{"version", document.instrument->version}}});
        return Exit::unusable;
    }
    const auto taken = take_over(document, newest);
    if (!taken) {
        print_error(language, arguments.file, taken.error());
        return Exit::unusable;
    }
    const Exit end = taken->lost.empty() ? Exit::done : Exit::findings;
    if (arguments.dry_run) return deliver(language, {}, preview_text(language, document, *taken), {}, {}, end);
    for (const Target& target : taken->lost)
        print_error(language, arguments.file, {"answer-lost", target.item, {{"field", target.field}}});
    return deliver(language, arguments.output, write_report(taken->document), "cli.renewed",
                   {{"version", newest->version}, {"lost", static_cast<std::int64_t>(taken->lost.size())}}, end);
}

}  // namespace duibiao::cli
