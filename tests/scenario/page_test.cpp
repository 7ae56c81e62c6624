// What a clerk does on the page, from the first visit to the file that is sent.
#include "page.hpp"

#include <algorithm>

#include "core/json.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

std::string report_of(const Page& page) { return write_report(page.document()); }

command::FileArrived file(std::string name, std::string content) {
    return {std::move(name), std::move(content), false};
}

}  // namespace

TEST_CASE("page: the first visit shows an empty home") {
    Disk disk;
    const Page page(disk);
    CHECK(page.state.screen == Screen::home);
    CHECK(page.state.cards.empty());
    CHECK(page.state.library.find("jilin-committee") != nullptr);
}

TEST_CASE("page: what was filled in is there on the next visit, and undo still works") {
    Disk disk;
    std::string id;
    {
        Page page(disk);
        page.create().score("1.1.1", "2").note("1.1.1", "已修订议事规则");
        CHECK(page.state.saving.state == SaveState::saved);
        CHECK(page.tab.location.history.back() == "/doc/" + page.id());
        id = page.id();
    }
    Page page(disk, 1000);
    REQUIRE(page.state.cards.size() == 1);
    CHECK(page.state.cards[0].score == Points::from_whole(2));
    page.open(id);
    CHECK(page.total() == "2");
    CHECK(page.note_of("1.1.1") == "已修订议事规则");
    page.send(command::Undo{});
    CHECK(page.note_of("1.1.1").empty());
    page.send(command::Redo{});
    CHECK(page.note_of("1.1.1") == "已修订议事规则");
}

TEST_CASE("page: typing in one field is one edit, durable at every key") {
    Disk disk;
    Page page(disk);
    page.create();
    const std::size_t before = page.document().log.size();
    page.note("1.1.1", "已", "visit-1").note("1.1.1", "已落", "visit-1").note("1.1.1", "已落实", "visit-1");
    CHECK(page.document().log.size() == before + 1);
    const std::string id = page.id();
    page.send(command::OpenHome{});
    Page reopened(disk, 1000);
    reopened.open(id);
    CHECK(reopened.note_of("1.1.1") == "已落实");
    reopened.send(command::Undo{});
    CHECK(reopened.note_of("1.1.1").empty());
}

TEST_CASE("page: hundreds of edits pass over several snapshots") {
    Disk disk;
    Page page(disk);
    page.create();
    for (int i = 0; i < 450; ++i) page.note("1.1.1", "第" + std::to_string(i) + "稿");
    Page reopened(disk, 5000);
    reopened.open(page.id());
    CHECK(report_of(reopened) == report_of(page));
}

TEST_CASE("page: a long visit to one field passes over snapshots and is still one action") {
    Disk disk;
    std::string id;
    {
        Page page(disk);
        page.create();
        id = page.id();
        for (int i = 1; i <= 450; ++i) page.note("1.1.1", "第" + std::to_string(i) + "稿", "visit-1");
        page.tab.storage.fail_next("closed", 1);
        page.note("1.1.1", "失败后", "visit-1")
            .note("1.1.1", "失败后再写", "visit-1")
            .note("1.1.1", "最后一稿", "visit-1");
    }
    Page reopened(disk, 5000);
    reopened.open(id);
    CHECK(reopened.opened().quarantined == 0);
    CHECK(reopened.note_of("1.1.1") == "最后一稿");
    reopened.send(command::Undo{});
    CHECK(reopened.note_of("1.1.1").empty());
}

TEST_CASE("page: a stored edit that does not fit is left out, and those after it stand") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").score("1.1.2", "1").score("1.1.1", "1");
    const std::size_t middle = page.document().log.size() - 2;
    auto& stored = disk.edits[page.id()];
    REQUIRE(stored.contains(middle));
    Edit edit = page.document().log[middle];
    SUBCASE("unreadable") { stored[middle] = "{"; }
    SUBCASE("a score above the criterion's") {
        edit.after = Points::from_whole(900);
        stored[middle] = write_edit(edit);
    }
    SUBCASE("an id that another edit has") {
        edit.id = page.document().log[middle - 1].id;
        stored[middle] = write_edit(edit);
    }
    SUBCASE("missing") { stored.erase(middle); }
    const std::string id = page.id();
    const std::size_t records = 1 + stored.size();
    page.send(command::OpenHome{});
    Page reopened(disk, 1000);
    reopened.open(id);
    CHECK(reopened.opened().quarantined == 1);
    CHECK(reopened.document().log.size() == middle + 1);
    CHECK(reopened.total() == "1");

    // A snapshot stands for what is left, and what was stored is kept beside it.
    CHECK(disk.edits[id].empty());
    CHECK(disk.aside.size() == records);
    CHECK(reopened.state.aside == 1);
    reopened.score("1.1.2", "0.5").send(command::OpenHome{});
    Page again(disk, 2000);
    again.open(id);
    CHECK(again.opened().quarantined == 0);
    CHECK(again.total() == "1.5");
    again.send(command::Rescue{});
    CHECK(again.tab.files.downloads.back().name == "duibiao-rescue-2026-11-21.json");
}

TEST_CASE("page: stored edits that changed their places are put in order again") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").score("1.1.1", "0.5").score("1.1.1", "1");
    const std::string id = page.id();
    const std::vector<Edit> log = page.document().log;
    std::swap(disk.edits[id][log.size() - 1], disk.edits[id][log.size() - 3]);
    page.send(command::OpenHome{});
    Page reopened(disk, 1000);
    reopened.open(id);
    CHECK(reopened.document().log == log);
    CHECK(reopened.total() == "1");
    CHECK(disk.aside.size() == 4);
}

TEST_CASE("page: records put aside are not lost when the snapshot in their place cannot be stored") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").score("1.1.2", "1");
    const std::string id = page.id();
    disk.edits[id].begin()->second = "{";
    page.send(command::OpenHome{});
    Page reopened(disk, 1000);
    update(reopened.state, reopened.tab.ports(), command::OpenDocument{id, {}});
    for (const Command& answer : reopened.tab.storage.take_answers()) {
        reopened.tab.storage.fail_next("quota", 1);
        update(reopened.state, reopened.tab.ports(), answer);
    }
    reopened.settle();
    CHECK(reopened.state.saving.state == SaveState::failed);
    CHECK(disk.aside.empty());
    reopened.tab.storage.fail_next("quota", 0);
    reopened.send(command::RetrySave{});
    CHECK(reopened.state.saving.state == SaveState::saved);
    CHECK(disk.aside.size() == 3);
}

TEST_CASE("page: a document that is left while it cannot be saved is held until it can") {
    Disk disk;
    Page page(disk);
    page.create("甲医院");
    const std::string first = page.id();
    page.send(command::OpenHome{}).create("乙医院");
    const std::string second = page.id();
    page.open(first);
    page.tab.storage.fail_next("quota", 1);
    page.score("1.1.1", "2");
    page.send(command::OpenHome{});
    CHECK(page.state.saving.state == SaveState::failed);
    SUBCASE("another one's edit saves both") { page.open(second).score("1.1.2", "1"); }
    SUBCASE("it is opened again") {
        page.open(first);
        CHECK(page.total() == "2");
        page.send(command::RetrySave{});
    }
    SUBCASE("at home") { page.send(command::RetrySave{}); }
    CHECK(page.state.saving.state == SaveState::saved);
    CHECK(page.state.unsaved.empty());
    Page reopened(disk, 1000);
    reopened.open(first);
    CHECK(reopened.total() == "2");
}

TEST_CASE("page: an old failure does not undo a recovery under way") {
    Disk disk;
    Page page(disk);
    page.create();
    const Ports ports = page.tab.ports();
    page.tab.storage.fail_next("quota", 2);
    for (const char* item : {"1.1.1", "1.1.2"})
        update(page.state, ports, command::SetAnswer{{Layer::self, item, "score"}, "1", item});
    const std::vector<Command> failures = page.tab.storage.take_answers();
    REQUIRE(failures.size() == 2);
    update(page.state, ports, failures[0]);
    update(page.state, ports, command::RetrySave{});
    update(page.state, ports, failures[1]);
    page.settle();
    CHECK(page.state.saving.state == SaveState::saved);
}

TEST_CASE("page: a full disk is said, and saving again makes everything good") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    page.tab.storage.fail_next("quota", 1);
    page.score("1.1.2", "1");
    CHECK(page.state.saving.state == SaveState::failed);
    CHECK(page.state.saving.reason == "quota");
    CHECK(page.total() == "3");  // still on the screen
    page.send(command::ShowDialog{"save", {}});
    page.send(command::RetrySave{});
    CHECK(page.state.saving.state == SaveState::saved);
    CHECK(page.state.dialog.name.empty());
    Page reopened(disk, 1000);
    reopened.open(page.id());
    CHECK(reopened.total() == "3");
}

TEST_CASE("page: after a failed save the next edit stores everything") {
    Disk disk;
    Page page(disk);
    page.create();
    page.tab.storage.fail_next("closed", 1);
    page.score("1.1.1", "2").score("1.1.2", "1");
    CHECK(page.state.saving.state == SaveState::saved);
    Page reopened(disk, 1000);
    reopened.open(page.id());
    CHECK(reopened.total() == "3");
}

TEST_CASE("page: a score that cannot be is refused with a sentence") {
    Disk disk;
    Page page(disk);
    page.create();
    const std::string before = report_of(page);
    for (const char* wrong : {"3", "-1", "0.3", "两分", "1e9"}) {
        page.score("1.1.1", wrong);
        CHECK_MESSAGE(!page.state.toast.text.empty(), wrong);
        page.send(command::DismissToast{});
    }
    CHECK(report_of(page) == before);
}

TEST_CASE("page: a column of scores is pasted whole or not at all") {
    Disk disk;
    Page page(disk);
    page.create();
    page.send(command::PasteScores{Layer::self, "1.1.1", "2\r\n1\r\n0.5\r\n"});
    CHECK(page.total() == "3.5");
    page.send(command::Undo{});
    CHECK(page.total() == "0");
    page.send(command::PasteScores{Layer::self, "1.1.1", "2\n7\n"});
    CHECK(page.total() == "0");
    CHECK(page.state.toast.text.find("1.1.2") != std::string::npos);
    page.send(command::PasteScores{Layer::self, "9.1.4", "1\n1\n"});
    CHECK(page.total() == "0");
}

TEST_CASE("page: delete can be undone") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    const std::string id = page.id();
    page.send(command::DeleteDocument{id});
    CHECK(page.state.screen == Screen::home);
    CHECK(page.state.cards.empty());
    REQUIRE(page.state.toast.command.has_value());
    page.send(*page.state.toast.command);
    REQUIRE(page.state.cards.size() == 1);
    CHECK(page.open(id).total() == "2");
}

TEST_CASE("page: the next period carries unit and texts, not scores") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").note("1.1.1", "已修订议事规则");
    const std::string first = page.id();
    page.send(command::OpenHome{}).send(command::DuplicateDocument{first});
    CHECK(page.id() != first);
    CHECK(page.document().period() == "2027");
    CHECK(page.document().unit() == "市第一医院党委");
    CHECK(page.note_of("1.1.1") == "已修订议事规则");
    CHECK(page.opened().tally.layers[0].scored == 0);
    CHECK(page.state.cards.size() == 2);
}

TEST_CASE("page: what is sent opens on another machine as the same document") {
    Disk here;
    Disk there;
    Page sender(here);
    sender.create().score("1.1.1", "2").note("1.1.1", "㐂䶮𬭩");
    sender.send(command::HandOver{LayerState::submitted, "其余各项本年度不适用", "张三", "党办"});
    REQUIRE(sender.tab.files.downloads.size() == 1);
    CHECK(sender.opened().state == LayerState::submitted);
    CHECK(count_unsaved_outside(sender.state) == 0);
    const std::string sent = sender.tab.files.downloads[0].content;

    Page receiver(there, 1000);
    receiver.send(file("report.json", sent));
    CHECK(receiver.opened().load_findings.empty());
    CHECK(report_of(receiver) == sent);
    receiver.send(command::SetLayer{Layer::acceptance}).score("1.1.1", "1");
    CHECK(count(receiver.opened().findings).errors == 1);  // a deduction without a reason
    receiver.note("1.1.1", "制度未见落实记录");
    CHECK(count(receiver.opened().findings).errors == 0);
    CHECK(receiver.note_of("1.1.1") == "㐂䶮𬭩");

    sender.score("1.1.2", "1");
    CHECK(report_of(sender) == sent);                 // locked
    CHECK(sender.document().log.front().by.empty());  // nobody had said who works here
    sender.send(command::HandOver{LayerState::draft, "漏填一项", "张三", "党办"}).score("1.1.2", "1");
    CHECK(sender.document().log.back().by == "张三 · 党办");
    CHECK(sender.opened().state == LayerState::draft);
    CHECK(sender.total() == "3");
    CHECK(count_unsaved_outside(sender.state) == 1);
}

TEST_CASE("page: the rest of a layer takes the scores of the layer before, and one undo takes all of it back") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").score("1.1.2", "0.5").score("1.2.1", "1");
    page.send(command::SetLayer{Layer::acceptance}).score("1.1.2", "1");
    page.send(command::TakeScores{});
    CHECK(page.opened().tally.layers[1].scored == 3);
    CHECK(page.opened().tally.layers[1].score.to_string() == "4");  // what was scored stays
    page.send(command::Undo{});
    CHECK(page.opened().tally.layers[1].scored == 1);
    CHECK(page.opened().tally.layers[1].score.to_string() == "1");
    page.send(command::SetLayer{Layer::self}).send(command::TakeScores{});
    CHECK(page.opened().tally.layers[0].scored == 3);  // nothing lies below the first
}

TEST_CASE("page: a report that is here already is merged, copied or left") {
    using Choice = command::ResolveImport::Choice;
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    const std::string id = page.id();
    const std::string sent = report_of(page);
    page.score("1.1.2", "1").send(command::OpenHome{}).send(file("r.json", sent));
    CHECK(page.state.dialog.name == "import");

    SUBCASE("cancel") {
        page.send(command::ResolveImport{Choice::cancel});
        CHECK(page.open(id).total() == "3");
        CHECK(page.state.cards.size() == 1);
    }
    SUBCASE("merge keeps the later edit") {
        page.send(command::ResolveImport{Choice::merge});
        CHECK(page.id() == id);
        CHECK(page.total() == "3");
        CHECK(page.state.cards.size() == 1);
        CHECK_MESSAGE(page.state.toast.text == "文件里没有新的内容，本机没有改变", page.state.toast.text);
    }
    SUBCASE("copy stands beside") {
        page.send(command::ResolveImport{Choice::copy});
        CHECK(page.id() != id);
        CHECK(page.total() == "2");
        CHECK(page.state.cards.size() == 2);
    }
}

TEST_CASE("page: a file that cannot be used says so and changes nothing") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    const std::string before = report_of(page);
    for (const std::string& wrong :
         {std::string(), std::string("{"), before.substr(0, before.size() / 2), std::string("[1,2,3]"),
          std::string(200, '['), std::string("{\"format\":\"duibiao-report\",\"version\":99}"),
          std::string("PK\x03\x04 a spreadsheet")}) {
        page.send(file("wrong.json", wrong));
        CHECK_MESSAGE(page.state.dialog.name == "error", wrong.substr(0, 40));
        page.send(command::ShowDialog{});
    }
    page.send(command::FileArrived{"huge.json", {}, true});
    CHECK(page.state.dialog.name == "error");
    CHECK(report_of(page) == before);
    CHECK(page.state.cards.size() == 1);
}

TEST_CASE("page: a backup brings everything back on another machine") {
    Disk here;
    Disk there;
    Page page(here);
    page.create("甲医院党委").score("1.1.1", "2").send(command::OpenHome{});
    page.create("乙医院党委").score("1.1.2", "1").send(command::OpenHome{});
    CHECK(count_unsaved_outside(page.state) == 2);
    page.send(command::Backup{});
    REQUIRE(page.tab.files.downloads.size() == 1);
    CHECK(count_unsaved_outside(page.state) == 0);

    Page other(there, 1000);
    other.send(file("backup.json", page.tab.files.downloads[0].content));
    CHECK(other.state.dialog.name == "arrival");
    REQUIRE(other.state.arrival.has_value());
    CHECK(other.state.arrival->reports.size() == 2);
    CHECK(other.state.cards.empty());
    other.send(command::ResolveArrival{true});
    REQUIRE(other.state.cards.size() == 2);
    for (const DocumentCard& card : page.state.cards) {
        page.open(card.id);
        other.open(card.id);
        CHECK(report_of(other) == report_of(page));
    }
}

TEST_CASE("page: a backup asked for before storage has opened waits for it") {
    Disk disk;
    Page(disk).create("甲医院党委").score("1.1.1", "2");
    headless::Tab tab(disk, 1000);
    State state = make_state();
    update(state, tab.ports(), command::Backup{});
    CHECK(tab.files.downloads.empty());
    SUBCASE("it opens") {
        tab.storage.open();
        for (auto answers = tab.storage.take_answers(); !answers.empty(); answers = tab.storage.take_answers()) {
            for (const Command& answer : answers) update(state, tab.ports(), answer);
        }
        REQUIRE(tab.files.downloads.size() == 1);
        CHECK(tab.files.downloads[0].content.find("甲医院党委") != std::string::npos);
    }
    SUBCASE("it is refused: what is open is all there is") {
        update(state, tab.ports(), command::StorageFailed{0, "refused", {}});
        REQUIRE(tab.files.downloads.size() == 1);
        CHECK(tab.files.downloads[0].content.find("\"reports\":[]") != std::string::npos);
    }
}

TEST_CASE("page: what was changed while a backup was locked is not in it") {
    Disk disk;
    Page page(disk);
    page.create("甲医院党委").score("1.1.1", "2").send(command::OpenHome{});
    page.create("乙医院党委");
    page.send(command::Protect{"好密码12345", false}).send(command::Backup{});
    REQUIRE(page.tab.files.office_jobs.size() == 1);
    page.score("1.1.2", "1");
    CHECK(count_unsaved_outside(page.state) == 2);
    page.send(command::OfficeWritten{"backup", true, {}, {}, true});
    CHECK(count_unsaved_outside(page.state) == 1);
    CHECK(page.state.toast.text.find("已备份 2 份") != std::string::npos);
}

TEST_CASE("page: links open what they name") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    const std::string id = page.id();
    page.send(command::RouteChanged{"/"});
    CHECK(page.state.screen == Screen::home);
    page.send(command::RouteChanged{"/doc/" + id + "/3.2.2"});
    CHECK(page.state.screen == Screen::document);
    CHECK(page.state.reveal.item == "3.2.2");
    page.send(command::RouteChanged{"/new/jilin-committee?unit=%E7%94%B2%E5%8C%BB%E9%99%A2&period=2027"});
    CHECK(page.state.dialog.name == "new");
    CHECK(page.state.dialog.argument == "jilin-committee");
    CHECK(page.state.dialog.lines == std::vector<std::string>{"甲医院", "2027"});
    page.send(command::RouteChanged{"/doc/nowhere"});
    CHECK(page.state.screen == Screen::home);
    CHECK(!page.state.toast.text.empty());
}

TEST_CASE("page: a link to a document shows the home page when nothing can be read") {
    Disk disk;
    headless::Tab tab(disk);
    State state = make_state();
    update(state, tab.ports(), command::RouteChanged{"/doc/aaaaaaaaaaab/1.1.1"});
    update(state, tab.ports(), command::StorageFailed{0, "newer", {}});
    CHECK(state.screen == Screen::home);
    CHECK(state.saving.state == SaveState::failed);
    CHECK(tab.storage.take_answers().empty());
}

TEST_CASE("page: a second tab only reads until it takes over") {
    Disk disk;
    Page first(disk);
    first.create().score("1.1.1", "2");
    Page second(disk, 1000);
    second.open(first.id());
    CHECK_FALSE(second.opened().writer);
    second.score("1.1.2", "1");
    CHECK(second.total() == "2");
    first.score("1.2.1", "1");
    second.send(command::TakeOver{});
    first.settle();
    second.settle();
    CHECK(second.opened().writer);
    CHECK(second.total() == "3");  // what the first tab did meanwhile is here
    CHECK(second.score("1.1.2", "1").total() == "4");
}

TEST_CASE("page: what a taken document did not store is united with what the other tab made of it") {
    Disk disk;
    Page first(disk);
    first.create().score("1.1.1", "2");
    Page second(disk, 1000);
    second.open(first.id());
    second.send(command::TakeOver{});
    second.score("1.1.2", "1");
    // The first tab slept: it types on, is refused, and then learns why.
    first.tab.storage.fail_next("taken");
    update(first.state, first.tab.ports(), command::SetAnswer{{Layer::self, "1.2.1", "note"}, "睡前写的", "b"});
    (void)first.tab.storage.take_answers();
    const std::uint64_t token = first.state.saving.last_token;
    update(first.state, first.tab.ports(), command::LockChanged{first.id(), false});
    update(first.state, first.tab.ports(), command::StorageFailed{token, "taken", first.id()});
    CHECK(first.state.saving.state == SaveState::failed);
    CHECK(first.opened().strayed);
    const std::string id = first.id();

    // Neither leaving it, nor another document, nor trying again writes over the other tab's work.
    first.send(command::OpenHome{});
    first.create("乙医院党委").send(command::RetrySave{});
    CHECK(first.state.saving.state == SaveState::failed);
    CHECK(disk.edits[id].size() == 2);
    first.open(id);
    CHECK(first.note_of("1.2.1") == "睡前写的");
    first.send(command::TakeOver{});
    CHECK(first.state.saving.state == SaveState::saved);
    CHECK(first.note_of("1.2.1") == "睡前写的");
    CHECK(first.total() == "3");
    Page later(disk, 2000);
    later.open(id);
    CHECK(later.note_of("1.2.1") == "睡前写的");
    CHECK(later.total() == "3");
}

TEST_CASE("page: a taken document that is gone when it comes back is stored anew") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2");
    page.tab.storage.fail_next("taken");
    update(page.state, page.tab.ports(), command::SetAnswer{{Layer::self, "1.2.1", "note"}, "还在", "b"});
    disk.documents.clear();
    disk.edits.clear();
    const std::uint64_t token = page.state.saving.last_token;
    page.send(command::StorageFailed{token, "taken", page.id()});
    CHECK(page.state.saving.state == SaveState::saved);
    Page later(disk, 1000);
    later.open(page.id());
    CHECK(later.note_of("1.2.1") == "还在");
    CHECK(later.total() == "2");
}

TEST_CASE("page: a failing save never opens a dialog by itself") {
    Disk disk;
    Page page(disk);
    page.create();
    page.tab.storage.fail_next("quota", 3);
    page.note("1.1.1", "写");
    CHECK(page.state.saving.state == SaveState::failed);
    CHECK(page.state.dialog.name.empty());
}

TEST_CASE("page: copies go into the user's folder when there is something new, and not more often") {
    using Known = command::FolderKnown;
    Disk disk;
    Page page(disk);
    const auto& copies = page.tab.folder.copies;
    page.create().send(Known{Known::How::ready, "U盘", {}});
    page.send(command::Tick{});
    REQUIRE(copies.size() == 1);
    CHECK(copies[0].day == page.state.today);
    page.tab.clock.advance_ms(11 * 60'000);
    page.note("1.1.1", "还在写第一份");
    CHECK(copies.size() == 1);  // the first one is still being written
    page.send(command::FolderWritten{true, copies[0].at});
    page.send(command::Tick{});
    REQUIRE(copies.size() == 2);
    CHECK(copies[1].backup.find("还在写第一份") != std::string::npos);
    page.send(command::FolderWritten{true, copies[1].at});
    page.tab.clock.advance_ms(5 * 60'000);
    page.note("1.1.1", "五分钟后").send(command::Tick{});
    CHECK(copies.size() == 2);
    page.tab.clock.advance_ms(6 * 60'000);
    page.send(command::Tick{});
    page.send(command::Tick{});
    CHECK(copies.size() == 3);
    page.send(command::FolderWritten{false, {}});
    CHECK(page.state.folder.failed);
    page.send(Known{Known::How::waiting, "U盘", {}});
    page.tab.clock.advance_ms(60 * 60'000);
    page.note("1.1.1", "不许写了").send(command::Tick{});
    CHECK(copies.size() == 3);
}

TEST_CASE("page: a copy and a backup asked for at once do not get into each other's way") {
    Disk disk;
    Page page(disk);
    page.create();
    update(page.state, page.tab.ports(), command::FolderKnown{command::FolderKnown::How::ready, "U盘", {}});
    update(page.state, page.tab.ports(), command::Tick{});
    page.send(command::Backup{});
    CHECK(page.tab.files.downloads.size() == 1);
    CHECK(page.tab.folder.copies.size() == 1);
}

TEST_CASE("page: examples open, and the faulty one has a fault of every kind") {
    Disk disk;
    Page page(disk);
    page.send(command::OpenExample{"clean"});
    CHECK(page.total() == "92.5");
    CHECK(count(page.opened().findings).errors == 0);
    CHECK(count_unsaved_outside(page.state) == 0);
    page.send(command::OpenExample{"faulty"});
    for (const char* code : {"unscored", "note-required", "above-measure", "measure-empty", "deduction-reason",
                             "layer-order", "date-future", "veto"}) {
        const Findings& findings = page.opened().findings;
        const auto known =
            std::find_if(findings.begin(), findings.end(), [&](const Finding& f) { return f.code == code; });
        CHECK_MESSAGE(known != findings.end(), code);
    }
}

TEST_CASE("page: a user's own form is opened and kept") {
    Disk disk;
    const std::string_view shipped = asset("instruments/jilin-committee.json");
    Result<Json> form = parse_json(shipped, 1 << 24);
    REQUIRE(form.has_value());
    (*form)["id"] = "own-form";
    {
        Page page(disk);
        page.send(file("own.json", form->dump()));
        CHECK(page.state.dialog.name == "new");
        CHECK(page.state.dialog.argument == "own-form");
        page.send(command::CreateDocument{"own-form", "甲医院党委", "2026"}).score("1.1.1", "2");
    }
    Page page(disk, 1000);
    CHECK(page.open(page.state.cards.at(0).id).total() == "2");
    page.send(file("broken.json", R"({"format":"duibiao-instrument","format_version":1,"id":"x"})"));
    CHECK(page.state.dialog.name == "error");
}
