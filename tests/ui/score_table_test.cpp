// The score column by keyboard.
#include "stage.hpp"

using namespace duibiao;
using ui::Stage;

namespace {

std::string score(const std::string& item) { return "score/self/" + item; }

}  // namespace

TEST_CASE("ui score table: it opens at its first empty score; a digit, Enter, an arrow go through it") {
    Stage stage;
    stage.create("jilin-committee");
    CHECK(stage.focused() == score("1.1.1"));
    stage.type("1").key("Enter");
    CHECK(stage.value(score("1.1.1")) == "1");
    CHECK(stage.focused() == score("1.1.2"));
    stage.key("ArrowUp");
    CHECK(stage.focused() == score("1.1.1"));
    stage.key("ArrowDown").key("ArrowDown");
    CHECK(stage.focused() == score("1.2.1"));
}

TEST_CASE("ui score table: F gives full points, Escape what was there before") {
    Stage stage;
    stage.create("jilin-committee");
    stage.key("F");
    const std::string full = stage.value(score("1.1.1"));
    CHECK_FALSE(full.empty());
    stage.key("Tab").focus(score("1.1.1")).type("0");
    CHECK(stage.value(score("1.1.1")) == "0");
    stage.key("Escape");
    CHECK(stage.value(score("1.1.1")) == full);
}

TEST_CASE("ui score table: Tab passes by the columns of others") {
    Stage stage;
    stage.create("jilin-committee");
    for (int step = 0; step < 12; ++step) {
        stage.key("Tab");
        CAPTURE(stage.focused());
        CHECK(stage.focused().find("/acceptance/") == std::string::npos);
        CHECK(stage.focused().find("/rating/") == std::string::npos);
    }
}

TEST_CASE("ui score table: more than an item has is said at once and never written") {
    Stage stage;
    stage.create("jilin-committee");
    stage.type("99");
    CHECK(stage.node(score("1.1.1")).invalid);
    stage.key("Tab");
    CHECK(stage.value(score("1.1.1")).empty());
}

TEST_CASE("ui score table: F8 goes from one finding's field to the next, Shift+F8 back") {
    Stage stage;
    stage.create("jilin-committee");
    stage.key("F").key("Tab").type("已落实").settle();
    stage.page.tab.clock.advance_ms(1000);
    stage.settle().key("F8");
    const std::string first = stage.focused();
    CHECK_FALSE(first.empty());
    stage.key("F8");
    CHECK(stage.focused() != first);
    stage.key("Shift+F8");
    CHECK(stage.focused() == first);
}
