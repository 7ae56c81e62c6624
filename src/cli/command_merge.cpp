#include <array>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/merge.hpp"

namespace duibiao::cli {
namespace {

std::string name_of(Language language, const Target& target) {
    return translate(language, "cli.merge.target",
                     {{"layer", std::string(label(language, "print.layer." + std::string(to_string(target.layer))))},
                      {"item", target.item},
                      {"field", target.field}});
}

/// What comes from the other side and what both sides changed. Values are left out: they may name people.
std::string preview_text(Language language, const Document& ours, const Merge& merged) {
    constexpr std::array<const char*, 4> kinds{"merge.added", "merge.changed", "merge.cleared", "merge.conflict"};
    const MergePreview preview = duibiao::preview(ours, merged);
    const auto conflicts = static_cast<std::int64_t>(merged.conflicts.size());
    const auto changed = static_cast<std::int64_t>(preview.changes.size()) - conflicts;
    std::string text = translate(language, "cli.merge.changed", {{"count", changed}}) + "\n" +
                       translate(language, "cli.merge.conflicts", {{"count", conflicts}}) + "\n" +
                       translate(language, "cli.merge.same", {{"count", static_cast<std::int64_t>(preview.same)}}) +
                       "\n";
    for (const MergeChange& change : preview.changes) {
        const std::string kind(label(language, kinds[static_cast<std::size_t>(change.kind)]));
        text += "  " + kind + " " + name_of(language, change.target) + "\n";
    }
    return text;
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
    if (arguments.dry_run) return deliver(language, {}, preview_text(language, ours->document, *merged), {}, {}, end);
    const auto changes = static_cast<std::int64_t>(duibiao::preview(ours->document, *merged).changes.size());
    const auto changed = changes - static_cast<std::int64_t>(merged->conflicts.size());
    const auto conflicts = static_cast<std::int64_t>(merged->conflicts.size());
    return deliver(language, arguments.output, write_report(merged->document), "cli.merged",
                   {{"changed", changed}, {"conflicts", conflicts}}, end);
}

}  // namespace duibiao::cli
