// 通报 and 简报: what a campaign came to, for all that took part, or ranked for the office itself.
#include <algorithm>

#include "core/sort.hpp"
#include "exchange/campaign_papers/bulletin_annexes.hpp"

namespace duibiao {
namespace {

using papers::Paper;
using papers::PaperPart;
using papers::PaperSentences;

constexpr std::size_t most_best = 5;
constexpr std::size_t most_lost = 10;
constexpr std::size_t most_duties = 5;
constexpr std::size_t most_name_characters = 40;  ///< of a criterion within a sentence

/// Criteria that somebody scored in one layer.
using Criteria = std::vector<const PlaceFigures*>;

class BulletinText {
public:
    BulletinText(const CampaignSource& source, const PaperMaking& making, const BulletinKind& kind)
        : source_(source), all_(source.all), making_(making), kind_(kind), layer_(papers::telling_layer(source.all)) {}

    [[nodiscard]] Paper write();

private:
    void heading(std::string_view key);
    void say(std::string_view key, const Params& params = {}) {
        paper_.add(PaperPart::Kind::text, words_(key, params));
    }
    void write_scope();
    void write_overview();
    void write_layer(Layer layer);
    void write_best();
    void write_common();
    void write_errors();
    void write_duties();
    void write_demands();
    void write_annexes();
    [[nodiscard]] Criteria criteria() const;
    [[nodiscard]] const LayerFigures& own(const PlaceFigures& place) const { return place.layers[index_of(*layer_)]; }
    [[nodiscard]] std::string number(std::size_t at) const { return words_("item", {{"n", std::to_string(at)}}); }

    const CampaignSource& source_;
    const RollUp& all_;
    const PaperMaking& making_;
    const BulletinKind& kind_;
    std::optional<Layer> layer_;
    PaperSentences words_{making_.language};
    Paper paper_;
    int headings_ = 0;
};

void BulletinText::heading(std::string_view key) {
    paper_.add(PaperPart::Kind::heading, words_("number." + std::to_string(++headings_)) + words_(key));
}

void BulletinText::write_scope() {
    heading("bulletin.scope.title");
    say("bulletin.scope", {{"office", papers::office_of(source_, words_)},
                           {"subject", papers::subject_words(source_, words_)},
                           {"due", words_.day(papers::campaign_due(source_))}});
    const auto count = [this](Fate fate) { return std::to_string(all_.count(fate)); };
    const std::string conservation = translate(making_.language, "campaign.conservation",
                                               {{"received", std::to_string(all_.received)},
                                                {"counted", count(Fate::counted)},
                                                {"superseded", count(Fate::superseded)},
                                                {"doubled", count(Fate::doubled)},
                                                {"foreign", count(Fate::foreign)},
                                                {"rejected", std::to_string(all_.rejected.size())}});
    say("bulletin.files", {{"today", words_.day(making_.today)}, {"conservation", conservation}});
}

void BulletinText::write_layer(Layer layer) {
    const LayerFigures& figures = all_.layers[index_of(layer)];
    const auto figure = [](std::string text) { return Param(std::move(text)); };
    say("bulletin.layer", {{"layer", words_.layer(layer)},
                           {"n", std::to_string(figures.figures.n())},
                           {"mean", figure(figures.figures.mean())},
                           {"median", figure(figures.figures.median())},
                           {"min", figure(figures.figures.min().to_string())},
                           {"max", figure(figures.figures.max().to_string())},
                           {"incomplete", std::to_string(figures.incomplete)}});
}

void BulletinText::write_overview() {
    heading("bulletin.overview.title");
    const std::string counted = std::to_string(all_.count(Fate::counted));
    if (all_.expected) {
        say("bulletin.expected", {{"expected", std::to_string(*all_.expected)},
                                  {"counted", counted},
                                  {"missing", std::to_string(all_.missing.size())},
                                  {"late", std::to_string(all_.late)}});
    } else {
        say("bulletin.counted", {{"counted", counted}});
    }
    say("bulletin.verified", {{"verified", std::to_string(papers::verified_reports(source_))},
                              {"accepted", std::to_string(all_.accepted)},
                              {"returned", std::to_string(all_.returned)}});
    if (!layer_) return say("bulletin.no_scores");
    for (const Layer layer : papers::scored_layers(all_)) write_layer(layer);
    if (all_.veto > 0) say("bulletin.veto", {{"n", std::to_string(all_.veto)}});
}

Criteria BulletinText::criteria() const {
    Criteria criteria;
    for (const PlaceFigures& criterion : all_.criteria) {
        if (own(criterion).figures.n() > 0) criteria.push_back(&criterion);
    }
    return criteria;
}

void BulletinText::write_best() {
    heading("bulletin.best.title");
    Criteria best = layer_ ? criteria() : Criteria{};
    // Who has no deduction in an item without points has earned nothing there.
    std::erase_if(best, [this](const PlaceFigures* criterion) {
        return own(*criterion).full == 0 || criterion->place.points <= Points{};
    });
    if (best.empty()) return say("bulletin.best.none");
    // Shares are compared as fractions.
    sort_stably(best, [this](const PlaceFigures* a, const PlaceFigures* b) {
        return own(*b).full * own(*a).figures.n() < own(*a).full * own(*b).figures.n();
    });
    say("bulletin.best", {{"layer", words_.layer(*layer_)}});
    for (std::size_t i = 0; i < std::min(best.size(), most_best); ++i) {
        const LayerFigures& figures = own(*best[i]);
        const std::uint64_t n = figures.figures.n();
        say("bulletin.best.item", {{"number", number(i + 1)},
                                   {"id", best[i]->place.id},
                                   {"name", papers::shortened(best[i]->place.name, most_name_characters)},
                                   {"n", std::to_string(n)},
                                   {"full", std::to_string(figures.full)},
                                   {"share", papers::percent_words(figures.full, n)}});
    }
}

void BulletinText::write_common() {
    heading("bulletin.common.title");
    Criteria lost = layer_ ? criteria() : Criteria{};
    std::erase_if(lost, [this](const PlaceFigures* criterion) { return own(*criterion).lost <= 0; });
    if (lost.empty()) say("bulletin.common.none");
    if (!lost.empty()) say("bulletin.common", {{"layer", words_.layer(*layer_)}});
    sort_stably(lost, [this](const PlaceFigures* a, const PlaceFigures* b) { return own(*b).lost < own(*a).lost; });
    for (std::size_t i = 0; i < std::min(lost.size(), most_lost); ++i) {
        const LayerFigures& figures = own(*lost[i]);
        const std::uint64_t n = figures.figures.n();
        say("bulletin.common.item", {{"number", number(i + 1)},
                                     {"id", lost[i]->place.id},
                                     {"name", papers::shortened(lost[i]->place.name, most_name_characters)},
                                     {"n", std::to_string(n)},
                                     {"units", std::to_string(n - figures.full)},
                                     {"share", papers::percent_words(n - figures.full, n)},
                                     {"lost", Points::from_hundredths(figures.lost).to_string()}});
    }
    write_errors();
    write_duties();
}

void BulletinText::write_errors() {
    std::vector<std::string> errors;
    for (const auto& [code, found] : all_.findings) {
        if (found.severity != Severity::error) continue;
        errors.push_back(
            words_("bulletin.error", {{"finding", std::string(label(making_.language, "finding." + code + ".title"))},
                                      {"units", std::to_string(found.units)},
                                      {"n", std::to_string(found.n)}}));
    }
    if (!errors.empty()) say("bulletin.errors", {{"units", std::to_string(all_.with_errors)}, {"errors", errors}});
}

void BulletinText::write_duties() {
    std::vector<const DutyFigures*> duties;
    for (const auto& [id, missed] : all_.duties) duties.push_back(&missed);
    sort_stably(duties, [](const DutyFigures* a, const DutyFigures* b) { return a->units > b->units; });
    std::vector<std::string> missed;
    for (std::size_t i = 0; i < std::min(duties.size(), most_duties); ++i)
        missed.push_back(
            words_("bulletin.duty", {{"duty", duties[i]->title}, {"units", std::to_string(duties[i]->units)}}));
    if (!missed.empty()) say("bulletin.duties", {{"duties", missed}});
}

void BulletinText::write_demands() {
    heading("bulletin.demands.title");
    const Params until{{"until", words_.day(papers::answer_day(source_, making_))}};
    const auto demand = [&](std::string_view key, std::uint64_t n) {
        Params params = until;
        params["n"] = std::to_string(n);
        if (n > 0) say(key, params);
    };
    demand("bulletin.demand.missing", all_.missing.size());
    demand("bulletin.demand.returned", all_.returned);
    say("bulletin.demand.all", until);
}

void BulletinText::write_annexes() {
    struct Annex {
        std::string_view title;
        CampaignTable table;
    };
    std::vector<Annex> annexes;
    if (layer_) {
        annexes.push_back({"annex.sections", papers::section_annex(all_, words_)});
        annexes.push_back({"annex.criteria", papers::criterion_annex(all_, *layer_, words_)});
        annexes.push_back({"annex.groups", papers::group_annex(all_, *layer_, words_)});
    }
    if (kind_.is_ranked) {
        annexes.push_back({"annex.missing", papers::missing_annex(source_, words_)});
        annexes.push_back({"annex.errors", papers::error_annex(source_, words_)});
        annexes.push_back({"annex.ranked", papers::rank_annex(source_, layer_, words_)});
    }
    std::erase_if(annexes, [](const Annex& annex) { return annex.table.rows.empty(); });
    const Params marks{{"layer", layer_ ? words_.layer(*layer_) : std::string{}},
                       {"fewest", std::to_string(fewest_for_median)},
                       {"verified", std::to_string(papers::verified_reports(source_))},
                       {"counted", std::to_string(all_.count(Fate::counted))}};
    const auto name = [&](std::size_t at, std::string_view key) {
        return words_("annex", {{"number", std::to_string(at + 1)}, {"title", words_(key, marks)}});
    };
    paper_.add(PaperPart::Kind::text, {});
    for (std::size_t i = 0; i < annexes.size(); ++i) paper_.add(PaperPart::Kind::text, name(i, annexes[i].title));
    papers::sign(paper_, source_, making_);
    for (std::size_t i = 0; i < annexes.size(); ++i) {
        paper_.add(PaperPart::Kind::annex, name(i, annexes[i].title));
        paper_.add(std::move(annexes[i].table));
    }
}

Paper BulletinText::write() {
    const std::string subject = papers::subject_words(source_, words_);
    paper_.title = words_(kind_.is_brief ? "bulletin.title_brief" : "bulletin.title", {{"subject", subject}});
    if (kind_.is_ranked) paper_.mark = words_("internal");
    write_scope();
    write_overview();
    write_best();
    write_common();
    heading("bulletin.single.title");
    say(kind_.is_ranked ? "bulletin.single.internal" : "bulletin.single", {{"n", std::to_string(all_.with_errors)}});
    heading("bulletin.weak.title");
    say("bulletin.weak.none");
    write_demands();
    write_annexes();
    return std::move(paper_);
}

}  // namespace

Result<Bulletin> write_bulletin(const CampaignSource& source, const PaperMaking& making, const BulletinKind& kind,
                                std::string_view format) {
    constexpr std::size_t most_characters = 5000;
    constexpr std::size_t most_brief_characters = 4000;
    Paper paper = BulletinText(source, making, kind).write();
    Bulletin bulletin;
    bulletin.characters = papers::count_paper_characters(paper);
    bulletin.limit = kind.is_brief ? most_brief_characters : most_characters;
    if (bulletin.characters > bulletin.limit)
        paper.parts.insert(
            paper.parts.begin(),
            {PaperPart::Kind::line,
             PaperSentences(making.language)("bulletin.long", {{"characters", std::to_string(bulletin.characters)},
                                                               {"limit", std::to_string(bulletin.limit)}})});
    auto file = papers::write_paper(paper, format, making.language);
    if (!file) return tl::unexpected(file.error());
    bulletin.file = *std::move(file);
    return bulletin;
}

}  // namespace duibiao
