#include "exchange/desk/desk_paper.hpp"

#include <map>
#include <utility>

#include "core/sort.hpp"
#include "exchange/campaign/campaign_tables.hpp"
#include "exchange/campaign_papers/paper.hpp"
#include "exchange/weak/found_weak.hpp"
#include "exchange/weak/write_candidates.hpp"

namespace duibiao {
namespace {

Result<std::string> drafts(const CampaignSource& source, const DeskPaper& wanted) {
    auto made = write_reminder_drafts(source, wanted.making,
                                      wanted.paper == "draft" ? DraftsTo::all_hidden : DraftsTo::each_unit);
    if (!made) return tl::unexpected<Error>(std::move(made.error()));
    return wanted.paper == "draft" ? std::move(made->files.front().content) : zip_files(made->files);
}

Result<std::string> messages(const CampaignSource& source, const DeskPaper& wanted) {
    auto made = write_reminder_messages(source, wanted.making);
    if (!made) return tl::unexpected<Error>(std::move(made.error()));
    std::string text;
    for (const std::string& message : *made) text += (text.empty() ? "" : "\n\n") + message;
    return text;
}

Result<std::string> letters(const CampaignSource& source, const DeskPaper& wanted) {
    auto made = write_unit_letters(source, wanted.making, "docx");
    if (!made) return tl::unexpected<Error>(std::move(made.error()));
    return zip_files(*made);
}

Result<std::string> bulletin(const CampaignSource& source, const DeskPaper& wanted) {
    auto made =
        write_bulletin(source, wanted.making, {wanted.paper == "brief", wanted.paper == "internal"}, wanted.format);
    if (!made) return tl::unexpected<Error>(std::move(made.error()));
    return std::move(made->file);
}

Result<std::string> candidates(const CampaignSource& source, const DeskPaper& wanted) {
    const Result<Doors> doors = doors_of(source.campaign);
    if (!doors) return tl::unexpected<Error>(doors.error());
    const Candidates found = find_candidates(source.collection, source.campaign, *doors, wanted.making.today);
    return write_candidates({found, *doors, source.campaign, wanted.making.today}, wanted.format,
                            wanted.making.language);
}

std::string partial(const CampaignSource& source) {
    std::string text;
    source.collection.write_partial([&text](std::string_view piece) { text += piece; });
    return text;
}

/// The rows of these units, in the order in which the screen lists them; units without a report have none.
CampaignTable rows_of(CampaignTable table, const std::vector<std::string>& units) {
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < units.size(); ++i) places.try_emplace(units[i], i);
    std::erase_if(table.rows, [&](const auto& row) { return !places.contains(row.front().text); });
    sort_stably(table.rows,
                [&](const auto& a, const auto& b) { return places.at(a.front().text) < places.at(b.front().text); });
    return table;
}

/// What the screen shows as one table: "scores", "findings".
Result<std::string> shown_table(const CampaignSource& source, const DeskPaper& wanted) {
    const Language language = wanted.making.language;
    CampaignTable table = wanted.paper == "scores"
                              ? rows_of(unit_table(source, language, BookWidth::sheet), wanted.filter.only)
                              : rule_table(source.all, language);
    std::vector<std::string> head = campaign_head(source.all, language);
    if (!wanted.filter.only_words.empty()) head.push_back(wanted.filter.only_words);
    std::string title = std::exchange(table.title, {});
    if (wanted.format == "xlsx") {
        table.title = title;
        return write_campaign_xlsx({std::move(title), std::move(head), {std::move(table)}});
    }
    papers::Paper paper{{}, std::move(title), {}, true};
    for (std::string& line : head) paper.add(papers::PaperPart::Kind::line, std::move(line));
    paper.add(std::move(table));
    return papers::write_paper(paper, wanted.format, language);
}

}  // namespace

Result<std::string> write_desk_paper(const CampaignSource& source, const DeskPaper& wanted) {
    const std::string& paper = wanted.paper;
    if (paper == "rollup") return write_campaign(source, wanted.format, wanted.making.language);
    if (paper == "partial") return partial(source);
    if (paper == "candidates") return candidates(source, wanted);
    if (paper == "units") return write_unit_table(source, wanted.filter, wanted.order, wanted.making, wanted.format);
    if (paper == "scores" || paper == "findings") return shown_table(source, wanted);
    if (paper == "reminder") return write_reminder_list(source, wanted.making, wanted.format);
    if (paper == "notice") return write_reminder_notice(source, wanted.making, wanted.format);
    if (paper == "drafts" || paper == "draft") return drafts(source, wanted);
    if (paper == "messages") return messages(source, wanted);
    if (paper == "letter") return write_unit_letter(source, wanted.making, wanted.document, wanted.format);
    if (paper == "letters") return letters(source, wanted);
    if (paper == "bulletin" || paper == "brief" || paper == "internal") return bulletin(source, wanted);
    return fail("format-unknown", paper);
}

}  // namespace duibiao
