// What a campaign's outputs say, table by table; a writer only knows its format.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "exchange/campaign/write_campaign.hpp"

namespace duibiao {

/// A text, or a number as a decimal.
struct CampaignCell {
    std::string text;
    bool is_number = false;
};

struct CampaignTable {
    std::string title;
    std::vector<std::string> heads;
    std::vector<std::vector<CampaignCell>> rows;
};

struct CampaignBook {
    std::string title;
    std::vector<std::string> head;  ///< lines below the title: subject, what became of the files
    std::vector<CampaignTable> tables;
};

/// A page has room for a unit's totals only; a sheet or a screen for its sections, and for units × items, too.
enum class BookWidth : std::uint8_t { page, sheet };

/// The tables that have rows: layers, sections, criteria, groups, missing, files that do not count, findings, duties,
/// grades, of forms of format 2 levels, shares and the grades that are proposed, units; of rosters all rows with the
/// unit in front, of checklists the units × items.
[[nodiscard]] CampaignBook campaign_book(const CampaignSource& source, Language language, BookWidth width);
/// What the rules found, by rule.
[[nodiscard]] CampaignTable rule_table(const RollUp& all, Language language);
/// One row a counted unit.
[[nodiscard]] CampaignTable unit_table(const CampaignSource& source, Language language, BookWidth width);

/// What units filled in that are no scores: of a roster all rows with the unit in front, of a checklist units × items.
/// Without rows for other forms.
[[nodiscard]] CampaignTable collected_table(const CampaignSource& source, Language language);

/// "自评", or the label of a form's scorer; `form` may be null.
[[nodiscard]] std::string layer_title(Language language, const FormOutline* form, std::size_t layer);

/// Bars of a distribution and of the sections' shares, as SVG elements with their words.
[[nodiscard]] std::string campaign_charts(const RollUp& all, Language language);

/// What every output says of the files: the form with its period, the sum of conservation, and with a list how many
/// units are expected, missing and late.
[[nodiscard]] std::vector<std::string> campaign_head(const RollUp& all, Language language);

[[nodiscard]] std::string write_campaign_csv(const CampaignTable& table);
[[nodiscard]] Result<std::string> write_campaign_xlsx(const CampaignBook& book);
[[nodiscard]] std::string write_campaign_docx(const CampaignBook& book, Language language);

}  // namespace duibiao
