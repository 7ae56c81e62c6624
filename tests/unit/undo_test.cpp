#include "core/undo.hpp"

#include <doctest/doctest.h>

#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

void run(Document& document, const std::vector<Edit>& edits) {
    for (const Edit& edit : edits) REQUIRE(apply(document, edit).has_value());
}

bool undo(Document& document) {
    const auto edits = make_undo(document, author());
    CHECK(can_undo(document) == !edits.empty());
    run(document, edits);
    return !edits.empty();
}

bool redo(Document& document) {
    const auto edits = make_redo(document, author());
    CHECK(can_redo(document) == !edits.empty());
    run(document, edits);
    return !edits.empty();
}

void put_in(Document& document, std::string batch, std::string item, double value) {
    const auto edit =
        make_edit(document, author(), {Layer::self, std::move(item), "score"}, points(value), std::move(batch));
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *edit).has_value());
}

std::string score_text(const Document& document, std::string_view item) {
    const auto score = document.score(Layer::self, item);
    return score ? score->to_string() : "–";
}

Document reload(const Document& document) {
    auto loaded = read_report(write_report(document), finder());
    REQUIRE(loaded.has_value());
    CHECK(loaded->findings.empty());
    return std::move(loaded->document);
}

}  // namespace

TEST_CASE("undo: back and forth") {
    Document document = empty();
    score(document, "1.1.1", 1);
    score(document, "1.1.1", 2);
    CHECK_FALSE(redo(document));
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.1") == "1");
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK_FALSE(undo(document));
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.1") == "1");
    CHECK(undo(document));
    CHECK(redo(document));
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.1") == "2");
    CHECK_FALSE(redo(document));
    CHECK(document.unit() == "市第一医院党委");
}

TEST_CASE("undo: nothing is forgotten, the log only grows") {
    Document document = empty();
    score(document, "1.1.1", 1);
    undo(document);
    redo(document);
    REQUIRE(document.log.size() == 5);
    CHECK(document.log[3].kind == EditKind::undo);
    CHECK(document.log[3].reverts == document.log[2].batch);
    CHECK(document.log[3].before == Value{points(1)});
    CHECK(document.log[3].after == Value{});
    CHECK(document.log[4].kind == EditKind::redo);
    CHECK(document.log[4].after == Value{points(1)});
}

TEST_CASE("undo: a change ends what could be done again") {
    Document document = empty();
    score(document, "1.1.1", 1);
    score(document, "1.1.2", 1);
    undo(document);
    CHECK(can_redo(document));
    score(document, "1.2.1", 1);
    CHECK_FALSE(redo(document));
    undo(document);
    CHECK(score_text(document, "1.2.1") == "–");
    CHECK(redo(document));
    CHECK(score_text(document, "1.2.1") == "1");
    CHECK(score_text(document, "1.1.2") == "–");
    undo(document);
    undo(document);
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK_FALSE(undo(document));
}

TEST_CASE("undo: a batch goes back as one, last edit first") {
    Document document = empty();
    put_in(document, "fill", "1.1.1", 1);
    put_in(document, "fill", "1.1.2", 1);
    put_in(document, "fill", "1.1.1", 2);
    const auto edits = make_undo(document, author());
    REQUIRE(edits.size() == 3);
    CHECK(edits[0].after == Value{points(1)});
    CHECK(edits[2].after == Value{});
    CHECK(edits[2].before == Value{points(1)});
    run(document, edits);
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK(score_text(document, "1.1.2") == "–");
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.1") == "2");
    CHECK(score_text(document, "1.1.2") == "1");
}

TEST_CASE("undo: edits without a batch go back one by one") {
    Document document = empty();
    put_in(document, "", "1.1.1", 1);
    put_in(document, "", "1.1.2", 1);
    undo(document);
    CHECK(score_text(document, "1.1.1") == "1");
    CHECK(score_text(document, "1.1.2") == "–");
    redo(document);
    CHECK(score_text(document, "1.1.2") == "1");
}

TEST_CASE("undo: a batch that goes on after it was taken back") {
    Document document = empty();
    put_in(document, "b", "1.1.1", 1);
    undo(document);
    put_in(document, "b", "1.1.2", 1);
    CHECK_FALSE(can_redo(document));
    CHECK(make_undo(document, author()).size() == 1);
    undo(document);
    CHECK(make_redo(document, author()).size() == 1);
    redo(document);
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK(score_text(document, "1.1.2") == "1");
}

TEST_CASE("undo: typing that was taken back is no step") {
    Document document = empty();
    score(document, "1.1.1", 1);
    score(document, "1.1.2", 2);
    for (const double typed : {0.0, 2.0}) {
        const auto edit = make_edit(document, author(), {Layer::self, "1.1.2", "score"}, points(typed), "visit");
        REQUIRE(edit.has_value());
        REQUIRE(apply_typing(document, *edit).has_value());
    }
    CHECK(document.log.back().before == document.log.back().after);
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.2") == "–");
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK_FALSE(undo(document));
    CHECK(redo(document));
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.2") == "2");
    CHECK_FALSE(redo(document));
}

TEST_CASE("undo: an action of which a part changes nothing goes back whole") {
    Document document = empty();
    score(document, "1.1.1", 1);
    put_in(document, "paste", "1.1.2", 2);
    put_in(document, "paste", "1.1.1", 1);
    CHECK(make_undo(document, author()).size() == 2);
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.2") == "–");
    CHECK(score_text(document, "1.1.1") == "1");
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.2") == "2");
}

TEST_CASE("undo: survives writing and reading") {
    Document document = empty();
    score(document, "1.1.1", 1);
    score(document, "1.1.2", 2);
    undo(document);
    document = reload(document);
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.2") == "2");
    document = reload(document);
    undo(document);
    undo(document);
    document = reload(document);
    CHECK_FALSE(undo(document));
    CHECK(redo(document));
    CHECK(score_text(document, "1.1.1") == "1");
}

TEST_CASE("undo: a log that says strange things still gives answers") {
    Document document = empty();
    score(document, "1.1.1", 1);
    Edit strange = document.log.back();
    strange.id = "strange-1";
    strange.kind = EditKind::undo;
    strange.reverts = "no such batch";
    REQUIRE(apply(document, strange).has_value());
    strange.id = "strange-2";
    strange.reverts = "new";
    REQUIRE(apply(document, strange).has_value());
    static_cast<void>(make_redo(document, author()));
    CHECK(undo(document));
    CHECK(score_text(document, "1.1.1") == "–");
    CHECK(document.unit() == "市第一医院党委");
}

TEST_CASE("undo: long random sequences against two stacks of answers") {
    Dice dice(20'261'121);
    for (int round = 0; round < 30; ++round) {
        Document document = empty();
        std::vector<Answers> past;
        std::vector<Answers> future;
        int batches = 0;
        for (int step = 0; step < 200; ++step) {
            const Answers before = document.answers;
            const std::uint32_t roll = dice.roll(10);
            if (roll < 5) {
                const std::string batch = "batch-" + std::to_string(++batches);
                const std::size_t edits = 1 + dice.roll(3);
                bool changes_something = false;
                for (std::size_t i = 0; i < edits; ++i) {
                    const auto& place = document.instrument->order[dice.roll(5)];
                    const std::string id = document.instrument->criterion(place).id;
                    const Layer layer = all_layers[dice.roll(3)];
                    const bool clear = dice.roll(4) == 0;
                    const Value value = clear ? Value{} : Value{Points::from_hundredths(50 * dice.roll(3))};
                    const auto edit = make_edit(document, author(), {layer, id, "score"}, value, batch);
                    REQUIRE(edit.has_value());
                    REQUIRE(apply(document, *edit).has_value());
                    changes_something = changes_something || edit->before != edit->after;
                }
                if (changes_something) past.push_back(before);
                future.clear();
            } else if (roll < 8) {
                CHECK(undo(document) == !past.empty());
                if (past.empty()) continue;
                future.push_back(before);
                CHECK(document.answers == past.back());
                past.pop_back();
            } else {
                CHECK(redo(document) == !future.empty());
                if (future.empty()) continue;
                past.push_back(before);
                CHECK(document.answers == future.back());
                future.pop_back();
            }
            if (dice.roll(40) == 0) document = reload(document);
        }
        const Answers final_answers = document.answers;
        const std::size_t undone = past.size();
        while (undo(document)) {
        }
        CHECK(document.answers == empty().answers);
        for (std::size_t i = 0; i < undone; ++i) REQUIRE(redo(document));
        CHECK(document.answers == final_answers);
    }
}
