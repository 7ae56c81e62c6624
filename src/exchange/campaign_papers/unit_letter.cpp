// 反馈函: what one unit is told, of itself alone.
#include <algorithm>

#include "core/sort.hpp"
#include "exchange/campaign_papers/paper_facts.hpp"

namespace duibiao {
namespace {

using papers::Paper;
using papers::PaperPart;
using papers::PaperSentences;

/// A criterion that lost points.
struct Loss {
    const FormOutline::Part* item = nullptr;
    Points score;
    [[nodiscard]] Points lost() const { return item->points - score; }
};

/// One unit's report among the others of its class.
class UnitLetter {
public:
    UnitLetter(const CampaignSource& source, const PaperMaking& making, const ReportDigest& digest,
               const ExpectedUnit* unit)
        : source_(source), making_(making), digest_(digest), unit_(unit) {
        for (std::size_t i = 0; i < source.all.layers.size(); ++i) {
            if (digest.total(layer_at(i))) layers_.push_back(layer_at(i));
        }
        for (const GroupFigures& group : source.all.groups) {
            const bool is_own = unit != nullptr && group.by == "class" && group.name == unit->class_name;
            if (is_own && !group.name.empty()) class_ = &group;
        }
    }

    [[nodiscard]] Paper write() const;

private:
    void write_scores(Paper& paper) const;
    void write_standing(Paper& paper) const;
    void write_losses(Paper& paper) const;
    void write_findings(Paper& paper) const;
    void write_demand(Paper& paper) const;
    [[nodiscard]] std::vector<Loss> losses() const;
    [[nodiscard]] CampaignCell median(const ByLayer& figures) const;
    [[nodiscard]] bool has_median() const {
        return class_ != nullptr && class_->layers[index_of(layers_.back())].figures.n() >= fewest_for_median;
    }
    [[nodiscard]] std::string scorer() const { return words_.layer(layers_.back()); }

    const CampaignSource& source_;
    const PaperMaking& making_;
    const ReportDigest& digest_;
    const ExpectedUnit* unit_;
    const GroupFigures* class_ = nullptr;
    std::vector<Layer> layers_;  ///< that have scores of the unit
    PaperSentences words_{making_.language};
};

CampaignCell UnitLetter::median(const ByLayer& figures) const {
    const Figures& own = figures[index_of(layers_.back())].figures;
    return own.n() < fewest_for_median ? CampaignCell{} : CampaignCell{own.median(), true};
}

void UnitLetter::write_scores(Paper& paper) const {
    CampaignTable table{{}, words_.heads({"section", "points"}), {}};
    for (const Layer layer : layers_) table.heads.push_back(words_.layer(layer));
    if (has_median()) table.heads.push_back(words_("head.class_median"));
    const FormOutline& form = *digest_.form;
    Points full;
    for (std::size_t s = 0; s < form.sections.size(); ++s) {
        full += form.sections[s].points;
        table.rows.push_back({{form.sections[s].name}, papers::points_cell(form.sections[s].points)});
        for (const Layer layer : layers_)
            table.rows.back().push_back(papers::points_cell(digest_.section_total(layer, s)));
        const auto& places = source_.all.sections;
        const auto at = std::find_if(places.begin(), places.end(),
                                     [&](const PlaceFigures& place) { return place.place.id == form.sections[s].id; });
        if (has_median() && at != places.end())
            table.rows.back().push_back(median(class_->sections[static_cast<std::size_t>(at - places.begin())]));
    }
    table.rows.push_back({{words_("letter.total")}, papers::points_cell(full)});
    for (const Layer layer : layers_) table.rows.back().push_back(papers::points_cell(digest_.total(layer)));
    if (has_median()) table.rows.back().push_back(median(class_->layers));
    paper.add(std::move(table));
}

/// How the median is to be read, the grade, and what stands beside the points.
void UnitLetter::write_standing(Paper& paper) const {
    const auto say = [&](std::string_view key, const Params& params) {
        paper.add(PaperPart::Kind::text, words_(key, params));
    };
    if (has_median()) {
        const auto n = class_->layers[index_of(layers_.back())].figures.n();
        say("letter.class", {{"class", class_->name}, {"n", std::to_string(n)}, {"layer", scorer()}});
    } else {
        say("letter.class_small", {{"fewest", std::to_string(fewest_for_median)}});
    }
    const auto& scores = digest_.scores[index_of(layers_.back())];
    const auto unscored = std::count(scores.begin(), scores.end(), std::nullopt);
    if (unscored > 0) say("letter.unscored", {{"layer", scorer()}, {"n", std::to_string(unscored)}});
    if (const std::string grade = papers::grade_of(digest_); !grade.empty()) say("letter.grade", {{"grade", grade}});
    if (!digest_.veto.empty()) say("letter.veto", {{"n", std::to_string(digest_.veto.size())}});
}

std::vector<Loss> UnitLetter::losses() const {
    std::vector<Loss> losses;
    const auto& scores = digest_.scores[index_of(layers_.back())];
    for (std::size_t i = 0; i < scores.size(); ++i) {
        if (scores[i] && *scores[i] < digest_.form->items[i].points)
            losses.push_back({&digest_.form->items[i], *scores[i]});
    }
    sort_stably(losses, [](const Loss& a, const Loss& b) { return b.lost() < a.lost(); });
    return losses;
}

void UnitLetter::write_losses(Paper& paper) const {
    constexpr std::size_t most_listed = 10;
    const std::vector<Loss> all = losses();
    if (all.empty()) return paper.add(PaperPart::Kind::text, words_("letter.no_losses", {{"layer", scorer()}}));
    const std::size_t shown = std::min(all.size(), most_listed);
    paper.add(PaperPart::Kind::text,
              words_("letter.losses",
                     {{"layer", scorer()}, {"all", std::to_string(all.size())}, {"shown", std::to_string(shown)}}));
    CampaignTable table{{}, words_.heads({"id", "criterion", "points", "score", "lost"}), {}};
    for (std::size_t i = 0; i < shown; ++i)
        table.rows.push_back({{all[i].item->id},
                              {all[i].item->name},
                              papers::points_cell(all[i].item->points),
                              papers::points_cell(all[i].score),
                              papers::points_cell(all[i].lost())});
    paper.add(std::move(table));
}

void UnitLetter::write_findings(Paper& paper) const {
    if (digest_.findings.empty()) return paper.add(PaperPart::Kind::text, words_("letter.no_findings"));
    std::vector<std::pair<std::string, std::pair<Severity, int>>> findings(digest_.findings.begin(),
                                                                           digest_.findings.end());
    sort_stably(findings, [](const auto& a, const auto& b) { return a.second.first < b.second.first; });
    CampaignTable table{{}, words_.heads({"severity", "finding", "times"}), {}};
    for (const auto& [code, found] : findings) {
        const std::string severity = "campaign.severity." + std::string(to_string(found.first));
        table.rows.push_back({{std::string(label(making_.language, severity))},
                              {std::string(label(making_.language, "finding." + code + ".title"))},
                              papers::counted_cell(static_cast<std::uint64_t>(found.second))});
    }
    paper.add(std::move(table));
}

void UnitLetter::write_demand(Paper& paper) const {
    const bool is_returned = papers::state_of(digest_) == "returned";
    const bool is_clean = digest_.findings.empty() && (layers_.empty() || losses().empty());
    const std::string_view key = is_returned ? "letter.demand_returned"
                                 : is_clean  ? "letter.demand_none"
                                             : "letter.demand";
    paper.add(PaperPart::Kind::text, words_(key, {{"until", words_.day(papers::answer_day(source_, making_))}}));
}

Paper UnitLetter::write() const {
    const std::string subject = papers::subject_words(source_, words_);
    Paper paper{{}, words_("letter.title", {{"subject", subject}}), {}, false};
    const std::string name = unit_ == nullptr ? digest_.unit : unit_->name;
    paper.add(PaperPart::Kind::addressee, words_("letter.addressee", {{"unit", papers::on_one_line(name)}}));
    paper.add(
        PaperPart::Kind::text,
        words_("letter.why", {{"subject", subject}, {"code", digest_.code}, {"today", words_.day(making_.today)}}));
    const auto heading = [&](int number, std::string_view key) {
        paper.add(PaperPart::Kind::heading, words_("number." + std::to_string(number)) + words_(key));
    };
    int number = 0;
    if (!layers_.empty()) {
        heading(++number, "letter.scores.title");
        write_scores(paper);
        write_standing(paper);
        heading(++number, "letter.losses.title");
        write_losses(paper);
    }
    heading(++number, "letter.findings.title");
    write_findings(paper);
    heading(++number, "letter.demand.title");
    write_demand(paper);
    papers::sign(paper, source_, making_);
    return paper;
}

}  // namespace

Result<std::string> write_unit_letter(const CampaignSource& source, const PaperMaking& making,
                                      std::string_view document, std::string_view format) {
    Result<std::string> letter = fail("paper-unit");
    for_each_counted(
        source.collection, source.campaign, source.sorted, [&](const ReportDigest& digest, const ExpectedUnit* unit) {
            if (digest.document == document)
                letter = papers::write_paper(UnitLetter(source, making, digest, unit).write(), format, making.language);
        });
    return letter;
}

Result<std::vector<NamedFile>> write_unit_letters(const CampaignSource& source, const PaperMaking& making,
                                                  std::string_view format) {
    const PaperSentences words(making.language, source.all.form.get());
    papers::FileNames names;
    std::vector<NamedFile> letters;
    std::optional<Error> error;
    for_each_counted(
        source.collection, source.campaign, source.sorted, [&](const ReportDigest& digest, const ExpectedUnit* unit) {
            auto letter =
                papers::write_paper(UnitLetter(source, making, digest, unit).write(), format, making.language);
            if (!letter) {
                error = letter.error();
                return;
            }
            letters.push_back({names.take(words("letter.file", {{"unit", digest.unit}}), format), *std::move(letter)});
        });
    if (error) return tl::unexpected(*error);
    return letters;
}

}  // namespace duibiao
