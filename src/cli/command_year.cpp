// `duibiao year FILE…`: a year from a unit's documents of its months, quarters or halves.
#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/output.hpp"
#include "cli/reports.hpp"
#include "core/date.hpp"
#include "core/evaluate/year.hpp"
#include "core/json.hpp"
#include "core/text.hpp"

namespace duibiao::cli {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson figure_or_null(const std::optional<Fraction>& figure, int decimals) {
    return figure && figure->is_figure() ? OrderedJson(figure->to_string(decimals)) : OrderedJson();
}

std::string_view name_of(YearBy by) { return by == YearBy::mean ? "mean" : "sum"; }

OrderedJson periods_json(const YearFigures& year, int decimals) {
    OrderedJson periods = OrderedJson::array();
    for (const YearPeriod& period : year.periods)
        periods.push_back({{"period", period.period},
                           {"document", period.document == nullptr ? OrderedJson() : OrderedJson(period.document->id)},
                           {"total", figure_or_null(period.total, decimals)},
                           {"final", period.final},
                           {"excused", period.excuse.empty() ? OrderedJson() : OrderedJson(period.excuse)}});
    return periods;
}

OrderedJson year_json(const Document& first, const YearFigures& year) {
    const Instrument& form = *first.instrument;
    const int decimals = form.scored->decimals;
    OrderedJson missing = OrderedJson::array();
    for (const YearPeriod& period : year.periods) {
        if (period.is_missing()) missing.push_back(period.period);
    }
    OrderedJson sections = OrderedJson::array();
    for (std::size_t s = 0; s < year.sections.size(); ++s)
        sections.push_back({{"id", form.sections[s].id},
                            {"name", form.sections[s].title},
                            {"score", figure_or_null(year.sections[s], decimals)}});
    OrderedJson items = OrderedJson::object();
    for (std::size_t i = 0; i < year.items.size(); ++i)
        items[form.criterion(form.order[i]).id] = figure_or_null(year.items[i], decimals);
    return {{"instrument", form.id},
            {"unit", first.unit()},
            {"year", year.year},
            {"by", name_of(form.scored->year)},
            {"periods", periods_json(year, decimals)},
            {"missing", std::move(missing)},
            {"counted", year.counted},
            {"total", figure_or_null(year.total, decimals)},
            {"final", year.final},
            {"grade", year.band ? OrderedJson(form.scored->grades.bands[*year.band].label) : OrderedJson()},
            {"veto", year.vetoed},
            {"sections", std::move(sections)},
            {"items", std::move(items)}};
}

std::string year_text(Language language, const Document& first, const YearFigures& year) {
    const ScoredForm& form = *first.instrument->scored;
    std::string out = first.instrument->title + "\n" + printable(first.unit()) + "  " + year.year + "\n\n";
    std::vector<std::string> missing;
    for (const YearPeriod& period : year.periods) {
        if (period.is_missing()) missing.push_back(period_title(language, period.period));
        std::string figure = period.total ? period.total->to_string(form.decimals) : std::string("—");
        if (period.document != nullptr && !period.final) figure += translate(language, "cli.year.open");
        if (!period.excuse.empty()) figure = translate(language, "cli.year.excused", {{"why", period.excuse}});
        out += period_title(language, period.period) + "  " + printable(figure) + "\n";
    }
    const std::string total = year.total ? year.total->to_string(form.decimals) : std::string("—");
    out += translate(language, "cli.year." + std::string(name_of(form.year)),
                     {{"total", total}, {"count", static_cast<std::int64_t>(year.counted)}}) +
           "\n";
    std::vector<std::string> vetoes = year.vetoed;
    for (std::string& period : vetoes) period = period_title(language, period);
    if (!vetoes.empty())
        out +=
            translate(language, "cli.year.veto", {{"periods", vetoes}, {"verdict", first.instrument->veto.verdict}}) +
            "\n";
    if (year.band)
        out += translate(language, "cli.year.grade", {{"grade", form.grades.bands[*year.band].label}}) + "\n";
    if (!missing.empty()) out += translate(language, "cli.year.missing", {{"periods", missing}}) + "\n";
    if (!year.final) out += translate(language, "cli.year.provisional") + "\n";
    return out;
}

/// "2026-03=停诊": period and reason.
std::optional<std::map<std::string, std::string>> read_excuses(Language language,
                                                               const std::vector<std::string>& excused) {
    std::map<std::string, std::string> excuses;
    for (const std::string& text : excused) {
        const std::size_t equals = std::min(text.find('='), text.size());
        const auto period = normalise_period(text.substr(0, equals));
        const std::string why(equals == text.size() ? std::string_view{}
                                                    : trim(std::string_view(text).substr(equals + 1)));
        if (!period || why.empty()) {
            print_error(language, "--excused", {"year-excuse-format", text, {}});
            return std::nullopt;
        }
        excuses[*period] = why;
    }
    return excuses;
}

}  // namespace

Exit show_year(Language language, const YearArguments& arguments) {
    const auto excuses = read_excuses(language, arguments.excused);
    if (!excuses) return Exit::unusable;
    std::vector<LoadedReport> reports;
    for (const std::string& file : arguments.files) {
        auto report = load_report(language, file);
        if (!report || complain_about(language, file, report->findings)) return Exit::unusable;
        reports.push_back(*std::move(report));
    }
    std::vector<const Document*> documents;
    documents.reserve(reports.size());
    for (const LoadedReport& report : reports) documents.push_back(&report.document);
    const auto year = add_up_year(documents, *excuses);
    if (!year) {
        Error error = year.error();
        const auto at = Points::parse(error.place);
        const auto position = at ? static_cast<std::size_t>(at->hundredths() / 100) : 0;
        error.place.clear();
        print_error(language, arguments.files[std::min(position, arguments.files.size() - 1)], error);
        return Exit::unusable;
    }
    if (arguments.format == "json") return deliver(language, year_json(*documents.front(), *year));
    return deliver(language, {}, year_text(language, *documents.front(), *year), {}, {}, Exit::done);
}

}  // namespace duibiao::cli
