// The rows of a roster and the ballots of an appraisal, as the page works on them, over storage in memory.
#include <algorithm>

#include "app/row_actions.hpp"
#include "core/cell.hpp"
#include "core/known.hpp"
#include "scenario/page.hpp"

using namespace duibiao;

namespace {

struct Roster {
    headless::Disk disk;
    Page page{disk};

    explicit Roster(const char* form = "ruian-2019-annex3") {
        page.send(command::CreateDocument{form, "市一院", "2026"});
    }
    [[nodiscard]] RowActions actions() const {
        return {page.document(), Author{page.opened().session, {}, {}}, page.opened().rows};
    }
    void change(std::vector<command::RowChange> changes) { page.send(command::ChangeRows{std::move(changes), {}, {}}); }
    void paste(std::string_view text, std::size_t row = 0, std::size_t column = 0) {
        const CellBlock block = parse_block(text);
        const BlockColumns columns = find_columns(page.document().instrument->table, block, column);
        change(actions().write(row, columns.columns,
                               CellBlock(block.begin() + static_cast<std::ptrdiff_t>(columns.body), block.end())));
    }
    [[nodiscard]] std::string names() const {
        std::string names;
        for (const RowView& row : page.opened().rows)
            names += std::string(row.cells.substr(0, row.cells.find('\t'))) + " ";
        return names;
    }
    [[nodiscard]] std::string cell(std::size_t row, std::size_t column) const {
        return std::string(split_row(page.opened().rows.at(row).cells, 9)[column]);
    }
};

}  // namespace

TEST_CASE("rows: a block goes where its heads say, below those of a printed table, without its running numbers") {
    Roster roster;
    roster.paste("序号\t书记姓名\t党组织名称\t上次换届时间\n1\t张三\t甲支部\t2024.1\n2\t李四\t乙支部\t2025年2月\n");
    CHECK(roster.names() == "甲支部 乙支部 ");
    CHECK(roster.cell(1, 1) == "2025-02");
    CHECK(roster.cell(1, 3) == "李四");
    roster.paste("1\t丙支部\t2026.1\n2\t丁支部\t2026.2\n", 2);
    CHECK(roster.names() == "甲支部 乙支部 丙支部 丁支部 ");
    CHECK(roster.cell(3, 1) == "2026-02");
    roster.paste("2020-01\n2020-02\n", 0, 1);
    CHECK(roster.cell(0, 1) == "2020-01");
    CHECK(roster.cell(0, 3) == "张三");
    roster.page.send(command::Undo{});
    CHECK(roster.cell(0, 1) == "2024-01");
}

TEST_CASE("rows: one cell that cannot stand, and nothing is pasted") {
    Roster roster;
    roster.paste("甲支部\t2024.1\n乙支部\t昨天\n丙支部\t2024.13\n");
    CHECK(roster.page.opened().rows.empty());
    REQUIRE(roster.page.state.dialog.name == "error");
    CHECK(roster.page.state.dialog.lines.at(0).find("第 2 行") != std::string::npos);
    CHECK(roster.page.state.dialog.lines.at(0).find("上次换届时间") != std::string::npos);
    CHECK(roster.page.state.dialog.lines.at(1).find("第 3 行") != std::string::npos);
}

TEST_CASE("rows: a head that is not plain asks") {
    const InstrumentPtr form = InstrumentLibrary::on_demand().find("ruian-2019-annex3");
    const Table& table = form->table;
    const auto sure = [&table](std::string_view text) { return find_columns(table, parse_block(text), 0).is_sure; };
    CHECK(sure("党组织名称\t上次换届时间\n甲\t2024.1\n"));
    CHECK(sure("党组织名称\t上次换届时间\t\n甲\t2024.1\t\n"));
    CHECK_FALSE(sure("党组织名称\t上次换届时间\t电话\n甲\t2024.1\t123\n"));
    CHECK(sure("党组织名称\t上次换届时间\t电话\n甲\t2024.1\t\n") == false);
    CHECK_FALSE(sure("党组织名称\t上次换届时间\t上次换届时间\n甲\t2024.1\t2024.1\n"));
    CHECK_FALSE(sure("甲" + std::string(table.columns.size(), '\t') + "多余\n"));
}

TEST_CASE("rows: inserted, moved, removed, filled down and sorted, and each is one step to undo") {
    Roster roster;
    roster.paste("甲支部\n乙支部\n丙支部\n");
    roster.change(roster.actions().insert(1, {std::size_t{0}}, {{"丁支部"}, {"戊支部"}}));
    CHECK(roster.names() == "甲支部 丁支部 戊支部 乙支部 丙支部 ");
    roster.change(roster.actions().move(0, 1, true));
    CHECK(roster.names() == "戊支部 甲支部 丁支部 乙支部 丙支部 ");
    roster.change(roster.actions().move(4, 4, false));
    CHECK(roster.names() == "戊支部 甲支部 丁支部 丙支部 乙支部 ");
    roster.change(roster.actions().remove(0, 1));
    CHECK(roster.names() == "丁支部 丙支部 乙支部 ");
    roster.change(roster.actions().fill({0, 2, 3, 3}, "张三"));
    CHECK(roster.cell(2, 3) == "张三");
    roster.paste("2021.1\n2020.1\n\n", 0, 1);
    roster.change(roster.actions().sort(1, false));
    CHECK(roster.names() == "丙支部 丁支部 乙支部 ");
    CHECK(roster.actions().sort(1, false).empty());
    roster.change(roster.actions().sort(1, true));
    CHECK(roster.names() == "丁支部 丙支部 乙支部 ");
    for (int i = 0; i < 3; ++i) roster.page.send(command::Undo{});
    roster.page.send(command::Undo{});
    CHECK(roster.cell(2, 3).empty());
    roster.page.send(command::Undo{});
    CHECK(roster.names() == "戊支部 甲支部 丁支部 丙支部 乙支部 ");
    CHECK(write_block(roster.actions().read({0, 1, 0, 1})) == "戊支部\t\n甲支部\t\n");
}

TEST_CASE("rows: there is a place between any two however often one is inserted there") {
    Roster roster;
    roster.paste("甲支部\n乙支部\n");
    for (int i = 0; i < 400; ++i) roster.change(roster.actions().insert(1, {std::size_t{0}}, {{std::to_string(i)}}));
    const std::string names = roster.names();
    CHECK(names.starts_with("甲支部 399 398 397 "));
    CHECK(names.ends_with(" 1 0 乙支部 "));
}

namespace {

/// Members with all their own scores, closed.
struct Appraised : Roster {
    explicit Appraised(std::size_t members) : Roster("shaoxing-2017-appraisal") {
        std::string text;
        for (std::size_t i = 1; i <= members; ++i) text += "党员" + std::to_string(i) + "\t\t18\t18\t18\t18\t18\n";
        paste(text);
        REQUIRE(page.opened().rows.size() == members);
        page.send(command::CloseStep{"self"});
    }
    [[nodiscard]] std::string stored() const {
        std::string all;
        for (const auto& [id, snapshot] : disk.documents) all += snapshot.text;
        for (const auto& [id, edits] : disk.edits) {
            for (const auto& [number, edit] : edits) all += edit;
        }
        for (const auto& [id, card] : disk.cards) all += card;
        for (const auto& [key, value] : disk.settings) all += value;
        return all;
    }
};

}  // namespace

TEST_CASE("ballots: kept over a visit, gone from the machine when their step is closed") {
    Appraised appraisal(3);
    Page& page = appraisal.page;
    page.send(command::AddBallots{
        "姓名\t暗号甲\t暗号乙\t暗号丙\n党员1\t71.5\t80\t90\n党员2\t70\t弃权\t90\n党员3\t60\t61\t62\n"});
    page.send(command::AddRater{});
    page.send(command::SetBallot{3, std::string(page.opened().rows[0].id), "99"});
    REQUIRE(page.opened().ballots.has_value());
    CHECK(page.opened().ballots->size() == 4);
    CHECK(appraisal.stored().find("暗号乙") != std::string::npos);
    Page next(appraisal.disk, 1000);
    next.open(page.id());
    REQUIRE(next.opened().ballots.has_value());
    CHECK(next.opened().ballots->score(3, next.opened().rows[0].id) == Points::from_whole(99));
    page.send(command::CloseStep{"peers"});
    CHECK_FALSE(page.opened().ballots.has_value());
    CHECK(appraisal.stored().find("暗号") == std::string::npos);
    CHECK(appraisal.stored().find("71.5") != std::string::npos);  // the lowest of four stands in the sheet
    CHECK(appraisal.stored().find("ballots") == std::string::npos);
    const auto& standings = page.opened().standings;
    CHECK(standings[0].raters == Points::from_whole(4));
    CHECK_FALSE(standings[1].lowest.has_value());  // two raters show nothing
    page.send(command::Undo{});
    CHECK(is_closed(page.document(), "peers"));
}

TEST_CASE("ballots: a tab that only reads does not bring back what the writer has deleted, nor lose what is there") {
    Appraised appraisal(1);
    Page& page = appraisal.page;
    page.send(command::AddBallots{"姓名\t暗号甲\n党员1\t80\n"});
    Page reader(appraisal.disk, 1000);
    reader.open(page.id());
    REQUIRE_FALSE(reader.opened().writer);
    const auto tell = [&] {
        std::vector<command::StoredText> cards;
        for (const auto& [id, text] : appraisal.disk.cards) cards.push_back({id, text});
        reader.send(command::CardsChanged{cards});
    };
    page.send(command::AddBallots{"姓名\t暗号乙\n党员1\t90\n"});
    tell();
    reader.send(command::Backup{});
    CHECK(appraisal.stored().find("暗号乙") != std::string::npos);
    page.send(command::CloseStep{"peers"});
    tell();
    reader.send(command::SetLayer{Layer::self});  // computes its card anew
    reader.send(command::Backup{});
    CHECK(appraisal.stored().find("暗号") == std::string::npos);
}

TEST_CASE("ballots: what cannot be read changes nothing and names the line") {
    Appraised appraisal(2);
    Page& page = appraisal.page;
    page.send(command::AddBallots{"姓名\t甲\t甲\n党员1\t80\t90\n"});
    CHECK(page.state.dialog.name == "error");
    page.send(command::AddBallots{"姓名\t甲\n党员1\t101\n"});
    CHECK(page.state.dialog.name == "error");
    page.send(command::AddBallots{"姓名\t甲\n党员9\t80\n"});
    CHECK(page.state.dialog.name == "error");
    CHECK((!page.opened().ballots || page.opened().ballots->size() == 0));
}

TEST_CASE("names: what one table knows is offered in the unit's others, with what it says of them") {
    headless::Disk disk;
    Page page(disk);
    page.send(command::CreateDocument{"ruian-2019-annex2", "市一院", "2026"});
    page.send(command::ChangeRows{{{"row.1", "张三\t1980-01\t甲厂", {}}}, {}, {}});
    page.send(command::CreateDocument{"ruian-2019-annex2", "别的单位", "2026"});
    page.send(command::ChangeRows{{{"row.1", "王五\t1970-01", {}}}, {}, {}});
    page.send(command::CreateDocument{"ledger", "市一院", "2026"});
    page.send(command::AddRows{"2026-01-05\t支委会\t第一支部\t学习\t\t李四\n"});
    page.send(command::CreateDocument{"ruian-2019-annex4", "市一院", "2026"});
    const auto& known = page.opened().known;
    CHECK(known.at(AnswerField::Entity::person) == std::vector<std::string>{"张三", "李四"});
    CHECK(known.at(AnswerField::Entity::organisation) == std::vector<std::string>{"第一支部"});
    std::vector<const Document*> related;
    for (const Document& other : page.opened().related) related.push_back(&other);
    CHECK(known_cell(related, AnswerField::Entity::person, "张三", "birth") == "1980-01");
    CHECK(known_cell(related, AnswerField::Entity::person, "李四", "birth").empty());
}

TEST_CASE("appraisal: who stands in annex 4 does not pass without a reason, on the page too") {
    headless::Disk disk;
    Page page(disk);
    page.send(command::CreateDocument{"ruian-2019-annex4", "市一院", "2026"});
    page.send(command::ChangeRows{{{"row.1", "张三\t1980-01\t醉驾\t2018-01\t4\t不合格", {}}}, {}, {}});
    page.send(command::CreateDocument{"shaoxing-2017-appraisal", "市一院", "2026-H1"});
    page.send(command::ChangeRows{{{"row.1", "张三\t\t20\t20\t20\t20\t20", {}}}, {}, {}});
    page.send(command::CloseStep{"self"});
    page.send(command::AddBallots{"姓名\t甲\t乙\t丙\n张三\t90\t95\t99\n"});
    page.send(command::CloseStep{"peers"});
    const std::string row(page.opened().rows[0].id);
    const auto has = [&page](std::string_view code) {
        const Findings& findings = page.opened().findings;
        return std::any_of(findings.begin(), findings.end(), [code](const Finding& one) { return one.code == code; });
    };
    const std::string cells = std::string(page.opened().rows[0].cells) + std::string("\t20\t20\t20\t20\t20");
    page.send(command::ChangeRows{{{row, cells, {}}}, {}, {}});
    CHECK(has("listed-passes"));
    page.send(command::ChangeRows{{{row, cells + "\t已改正，支部大会通过", {}}}, {}, {}});
    CHECK_FALSE(has("listed-passes"));
    CHECK(has("listed-passes-explained"));
}

TEST_CASE("rows: one more than there may be is refused, and nothing is lost") {
    Roster roster;
    std::vector<command::RowChange> many;
    for (int i = 1; i <= 100'000; ++i)
        many.push_back({"row." + std::to_string(100'000'000 + i).substr(1), "支部" + std::to_string(i), std::nullopt});
    roster.change(many);
    REQUIRE(roster.page.opened().rows.size() == 100'000);
    roster.change({{"row.x", "多一行", std::nullopt}});
    CHECK(roster.page.state.dialog.name == "error");
    CHECK(roster.page.opened().rows.size() == 100'000);
}
