// A document of an earlier version of its form: offered the newest, shown what changes, taken over and back.
#include "page.hpp"

#include <algorithm>

#include "core/report.hpp"
#include "core/rows.hpp"

using namespace duibiao;
using headless::Disk;

namespace {

InstrumentPtr first_version(std::string_view id) { return earlier_versions(id).at(0); }

Document old_ledger() {
    const Author author{"old", {}, "2026-02-01T08:00:00Z"};
    auto document = new_document(first_version("ledger"), "old-1", "市一院", "2026", author);
    REQUIRE(document.has_value());
    const auto edit = make_edit(*document, author, {Layer::self, next_row_id(*document, author), "cells"},
                                std::string("2026-01-10\t支委会\t内科党支部"), "row");
    REQUIRE(edit.has_value());
    REQUIRE(apply(*document, *edit));
    return *std::move(document);
}

Page& arrive(Page& page, const Document& document) {
    return page.send(command::FileArrived{"old.json", write_report(document), false});
}

}  // namespace

TEST_CASE("renew: an old document says that there is a newer version, shows what changes, and goes on with it") {
    Disk disk;
    Page page(disk);
    const Document old = old_ledger();
    arrive(page, old);
    REQUIRE(page.opened().newer);
    CHECK(page.document().instrument->version == "1");
    CHECK(page.opened().newer->version == "2");
    page.send(command::ShowDialog{"renew", {}});
    REQUIRE(page.state.dialog.name == "renew");
    REQUIRE(page.state.renewal);
    const auto& added = page.state.renewal->taken.added;
    CHECK(std::find(added.begin(), added.end(), "支部名单") != added.end());
    CHECK(page.state.renewal->lines.empty());
    CHECK(page.document().instrument->version == "1");  // nothing is done before it is confirmed

    page.send(command::Renew{});
    CHECK(page.document().instrument->version == "2");
    CHECK(page.document().log == old.log);
    CHECK_FALSE(page.opened().newer);
    CHECK(page.state.dialog.name.empty());
    CHECK(page.state.toast.text == translate(page.state.settings.language, "ui.renew.done", {{"version", "2"}}));

    page.send(command::Undo{});
    CHECK(page.document().instrument->version == "1");
    CHECK(write_report(page.document()) == write_report(old));
    CHECK(page.opened().newer);

    page.send(command::Renew{}).send(command::OpenHome{});
    Page again(disk, 100);
    again.open("old-1");
    CHECK(again.document().instrument->version == "2");
    CHECK(check_code(again.document(), short_code(old), earlier_versions("ledger")).code == "code-version");
    again.send(command::CheckCode{short_code(old)});
    CHECK(again.state.dialog.lines.front() ==
          translate(again.state.settings.language, "finding.code-version.title", {}));
}

TEST_CASE("renew: put off, it is not offered again while the document is open") {
    Disk disk;
    Page page(disk);
    arrive(page, old_ledger());
    page.send(command::ShowDialog{"renew", {}}).send(command::PutOffRenewal{});
    CHECK(page.state.dialog.name.empty());
    CHECK(page.opened().has_put_off_renewal);
    CHECK(page.document().instrument->version == "1");
    page.send(command::OpenHome{}).open("old-1");
    CHECK_FALSE(page.opened().has_put_off_renewal);
}

TEST_CASE("renew: the newest version and a layer that was handed over are left as they are") {
    Disk disk;
    Page page(disk);
    page.create();
    CHECK_FALSE(page.opened().newer);
    page.send(command::ShowDialog{"renew", {}}).send(command::Renew{});
    CHECK(page.state.dialog.name.empty());

    const Author author{"old", {}, "2026-02-01T08:00:00Z"};
    auto old = new_document(first_version("jilin-committee"), "old-2", "市一院", "2026", author);
    REQUIRE(old.has_value());
    arrive(page, *old);
    REQUIRE(page.opened().newer);
    page.send(command::HandOver{LayerState::submitted, {}, "李某", "市一院"});
    CHECK_FALSE(page.opened().newer);
    page.send(command::Renew{});
    CHECK(page.document().instrument->version == "1");
}

TEST_CASE("renew: a row of a list takes its duty off the home page") {
    Disk disk;
    Page page(disk);
    page.send(command::CreateDocument{"ledger", "市一院", "2026"});
    const std::string ledger = page.id();
    page.send(command::SetAnswer{{Layer::self, "header", "leaders"}, "李一、赵二", {}});
    const auto todo = [&page, &ledger] {
        const auto card = std::find_if(page.state.cards.begin(), page.state.cards.end(),
                                       [&ledger](const DocumentCard& known) { return known.id == ledger; });
        REQUIRE(card != page.state.cards.end());
        return std::any_of(card->todo.begin(), card->todo.end(),
                           [](const DueItem& item) { return item.item == "j13" && !item.done; });
    };
    CHECK(todo());
    page.send(command::CreateDocument{"talks", "市一院", "2026"});
    page.send(command::AddRows{"2026-01-06\t李一\t赵二\t\t委员之间"});
    page.send(command::OpenHome{});
    CHECK_FALSE(todo());
    Page again(disk, 100);
    const auto card = std::find_if(again.state.cards.begin(), again.state.cards.end(),
                                   [&ledger](const DocumentCard& known) { return known.id == ledger; });
    REQUIRE(card != again.state.cards.end());
    CHECK(std::none_of(card->todo.begin(), card->todo.end(),
                       [](const DueItem& item) { return item.item == "j13" && !item.done; }));
}
