// Signatures in the page: nobody is asked for anything, and who receives a file is told what he has to know.
#include <algorithm>

#include "core/json.hpp"
#include "core/report.hpp"
#include "core/statement.hpp"
#include "page.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

void hand_over(Page& page, LayerState to = LayerState::submitted, std::string text = "说明") {
    page.send(command::HandOver{to, std::move(text), "张三", "党办"});
}

command::FileArrived file_of(const Page& page) { return {"报送件.json", write_report(page.document()), false}; }

bool finds(const Page& page, std::string_view code) {
    const Findings& findings = page.opened().findings;
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) { return finding.code == code; });
}

/// The report with a score of the handed-over layer rewritten under its edit's id, and all hashes computed anew.
command::FileArrived forged(const Page& page) {
    std::vector<Edit> log = page.document().log;
    const auto score =
        std::find_if(log.begin(), log.end(), [](const Edit& edit) { return edit.target.field == "score"; });
    REQUIRE(score != log.end());
    score->after = Points::from_hundredths(50);
    score->at = log.back().at;
    const auto made = replay(page.document().instrument, page.id(), std::move(log));
    REQUIRE(made.has_value());
    return {"改过.json", write_report(*made), false};
}

}  // namespace

TEST_CASE("signing: a key is made at the first hand-over, kept, and nobody is asked") {
    Disk disk;
    std::string key;
    {
        Page page(disk);
        page.create().score("1.1.1", "2");
        CHECK(page.state.settings.signing_key.empty());
        hand_over(page);
        key = page.state.settings.signing_key;
        CHECK_FALSE(key.empty());
        CHECK(page.state.dialog.name.empty());
        CHECK(finds(page, "signature-right"));
        CHECK(page.opened().findings.size() > 0);
        hand_over(page, LayerState::draft, "补材料");
        page.score("1.1.1", "1");
        hand_over(page);
        CHECK(page.state.settings.signing_key == key);
        CHECK(finds(page, "signature-right"));
    }
    Page later(disk, 500);
    CHECK(later.state.settings.signing_key == key);
}

TEST_CASE("signing: the superior remembers the key that came first, and is told of another one until it is confirmed") {
    Disk units;
    Page unit(units, 1000);
    unit.create().score("1.1.1", "2");
    hand_over(unit);
    Disk offices;
    {
        Page office(offices, 2000);
        office.send(file_of(unit));
        CHECK(finds(office, "signature-right"));
        CHECK(office.state.settings.known_keys.size() == 1);
        // The unit goes on at a new computer.
        Disk others;
        Page colleague(others, 3000);
        colleague.send(file_of(unit));
        hand_over(colleague, LayerState::draft, "更正");
        colleague.score("1.1.2", "1");
        hand_over(colleague);
        office.send(file_of(colleague));
        CHECK(office.state.dialog.name == "import");
        office.send(command::ResolveImport{command::ResolveImport::Choice::merge});
        REQUIRE(finds(office, "signature-key"));
        CHECK_FALSE(finds(office, "signature-right"));
        const LayerSignature changed = office.opened().signatures.front();
        office.send(command::TrustKey{changed.office, changed.key});
        CHECK_FALSE(finds(office, "signature-key"));
        CHECK(finds(office, "signature-right"));
    }
    Page later(offices, 4000);
    later.open(unit.id());
    CHECK(finds(later, "signature-right"));
}

TEST_CASE("signing: a file that rewrites what was handed over is kept beside, marked, and changes nothing") {
    Disk units;
    Page unit(units, 1000);
    unit.create().score("1.1.1", "2").score("1.1.2", "1");
    hand_over(unit);
    for (const bool several : {false, true}) {
        Disk disk;
        Page office(disk, 2000);
        office.send(file_of(unit));
        const std::string before = write_report(office.document());
        const std::string id = office.id();
        if (several) {
            office.send(command::OpenHome{}).send(command::FilesAnnounced{1}).send(forged(unit));
            REQUIRE(office.state.arrival.has_value());
            CHECK(office.state.arrival->reports.front().is_rewritten);
            office.send(command::ResolveArrival{true});
        } else {
            office.send(forged(unit));
        }
        REQUIRE(office.state.pending_import.has_value());
        CHECK(office.state.dialog.name == "import");
        const PendingImport& pending = *office.state.pending_import;
        CHECK_FALSE(pending.rewritten.empty());
        REQUIRE_FALSE(pending.lines.empty());
        CHECK(pending.lines.front().before == "2");
        CHECK(pending.lines.front().after == "0.5");
        CHECK(write_report(office.document()) == before);
        // Merging is not offered, and does nothing if asked for all the same.
        office.send(command::ResolveImport{command::ResolveImport::Choice::merge});
        CHECK(write_report(office.document()) == before);
        office.send(forged(unit)).send(command::ResolveImport{command::ResolveImport::Choice::copy});
        CHECK(office.id() != id);
        CHECK(finds(office, "marked-altered"));
        CHECK(finds(office, "signature-wrong"));
        office.send(command::Print{});
        CHECK(office.tab.files.prints.back().body.find("被改动") != std::string::npos);
        office.open(id);
        CHECK(write_report(office.document()) == before);
        office.send(command::Print{});
        CHECK(office.tab.files.prints.back().body.find("被改动") == std::string::npos);
    }
}

TEST_CASE("signing: who unlocks a signed layer without signing cannot write in it; who is known to sign is missed") {
    Disk units;
    Page unit(units, 1000);
    unit.create().score("1.1.1", "2");
    hand_over(unit);
    Disk disk;
    Page office(disk, 2000);
    office.send(file_of(unit));
    const std::string before = write_report(office.document());
    Document forged = unit.document();
    const Author forger{"forger", "李四", "2026-12-01T00:00:00Z"};
    for (const LayerState to : {LayerState::draft, LayerState::submitted}) {
        REQUIRE(apply_all(forged, *duibiao::hand_over(forged, forger, Layer::self, to, "补充")).has_value());
        if (to == LayerState::submitted) continue;
        auto edit = make_edit(forged, forger, {Layer::self, "1.1.1", "score"}, Points::from_hundredths(50), "b");
        REQUIRE(apply(forged, *std::move(edit)).has_value());
    }
    office.send(command::FileArrived{"改过.json", write_report(forged), false});
    REQUIRE(office.state.pending_import.has_value());
    REQUIRE(office.state.pending_import->lines.size() == 1);
    CHECK(office.state.pending_import->lines.front().before == "2");
    CHECK(office.state.pending_import->lines.front().after == "0.5");
    office.send(command::ResolveImport{command::ResolveImport::Choice::merge});
    CHECK(write_report(office.document()) == before);
    // Without a reason, of a file that nobody signed.
    Disk another;
    Page plain(another, 3000);
    std::vector<Edit> bare = unit.document().log;
    std::erase_if(bare, [](const Edit& edit) { return is_seal(edit.target); });
    plain.send(command::FileArrived{"无签名.json", write_report(*replay(forged.instrument, unit.id(), bare)), false});
    Document silent = plain.document();
    auto unlocking = *duibiao::hand_over(silent, forger, Layer::self, LayerState::draft, "补充");
    unlocking.erase(unlocking.begin());
    REQUIRE(apply_all(silent, std::move(unlocking)).has_value());
    const Author second{"second", "李四", "2026-12-01T00:00:01Z"};  // its numbers would meet those that were left out
    auto edit = make_edit(silent, second, {Layer::self, "1.1.1", "score"}, Points::from_hundredths(50), "b");
    REQUIRE(apply(silent, *std::move(edit)).has_value());
    plain.send(command::FileArrived{"改过.json", write_report(silent), false});
    REQUIRE(plain.state.pending_import.has_value());
    CHECK_FALSE(plain.state.pending_import->rewritten.empty());
    REQUIRE(plain.state.pending_import->lines.size() == 1);
    CHECK(plain.state.pending_import->lines.front().after == "0.5");
    // The same under another document's name, and stripped.
    std::vector<Edit> log = unit.document().log;
    std::erase_if(log, [](const Edit& edit) { return is_seal(edit.target); });
    const auto stripped = replay(forged.instrument, "stripped", std::move(log));
    REQUIRE(stripped.has_value());
    office.send(command::FileArrived{"去掉签名.json", write_report(*stripped), false});
    CHECK(office.id() == "stripped");
    CHECK(finds(office, "signature-missing"));
    CHECK_FALSE(finds(office, "signature-none"));
}

TEST_CASE("signing: the key comes back with a backup where nothing is, and only there") {
    Disk units;
    Page unit(units, 1000);
    unit.create().score("1.1.1", "2");
    hand_over(unit);
    unit.send(command::Backup{});
    const std::string backup = unit.tab.files.downloads.back().content;
    CHECK(backup.find("\"signing_key\":\"" + unit.state.settings.signing_key) != std::string::npos);
    Disk empty;
    Page again(empty, 2000);
    again.send(command::FileArrived{"备份.json", backup}).send(command::ResolveArrival{true});
    CHECK(again.state.settings.signing_key == unit.state.settings.signing_key);
    Disk used;
    Page office(used, 3000);
    office.create("别的单位").send(command::FileArrived{"备份.json", backup}).send(command::ResolveArrival{true});
    CHECK(office.state.settings.signing_key.empty());
}

TEST_CASE("signing: a backup without a key is what it was before") {
    Disk disk;
    Page page(disk);
    page.create().send(command::Backup{});
    CHECK(page.tab.files.downloads.back().content.find("signing_key") == std::string::npos);
    CHECK(page.tab.files.downloads.back().content.find("known_keys") == std::string::npos);
}
