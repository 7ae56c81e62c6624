#include "exchange/desk/desk_paper.hpp"

#include <utility>

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

}  // namespace

Result<std::string> write_desk_paper(const CampaignSource& source, const DeskPaper& wanted) {
    const std::string& paper = wanted.paper;
    if (paper == "rollup") return write_campaign(source, wanted.format, wanted.making.language);
    if (paper == "partial") return partial(source);
    if (paper == "candidates") return candidates(source, wanted);
    if (paper == "units") return write_unit_table(source, wanted.filter, wanted.order, wanted.making, wanted.format);
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
