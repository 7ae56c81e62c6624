// The page as one file with the data in it, and what comes of its data where it is opened.
#include "core/json.hpp"
#include "core/report.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;
using Choice = command::ResolveImport::Choice;

namespace {

/// What the page puts into a copy now.
command::CarriedArrived copy_of(Page& page) {
    page.send(command::SaveCopy{});
    REQUIRE_FALSE(page.tab.files.copies.empty());
    page.send(command::CopySaved{true});
    const auto& copy = page.tab.files.copies.back();
    return {copy.id, copy.backup};
}

std::string text(const Page& page, std::string_view key, const Params& params = {}) {
    return translate(page.state.settings.language, key, params);
}

/// Two computers with the same document; then each goes on by itself.
struct Pair {
    Pair() {
        here.create().note("1.1.1", "一起写的");
        id = here.id();
        there.send(copy_of(here)).open(id);
        here.note("1.1.2", "这里写的");
        there.note("1.2.1", "那里写的");
    }

    Disk disks[2];
    Page here{disks[0]};
    Page there{disks[1], 1000};
    std::string id;
};

}  // namespace

TEST_CASE("copy: all documents come out elsewhere as they are, and count as brought to safety") {
    Disk disk;
    Page page(disk);
    page.create("甲医院党委").score("1.1.1", "2").send(command::OpenHome{});
    page.create("乙医院党委").note("1.1.2", "落实");
    const command::CarriedArrived copy = copy_of(page);
    CHECK(page.tab.files.copies[0].name == "duibiao-" + page.state.today + ".html");
    CHECK(page.state.toast.text == text(page, "ui.copy.done"));
    CHECK(count_unsaved_outside(page.state) == 0);

    Disk other;
    Page there(other, 1000);
    CHECK(there.tab.files.looks == 1);
    there.send(copy);
    CHECK(there.state.cards.size() == 2);
    CHECK(count_unsaved_outside(there.state) == 0);
    CHECK(there.state.toast.text == text(there, "ui.carried.added", {{"count", std::int64_t{2}}}));
    const std::string report = write_report(page.document());
    CHECK(write_report(there.open(page.id()).document()) == report);
}

TEST_CASE("copy: when it cannot be had, nothing counts as brought to safety") {
    Disk disk;
    Page page(disk);
    page.create().score("1.1.1", "2").send(command::SaveCopy{}).send(command::CopySaved{false});
    CHECK(page.state.toast.text == text(page, "ui.copy.failed"));
    CHECK(count_unsaved_outside(page.state) == 1);
}

TEST_CASE("copy: holds the open document although it could not be stored") {
    Disk disk;
    Page page(disk);
    page.create();
    page.tab.storage.fail_next("quota", 1);
    page.note("1.1.1", "没有存上的话");
    CHECK(page.state.saving.state == SaveState::failed);
    CHECK(copy_of(page).content.find("没有存上的话") != std::string::npos);
}

TEST_CASE("copy: holds the open document where the browser stores nothing at all") {
    Disk disk;
    headless::Tab tab(disk);
    State state = make_state();
    update(state, tab.ports(), command::StorageFailed{0, "refused", {}});
    update(state, tab.ports(), command::CreateDocument{"jilin-committee", "甲医院", "2026"});
    update(state, tab.ports(), command::SaveCopy{});
    REQUIRE(tab.files.copies.size() == 1);
    CHECK(tab.files.copies[0].backup.find("甲医院") != std::string::npos);
}

TEST_CASE("copy: its data is taken once; what is deleted later stays deleted") {
    Disk disks[2];
    Page page(disks[0]);
    page.create();
    const command::CarriedArrived copy = copy_of(page);
    {
        Page there(disks[1], 1000);
        there.send(copy).send(command::DeleteDocument{page.id()});
        CHECK(there.state.cards.empty());
        CHECK(there.send(copy).state.cards.empty());
    }
    Page later(disks[1], 2000);
    CHECK(later.send(copy).state.cards.empty());
    // Another copy is another wish, and what it brings back stays.
    later.send(copy_of(page));
    CHECK(later.state.cards.size() == 1);
    CHECK(Page(disks[1], 3000).state.cards.size() == 1);
}

TEST_CASE("copy: a newer document here stays as it is, without a question") {
    Disk disk;
    Page page(disk);
    page.create().note("1.1.1", "先写");
    const command::CarriedArrived copy = copy_of(page);
    page.note("1.1.2", "后写");
    const std::string before = write_report(page.document());
    page.send(copy);
    CHECK(page.state.dialog.name.empty());
    CHECK(write_report(page.document()) == before);
    CHECK(write_report(Page(disk, 100).open(page.id()).document()) == before);
}

TEST_CASE("copy: where both went on, the user decides, and is asked once") {
    Pair pair;
    const command::CarriedArrived copy = copy_of(pair.there);
    const std::string before = write_report(pair.here.document());
    pair.here.send(copy);
    CHECK(pair.here.state.dialog.name == "import");
    CHECK(write_report(pair.here.document()) == before);

    SUBCASE("everything of both") {
        pair.here.send(command::ResolveImport{Choice::merge});
        CHECK(pair.here.note_of("1.1.2") == "这里写的");
        CHECK(pair.here.note_of("1.2.1") == "那里写的");
    }
    SUBCASE("nothing of the copy") {
        pair.here.send(command::ResolveImport{Choice::cancel});
        CHECK(write_report(pair.here.document()) == before);
    }
    SUBCASE("both beside each other") {
        pair.here.send(command::ResolveImport{Choice::copy});
        CHECK(pair.here.state.cards.size() == 2);
    }
    CHECK(pair.here.state.dialog.name.empty());
    pair.here.send(copy);
    CHECK(pair.here.state.dialog.name.empty());
}

TEST_CASE("copy: a question that was not answered is asked again at the next visit") {
    Pair pair;
    const command::CarriedArrived copy = copy_of(pair.there);
    pair.here.send(copy).send(command::ShowDialog{});
    Page later(pair.disks[0], 2000);
    later.send(copy);
    CHECK(later.state.dialog.name == "import");
}

TEST_CASE("copy: one question for each document that differs") {
    Disk disks[2];
    Page here(disks[0]);
    here.create("甲医院");
    const std::string first = here.id();
    here.send(command::OpenHome{}).create("乙医院");
    const std::string second = here.id();
    Page there(disks[1], 1000);
    there.send(copy_of(here));
    there.open(first).note("1.1.1", "甲");
    there.open(second).note("1.1.1", "乙");
    here.send(copy_of(there));
    for (int asked = 0; asked < 2; ++asked) {
        REQUIRE(here.state.dialog.name == "import");
        here.send(command::ResolveImport{Choice::merge});
    }
    CHECK(here.state.dialog.name.empty());
    CHECK(here.open(first).note_of("1.1.1") == "甲");
    CHECK(here.open(second).note_of("1.1.1") == "乙");
}

TEST_CASE("copy: damaged data is refused whole, in words") {
    Disk disk;
    Page page(disk);
    page.send(command::CarriedArrived{"aaaaaaaaaaaa", {}});
    CHECK(page.state.toast.text == text(page, "ui.carried.broken"));
    page.send(command::CarriedArrived{"aaaaaaaaaaab", R"({"format":"duibiao-backup","reports":[{"format":"x"}]})"});
    CHECK(page.state.dialog.name == "error");
    CHECK(page.state.cards.empty());
}

TEST_CASE("copy: forms of one's own travel with their documents") {
    Disk disks[2];
    Page page(disks[0]);
    Json form = *parse_json(asset("instruments/jilin-committee.json"), std::size_t{1} << 24);
    form["id"] = "own-table";
    page.send(command::FileArrived{"own.json", form.dump(), false});
    page.send(command::CreateDocument{"own-table", "甲医院", "2026"});
    Page later(disks[0], 500);  // a form that was only read from storage counts, too
    const command::CarriedArrived copy = copy_of(later);
    CHECK(copy_of(page).content == copy.content);
    Page there(disks[1], 1000);
    there.send(copy);
    REQUIRE(there.state.cards.size() == 1);
    CHECK(Page(disks[1], 2000).open(page.id()).document().instrument->id == "own-table");
}

TEST_CASE("a report of a document that was deleted here stays after it is opened again") {
    Disk disk;
    Page page(disk);
    page.create().note("1.1.1", "删了又要");
    const std::string id = page.id();
    const std::string report = write_report(page.document());
    page.send(command::DeleteDocument{id});
    page.send(command::FileArrived{"report.json", report, false});
    Page later(disk, 500);
    CHECK(later.state.cards.size() == 1);
    CHECK(later.open(id).note_of("1.1.1") == "删了又要");
}
