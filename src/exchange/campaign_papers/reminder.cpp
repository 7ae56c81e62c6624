// 催报 on paper: the list of missing units, and the letter to them.
#include "core/text.hpp"
#include "exchange/campaign_papers/paper_facts.hpp"

namespace duibiao {
namespace {

using papers::MissingUnit;
using papers::Paper;
using papers::PaperPart;
using papers::PaperSentences;

CampaignTable missing_list(const std::vector<MissingUnit>& missing, const PaperSentences& words) {
    CampaignTable table{
        {}, words.heads({"number", "unit", "district", "class", "contact", "due", "overdue", "reminded"}), {}};
    for (const MissingUnit& one : missing) {
        const ExpectedUnit& unit = *one.unit;
        const std::string due = one.due ? to_string(*one.due) : std::string{};
        const auto overdue = static_cast<std::uint64_t>(one.overdue);
        table.rows.push_back({papers::counted_cell(table.rows.size() + 1),
                              {unit.name},
                              {unit.district},
                              {unit.class_name},
                              {unit.contact},
                              {due},
                              one.overdue > 0 ? papers::counted_cell(overdue) : CampaignCell{},
                              {unit.reminded}});
    }
    return table;
}

/// Units alone, for those who are asked: nobody's delay, nobody's contact.
CampaignTable addressee_list(const std::vector<MissingUnit>& missing, const PaperSentences& words) {
    CampaignTable table{{}, words.heads({"number", "unit", "district", "class"}), {}};
    for (const MissingUnit& one : missing)
        table.rows.push_back({papers::counted_cell(table.rows.size() + 1),
                              {one.unit->name},
                              {one.unit->district},
                              {one.unit->class_name}});
    return table;
}

Paper reminder_list(const CampaignSource& source, const PaperMaking& making) {
    const PaperSentences words(making.language, source.all.form.get());
    Paper paper{{}, words("list.title"), {}, true};
    paper.add(PaperPart::Kind::line, words("list.head", {{"office", papers::office_of(source, words)},
                                                         {"due", words.day(papers::campaign_due(source))},
                                                         {"today", words.day(making.today)}}));
    for (std::string& line : campaign_head(source.all, making.language))
        paper.add(PaperPart::Kind::line, std::move(line));
    const auto missing = papers::missing_units(source, making.today);
    if (missing.empty()) {
        paper.add(PaperPart::Kind::text, words("list.none"));
    } else {
        paper.add(missing_list(missing, words));
    }
    return paper;
}

/// "甲医院、乙医院："; many stand in an annex.
std::string addressees(const std::vector<MissingUnit>& missing, bool are_in_annex, const PaperSentences& words) {
    if (are_in_annex) return words("notice.addressees_annex");
    std::vector<std::string> names;
    names.reserve(missing.size());
    for (const MissingUnit& one : missing) names.push_back(papers::on_one_line(one.unit->name));
    return words("notice.addressees", {{"units", names}});
}

Paper reminder_notice(const CampaignSource& source, const PaperMaking& making,
                      const std::vector<MissingUnit>& missing) {
    constexpr std::size_t most_addressees = 10;
    const PaperSentences words(making.language, source.all.form.get());
    const bool has_annex = missing.size() > most_addressees;
    const std::string subject = papers::subject_words(source, words);
    const std::uint64_t expected = source.all.expected.value_or(0);
    Paper paper{{}, words("notice.title", {{"subject", subject}}), {}, false};
    paper.add(PaperPart::Kind::addressee, addressees(missing, has_annex, words));
    paper.add(PaperPart::Kind::text, words("notice.why", {{"subject", subject},
                                                          {"due", words.day(papers::campaign_due(source))},
                                                          {"today", words.day(making.today)},
                                                          {"expected", std::to_string(expected)},
                                                          {"reported", std::to_string(expected - missing.size())},
                                                          {"missing", std::to_string(missing.size())}}));
    const std::string until = words.day(papers::answer_day(source, making));
    for (const std::string_view part : {"what", "until", "how"})
        paper.add(PaperPart::Kind::text, words("notice." + std::string(part), {{"until", until}}));
    if (has_annex) {
        paper.add(PaperPart::Kind::text, {});
        paper.add(PaperPart::Kind::text, words("notice.annexes"));
    }
    papers::sign(paper, source, making);
    if (has_annex) {
        paper.add(PaperPart::Kind::annex, words("notice.annex"));
        paper.add(addressee_list(missing, words));
    }
    return paper;
}

}  // namespace

Result<std::string> write_reminder_list(const CampaignSource& source, const PaperMaking& making,
                                        std::string_view format) {
    if (!source.all.expected) return fail("paper-list");
    return papers::write_paper(reminder_list(source, making), format, making.language);
}

Result<std::string> write_reminder_notice(const CampaignSource& source, const PaperMaking& making,
                                          std::string_view format) {
    const auto missing = papers::units_to_remind(source, making);
    if (!missing) return tl::unexpected(missing.error());
    return papers::write_paper(reminder_notice(source, making, *missing), format, making.language);
}

}  // namespace duibiao
