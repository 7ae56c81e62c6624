// Workbooks that arrive: the second program takes their sheets out, and they go to the document that they came for.
#include <string>

#include "exchange/workbook/sheets.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

const std::string workbook =
    "PK\x03\x04PK\x01\x02xl/workbook.xmlPK\x05\x06" + std::string(12, '\0') + std::string("\x04\0\0\0\0\0", 6);
const Sheet scores{"自评", "编号\t得分\t落实情况\n1.1.1\t2\n1.1.2\t\t记录\n"};

command::OfficeWritten answer(const std::vector<Sheet>& sheets) {
    return {"sheets", true, write_sheets(sheets), "自评.xlsx"};
}

}  // namespace

TEST_CASE("workbook: its sheet fills the document that it came for") {
    Disk disk;
    Page page(disk);
    page.create();
    const std::size_t before = page.document().log.size();
    page.send(command::FileArrived{"自评.xlsx", workbook});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    CHECK(page.tab.files.office_jobs.back().format == "sheets");
    CHECK(page.tab.files.office_jobs.back().report == workbook);
    page.send(answer({{"说明", "请填\n"}, scores}));
    CHECK(page.total() == "2");
    CHECK(page.note_of("1.1.2") == "记录");
    CHECK(page.state.workbooks_for.empty());
    page.send(answer({scores}));  // that nobody asked for
    CHECK(page.document().log.size() == before + 2);
}

TEST_CASE("workbook: hidden rows are said, and what cannot be read leaves all as it was") {
    Disk disk;
    Page page(disk);
    page.create();
    const std::size_t before = page.document().log.size();
    const auto arrive = [&page](const command::OfficeWritten& said) {
        page.send(command::FileArrived{"自评.xlsx", workbook});
        page.send(said);
    };
    arrive(answer({scores, {"又", scores.text}}));
    // Which of the two is meant is asked, and one of them read.
    CHECK(page.state.dialog.name == "sheets");
    CHECK(page.state.dialog.lines == std::vector<std::string>{"自评", "又"});
    CHECK(page.document().log.size() == before);
    page.send(command::TakeSheet{"没有这张"});
    CHECK(page.document().log.size() == before);
    arrive({"sheets", false, "坏了", "自评.xlsx"});
    CHECK(page.state.dialog.name == "error");
    CHECK(page.state.dialog.argument == "自评.xlsx");
    CHECK(page.state.dialog.lines.front() == "坏了");
    arrive({"sheets", false, {}, "自评.xlsx"});  // the program could not be fetched
    CHECK_FALSE(page.state.dialog.lines.front().empty());
    arrive(answer({{"自评", "编号\t得分\n1.1.1\t99\n"}}));
    CHECK(page.state.dialog.argument.find("自评.xlsx（工作表“自评”）") != std::string::npos);
    CHECK(page.document().log.size() == before);
    Sheet hidden = scores;
    hidden.hidden_rows = 1;
    arrive(answer({hidden}));
    CHECK(page.total() == "2");
    CHECK(page.state.toast.text.find("1 行") != std::string::npos);
    CHECK(page.state.toast.text.find("隐藏") != std::string::npos);
}

TEST_CASE("workbook: never into another document than it came for, nor where nothing can read it") {
    Disk disk;
    Page page(disk);
    page.send(command::FileArrived{"自评.xlsx", workbook});  // on home a form is made of it
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    CHECK(page.tab.files.office_jobs.back().format == "form");
    page.tab.files.office_jobs.clear();
    page.create("甲医院党委");
    page.send(command::FileArrived{"自评.xlsx", workbook});
    page.create("乙医院党委");
    const std::size_t before = page.document().log.size();
    page.send(answer({scores}));
    CHECK(page.document().log.size() == before);
    CHECK(page.state.dialog.name == "error");
    page.send(command::OfflineKnown{command::OfflineKnown::How::file});
    page.send(command::FileArrived{"自评.xlsx", workbook});
    CHECK(page.tab.files.office_jobs.size() == 1);
    CHECK(page.state.dialog.lines.front().find("单文件版") != std::string::npos);
}

TEST_CASE("workbook: a template is asked of the second program under a name that says what it is") {
    Disk disk;
    Page page(disk);
    page.send(command::GiveTemplate{});
    CHECK(page.tab.files.office_jobs.empty());
    page.create();
    page.send(command::GiveTemplate{});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    CHECK(page.tab.files.office_jobs.back().format == "template");
    CHECK(page.tab.files.office_jobs.back().name.ends_with("-模板.xlsx"));
}
