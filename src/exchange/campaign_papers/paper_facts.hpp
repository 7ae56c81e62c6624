// What several papers say alike.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/campaign_papers/campaign_papers.hpp"
#include "exchange/campaign_papers/paper.hpp"

namespace duibiao::papers {

/// Sentences: keys of assets/i18n below "papers.", dates in words.
class PaperSentences {
public:
    /// `form` names the layers; may be null.
    explicit PaperSentences(Language language, const FormOutline* form = nullptr) : language_(language), form_(form) {}
    [[nodiscard]] std::string operator()(std::string_view key, const Params& params = {}) const {
        return translate(language_, "papers." + std::string(key), params);
    }
    /// 2026年11月15日; without a day a blank to fill in.
    [[nodiscard]] std::string day(const std::optional<Date>& date) const;
    [[nodiscard]] std::string layer(Layer layer) const;
    /// The heads of a table's columns.
    [[nodiscard]] std::vector<std::string> heads(std::initializer_list<std::string_view> keys) const;
    [[nodiscard]] Language language() const { return language_; }

private:
    Language language_;
    const FormOutline* form_;
};

struct MissingUnit {
    const ExpectedUnit* unit = nullptr;
    std::optional<Date> due = {};  ///< its own, else the campaign's
    int overdue = 0;               ///< days after it; 0 where it is not over or not known
};
/// Units of the list without a counted report, longest overdue first, then in the list's order.
[[nodiscard]] std::vector<MissingUnit> missing_units(const CampaignSource& source, Date today);

/// The same where somebody has to be reminded. Errors: "paper-list" (no list of expected units), "paper-none-missing".
[[nodiscard]] Result<std::vector<MissingUnit>> units_to_remind(const CampaignSource& source, const PaperMaking& making);

/// The campaign's due date, else the one that all units of its list have.
[[nodiscard]] std::optional<Date> campaign_due(const CampaignSource& source);
/// Until when units are to answer: as the paper is made for, else the due date while it is not over; else nothing.
[[nodiscard]] std::optional<Date> answer_day(const CampaignSource& source, const PaperMaking& making);
/// Who signs; without a campaign a blank to fill in.
[[nodiscard]] std::string office_of(const CampaignSource& source, const PaperSentences& words);
/// The form's title, also where no report has come yet; 填报件 where the campaign names no form, either.
[[nodiscard]] std::string form_title(const CampaignSource& source, const PaperSentences& words);
/// 《…》（2026 年度）
[[nodiscard]] std::string subject_words(const CampaignSource& source, const PaperSentences& words);

/// The layers of a roll-up that have a total.
[[nodiscard]] std::vector<Layer> scored_layers(const RollUp& all);
/// The layer whose figures stand for all: the last one that half of the counted reports have, else the one that most
/// have. Nothing without any score.
[[nodiscard]] std::optional<Layer> telling_layer(const RollUp& all);
/// Counted reports that somebody else than the unit itself has scored.
[[nodiscard]] std::uint64_t verified_reports(const CampaignSource& source);

/// "returned", "accepted" or "pending", as RollUp counts them.
[[nodiscard]] std::string_view state_of(const ReportDigest& digest);
/// Handed over after the unit's due date.
[[nodiscard]] bool is_late(const ReportDigest& digest, const std::optional<Date>& due);
/// Of a scored form that gives the unit one grade; empty where there is none.
[[nodiscard]] std::string grade_of(const ReportDigest& digest);

/// "95.2", half up: `part` of `whole` (> 0) in percent.
[[nodiscard]] std::string percent_words(std::uint64_t part, std::uint64_t whole);
/// The first characters, with … where some are left out.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t characters);
/// A text on one line.
[[nodiscard]] std::string on_one_line(std::string_view text);

[[nodiscard]] CampaignCell counted_cell(std::uint64_t count);
[[nodiscard]] CampaignCell points_cell(const std::optional<Points>& points);

/// Office and date at the end of a paper.
void sign(Paper& paper, const CampaignSource& source, const PaperMaking& making);

/// Names for files of one archive: fit for every file system, each once.
class FileNames {
public:
    [[nodiscard]] std::string take(std::string_view name, std::string_view extension);

private:
    std::set<std::string> taken_;
};

}  // namespace duibiao::papers
