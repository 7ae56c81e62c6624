// A new version of the program arrives while somebody works.
#include "page.hpp"

#include <algorithm>

using namespace duibiao;
using headless::Disk;
using News = command::UpdateChanged::News;

namespace {

std::string text(const Page& page, std::string_view key) { return translate(page.state.settings.language, key); }

}  // namespace

TEST_CASE("update: offered with its button until the user decides") {
    Disk disk;
    Page page(disk);
    page.create().send(command::UpdateChanged{News::ready});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
    CHECK(page.state.toast.action == text(page, "ui.update.take"));
    page.tab.clock.advance_ms(3'600'000);
    page.send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
    CHECK(page.tab.versions.taken == 0);
    REQUIRE(page.state.toast.command);
    page.send(Command(*page.state.toast.command));
    CHECK(page.tab.versions.taken == 1);
}

TEST_CASE("update: takes the place of no other toast, is spoken once, and comes back") {
    Disk disk;
    Page page(disk);
    page.create();
    page.send(command::DeleteDocument{page.id()});
    const std::string deleted = page.state.toast.text;
    page.send(command::UpdateChanged{News::ready});
    CHECK(page.state.toast.text == deleted);
    page.tab.clock.advance_ms(60'000);
    page.send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
    page.send(command::Notify{"别的事"});
    CHECK(page.state.toast.text == "别的事");
    page.tab.clock.advance_ms(60'000);
    page.send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
    const auto& spoken = page.tab.announcer.sentences;
    CHECK(std::count(spoken.begin(), spoken.end(), text(page, "ui.update.ready")) == 1);
}

TEST_CASE("update: waits until a dialog is closed") {
    Disk disk;
    Page page(disk);
    page.send(command::ShowDialog{"new", {}}).send(command::UpdateChanged{News::ready}).send(command::Tick{});
    CHECK(page.state.toast.text.empty());
    page.send(command::ShowDialog{}).send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
    page.send(command::ShowDialog{"help", {}}).send(command::Tick{});
    CHECK(page.state.toast.text.empty());
    page.send(command::ShowDialog{}).send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
}

TEST_CASE("update: declined, it stays away until there is other news") {
    Disk disk;
    Page page(disk);
    page.send(command::UpdateChanged{News::ready}).send(command::DismissToast{}).send(command::Tick{});
    CHECK(page.state.toast.text.empty());
    page.send(command::UpdateChanged{News::elsewhere});
    CHECK(page.state.toast.text == text(page, "ui.update.elsewhere"));
}

TEST_CASE("update: not taken while something cannot be saved, and offered again") {
    Disk disk;
    Page page(disk);
    page.send(command::UpdateChanged{News::ready}).send(command::UpdateChanged{News::unsaved});
    CHECK(page.state.toast.text == text(page, "ui.update.unsaved"));
    CHECK_FALSE(page.state.toast.command);
    page.tab.clock.advance_ms(60'000);
    page.send(command::Tick{});
    CHECK(page.state.toast.text == text(page, "ui.update.ready"));
}

TEST_CASE("update: the offer follows the language") {
    Disk disk;
    Page page(disk);
    page.send(command::UpdateChanged{News::ready}).send(command::SetSetting{"language", "en"}).send(command::Tick{});
    CHECK(page.state.toast.action == translate(Language::english, "ui.update.take"));
}
