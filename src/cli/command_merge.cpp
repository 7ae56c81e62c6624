#include <array>
#include <map>

#include "cli/commands.hpp"
#include "cli/files.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/custody.hpp"
#include "core/evidence.hpp"
#include "core/merge.hpp"
#include "core/rows.hpp"
#include "exchange/signature.hpp"

namespace duibiao::cli {
namespace {

/// Names of what differs: "自评 3.2.4 score", "自评第 3 行". Rows count as they stand in the merged table.
class Names {
public:
    Names(Language language, const Document& merged) : language_(language) {
        for (const RowView& row : rows_of(merged)) rows_.emplace(row.id, static_cast<std::int64_t>(rows_.size()) + 1);
    }

    [[nodiscard]] std::string of(const Target& target) const {
        const std::string layer(label(language_, "print.layer." + std::string(to_string(target.layer))));
        if (is_row_id(target.item))
            return translate(language_, "cli.merge.row", {{"layer", layer}, {"row", row_words(target.item)}});
        if (is_evidence_id(target.item)) return layer + std::string(label(language_, "evidence.annex"));
        return translate(language_, "cli.merge.target",
                         {{"layer", layer}, {"item", target.item}, {"field", target.field}});
    }

private:
    [[nodiscard]] std::string row_words(const std::string& id) const {
        const auto at = rows_.find(id);
        return at == rows_.end() ? translate(language_, "row.unnumbered")
                                 : translate(language_, "row.number", {{"row", at->second}});
    }

    Language language_;
    std::map<std::string, std::int64_t, std::less<>> rows_;
};

/// What comes from the other side and what both sides changed. Values are left out: they may name people.
std::string preview_text(Language language, const Names& names, const Document& ours, const Merge& merged) {
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
        text += "  " + kind + " " + names.of(change.target) + "\n";
    }
    return text;
}

/// What stands against custody, or over a signed layer without a signature, whichever file it is from.
std::vector<Rewriting> find_intruding(const Document& ours, const Document& theirs, const Merge& merged) {
    std::vector<Rewriting> found = merged.intruding;
    if (found.empty() && !written_while_locked(merged.document).empty()) {
        if (auto other = merge(theirs, ours)) found = std::move(other->intruding);
    }
    for (const Document* side : {&ours, &theirs}) {
        if (found.empty()) found = find_unsigned(*side, merged.document);
    }
    return found;
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
    if (const auto intruding = find_intruding(ours->document, theirs->document, *merged); !intruding.empty()) {
        const auto count = static_cast<std::int64_t>(intruding.size());
        print_error(language, arguments.second,
                    {"merge-rewritten", intruding.front().target().item, {{"count", count}}});
        return Exit::unusable;
    }
    const Names names(language, merged->document);
    for (const MergeConflict& conflict : merged->conflicts)
        print_error(language, arguments.second, {"merge-conflict", names.of(conflict.target), {}});
    const Exit end = merged->conflicts.empty() ? Exit::done : Exit::findings;
    if (arguments.dry_run)
        return deliver(language, {}, preview_text(language, names, ours->document, *merged), {}, {}, end);
    const auto changes = static_cast<std::int64_t>(duibiao::preview(ours->document, *merged).changes.size());
    const auto changed = changes - static_cast<std::int64_t>(merged->conflicts.size());
    const auto conflicts = static_cast<std::int64_t>(merged->conflicts.size());
    return deliver(language, arguments.output, write_report(merged->document), "cli.merged",
                   {{"changed", changed}, {"conflicts", conflicts}}, end);
}

}  // namespace duibiao::cli
