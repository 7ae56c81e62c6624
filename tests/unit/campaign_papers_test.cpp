#include "exchange/campaign_papers/campaign_papers.hpp"

#include <doctest/doctest.h>

#include "core/campaign/collection.hpp"
#include "core/campaign/partial.hpp"
#include "core/text.hpp"
#include "unit/small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

Campaign campaign_of(std::vector<ExpectedUnit> expected) {
    return {"市卫健委", "2026", {"jilin-committee"}, day(2026, 11, 15), std::move(expected)};
}

/// A campaign's source with what it is made of.
struct Made {
    explicit Made(Campaign given) : campaign(std::move(given)) {}

    void add(const InstrumentPtr& form, const std::string& unit) {
        auto document = new_document(form, "doc-" + unit, unit, "2026", author(unit));
        REQUIRE(document.has_value());
        Outlines outlines;
        auto digest = digest_report(
            write_report(*document), [&](const FormIdentity&) { return form; }, outlines);
        REQUIRE(digest.has_value());
        collection.add(*digest, write_digest_line(*digest));
    }
    CampaignSource source() {
        sorted = sort_reports(collection, &campaign);
        all = roll_up(collection, &campaign, sorted);
        return {collection, &campaign, sorted, all, nullptr};
    }

    LinesInMemory lines;
    Collection collection{lines};
    Campaign campaign;
    Sorted sorted;
    RollUp all;
};

ExpectedUnit unit_named(const std::string& name, const std::string& mail = {}) {
    ExpectedUnit unit;
    unit.name = name;
    unit.email = mail;
    return unit;
}

bool holds(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("a reminder has the campaign's form and due date before any report has come") {
    Made made(campaign_of({unit_named("甲医院", "a@b.cn"), unit_named("乙医院")}));
    const CampaignSource source = made.source();
    PaperMaking making{day(2026, 11, 20)};
    const auto list = write_reminder_list(source, making, "html");
    REQUIRE(list.has_value());
    CHECK(holds(*list, "截止日期：2026年11月15日"));
    CHECK(holds(*list, "<td class=\"number\">5</td>"));
    const auto notice = write_reminder_notice(source, making, "html");
    REQUIRE(notice.has_value());
    CHECK(holds(*notice, "《党建工作“强基提质”标准化创建量化表》（2026 年度）应于2026年11月15日前报送"));
    CHECK(holds(*notice, "请于　　　　年　　月　　日前报送"));

    // Before the day is over, it is the one to answer by; a day that is given comes first.
    making.today = day(2026, 11, 15);
    CHECK(holds(*write_reminder_notice(source, making, "html"), "请于2026年11月15日前报送"));
    CHECK_FALSE(holds(*write_reminder_list(source, making, "html"), "<td class=\"number\">0</td>"));
    making.until = day(2026, 12, 1);
    CHECK(holds(*write_reminder_notice(source, making, "html"), "请于2026年12月1日前报送"));
    CHECK(write_reminder_notice(source, making, "pdf").error().code == "format-unknown");
}

TEST_CASE("drafts say who has no address") {
    Made made(
        campaign_of({unit_named("甲医院", "a@b.cn"), unit_named("乙医院"), unit_named("丙", "c@d.cn\r\nBcc: e@f.cn")}));
    const CampaignSource source = made.source();
    const auto drafts = write_reminder_drafts(source, {day(2026, 11, 20)}, DraftsTo::each_unit);
    REQUIRE(drafts.has_value());
    REQUIRE(drafts->files.size() == 1);
    CHECK(drafts->files.front().name == "催报-甲医院.eml");
    CHECK(holds(drafts->files.front().content, "Date: Fri, 20 Nov 2026 00:00:00 +0000\r\nTo: a@b.cn\r\n"));
    CHECK(drafts->without_address == std::vector<std::string>{"乙医院", "丙"});
}

TEST_CASE("a message has no more characters than a messenger takes, whatever the names") {
    std::vector<ExpectedUnit> units;
    for (int i = 0; i < 50; ++i) units.push_back(unit_named(std::to_string(i) + std::string(600, 'x')));
    Campaign campaign = campaign_of(std::move(units));
    campaign.unit = std::string(500, 'y');
    Made made(std::move(campaign));
    const CampaignSource source = made.source();
    for (const Language language : {Language::chinese, Language::english}) {
        const auto messages = write_reminder_messages(source, {day(2026, 11, 20), std::nullopt, language});
        REQUIRE(messages.has_value());
        CHECK(messages->size() == 50);
        for (const std::string& message : *messages) CHECK(count_characters(message) <= most_message_characters);
    }
}

TEST_CASE("a unit's letter is the same alone and among all") {
    const InstrumentPtr form = load();
    Campaign campaign = campaign_of({unit_named("甲医院"), unit_named("乙医院")});
    campaign.instruments = {};
    Made made(std::move(campaign));
    made.add(form, "甲医院");
    made.add(form, "乙医院");
    const CampaignSource source = made.source();
    const PaperMaking making{day(2026, 11, 20)};
    const auto letters = write_unit_letters(source, making, "docx");
    REQUIRE(letters.has_value());
    REQUIRE(letters->size() == 2);
    CHECK(write_unit_letter(source, making, "doc-乙医院", "docx") == letters->back().content);
    CHECK(write_unit_letter(source, making, "doc-丙医院", "docx").error().code == "paper-unit");
    CHECK(write_unit_letter(source, making, "doc-乙医院", "pdf").error().code == "format-unknown");
    CHECK(unit_columns(source.all) == std::vector<std::string>{"state", "unit", "district", "class", "errors",
                                                               "warnings", "handed", "due", "contact"});
    CHECK(write_unit_table(source, {}, {"size"}, making, "csv").error().code == "unit-column");
}

TEST_CASE("a bulletin praises nobody for an item without points") {
    Made made(campaign_of({unit_named("甲医院")}));
    const CampaignSource source = made.source();
    made.all.fates[static_cast<std::size_t>(Fate::counted)] = 1;
    made.all.layers.front().figures.add(Points::from_whole(1));
    for (const auto& [id, points] : {std::pair("6.1", 0), std::pair("1.1", 1)}) {
        PlaceFigures place{{id, "条目", Points::from_whole(points)}, {}};
        place.layers.front().figures.add(Points::from_whole(points));
        place.layers.front().full = 1;
        made.all.criteria.push_back(place);
    }
    const auto bulletin = write_bulletin(source, {day(2026, 11, 20)}, {}, "html");
    REQUIRE(bulletin.has_value());
    CHECK(holds(bulletin->file, "1．条目（1.1）：有得分 1 家，满分 1 家，占 100.0%"));
    CHECK_FALSE(holds(bulletin->file, "（6.1）"));
    CHECK(bulletin->limit == 5000);
}
