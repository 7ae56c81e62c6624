#include "core/evaluate/year.hpp"

#include <algorithm>

#include "core/date.hpp"
#include "core/evaluate/grade.hpp"
#include "core/tally.hpp"

namespace duibiao {
namespace {

constexpr std::size_t year_digits = 4;

/// "2026-08" of "2026": month, quarter or half.
bool is_part_of_year(std::string_view period) { return period.size() > year_digits; }

/// "2026-Q", "2026-H" or "2026-": what periods of one kind and year have in common.
std::string_view kind_of(std::string_view period) {
    const std::size_t digit = period.find_first_of("0123456789", year_digits + 1);
    return period.substr(0, digit == std::string_view::npos ? period.size() : digit);
}

/// All periods of the kind of `period` in its year.
std::vector<std::string> periods_like(const std::string& period) {
    std::vector<std::string> periods;
    const std::string_view kind = kind_of(period);
    const bool is_month = kind.ends_with('-');
    std::string next = std::string(kind) + (is_month ? "01" : "1");
    while (kind_of(next) == kind) {
        periods.push_back(next);
        const auto after = next_period(next);
        if (!after) break;
        next = *after;
    }
    return periods;
}

/// Sum or mean of the figures that are there.
class Adding {
public:
    explicit Adding(YearBy by) : by_(by) {}
    void add(const std::optional<Fraction>& figure) {
        if (!figure) return;
        sum_ += *figure;
        ++count_;
    }
    [[nodiscard]] std::optional<Fraction> result() const {
        if (count_ == 0) return std::nullopt;
        return by_ == YearBy::mean ? sum_ / Fraction(count_) : sum_;
    }

private:
    YearBy by_;
    Fraction sum_;
    std::int64_t count_ = 0;
};

Error other(std::size_t at, std::string what, std::string_view ours, std::string_view theirs) {
    return {"year-other",
            std::to_string(at),
            {{"what", std::move(what)}, {"ours", std::string(ours)}, {"theirs", std::string(theirs)}}};
}

Done check_documents(std::span<const Document* const> documents) {
    const Document& first = *documents.front();
    if (first.instrument->scored == nullptr || first.instrument->scored->year == YearBy::none)
        return fail("year-form", "0");
    const std::string_view subject = first.text(Layer::self, "header", "subject");
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const Document& own = *documents[i];
        const std::string period(own.period());
        if (own.instrument->hash != first.instrument->hash)
            return tl::unexpected(other(i, "form", first.instrument->title + " " + first.instrument->version,
                                        own.instrument->title + " " + own.instrument->version));
        if (own.unit() != first.unit()) return tl::unexpected(other(i, "unit", first.unit(), own.unit()));
        const std::string_view theirs = own.text(Layer::self, "header", "subject");
        if (theirs != subject) return tl::unexpected(other(i, "subject", subject, theirs));
        const std::string ours(first.period());
        if (period.substr(0, year_digits) != ours.substr(0, year_digits))
            return tl::unexpected(other(i, "year", ours, period));
        if (!is_part_of_year(period) || kind_of(period) != kind_of(first.period()))
            return fail("year-period", std::to_string(i), {{"period", period}});
    }
    return {};
}

void add_up(std::span<const Document* const> documents, YearFigures& year) {
    const Instrument& form = *documents.front()->instrument;
    const YearBy by = form.scored->year;
    Adding total(by);
    std::vector<Adding> sections(form.sections.size(), Adding(by));
    std::vector<Adding> items(form.order.size(), Adding(by));
    for (YearPeriod& period : year.periods) {
        if (period.document == nullptr) continue;
        const Evaluation evaluation = evaluate(*period.document);
        if (evaluation.counted > 0) period.total = evaluation.total;
        period.final = evaluation.final;
        if (period.total) ++year.counted;
        total.add(period.total);
        const ScorerResult& own = evaluation.scorers[evaluation.deciding];
        for (std::size_t s = 0; s < sections.size(); ++s) {
            const ScoredSum& sum = own.sections[s];
            const bool any = sum.scored > 0 || (sum.of == 0 && own.any);
            if (any) sections[s].add(sum.of > 0 ? sum.score : sum.bonus - sum.penalty);
        }
        for (std::size_t i = 0; i < items.size(); ++i) {
            const ItemResult& item = own.items[i];
            const bool is_points = form.criterion(form.order[i]).scoring->role == ScoreRole::points;
            // A bonus or a penalty that nobody wrote down in a period was none.
            const bool is_none = !is_points && own.any && item.state == ItemResult::State::unscored;
            if (item.is_scored() || is_none) items[i].add(item.score + item.bonus - item.penalty);
        }
    }
    year.total = total.result();
    for (const Adding& section : sections) year.sections.push_back(section.result());
    for (const Adding& item : items) year.items.push_back(item.result());
}

}  // namespace

Result<YearFigures> add_up_year(std::span<const Document* const> documents,
                                const std::map<std::string, std::string>& excuses) {
    if (const Done checked = check_documents(documents); !checked) return tl::unexpected(checked.error());
    YearFigures year;
    year.year = std::string(documents.front()->period()).substr(0, year_digits);
    for (const std::string& period : periods_like(std::string(documents.front()->period())))
        year.periods.push_back({period, nullptr, {}, {}, false});
    const auto find = [&year](std::string_view period) {
        return std::find_if(year.periods.begin(), year.periods.end(),
                            [period](const YearPeriod& known) { return known.period == period; });
    };
    for (std::size_t i = 0; i < documents.size(); ++i) {
        const auto period = find(documents[i]->period());
        if (period->document != nullptr) return fail("year-doubled", std::to_string(i), {{"period", period->period}});
        period->document = documents[i];
    }
    for (const auto& [named, why] : excuses) {
        const auto period = find(named);
        if (period == year.periods.end() || period->document != nullptr || why.empty())
            return fail("year-excuse", {}, {{"period", named}});
        period->excuse = why;
    }
    add_up(documents, year);
    year.final = std::all_of(year.periods.begin(), year.periods.end(), [](const YearPeriod& period) {
        return period.document == nullptr ? !period.excuse.empty() : period.final;
    });
    for (const YearPeriod& period : year.periods) {
        if (period.document != nullptr && tally(*period.document).veto) year.vetoed.push_back(period.period);
    }
    if (year.final && year.total && year.vetoed.empty())
        year.band = band_of(*documents.front()->instrument->scored, *year.total);
    return year;
}

}  // namespace duibiao
