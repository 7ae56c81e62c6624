#include "core/merge.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "core/undo.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

Author at(std::string session, int second) {
    const std::string digits = std::to_string(100 + second).substr(1);
    return {std::move(session), "", "2026-11-21T07:00:" + digits + "Z"};
}

void score_at(Document& document, std::string item, double value, const Author& by, Layer layer = Layer::self) {
    put(document, layer, std::move(item), "score", points(value), by);
}

Merge merged(const Document& ours, const Document& theirs) {
    auto merge_result = merge(ours, theirs);
    REQUIRE(merge_result.has_value());
    return std::move(*merge_result);
}

void check_same(const Document& a, const Document& b) {
    CHECK(a.log == b.log);
    CHECK(a.answers == b.answers);
}

}  // namespace

TEST_CASE("merge: two people, different items") {
    const Document base = clean();
    Document ours = base;
    Document theirs = base;
    score_at(ours, "1.1.1", 1, at("a", 1));
    score_at(theirs, "1.1.2", 1, at("b", 2));
    score_at(theirs, "1.1.1", 2, at("b", 3), Layer::acceptance);
    const Merge both = merged(ours, theirs);
    CHECK(both.conflicts.empty());
    CHECK(both.document.score(Layer::self, "1.1.1") == points(1));
    CHECK(both.document.score(Layer::self, "1.1.2") == points(1));
    CHECK(both.document.score(Layer::acceptance, "1.1.1") == points(2));
    CHECK(both.document.log.size() == base.log.size() + 3);
    check_same(both.document, merged(theirs, ours).document);
}

TEST_CASE("merge: the later edit stands, and the conflict is shown") {
    Document ours = empty();
    Document theirs = ours;
    score_at(ours, "1.1.1", 1, at("a", 5));
    score_at(theirs, "1.1.1", 2, at("b", 4));
    const Merge both = merged(ours, theirs);
    CHECK(both.document.score(Layer::self, "1.1.1") == points(1));
    REQUIRE(both.conflicts.size() == 1);
    CHECK(both.conflicts[0].target == Target{Layer::self, "1.1.1", "score"});
    CHECK(both.conflicts[0].ours == Value{points(1)});
    CHECK(both.conflicts[0].theirs == Value{points(2)});
    const Merge other_way = merged(theirs, ours);
    check_same(both.document, other_way.document);
    REQUIRE(other_way.conflicts.size() == 1);
    CHECK(other_way.conflicts[0].ours == Value{points(2)});
}

TEST_CASE("merge: the same change on both sides is no conflict") {
    Document ours = empty();
    Document theirs = ours;
    score_at(ours, "1.1.1", 1, at("a", 5));
    score_at(theirs, "1.1.1", 1, at("b", 4));
    CHECK(merged(ours, theirs).conflicts.empty());
}

TEST_CASE("merge: with itself, with its past, and again") {
    const Document base = clean();
    Document ours = base;
    Document theirs = base;
    score_at(ours, "1.1.1", 1, at("a", 9));
    score_at(ours, "1.1.1", 2, at("a", 3));  // the clock was set back: the own order stays
    score_at(theirs, "1.1.2", 1, at("b", 5));
    check_same(merged(ours, ours).document, ours);
    check_same(merged(ours, base).document, ours);
    check_same(merged(base, ours).document, ours);
    const Document both = merged(ours, theirs).document;
    check_same(merged(both, ours).document, both);
    check_same(merged(theirs, both).document, both);
    check_same(merged(both, both).document, both);
    CHECK(merged(both, theirs).conflicts.empty());
}

TEST_CASE("merge: many edits in one second keep their order") {
    Document ours = empty();
    Document theirs = ours;
    for (int i = 0; i < 12; ++i) score_at(ours, "1.1.1", i % 2 == 0 ? 1 : 2, at("a", 1));
    score_at(theirs, "1.1.2", 1, at("b", 1));
    const Document both = merged(ours, theirs).document;
    CHECK(both.score(Layer::self, "1.1.1") == ours.score(Layer::self, "1.1.1"));
    std::vector<std::string> order;
    for (const Edit& edit : both.log) {
        if (edit.id.starts_with("a-")) order.push_back(edit.id);
    }
    REQUIRE(order.size() == 12);
    CHECK(order.front() == "a-3");
    CHECK(order.back() == "a-14");
}

TEST_CASE("merge: typing that went on after a copy was made") {
    Document ours = empty();
    const auto type = [&ours](std::string words, int second) {
        const auto edit = make_edit(ours, at("a", second), {Layer::self, "1.1.1", "note"}, words, "typing");
        REQUIRE(edit.has_value());
        REQUIRE(apply_typing(ours, *edit).has_value());
    };
    type("落", 1);
    const Document copy = ours;
    type("落实", 2);
    for (const Document& both : {merged(ours, copy).document, merged(copy, ours).document}) {
        CHECK(both.text(Layer::self, "1.1.1", "note") == "落实");
        CHECK(both.log.size() == 3);
    }
    CHECK(merged(ours, copy).conflicts.empty());
}

TEST_CASE("merge: two different documents") {
    auto other = new_document(load(), "doc-2", "二院", "2026", author());
    REQUIRE(other.has_value());
    CHECK(code_of(merge(empty(), *other)) == "merge-other-document");
}

TEST_CASE("merge: edits go on after it without doubled ids") {
    Document ours = empty();
    Document theirs = ours;
    score_at(ours, "1.1.1", 1, at("a", 1));
    score_at(theirs, "1.1.2", 1, at("b", 1));
    Document both = merged(ours, theirs).document;
    score_at(both, "1.2.1", 1, at("a", 2));
    score_at(both, "1.2.1", 2, at("b", 3));
    CHECK(both.score(Layer::self, "1.2.1") == points(2));
}

TEST_CASE("merge: random forks are commutative and idempotent") {
    Dice dice(7);
    for (int round = 0; round < 200; ++round) {
        Document base = empty();
        const auto wander = [&dice](Document& document, const std::string& session, std::size_t steps) {
            for (std::size_t i = 0; i < steps; ++i) {
                const Author by = at(session, static_cast<int>(dice.roll(6)));
                if (dice.roll(5) == 0) {
                    for (const Edit& edit : make_undo(document, by)) REQUIRE(apply(document, edit).has_value());
                    continue;
                }
                const auto& place = document.instrument->order[dice.roll(5)];
                put(document, all_layers[dice.roll(2)], document.instrument->criterion(place).id, "score",
                    Points::from_hundredths(50 * dice.roll(3)), by);
            }
        };
        wander(base, "o", dice.roll(4));
        Document ours = base;
        Document theirs = base;
        wander(ours, "a", dice.roll(6));
        wander(theirs, "b", dice.roll(6));
        const Merge one_way = merged(ours, theirs);
        const Merge other_way = merged(theirs, ours);
        check_same(one_way.document, other_way.document);
        CHECK(one_way.conflicts.size() == other_way.conflicts.size());
        check_same(merged(one_way.document, theirs).document, one_way.document);
        check_same(merged(ours, one_way.document).document, one_way.document);
        CHECK(one_way.document.log.size() == ours.log.size() + theirs.log.size() - base.log.size());
    }
}
