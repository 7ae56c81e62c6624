#include "core/campaign/proposal.hpp"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace duibiao {
namespace {

using Why = ProposedGrade::Why;

/// A grade of another version of the form among this one's.
std::optional<std::size_t> band_of(const FormOutline& form, const FormOutline& own, std::optional<std::size_t> band) {
    if (!band || form.hash == own.hash) return band;
    const auto& bands = form.scored->bands;
    const auto found = std::find(bands.begin(), bands.end(), own.scored->bands[*band]);
    if (found == bands.end()) return std::nullopt;
    return static_cast<std::size_t>(found - bands.begin());
}

std::optional<Fraction> rank_of(const ReportDigest& digest) {
    const ReportResult& result = digest.result;
    const auto& figure = result.graded ? result.graded : result.total;
    if (!figure || !digest.form->scored->graded_on_shown) return figure;
    return figure->rounded(digest.form->scored->decimals);
}

ProposedGrade grade_of(const FormOutline& form, const ReportDigest& digest) {
    const ReportResult& result = digest.result;
    const auto band = [&](std::optional<std::size_t> own) { return band_of(form, *digest.form, own); };
    ProposedGrade unit;
    unit.unit = digest.unit;
    unit.document = digest.document;
    unit.key = digest.key;
    unit.total = result.total;
    if (!result.final) return unit;
    unit.rank = rank_of(digest);
    unit.by_points = band(result.by_points);
    unit.grade = band(result.band);
    unit.proposed = unit.grade;
    unit.better = band(result.above_gap);
    unit.worse = band(result.below_gap);
    if (unit.grade) {
        unit.why = result.limited && unit.grade != unit.by_points ? Why::ceiling : Why::band;
    } else {
        unit.why = Why::gap;
    }
    return unit;
}

/// base × share, rounded as the form says; shares are percent with two decimals.
std::uint64_t seats_of(const Quota& quota, std::uint64_t base) {
    const Fraction exact = Fraction(static_cast<std::int64_t>(base)) * Fraction(quota.share) / Fraction(100);
    const Fraction seats = quota.rounding == Quota::Rounding::down ? exact.floor()
                           : quota.rounding == Quota::Rounding::up ? exact.ceiling()
                                                                   : exact.rounded(0);
    return static_cast<std::uint64_t>(seats.to_points().hundredths() / 100);
}

class Proposing {
public:
    Proposing(const FormOutline& form, GradeProposal& proposal) : form_(form), proposal_(proposal) {}

    void take(const ReportDigest& digest) {
        if (!digest.form->scored) return;
        ++counted_;
        if (digest.result.limited) ++limited_;
        if (digest.result.final) ++final_;
        if (digest.result.final && digest.result.limited) ++final_limited_;
        proposal_.units.push_back(grade_of(form_, digest));
    }
    void finish(std::optional<std::uint64_t> expected);

private:
    [[nodiscard]] std::uint64_t base_of(const Quota& quota, std::optional<std::uint64_t> expected) const;
    void share_out(QuotaUse& use);
    void leave_open(const std::vector<ProposedGrade*>& tied, QuotaUse& use);

    const FormOutline& form_;
    GradeProposal& proposal_;
    std::uint64_t counted_ = 0;
    std::uint64_t limited_ = 0;
    std::uint64_t final_ = 0;
    std::uint64_t final_limited_ = 0;
    /// Of those left open at the border of the better grade: how many will fall to this one.
    std::uint64_t reserved_ = 0;
    std::size_t reserved_band_ = 0;
};

std::uint64_t Proposing::base_of(const Quota& quota, std::optional<std::uint64_t> expected) const {
    const bool is_final = quota.base == Quota::Base::final;
    std::uint64_t base = is_final ? final_ : counted_;
    if (quota.base == Quota::Base::expected && expected) base = *expected;
    return quota.counts_limited ? base : base - std::min(base, is_final ? final_limited_ : limited_);
}

void Proposing::leave_open(const std::vector<ProposedGrade*>& tied, QuotaUse& use) {
    for (const ProposedGrade* unit : tied) use.tied.push_back(unit->unit);
    std::sort(use.tied.begin(), use.tied.end());
    for (ProposedGrade* unit : tied) {
        unit->why = Why::tied;
        unit->better = use.quota.band;
        unit->worse = use.quota.band + 1;
        unit->proposed.reset();
        unit->tied_with = use.tied;
        unit->tied_with.erase(std::find(unit->tied_with.begin(), unit->tied_with.end(), unit->unit));
    }
}

/// Units stand in their order already, the best first.
void Proposing::share_out(QuotaUse& use) {
    std::vector<ProposedGrade*> held;
    for (ProposedGrade& unit : proposal_.units) {
        if (unit.proposed == use.quota.band) held.push_back(&unit);
    }
    const std::uint64_t reserved = reserved_band_ == use.quota.band ? std::exchange(reserved_, 0) : 0;
    use.held = held.size() + reserved;
    const bool is_last = use.quota.band + 1 == form_.scored->bands.size();
    if (use.over() == 0 || is_last) return;
    const auto seats = static_cast<std::size_t>(use.seats - std::min(use.seats, reserved));
    const auto is_as_good = [&](const ProposedGrade* unit) { return unit->rank == held[seats - 1]->rank; };
    std::size_t first = seats;
    std::size_t last = seats;
    if (seats > 0 && seats < held.size() && is_as_good(held[seats])) {
        while (first > 0 && is_as_good(held[first - 1])) --first;
        while (last < held.size() && is_as_good(held[last])) ++last;
        leave_open(
            {held.begin() + static_cast<std::ptrdiff_t>(first), held.begin() + static_cast<std::ptrdiff_t>(last)}, use);
        reserved_ = last - seats;
        reserved_band_ = use.quota.band + 1;
    }
    for (std::size_t i = last; i < held.size(); ++i) {
        held[i]->proposed = use.quota.band + 1;
        held[i]->why = Why::quota;
    }
}

/// The best first; those without a rank stand behind, by name.
bool is_before(const ProposedGrade& a, const ProposedGrade& b) {
    if (a.rank.has_value() != b.rank.has_value()) return a.rank.has_value();
    if (a.rank && *a.rank != *b.rank) return *a.rank > *b.rank;
    return std::tie(a.unit, a.key) < std::tie(b.unit, b.key);
}

void Proposing::finish(std::optional<std::uint64_t> expected) {
    std::sort(proposal_.units.begin(), proposal_.units.end(), is_before);
    for (const Quota& quota : form_.scored->quotas) proposal_.quotas.push_back({quota, 0, 0, 0, {}});
    std::stable_sort(proposal_.quotas.begin(), proposal_.quotas.end(),
                     [](const QuotaUse& a, const QuotaUse& b) { return a.quota.band < b.quota.band; });
    for (QuotaUse& use : proposal_.quotas) {
        use.base = base_of(use.quota, expected);
        use.seats = seats_of(use.quota, use.base);
        share_out(use);
    }
}

}  // namespace

std::string_view to_string(ProposedGrade::Why why) {
    constexpr std::array<std::string_view, 6> names{"band", "ceiling", "quota", "tied", "gap", "open"};
    return names[static_cast<std::size_t>(why)];
}

std::optional<GradeProposal> propose_grades(const Collection& collection, const Campaign* campaign,
                                            const Sorted& sorted, const RollUp& all) {
    if (all.form == nullptr || !all.form->scored || all.form->scored->bands.empty()) return std::nullopt;
    GradeProposal proposal;
    Proposing proposing(*all.form, proposal);
    for_each_counted(collection, campaign, sorted,
                     [&](const ReportDigest& digest, const ExpectedUnit*) { proposing.take(digest); });
    proposing.finish(all.expected);
    return proposal;
}

}  // namespace duibiao
