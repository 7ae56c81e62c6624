#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/merge.hpp"

namespace duibiao::cli {
namespace {

/// Where the answers of two documents differ.
std::vector<Target> changed_targets(const Document& before, const Document& after) {
    std::vector<Target> targets;
    for (const auto& [target, value] : after.answers) {
        if (before.answer(target) != value) targets.push_back(target);
    }
    for (const auto& [target, value] : before.answers) {
        if (after.answers.find(target) == after.answers.end()) targets.push_back(target);
    }
    return targets;
}

std::string name_of(Language language, const Target& target) {
    return translate(language, "cli.merge.target",
                     {{"layer", std::string(label(language, "print.layer." + std::string(to_string(target.layer))))},
                      {"item", target.item},
                      {"field", target.field}});
}

/// What comes from the other side, then what both sides changed. Values are left out: they may name people.
std::string preview(Language language, const Document& ours, const Merge& merged) {
    const std::vector<Target> changed = changed_targets(ours, merged.document);
    std::string text = translate(language, "cli.merge.changed", {{"count", static_cast<std::int64_t>(changed.size())}});
    for (const Target& target : changed) text += "\n  " + name_of(language, target);
    text += "\n" +
            translate(language, "cli.merge.conflicts", {{"count", static_cast<std::int64_t>(merged.conflicts.size())}});
    for (const MergeConflict& conflict : merged.conflicts) text += "\n  " + name_of(language, conflict.target);
    return text + "\n";
}

std::optional<LoadedReport> load_sound(Language language, const std::string& path) {
    auto report = load_report(language, path);
    if (!report || !complain_about(language, path, report->findings)) return report;
    print_error(language, path, {"report-altered", {}, {}});
    return std::nullopt;
}

}  // namespace

Exit merge_files(Language language, const MergeArguments& arguments) {
    if (arguments.first == standard_stream && arguments.second == standard_stream) {
        print_error(language, standard_stream, {"input-twice", {}, {}});
        return Exit::unusable;
    }
    const auto ours = load_sound(language, arguments.first);
    const auto theirs = ours ? load_sound(language, arguments.second) : std::nullopt;
    if (!ours || !theirs) return Exit::unusable;
    const auto merged = duibiao::merge(ours->document, theirs->document);
    if (!merged) {
        print_error(language, arguments.second, merged.error());
        return Exit::unusable;
    }
    for (const MergeConflict& conflict : merged->conflicts)
        print_error(language, arguments.second, {"merge-conflict", name_of(language, conflict.target), {}});
    const Exit end = merged->conflicts.empty() ? Exit::done : Exit::findings;
    if (arguments.dry_run) return deliver(language, {}, preview(language, ours->document, *merged), {}, {}, end);
    const auto changed = static_cast<std::int64_t>(changed_targets(ours->document, merged->document).size());
    const auto conflicts = static_cast<std::int64_t>(merged->conflicts.size());
    return deliver(language, arguments.output, write_report(merged->document), "cli.merged",
                   {{"changed", changed}, {"conflicts", conflicts}}, end);
}

}  // namespace duibiao::cli
