// The superior's papers, made from a campaign's roll-up: to edit in Word, to print, to send.
//
// All of them are made of the same source as the screens; the same source, day and options give the same bytes. Names
// of units are texts everywhere: no markup, no formula, no header of an e-mail. What goes to units (notice, drafts,
// messages, letters, the bulletin for them) ranks nobody, and a letter has no other unit's name or figure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/date.hpp"
#include "exchange/campaign/write_campaign.hpp"
#include "exchange/lock.hpp"

namespace duibiao {

/// What every paper is made for.
struct PaperMaking {
    Date today{};
    std::optional<Date> until = std::nullopt;  ///< when units are to answer; none: the due date, else a blank to fill
    Language language = Language::chinese;
};

// --- 催报 ---------------------------------------------------------------------------------------------------------

/// The units without a report on paper, those longest overdue first, then in the list's order; with the campaign's
/// form, due date, day, number of files and the sum of conservation. `format` is "docx" or "html". Errors: "paper-list"
/// (no list of expected units), "format-unknown".
[[nodiscard]] Result<std::string> write_reminder_list(const CampaignSource& source, const PaperMaking& making,
                                                      std::string_view format);

/// 催报函 to all of them; more than ten stand in an annex. Errors: those above, "paper-none-missing".
[[nodiscard]] Result<std::string> write_reminder_notice(const CampaignSource& source, const PaperMaking& making,
                                                        std::string_view format);

enum class DraftsTo : std::uint8_t { each_unit, all_hidden };
struct ReminderDrafts {
    std::vector<NamedFile> files;              ///< .eml, RFC 5322 with X-Unsent: 1
    std::vector<std::string> without_address;  ///< units whose list has no e-mail address that can be used
};
/// Drafts of e-mails: one a unit, or one with all addresses in Bcc. Errors: "paper-list", "paper-none-missing".
[[nodiscard]] Result<ReminderDrafts> write_reminder_drafts(const CampaignSource& source, const PaperMaking& making,
                                                           DraftsTo to);

/// Texts for a messenger that name the units, each of one line and at most `most_message_characters`: as many as are
/// needed. Errors: "paper-list", "paper-none-missing".
[[nodiscard]] Result<std::vector<std::string>> write_reminder_messages(const CampaignSource& source,
                                                                       const PaperMaking& making);
inline constexpr std::size_t most_message_characters = 300;

// --- 反馈函 -------------------------------------------------------------------------------------------------------

/// A letter to the unit of a counted report, by the document's id: its scores by section beside full points and its
/// class's median (of at least `fewest_for_median` reports), its grade, what it lost most on, what was found, what to
/// do. `format` is "docx" or "html". Errors: "paper-unit" (no such report counts), "format-unknown".
[[nodiscard]] Result<std::string> write_unit_letter(const CampaignSource& source, const PaperMaking& making,
                                                    std::string_view document, std::string_view format);
/// A letter for every counted report, under names of their own, in the order of the list.
[[nodiscard]] Result<std::vector<NamedFile>> write_unit_letters(const CampaignSource& source, const PaperMaking& making,
                                                                std::string_view format);
/// Fewer would tell what single units have.
inline constexpr std::uint64_t fewest_for_median = 3;

// --- 通报 ---------------------------------------------------------------------------------------------------------

struct BulletinKind {
    bool is_brief = false;   ///< 简报: 4,000 characters, else 5,000
    bool is_ranked = false;  ///< 内部资料: with single units' problems, the missing ones and the ranked list
};
struct Bulletin {
    std::string file;
    std::size_t characters = 0;  ///< of title and text, without blanks, tables and annexes
    std::size_t limit = 0;       ///< above it the file says so at its head
};
/// `format` is "docx" or "html". Error: "format-unknown".
[[nodiscard]] Result<Bulletin> write_bulletin(const CampaignSource& source, const PaperMaking& making,
                                              const BulletinKind& kind, std::string_view format);

// --- The table of units ---------------------------------------------------------------------------------------------

/// Which units; what is empty admits all.
struct UnitFilter {
    std::string state = {};       ///< "missing", "pending", "accepted", "returned", "late"
    std::string district = {};    ///< as in the list
    std::string class_name = {};  ///< as in the list
    std::string text = {};        ///< in the unit's name, district, class or contact
    /// What a screen lists, by name and in its order, and how it says so; with it, the rest admits all.
    std::vector<std::string> only = {};
    std::string only_words = {};
};
/// In which order; equal ones stay in the list's order, and what is empty comes last.
struct UnitOrder {
    std::string column = {};  ///< an id of unit_columns(); empty: missing ones first
    bool is_descending = false;
    std::string group = {};  ///< "district" or "class": with n, mean and median of each group and of all; empty: none
    bool is_ranked = false;  ///< of UnitFilter::only: the screen's order is one by scores
};
/// The ids of the table's columns: "state", "unit", "district", "class", the layers that have scores ("self", …),
/// "difference" (the last of the later layers that the unit has, less the first), "grade", "errors", "warnings",
/// "handed", "due", "contact".
[[nodiscard]] std::vector<std::string> unit_columns(const RollUp& all);

/// All units of the list and those counted reports that are in none, filtered and ordered; filter, order and the number
/// of verified reports stand in the head. Ordered by a score it is 内部资料 and says so. `format` is "csv" (the table
/// alone), "xlsx", "docx" or "html". Errors: "unit-state" {choices}, "unit-column" {choices}, "unit-group" {choices},
/// "format-unknown", "xlsx-cell-long".
[[nodiscard]] Result<std::string> write_unit_table(const CampaignSource& source, const UnitFilter& filter,
                                                   const UnitOrder& order, const PaperMaking& making,
                                                   std::string_view format);

/// Files as one .zip.
[[nodiscard]] std::string zip_files(const std::vector<NamedFile>& files);

}  // namespace duibiao
