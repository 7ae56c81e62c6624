// Word, Excel and e-mail from the page: what the second program is asked for, and what its answer does.
#include "core/report.hpp"
#include "page.hpp"

using namespace duibiao;

TEST_CASE("a file of an office's programs is asked for with the report") {
    headless::Disk disk;
    Page page{disk};
    page.create().note("1.1.1", "=1+1");
    page.send(command::ExportOffice{"xlsx"});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    const OfficeJob& job = page.tab.files.office_jobs.back();
    CHECK(job.format == "xlsx");
    CHECK(job.name.ends_with(".xlsx"));
    CHECK(job.form.empty());
    CHECK(job.attach.empty());
    CHECK(job.report == write_report(page.state.opened->document));
    CHECK(page.state.opened->state == LayerState::draft);
    page.send(command::OfficeWritten{"xlsx", true, {}});
    CHECK(page.state.toast.text.empty());
    page.send(command::OfficeWritten{"xlsx", false, {}});
    CHECK(page.state.toast.text == translate(page.state.settings.language, "ui.office.failed"));
    page.send(command::OfficeWritten{"xlsx", false, "太长"});
    CHECK(page.state.toast.text == "太长");
}

TEST_CASE("a draft reports the document") {
    headless::Disk disk;
    Page page{disk};
    page.create().note("1.1.1", "一");
    page.send(command::ShowDialog{"send", {}});
    page.send(command::HandOver{
        LayerState::submitted, "其余不适用", "张三", {}, command::ExportOffice{"eml", "json,docx", "a@b.cn"}});
    CHECK(page.tab.files.office_jobs.back().attach == "json,docx");
    CHECK(page.tab.files.office_jobs.back().to == "a@b.cn");
    CHECK(page.state.settings.recipients == "a@b.cn");
    CHECK(page.state.opened->state == LayerState::submitted);
    CHECK(page.state.opened->edits_out != page.state.opened->document.log.size());
    page.send(command::OfficeWritten{"eml", true, {}});
    CHECK(page.state.opened->edits_out == page.state.opened->document.log.size());
    CHECK(page.state.dialog.name.empty());
}

TEST_CASE("a Word form that was sent is matched first, then filled without what was left out") {
    headless::Disk disk;
    Page page{disk};
    // What is looked at of an archive: its mark, its list, and where that begins. The name has no say.
    const std::string word = std::string("PK\x03\x04PK\x01\x02word/document.xmlPK\x05\x06") + std::string(12, '\0') +
                             std::string("\x04\0\0\0\0\0", 6);
    page.send(command::FileArrived{"附件.docx", word});
    REQUIRE(page.tab.files.office_jobs.size() == 1);  // on home a form is made of it
    CHECK(page.tab.files.office_jobs.back().format == "form");
    page.tab.files.office_jobs.clear();
    page.create().score("1.1.1", "2");
    page.send(command::FileArrived{"附件1.txt", word});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    CHECK(page.tab.files.office_jobs.back().format == "match");
    CHECK(page.tab.files.office_jobs.back().given == word);
    DocxMatch match;
    match.links.push_back({DocxLink::Kind::item, "item.1.1.1", "1.甲", "1.乙", 1, 2, false, "2", 0, 0});
    match.gaps.push_back({DocxGap::Kind::left_empty, "另一项", 1, 3, {}});
    page.send(command::OfficeWritten{"match", true, write_docx_match(match)});
    CHECK(page.state.dialog.name == "given");
    REQUIRE(page.state.given->match.links.size() == 1);
    CHECK(page.state.given->match.links[0].found == "1.乙");
    CHECK(page.state.given->match.gaps[0].kind == DocxGap::Kind::left_empty);
    page.send(command::LeaveOut{"item.1.1.1", true});
    page.send(command::LeaveOut{"column.1.5", true});
    page.send(command::LeaveOut{"item.1.1.1", false});
    page.send(command::FillGiven{});
    const OfficeJob& job = page.tab.files.office_jobs.back();
    CHECK(job.format == "given");
    CHECK(job.left_out == "column.1.5");
    CHECK(job.name == "附件1（已填）.docx");
    CHECK(page.state.dialog.name.empty());
    page.send(command::FillGiven{});
    CHECK(page.tab.files.office_jobs.size() == 2);
}
