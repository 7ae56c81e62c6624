#include "exchange/weak/write_candidates.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "exchange/campaign_papers/paper.hpp"

namespace duibiao {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson evidence_json(const DoorEvidence& evidence, const Doors& doors) {
    return {{"door", doors.doors[evidence.door].id},
            {"form", evidence.form},
            {"title", evidence.form_title},
            {"document", evidence.document},
            {"edits", evidence.edits},
            {"item", evidence.item},
            {"text", evidence.text},
            {"answer", evidence.answer},
            {"words", evidence.words},
            {"clause", evidence.clause},
            {"survey", evidence.is_survey},
            {"tied", evidence.is_tied}};
}

OrderedJson unit_json(const Candidate& unit, const Doors& doors) {
    OrderedJson open = OrderedJson::array();
    for (const std::size_t door : unit.doors) open.push_back(doors.doors[door].id);
    OrderedJson evidence = OrderedJson::array();
    for (const DoorEvidence& one : unit.evidence) evidence.push_back(evidence_json(one, doors));
    OrderedJson replaced = OrderedJson::array();
    for (const ReplacedEvidence& one : unit.replaced) {
        replaced.push_back(evidence_json(one.evidence, doors));
        replaced.back()["by_edits"] = one.by_edits;
    }
    OrderedJson differences = OrderedJson::array();
    for (const SurveyDifference& one : unit.differences)
        differences.push_back(
            {{"item", one.item}, {"text", one.text}, {"unit", one.unit_says}, {"survey", one.survey_says}});
    OrderedJson unanswered = OrderedJson::array();
    for (const UnansweredRule& one : unit.unanswered)
        unanswered.push_back(
            {{"door", doors.doors[one.door].id}, {"form", one.form}, {"item", one.item}, {"text", one.text}});
    return {{"name", unit.name},
            {"unit", unit.unit},
            {"district", unit.district},
            {"class", unit.class_name},
            {"listed", unit.is_listed},
            {"perhaps", unit.perhaps},
            {"other_names", unit.other_names},
            {"doors", std::move(open)},
            {"evidence", std::move(evidence)},
            {"replaced", std::move(replaced)},
            {"differences", std::move(differences)},
            {"unanswered", std::move(unanswered)},
            {"doubled", unit.doubled}};
}

std::uint64_t count_candidates(const Candidates& found) {
    return static_cast<std::uint64_t>(std::count_if(found.units.begin(), found.units.end(),
                                                    [](const Candidate& unit) { return unit.is_candidate(); }));
}

/// Sentences and heads: keys of assets/i18n below "weak.".
class Words {
public:
    explicit Words(Language language) : language_(language) {}
    std::string operator()(std::string_view key, const Params& params = {}) const {
        return translate(language_, "weak." + std::string(key), params);
    }
    [[nodiscard]] std::vector<std::string> heads(std::initializer_list<std::string_view> keys) const {
        std::vector<std::string> heads;
        for (const std::string_view key : keys) heads.push_back((*this)("head." + std::string(key)));
        return heads;
    }

private:
    Language language_;
};

/// What is to be said of a unit beside its evidence.
std::string remark_of(const Candidate& unit, const Words& words) {
    std::vector<std::string> parts;
    if (!unit.is_listed)
        parts.push_back(unit.perhaps.empty() ? words("remark.unlisted")
                                             : words("remark.perhaps", {{"units", unit.perhaps}}));
    if (!unit.other_names.empty()) parts.push_back(words("remark.renamed", {{"names", unit.other_names}}));
    if (!unit.doubled.empty())
        parts.push_back(words("remark.doubled", {{"count", static_cast<std::int64_t>(unit.doubled.size())}}));
    return words("joined", {{"parts", parts}});
}

CampaignTable evidence_table(const CandidatesSource& source, const Words& words) {
    CampaignTable table{
        words("table.evidence"),
        words.heads({"district", "name", "class", "door", "words", "form", "item", "answer", "clause", "remark"}),
        {}};
    const auto add = [&](const Candidate& unit, const DoorEvidence& evidence, std::string remark) {
        const std::string item = evidence.text.empty() ? evidence.item : evidence.item + " " + evidence.text;
        const std::string form = evidence.form_title + (evidence.is_survey ? words("on_site") : std::string{});
        table.rows.push_back({{unit.district},
                              {unit.name},
                              {unit.class_name},
                              {source.doors.doors[evidence.door].title},
                              {evidence.words},
                              {form},
                              {item},
                              {evidence.answer},
                              {evidence.clause},
                              {std::move(remark)}});
    };
    for (const Candidate& unit : source.found.units) {
        for (const DoorEvidence& evidence : unit.evidence) {
            const bool opens = std::find(unit.doors.begin(), unit.doors.end(), evidence.door) != unit.doors.end();
            std::string remark = remark_of(unit, words);
            if (evidence.is_tied) remark = words("remark.tied") + remark;
            if (!opens) remark = words("remark.not_enough") + remark;
            add(unit, evidence, std::move(remark));
        }
        for (const ReplacedEvidence& one : unit.replaced)
            add(unit, one.evidence,
                words("remark.replaced",
                      {{"edits", std::int64_t{one.evidence.edits}}, {"by", std::int64_t{one.by_edits}}}));
    }
    return table;
}

CampaignTable difference_table(const CandidatesSource& source, const Words& words) {
    CampaignTable table{words("table.differences"), words.heads({"name", "item", "unit_says", "survey_says"}), {}};
    for (const Candidate& unit : source.found.units) {
        for (const SurveyDifference& one : unit.differences)
            table.rows.push_back({{unit.name}, {one.item + " " + one.text}, {one.unit_says}, {one.survey_says}});
    }
    return table;
}

CampaignTable unanswered_table(const CandidatesSource& source, const Words& words) {
    CampaignTable table{words("table.unanswered"), words.heads({"name", "door", "item"}), {}};
    for (const Candidate& unit : source.found.units) {
        for (const UnansweredRule& one : unit.unanswered)
            table.rows.push_back({{unit.name}, {source.doors.doors[one.door].title}, {one.item + " " + one.text}});
    }
    return table;
}

CampaignTable silent_table(const CandidatesSource& source, const Words& words) {
    CampaignTable table{words("table.silent"), words.heads({"name"}), {}};
    for (const std::string& name : source.found.silent) table.rows.push_back({{name}});
    return table;
}

std::vector<std::string> head_lines(const CandidatesSource& source, Language language, const Words& words) {
    const auto text = [](std::uint64_t n) { return std::to_string(n); };
    const Candidates& found = source.found;
    std::vector<std::string> on;
    for (const Door& door : source.doors.doors) {
        if (door.is_on) on.push_back(door.title);
    }
    return {words("subject", {{"office", source.campaign == nullptr ? std::string{} : source.campaign->unit},
                              {"period", period_title(language, found.period)},
                              {"as_of", to_string(source.as_of)}}),
            words("doors", {{"doors", on}, {"source", source.doors.source_title}}),
            words("conservation", {{"received", text(found.received)},
                                   {"counted", text(found.counted)},
                                   {"superseded", text(found.superseded)},
                                   {"doubled", text(found.doubled)},
                                   {"unlisted", text(found.unlisted)},
                                   {"aside", text(found.aside)},
                                   {"rejected", text(found.rejected)}}),
            words("sum", {{"candidates", text(count_candidates(found))}, {"silent", text(found.silent.size())}})};
}

}  // namespace

std::string write_candidates_json(const CandidatesSource& source) {
    const Candidates& found = source.found;
    OrderedJson on = OrderedJson::array();
    for (const Door& door : source.doors.doors) {
        if (door.is_on) on.push_back({{"id", door.id}, {"title", door.title}, {"clause", door.clause}});
    }
    OrderedJson units = OrderedJson::array();
    for (const Candidate& unit : found.units) units.push_back(unit_json(unit, source.doors));
    const OrderedJson json{{"doors",
                            {{"id", source.doors.id},
                             {"version", source.doors.version},
                             {"title", source.doors.title},
                             {"on", std::move(on)}}},
                           {"office", source.campaign == nullptr ? std::string{} : source.campaign->unit},
                           {"period", found.period},
                           {"as_of", to_string(source.as_of)},
                           {"received", found.received},
                           {"counted", found.counted},
                           {"superseded", found.superseded},
                           {"doubled", found.doubled},
                           {"unlisted", found.unlisted},
                           {"aside", found.aside},
                           {"rejected", found.rejected},
                           {"candidates", count_candidates(found)},
                           {"units", std::move(units)},
                           {"silent", found.silent}};
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

Result<std::string> write_candidates(const CandidatesSource& source, std::string_view format, Language language) {
    const Words words(language);
    if (format == "csv") return write_campaign_csv(evidence_table(source, words));
    CampaignBook book{words("title"), head_lines(source, language, words), {}};
    for (CampaignTable table : {evidence_table(source, words), difference_table(source, words),
                                unanswered_table(source, words), silent_table(source, words)}) {
        if (!table.rows.empty()) book.tables.push_back(std::move(table));
    }
    if (format == "xlsx") return write_campaign_xlsx(book);
    papers::Paper paper{words("internal"), book.title, {}, true};
    for (std::string& line : book.head) paper.add(papers::PaperPart::Kind::line, std::move(line));
    for (CampaignTable& table : book.tables) paper.add(std::move(table));
    return papers::write_paper(paper, format, language);
}

}  // namespace duibiao
