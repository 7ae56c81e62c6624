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
