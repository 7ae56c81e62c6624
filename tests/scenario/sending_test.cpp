// How outputs leave the page: locked, masked, shared, and back in.
#include "core/report.hpp"
#include "exchange/lock.hpp"
#include "page.hpp"

using namespace duibiao;

namespace {

const std::string password = "一二三四五六七八";

/// A locked file as another office sends it.
std::string locked_report(const Document& document) {
    return *lock_file({"r.json", write_report(document)}, password, LockSeed{1});
}

}  // namespace

TEST_CASE("a locked report is out when the second program says so") {
    headless::Disk disk;
    Page page{disk};
    page.create().note("1.1.1", "一");
    page.send(command::ShowDialog{"send", {}});
    page.send(command::Protect{password, false});
    page.send(command::HandOver{LayerState::submitted, "其余不适用", "张三", {}, {}});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    CHECK(page.tab.files.downloads.empty());
    const OfficeJob& job = page.tab.files.office_jobs.back();
    CHECK(job.format == "json");
    CHECK(job.name.ends_with(".json.dblock"));
    CHECK(job.password == password);
    CHECK(job.report == write_report(page.state.opened->document));
    CHECK(page.state.opened->edits_out != page.state.opened->document.log.size());
    page.send(command::OfficeWritten{"json", true, {}, {}, true});
    CHECK(page.state.opened->edits_out == page.state.opened->document.log.size());
    CHECK(page.state.dialog.name.empty());
}

TEST_CASE("a password is for one output only") {
    headless::Disk disk;
    Page page{disk};
    page.create();
    page.send(command::ShowDialog{"send", {}});
    page.send(command::Protect{password, true});
    page.send(command::ExportOffice{"docx"});
    CHECK(page.tab.files.office_jobs.back().masked);
    CHECK(page.tab.files.office_jobs.back().name.ends_with(".docx.dblock"));
    page.send(command::ExportOffice{"docx"});
    CHECK_FALSE(page.tab.files.office_jobs.back().masked);
    CHECK(page.tab.files.office_jobs.back().password.empty());
    page.send(command::Protect{password, false});
    page.send(command::ShowDialog{});
    page.send(command::ExportCsv{});
    CHECK(page.tab.files.downloads.size() == 1);
}

TEST_CASE("a locked file asks for its password, keeps it through a wrong one, and is then taken in") {
    headless::Disk disk;
    Page page{disk};
    page.create().note("1.1.1", "一");
    const std::string report = write_report(page.state.opened->document);
    const std::string bytes = locked_report(page.state.opened->document);
    page.send(command::FileArrived{"r.json.dblock", bytes, false});
    REQUIRE(page.state.locked);
    CHECK(page.state.dialog.name == "locked");
    page.send(command::OpenLocked{"错的"});
    CHECK(page.tab.files.office_jobs.back().format == "open");
    CHECK(page.tab.files.office_jobs.back().report == bytes);
    page.send(command::OfficeWritten{"open", false, "密码不对"});
    CHECK(page.state.dialog.lines == std::vector<std::string>{"密码不对"});
    REQUIRE(page.state.locked);
    page.send(command::OpenLocked{password});
    page.send(command::OfficeWritten{"open", true, report, "r.json"});
    CHECK_FALSE(page.state.locked);
    CHECK(page.state.dialog.name != "locked");
    page.send(command::FileArrived{"r.docx.dblock", bytes, false});
    page.send(command::OpenLocked{password});
    page.send(command::OfficeWritten{"open", true, "PK", "r.docx"});
    CHECK(page.tab.files.downloads.back().name == "r.docx");
    CHECK(page.tab.files.stopped == 0);
}

TEST_CASE("opening a locked file says how far it is, and can be stopped and begun again") {
    headless::Disk disk;
    Page page{disk};
    page.create();
    page.send(command::OpeningWent{10});  // of nothing
    page.send(command::FileArrived{"r.docx.dblock", locked_report(page.state.opened->document), false});
    page.send(command::OpenLocked{password});
    CHECK(page.state.locked->percent == 0);
    page.send(command::OpenLocked{password});  // once is enough
    CHECK(page.tab.files.office_jobs.size() == 1);
    page.send(command::OpeningWent{40});
    CHECK(page.state.locked->percent == 40);
    page.send(command::StopOpening{});
    CHECK(page.tab.files.stopped == 1);
    REQUIRE(page.state.locked);
    CHECK_FALSE(page.state.locked->percent);
    page.send(command::OpeningWent{50});
    page.send(command::OfficeWritten{"open", true, "PK", "r.docx"});  // was on its way
    CHECK(page.tab.files.downloads.empty());
    CHECK(page.state.dialog.name == "locked");
    page.send(command::OpenLocked{password});
    page.send(command::ShowDialog{});  // closing stops, too
    CHECK(page.tab.files.stopped == 2);
    CHECK_FALSE(page.state.locked);
}

TEST_CASE("the answer to a dialog that was closed changes nothing") {
    headless::Disk disk;
    Page page{disk};
    page.create();
    page.send(command::FileArrived{"r.json.dblock", locked_report(page.state.opened->document), false});
    page.send(command::OpenLocked{password});
    page.send(command::ShowDialog{});
    page.send(command::OfficeWritten{"open", true, "PK", "r.docx"});
    CHECK(page.tab.files.downloads.empty());
    CHECK(page.state.dialog.name.empty());
}

TEST_CASE("mail without attachments, and sharing") {
    headless::Disk disk;
    Page page{disk};
    page.create();
    page.send(command::WriteMail{"a@b.cn；c@d.cn"});
    REQUIRE(page.tab.files.mails.size() == 1);
    CHECK(page.tab.files.mails.back().to == "a@b.cn, c@d.cn");
    CHECK(page.tab.files.mails.back().body.find(short_code(page.state.opened->document)) != std::string::npos);
    page.send(command::WriteMail{"谁"});
    CHECK(page.tab.files.mails.size() == 1);
    page.send(command::Share{});
    CHECK(page.tab.files.shared.back().mime == "text/html");
}
