#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "exchange/fill.hpp"
#include "exchange/messages.hpp"

namespace duibiao::cli {
namespace {

/// Filling in would write new totals and hashes over an altered file and so hide that it was altered.
bool is_sound(Language language, const std::string& path, const LoadedReport& report) {
    if (!complain_about(language, path, report.findings)) return true;
    print_error(language, path, {"report-altered", {}, {}});
    return false;
}

/// Ids that followed from ballots would let them be guessed.
std::string seed_of(const Document& document, const FillArguments& arguments, const InputTable& table) {
    const std::string layer = arguments.layer.empty() ? "self" : arguments.layer;
    std::string seed = document.id + "\n" + layer + "\n" + std::to_string(document.log.size()) + "\n";
    return holds_ballots(document, table.text, table.quoting) ? seed : seed.append(table.text);
}

/// A layer by the form's own name of it; forms of format 1 have three, whether or not they show all. Says which there
/// are where it is none.
std::optional<Layer> layer_named(Language language, const Instrument& form, const std::string& name) {
    if (name.empty()) return Layer::self;
    std::vector<std::string> names;
    for (const Layer layer : layers_of(form)) {
        names.push_back(form.scored == nullptr ? std::string(to_string(layer)) : form.find_layer(layer)->id);
        if (names.back() == name) return layer;
    }
    print_error(language, "--layer", {"option-choice", name, {{"choices", names}}});
    return std::nullopt;
}

}  // namespace

Exit fill(Language language, const FillArguments& arguments) {
    if (arguments.file == standard_stream && arguments.table == standard_stream) {
        print_error(language, standard_stream, {"input-twice", {}, {}});
        return Exit::unusable;
    }
    const auto report = load_report(language, arguments.file);
    if (!report || !is_sound(language, arguments.file, *report)) return Exit::unusable;
    const auto table = read_table(language, arguments.table, report->document);
    if (!table) return Exit::unusable;
    const auto layer = layer_named(language, *report->document.instrument, arguments.layer);
    if (!layer) return Exit::unusable;
    complain_about_clock(language);
    const Author author = new_author(seed_of(report->document, arguments, *table));
    const auto filled = fill_from_csv(report->document, *layer, table->text, author, table->quoting);
    if (!filled) {
        for (const Error& error : filled.error()) print_error(language, table->name, error);
        return Exit::unusable;
    }
    if (filled->serial_dates > 0)
        print_notice(arguments.table,
                     translate(language, "cli.serials", {{"count", std::int64_t{filled->serial_dates}}}));
    return deliver(language, arguments.output, write_report(filled->document),
                   filled->closed.empty() ? "cli.filled" : "cli.filled_closed",
                   {{"changed", static_cast<std::int64_t>(filled->changed)}, {"steps", filled->closed}});
}

}  // namespace duibiao::cli
