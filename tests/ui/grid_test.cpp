// Rosters by keyboard, as in a spreadsheet.
#include "stage.hpp"

using namespace duibiao;
using ui::Stage;

namespace {

/// The grid's one field stands over the current cell.
constexpr const char* cell_field = "grid/cell";

Stage& begin(Stage& stage) {
    stage.create("ruian-2019-annex3");
    REQUIRE(stage.find(cell_field) != nullptr);
    return stage.focus(cell_field);
}

/// "第 2 行 上次换届时间": where the current cell is.
std::string place(const Stage& stage) {
    const std::string name = stage.name(cell_field);
    return name.substr(0, name.find("："));
}

Stage& with_names(Stage& stage) {
    return begin(stage).type("一支部").key("Enter").type("二支部").key("Enter").type("三支部").key("Enter").key(
        "Ctrl+Home");
}

}  // namespace

TEST_CASE("ui grid: typing writes, Enter goes down, Tab right") {
    Stage stage;
    begin(stage).type("一支部").key("Enter").type("二支部").key("Tab");
    CHECK(stage.name("grid/0/name") == "一支部");
    CHECK(stage.name("grid/1/name") == "二支部");
    CHECK(place(stage) == "第 2 行 上次换届时间");
}

TEST_CASE("ui grid: arrows, Tab, Enter, Home and End go where a spreadsheet's do") {
    Stage stage;
    with_names(stage);
    struct Step {
        const char* key;
        const char* place;
    };
    for (const Step& step : std::initializer_list<Step>{{"ArrowRight", "第 1 行 上次换届时间"},
                                                        {"ArrowDown", "第 2 行 上次换届时间"},
                                                        {"ArrowLeft", "第 2 行 党组织名称"},
                                                        {"ArrowUp", "第 1 行 党组织名称"},
                                                        {"ArrowUp", "第 1 行 党组织名称"},
                                                        {"Tab", "第 1 行 上次换届时间"},
                                                        {"Shift+Tab", "第 1 行 党组织名称"},
                                                        {"Enter", "第 2 行 党组织名称"},
                                                        {"Shift+Enter", "第 1 行 党组织名称"},
                                                        {"End", "第 1 行 批准的换届时间"},
                                                        {"Tab", "第 2 行 党组织名称"},
                                                        {"Shift+Tab", "第 1 行 批准的换届时间"},
                                                        {"Home", "第 1 行 党组织名称"},
                                                        {"Ctrl+End", "第 3 行 批准的换届时间"},
                                                        {"Ctrl+Home", "第 1 行 党组织名称"}}) {
        CAPTURE(std::string(step.key));
        stage.key(step.key);
        CHECK(place(stage) == std::string(step.place));
    }
}

TEST_CASE("ui grid: typing replaces, F2 goes on, Delete empties, and each is undone") {
    Stage stage;
    with_names(stage).type("新").key("Enter");
    CHECK(stage.name("grid/0/name") == "新");
    stage.key("ArrowUp").key("F2").type("的").key("Enter");
    CHECK(stage.name("grid/0/name") == "新的");
    stage.key("ArrowUp").key("Delete");
    CHECK(stage.name("grid/0/name") == "");
    stage.key("Ctrl+Z");
    CHECK(stage.name("grid/0/name") == "新的");
}

TEST_CASE("ui grid: what cannot stand in a cell is said and never written") {
    Stage stage;
    with_names(stage).key("ArrowRight").type("前年").key("Enter");
    CHECK(stage.node(cell_field).invalid);
    CHECK(place(stage) == "第 1 行 上次换届时间");
    stage.key("Escape");
    CHECK_FALSE(stage.node(cell_field).invalid);
}

TEST_CASE("ui grid: a head sorts its column") {
    Stage stage;
    with_names(stage);
    const std::vector<std::string> heads = stage.ids("grid/sort/");
    REQUIRE_FALSE(heads.empty());
    stage.press(heads.front()).press(heads.front());
    CHECK(stage.name("grid/0/name") != "一支部");
}
