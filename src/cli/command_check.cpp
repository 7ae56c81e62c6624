#include <algorithm>

#include "cli/commands.hpp"
#include "cli/doors_file.hpp"
#include "cli/identity.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/check.hpp"
#include "core/merge.hpp"
#include "core/weak/check_weak.hpp"
#include "exchange/library.hpp"
#include "exchange/signature.hpp"

namespace duibiao::cli {
namespace {

/// One file of the dossier and what was found in it.
struct Checked {
    std::string file;
    std::string title;
    Findings findings;
};

std::optional<Date> read_as_of(Language language, const std::string& text) {
    if (text.empty()) {
        complain_about_clock(language);
        return today();
    }
    const auto date = parse_date(text);
    if (date) return *date;
    print_error(language, "--as-of", {date.error().code, text, date.error().params});
    return std::nullopt;
}

/// What the file itself says wrongly comes before what its answers do.
Checked join_findings(const std::string& file, const LoadedReport& report, Findings of_rules) {
    const Document& document = report.document;
    Checked checked{file, std::string(document.unit()) + "  " + std::string(document.period()), report.findings};
    for (Finding& finding : of_rules) checked.findings.push_back(std::move(finding));
    for (Finding& finding : checked.findings) finding.document = file;
    return checked;
}

std::string in_words(const std::optional<Edit>& edit) {
    if (!edit) return {};
    if (const auto* flag = std::get_if<bool>(&edit->after)) return *flag ? "true" : "false";
    if (const auto* points = std::get_if<Points>(&edit->after)) return points->to_string();
    const auto* text = std::get_if<std::string>(&edit->after);
    return text == nullptr ? std::string() : *text;
}

/// What two copies of one document do not tell alike.
Findings compare_copies(const Document& first, const Document& second) {
    Findings findings;
    std::vector<Rewriting> differences = find_rewritings(first, second);
    const Result<Merge> merged = merge(first, second);
    if (merged) {
        const std::vector<Rewriting> unsigned_ones = find_unsigned(first, merged->document);
        differences.insert(differences.end(), merged->intruding.begin(), merged->intruding.end());
        differences.insert(differences.end(), unsigned_ones.begin(), unsigned_ones.end());
    }
    for (const Rewriting& one : differences) {
        Finding& finding = findings.emplace_back();
        const bool was_handed_over = one.kind == Rewriting::Kind::handed_over || one.kind == Rewriting::Kind::intruding;
        finding.code = was_handed_over ? "handed-differs" : "edit-differs";
        finding.severity = one.kind == Rewriting::Kind::typed ? Severity::warning : Severity::error;
        finding.item = one.target().item;
        finding.field = one.target().field;
        finding.layer = one.target().layer;
        finding.params = {{"layer", std::string(to_string(finding.layer))},
                          {"item", finding.item},
                          {"field", finding.field},
                          {"edit", one.ours ? one.ours->id : one.theirs->id},
                          {"ours", in_words(one.ours)},
                          {"theirs", in_words(one.theirs)}};
    }
    return findings;
}

/// Each file against the first of those before it that has the same document.
void add_differences(const std::vector<LoadedReport>& reports, std::vector<Findings>& findings) {
    for (std::size_t i = 1; i < reports.size(); ++i) {
        const Document& second = reports[i].document;
        const auto first = std::find_if(
            reports.begin(), reports.begin() + static_cast<std::ptrdiff_t>(i), [&second](const LoadedReport& other) {
                return other.document.id == second.id && other.document.instrument->id == second.instrument->id;
            });
        if (first == reports.begin() + static_cast<std::ptrdiff_t>(i)) continue;
        Findings differences = compare_copies(first->document, second);
        findings[i].insert(findings[i].begin(), differences.begin(), differences.end());
    }
}

/// What the list of weak organisations and the files around it do not tell alike.
void add_weak_findings(const std::vector<const Document*>& documents, const Doors& doors,
                       std::vector<Findings>& findings) {
    std::vector<Findings> of_weak = check_weak(documents, doors);
    for (std::size_t i = 0; i < findings.size(); ++i)
        std::move(of_weak[i].begin(), of_weak[i].end(), std::back_inserter(findings[i]));
}

std::optional<std::vector<Checked>> check_files_together(Language language, const CheckArguments& arguments,
                                                         Date as_of) {
    const std::vector<std::string>& files = arguments.files;
    std::vector<LoadedReport> reports;
    bool usable = true;
    for (const std::string& file : files) {
        auto report = load_report(language, file);
        usable = usable && report;
        if (report) reports.push_back(*std::move(report));
    }
    const auto doors = read_doors(language, arguments.doors);
    if (!usable || !doors) return std::nullopt;
    std::vector<const Document*> documents;
    documents.reserve(reports.size());
    for (const LoadedReport& report : reports) documents.push_back(&report.document);
    std::vector<Findings> findings = check_dossier(documents, as_of);
    add_differences(reports, findings);
    add_weak_findings(documents, *doors, findings);
    std::vector<Checked> dossier;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Document& document = reports[i].document;
        Findings on_signatures = describe_signatures(document, check_signatures(document));
        std::move(on_signatures.begin(), on_signatures.end(), std::back_inserter(findings[i]));
        if (!arguments.code.empty())
            findings[i].insert(findings[i].begin(),
                               check_code(document, arguments.code, earlier_versions(document.instrument->id)));
        dossier.push_back(join_findings(files[i], reports[i], std::move(findings[i])));
    }
    return dossier;
}

FindingCount count_all(const std::vector<Checked>& dossier) {
    FindingCount sum;
    for (const Checked& checked : dossier) {
        const FindingCount one = count(checked.findings);
        sum.errors += one.errors;
        sum.warnings += one.warnings;
        sum.notices += one.notices;
    }
    return sum;
}

// --- JSON ---------------------------------------------------------------------------------------------------------

OrderedJson to_ordered_json(const Params& params) {
    OrderedJson json = OrderedJson::object();
    for (const auto& [name, param] : params) {
        std::visit([&json, &key = name](const auto& value) { json[key] = value; }, param);
    }
    return json;
}

OrderedJson to_ordered_json(Language language, const Finding& finding) {
    OrderedJson params = to_ordered_json(finding.params);
    if (!params.contains("layer")) params["layer"] = std::string(to_string(finding.layer));
    return {{"code", finding.code},
            {"severity", std::string(to_string(finding.severity))},
            {"document", finding.document},
            {"item", finding.item},
            {"row", finding.row ? OrderedJson(*finding.row) : OrderedJson()},
            {"message", describe(language, finding).message},
            {"citation", finding.citation},
            {"params", std::move(params)}};
}

OrderedJson to_ordered_json(Language language, const std::vector<Checked>& dossier, Date as_of) {
    OrderedJson findings = OrderedJson::array();
    for (const Checked& checked : dossier) {
        for (const Finding& finding : checked.findings) findings.push_back(to_ordered_json(language, finding));
    }
    return {{"as_of", to_string(as_of)}, {"findings", std::move(findings)}};
}

// --- Text ---------------------------------------------------------------------------------------------------------

void add_finding(Language language, TextTable& table, const Finding& finding) {
    const FindingText text = describe(language, finding);
    const std::string severity = "severity." + std::string(to_string(finding.severity));
    const bool chinese = language == Language::chinese;
    std::string remedy = text.remedy;
    if (!finding.citation.empty()) {
        remedy += (chinese ? "（" : " (") + finding.citation + (chinese ? "）" : ")");
    }
    table.add({"", std::string(label(language, severity)), finding_place(language, finding),
               text.title + (chinese ? "：" : ": ") + text.message});
    table.add({"", "", "", remedy});
}

std::string to_text(Language language, const std::vector<Checked>& dossier, Date as_of) {
    using Align = TextTable::Align;
    std::string out;
    for (const Checked& checked : dossier) {
        out += printable(checked.file) + "  " + printable(checked.title) + "\n";
        TextTable table({Align::left, Align::left, Align::left, Align::left});
        for (const Finding& finding : checked.findings) add_finding(language, table, finding);
        out += table.to_string() + "\n";
    }
    const FindingCount sum = count_all(dossier);
    return out +
           translate(language, "cli.check_summary",
                     {{"as_of", to_string(as_of)},
                      {"errors", static_cast<std::int64_t>(sum.errors)},
                      {"warnings", static_cast<std::int64_t>(sum.warnings)},
                      {"notices", static_cast<std::int64_t>(sum.notices)}}) +
           "\n";
}

}  // namespace

Exit check_files(Language language, const CheckArguments& arguments) {
    const auto as_of = read_as_of(language, arguments.as_of);
    if (!as_of) return Exit::unusable;
    if (std::ranges::count(arguments.files, "-") > 1) {
        print_error(language, "-", {"input-twice", {}, {}});
        return Exit::unusable;
    }
    const auto dossier = check_files_together(language, arguments, *as_of);
    if (!dossier) return Exit::unusable;
    const Exit exit = count_all(*dossier).errors > 0 ? Exit::findings : Exit::done;
    if (arguments.format == "json") return deliver(language, to_ordered_json(language, *dossier, *as_of), exit);
    return deliver(language, {}, to_text(language, *dossier, *as_of), {}, {}, exit);
}

}  // namespace duibiao::cli
