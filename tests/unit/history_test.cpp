// A document's log in words.
#include "exchange/history.hpp"

#include <doctest/doctest.h>

#include "core/undo.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

TEST_CASE("history: newest first, in words, by item with its measures") {
    Document document = empty();
    const std::size_t at_first = document.log.size();
    score(document, "1.1.1", 1);
    note(document, "1.1.2", "一\t二");
    for (const Edit& edit : make_undo(document, author())) REQUIRE(apply(document, edit).has_value());

    const auto all = history(document, Language::chinese, {}, 100);
    REQUIRE(all.size() == at_first + 3);
    CHECK(all[0].what == "撤销：1.1.2 " + document.instrument->columns.note);
    CHECK(all[0].before == "一 二");
    CHECK(all[0].after.empty());
    CHECK(all[1].after == "一 二");
    CHECK(all[1].by == "张三");
    CHECK(history(document, Language::chinese, {}, 2).size() == 2);

    const auto of_first = history(document, Language::chinese, "1.1.1", 100);
    REQUIRE(of_first.size() == 1);
    CHECK(of_first[0].what == "1.1.1 " + document.instrument->find_layer(Layer::self)->label);
    CHECK(of_first[0].before.empty());
    CHECK(of_first[0].after == "1");
}

TEST_CASE("history: what came to nothing is left out; measures belong to their item; other layers have reasons") {
    Document document = empty();
    const std::size_t at_first = document.log.size();
    const auto type = [&](std::string_view text) {
        auto edit = make_edit(document, author(), {Layer::self, "1.1.1", "note"}, std::string(text), "typing");
        REQUIRE(edit.has_value());
        REQUIRE(apply_typing(document, std::move(*edit)).has_value());
    };
    type("先写");
    type("");
    CHECK(history(document, Language::chinese, {}, 100).size() == at_first);
    const auto& order = document.instrument->order;
    for (const auto& place : order) {
        const Criterion& item = document.instrument->criterion(place);
        if (item.measures.empty() || item.measures.front().type == Measure::Type::yesno) continue;
        measure(document, item.measures.front().id, 3);
        const auto of_item = history(document, Language::chinese, item.id, 100);
        REQUIRE(of_item.size() == 1);
        CHECK(of_item[0].what == item.measures.front().name);
    }
    note(document, "1.1.1", "材料不全", Layer::acceptance);
    CHECK(history(document, Language::chinese, "1.1.1", 1).front().what.find("理由") != std::string::npos);
}
