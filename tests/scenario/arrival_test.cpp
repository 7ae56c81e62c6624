// Several files at once: what they would do is said before, taken in together, and taken back together.
#include <map>
#include <vector>

#include "core/json.hpp"
#include "core/report.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;
using Fate = ArrivedReport::Fate;

namespace {

/// A unit's report, made on a computer of its own.
struct Unit {
    explicit Unit(std::string name, std::uint64_t first_id) : page(disk, first_id) { page.create(std::move(name)); }

    [[nodiscard]] command::FileArrived file() const { return {name(), write_report(page.document()), false}; }
    [[nodiscard]] std::string name() const { return std::string(page.document().unit()) + ".json"; }

    Disk disk;
    Page page;
};

void choose(Page& page, const std::vector<command::FileArrived>& files) {
    page.send(command::FilesAnnounced{files.size()});
    for (const command::FileArrived& file : files) page.send(file);
}

std::map<std::string, Fate> fates(const Page& page) {
    REQUIRE(page.state.arrival.has_value());
    std::map<std::string, Fate> fates;
    for (const ArrivedReport& arrived : page.state.arrival->reports) fates[arrived.file] = arrived.fate;
    return fates;
}

std::string report_here(Page& page, const std::string& id) {
    page.open(id);
    std::string report = write_report(page.document());
    page.send(command::OpenHome{});
    return report;
}

}  // namespace

TEST_CASE("arrival: new, changed, the same and unusable files are told apart and taken in together") {
    Unit first("甲医院党委", 1000);
    Unit second("乙医院党委", 2000);
    Unit third("丙医院党委", 3000);
    Disk disk;
    Page office(disk);
    office.send(second.file()).send(third.file()).send(command::OpenHome{});
    REQUIRE(office.state.cards.size() == 2);
    second.page.score("1.1.1", "2");

    choose(office, {first.file(),
                    second.file(),
                    third.file(),
                    {"坏.json", "{\"format\":", false},
                    {"表.csv", "a,b", false},
                    {"大.json", {}, true}});
    CHECK(office.state.dialog.name == "arrival");
    CHECK(fates(office) == std::map<std::string, Fate>{{first.name(), Fate::fresh},
                                                       {second.name(), Fate::changed},
                                                       {third.name(), Fate::kept},
                                                       {"坏.json", Fate::refused},
                                                       {"表.csv", Fate::refused},
                                                       {"大.json", Fate::refused}});
    for (const ArrivedReport& arrived : office.state.arrival->reports)
        CHECK(arrived.refusal.empty() == (arrived.fate != Fate::refused));
    CHECK(office.state.cards.size() == 2);

    office.send(command::ResolveArrival{true});
    CHECK(office.state.cards.size() == 3);
    for (const Unit* unit : {&first, &second, &third})
        CHECK(report_here(office, unit->page.id()) == write_report(unit->page.document()));

    office.send(command::UndoImport{});
    CHECK(office.state.cards.size() == 2);
    CHECK(report_here(office, second.page.id()) != write_report(second.page.document()));
    Page later(disk, 9000);
    CHECK(later.state.cards.size() == 2);
    CHECK(report_here(later, second.page.id()) == report_here(office, second.page.id()));
}

TEST_CASE("arrival: what is declined changes nothing") {
    Unit unit("甲医院党委", 1000);
    Unit other("乙医院党委", 2000);
    Disk disk;
    Page office(disk);
    choose(office, {unit.file(), other.file()});
    office.send(command::ShowDialog{});
    CHECK(office.state.cards.empty());
    CHECK_FALSE(office.state.arrival.has_value());
    office.send(command::ResolveArrival{true});
    CHECK(office.state.cards.empty());
}

TEST_CASE("arrival: an import is not taken back once something was changed") {
    Unit unit("甲医院党委", 1000);
    Unit other("乙医院党委", 2000);
    Disk disk;
    Page office(disk);
    choose(office, {unit.file(), other.file()});
    office.send(command::ResolveArrival{true}).open(unit.page.id()).score("1.1.1", "1");
    office.send(command::OpenHome{}).send(command::UndoImport{});
    CHECK(office.state.toast.text == translate(Language::chinese, "ui.import.not-taken-back", {}));
    CHECK(office.state.cards.size() == 2);
}

TEST_CASE("arrival: one document in several files is united, whatever their order") {
    Unit unit("甲医院党委", 1000);
    const command::FileArrived early{"早.json", write_report(unit.page.document()), false};
    unit.page.score("1.1.1", "2");
    const command::FileArrived late{"晚.json", write_report(unit.page.document()), false};
    for (const bool late_first : {false, true}) {
        Disk disk;
        Page office(disk);
        choose(office, late_first ? std::vector{late, early} : std::vector{early, late});
        office.send(command::ResolveArrival{true});
        REQUIRE(office.state.cards.size() == 1);
        CHECK(report_here(office, unit.page.id()) == late.content);
    }
}

TEST_CASE("arrival: of documents in conflict the user is asked one after the other") {
    Unit unit("甲医院党委", 1000);
    Unit other("乙医院党委", 2000);
    Disk disk;
    Page office(disk);
    choose(office, {unit.file(), other.file()});
    office.send(command::ResolveArrival{true});
    for (Unit* each : {&unit, &other}) {
        office.open(each->page.id()).score("1.1.1", "1");
        each->page.score("1.1.1", "2");
    }
    office.send(command::OpenHome{});
    choose(office, {unit.file(), other.file()});
    CHECK(fates(office) == std::map<std::string, Fate>{{unit.name(), Fate::conflict}, {other.name(), Fate::conflict}});
    office.send(command::ResolveArrival{true});
    for (int questions = 0; questions < 2; ++questions) {
        REQUIRE(office.state.dialog.name == "import");
        office.send(command::KeepOurs{0, false}).send(command::ResolveImport{command::ResolveImport::Choice::merge});
    }
    CHECK(office.state.dialog.name.empty());
    for (const Unit* each : {&unit, &other}) {
        office.open(each->page.id());
        CHECK(office.total() == "2");
    }
}

TEST_CASE("arrival: a document that another tab holds is not written over") {
    Unit unit("甲医院党委", 1000);
    Unit fresh("乙医院党委", 2000);
    Disk disk;
    Page office(disk);
    office.send(unit.file());
    unit.page.score("1.1.1", "2");
    Page other(disk, 5000);
    choose(other, {unit.file(), fresh.file()});
    CHECK(fates(other) == std::map<std::string, Fate>{{unit.name(), Fate::elsewhere}, {fresh.name(), Fate::fresh}});
    other.send(command::ResolveArrival{true});
    office.score("1.1.2", "1");
    CHECK(office.total() == "1");
    CHECK(disk.edits[unit.page.id()].size() == 1);
}

TEST_CASE("arrival: two papers of one unit and period are told; a form among the files serves its report") {
    Unit unit("甲医院党委", 1000);
    Unit twin("甲医院党委", 2000);
    Json form = Json::parse(asset("instruments/jilin-committee.json"));
    form["id"] = "own-form";
    const std::string definition = form.dump();
    Disk own_disk;
    Page own(own_disk, 3000);
    own.send(command::FileArrived{"own.json", definition, false});
    own.send(command::CreateDocument{"own-form", "丁医院党委", "2026"});

    Disk disk;
    Page office(disk);
    choose(office, {unit.file(),
                    {"twin.json", write_report(twin.page.document()), false},
                    {"report.json", write_report(own.document()), false},
                    {"form.json", definition, false}});
    REQUIRE(office.state.arrival.has_value());
    CHECK(office.state.arrival->forms == 1);
    REQUIRE(office.state.arrival->reports.size() == 3);
    for (const ArrivedReport& arrived : office.state.arrival->reports) {
        CHECK(arrived.fate == Fate::fresh);
        CHECK(arrived.has_namesake == (arrived.file != "report.json"));
    }
    office.send(command::ResolveArrival{true});
    CHECK(office.state.cards.size() == 3);
}
