// Merging whatever can be read: plays of three offices, and what somebody made of their files afterwards.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/custody.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/undo.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

Author at_second(const std::string& session, int second, bool in_1970) {
    const std::string digits = std::to_string(1000 + second).substr(1);
    return {session, session,
            (in_1970 ? "1970-01-01T00:0" : "2026-11-21T08:0") + digits.substr(0, 1) + ":" + digits.substr(1) + "Z"};
}

/// Three offices that write, hand over, take back and send each other their files.
class Offices {
public:
    Offices(const Document& base, Dice& dice) : dice_(dice) { documents_.fill(base); }

    void step() {
        const std::size_t office = dice_.roll(3);
        Document& document = documents_[office];
        clock_ += static_cast<int>(dice_.roll(3));
        const Author author = at_second(sessions[office], std::min(clock_, 550), office == 2);
        const Layer layer = dice_.roll(8) == 0 ? all_layers[dice_.roll(3)] : all_layers[office];
        switch (dice_.roll(8)) {
            case 0:
            case 1:
                return write(document, author, layer, "score", Points::from_hundredths(50 * (dice_.roll(3))));
            case 2:
            case 3:
                return write(document, author, layer, "note", std::string(1 + dice_.roll(3), 'a'));
            case 4:
                return go(document, author, layer);
            case 5:
                for (const Edit& edit : make_undo(document, author)) REQUIRE(apply(document, edit).has_value());
                return;
            default:
                if (auto both = merge(document, documents_[dice_.roll(3)])) document = std::move(both->document);
        }
    }
    [[nodiscard]] const Document& document(std::size_t office) const { return documents_[office]; }

private:
    void write(Document& document, const Author& author, Layer layer, const char* field, Value value) {
        const Target target{layer, "1.1." + std::to_string(1 + dice_.roll(2)), field};
        auto edit = make_edit(document, author, target, value, author.session + target.item + field);
        if (edit) (void)apply_typing(document, *std::move(edit));
    }
    void go(Document& document, const Author& author, Layer layer) {
        constexpr std::array states{LayerState::submitted, LayerState::accepted, LayerState::returned,
                                    LayerState::draft};
        auto edits = hand_over(document, author, layer, states[dice_.roll(4)], "原因");
        if (edits) REQUIRE(apply_all(document, *std::move(edits)).has_value());
    }

    static constexpr std::array<const char*, 3> sessions{"u", "s", "r-x"};
    Dice& dice_;
    std::array<Document, 3> documents_;
    int clock_ = 0;
};

/// What somebody may make of a log by hand, with all hashes computed anew. Nothing when it cannot be read any more.
std::optional<Document> tamper(const Document& document, const Document& other, Dice& dice) {
    std::vector<Edit> log = document.log;
    const auto any = [&dice](std::vector<Edit>& edits) -> Edit& { return edits[dice.roll(edits.size())]; };
    std::vector<Edit> others = other.log;
    if (log.empty() || others.empty()) return std::nullopt;  // everything was taken out of it already
    switch (dice.roll(10)) {
        case 0:
            any(log).after = Points::from_hundredths(50 * dice.roll(4));
            break;
        case 1: {
            Edit& edit = any(log);
            edit.after = std::string("b");
            edit.at = at_second("", 555, false).at;
            break;
        }
        case 2:
            any(log).id = any(others).id;
            break;
        case 3:
            std::swap(any(log), any(log));
            break;
        case 4:
            any(log).target.layer = all_layers[dice.roll(3)];
            break;
        case 5:
            log.erase(log.begin() + static_cast<std::ptrdiff_t>(dice.roll(log.size())));
            break;
        case 6:
            log.insert(log.begin() + static_cast<std::ptrdiff_t>(dice.roll(log.size())), any(others));
            break;
        case 7:
            any(log).at = at_second("", static_cast<int>(dice.roll(500)), dice.roll(2) == 0).at;
            break;
        case 8: {
            Edit& edit = any(log);
            edit.id = dice.roll(2) == 0 ? edit.id + "-" : "tie";
            break;
        }
        default: {
            Edit& edit = any(log);
            edit.by = "别人";
            edit.batch = dice.roll(2) == 0 ? "" : "lock-x";
        }
    }
    auto changed = replay(document.instrument, document.id, std::move(log));
    if (!changed) return std::nullopt;
    auto read = read_report(write_report(*changed), finder());  // as it would come in
    REQUIRE(read.has_value());
    REQUIRE(read->document.log == changed->log);
    return *std::move(changed);
}

/// The united log, or nothing where that is refused.
std::optional<Document> united(const std::optional<Document>& a, const std::optional<Document>& b) {
    if (!a || !b) return std::nullopt;
    auto both = merge(*a, *b);
    return both ? std::optional(std::move(both->document)) : std::nullopt;
}

bool same(const std::optional<Document>& a, const std::optional<Document>& b) {
    return a.has_value() == b.has_value() && (!a || a->log == b->log);
}

}  // namespace

TEST_CASE("merge: commutative, associative and idempotent for all that can be read, whatever was done to it") {
    const unsigned plays = std::getenv("DUIBIAO_LONG_TESTS") == nullptr ? 100 : 10'000;
    const Document base = empty();
    std::size_t refused = 0;
    std::size_t told = 0;
    for (unsigned seed = 1; seed <= plays; ++seed) {
        Dice dice(seed);
        Offices offices(base, dice);
        std::vector<Document> files{base};
        for (int step = 0; step < 20; ++step) {
            offices.step();
            if (dice.roll(3) == 0) files.push_back(offices.document(dice.roll(3)));
        }
        for (std::size_t office = 0; office < 3; ++office) files.push_back(offices.document(office));
        for (int i = 0; i < 8; ++i) {
            auto file = tamper(files[dice.roll(files.size())], files[dice.roll(files.size())], dice);
            if (file) files.push_back(*std::move(file));
        }
        for (int i = 0; i < 40; ++i) {
            const auto pick = [&] { return std::optional(files[dice.roll(files.size())]); };
            const auto a = pick();
            const auto b = pick();
            const auto c = pick();
            CAPTURE(seed);
            CAPTURE(i);
            const auto ab = united(a, b);
            REQUIRE(same(united(a, a), a));
            REQUIRE(same(ab, united(b, a)));
            REQUIRE(same(united(ab, c), united(a, united(b, c))));
            REQUIRE(same(united(ab, b), ab));
            refused += ab ? 0 : 1;
            told += ab && a->log != b->log ? 1 : 0;
        }
    }
    CHECK(refused > plays);
    CHECK(told > plays);
}

namespace {

std::ptrdiff_t unlockings(const Document& document, Layer layer) {
    const Target state{layer, "document", "state"};
    return std::count_if(document.log.begin(), document.log.end(), [&state](const Edit& edit) {
        return edit.target == state && edit.after == Value{std::string("draft")};
    });
}

}  // namespace

TEST_CASE("merge: nothing handed over changes in what comes out, or it is refused") {
    const unsigned plays = std::getenv("DUIBIAO_LONG_TESTS") == nullptr ? 100 : 10'000;
    const Document base = empty();
    std::size_t kept = 0;
    for (unsigned seed = 1; seed <= plays; ++seed) {
        Dice dice(seed + 1'000'000);
        Offices offices(base, dice);
        for (int step = 0; step < 24; ++step) offices.step();
        const Document& ours = offices.document(dice.roll(3));
        const auto theirs = tamper(offices.document(dice.roll(3)), offices.document(dice.roll(3)), dice);
        const auto taken = theirs ? merge(ours, *theirs) : Result<Merge>(fail("refused"));
        if (!taken || !taken->intruding.empty()) continue;
        const Document* both = &taken->document;
        for (const Layer layer : all_layers) {
            if (!custody_of(ours)[index_of(layer)].locked || !custody_of(*both)[index_of(layer)].locked) continue;
            if (unlockings(ours, layer) != unlockings(*both, layer)) continue;  // opened with a reason
            for (const auto& [target, value] : both->answers) {
                if (target.layer != layer) continue;
                CAPTURE(seed);
                REQUIRE(ours.answer(target) == value);
            }
            ++kept;
        }
    }
    CHECK(kept > plays / 10);
}

TEST_CASE("merge: what is told of handing over is written with its state or not at all") {
    Document ours = clean();
    REQUIRE(apply_all(ours, *hand_over(ours, at_second("s", 9, false), Layer::self, LayerState::submitted, "")));
    Document theirs = clean();
    const Target reason{Layer::self, "document", "reason"};
    const Edit stray = *make_edit(theirs, at_second("u", 1, false), reason, std::string("原因"), "lock-u-1");
    REQUIRE(apply(theirs, stray));
    const auto both = merge(ours, theirs);
    REQUIRE(both);
    REQUIRE(both->intruding.size() == 1);
    CHECK(both->intruding[0].target().field == "reason");
    CHECK(written_while_locked(ours).empty());
    REQUIRE(apply_all(ours, *hand_over(ours, at_second("s", 11, false), Layer::self, LayerState::draft, "补充")));
    CHECK(written_while_locked(ours).empty());
}

TEST_CASE("merge: an edit that was handed over and is rewritten under its id is refused, with both contents") {
    Document ours = clean();
    auto typed = make_edit(ours, at_second("u", 1, false), {Layer::self, "1.1.1", "score"}, points(1), "visit");
    REQUIRE(apply_typing(ours, *typed).has_value());
    auto handed = hand_over(ours, at_second("u", 2, false), Layer::self, LayerState::submitted, "");
    REQUIRE(apply_all(ours, *handed).has_value());
    std::vector<Edit> log = ours.log;
    const auto victim = std::find_if(log.begin(), log.end(), [&](const Edit& edit) { return edit.id == typed->id; });
    victim->after = points(0.5);
    victim->at = at_second("u", 500, false).at;
    const auto theirs = replay(ours.instrument, ours.id, log);
    REQUIRE(theirs.has_value());
    CHECK(read_report(write_report(*theirs), finder())->findings.empty());  // the file itself is sound
    for (const bool swapped : {false, true}) {
        const auto both = swapped ? merge(*theirs, ours) : merge(ours, *theirs);
        REQUIRE(code_of(both) == "merge-rewritten");
        CHECK(both.error().place == "1.1.1");
    }
    const auto rewritings = find_rewritings(ours, *theirs);
    REQUIRE_FALSE(rewritings.empty());
    CHECK(rewritings.back().kind == Rewriting::Kind::handed_over);
    CHECK(rewritings.back().ours->after == Value{points(1)});
    CHECK(rewritings.back().theirs->after == Value{points(0.5)});
}

TEST_CASE("merge: in a draft, an edit that was rewritten after its session had gone on is a conflict") {
    Document ours = empty();
    for (const char* item : {"1.1.1", "1.1.2"}) {
        auto typed = make_edit(ours, at_second("u", 1, false), {Layer::self, item, "score"}, points(1), item);
        REQUIRE(apply_typing(ours, *typed).has_value());
    }
    std::vector<Edit> log = ours.log;
    log[2].after = points(0.5);
    log[2].at = at_second("u", 5, false).at;
    const auto theirs = replay(ours.instrument, ours.id, log);
    const auto both = merge(ours, *theirs);
    REQUIRE(both.has_value());
    REQUIRE(both->conflicts.size() == 1);
    CHECK(both->conflicts[0].ours == Value{points(1)});
    CHECK(both->conflicts[0].theirs == Value{points(0.5)});
    CHECK(both->rewritten.size() == 1);
}

TEST_CASE("merge: ids that differ only in their end have an order of their own") {
    Document ours = empty();
    std::vector<Edit> log = ours.log;
    for (const char* id : {"tie", "tie-"}) {
        Edit edit = ours.log.back();
        edit.id = id;
        edit.batch = id;
        edit.target = {Layer::self, "1.1.1", "score"};
        edit.before = {};
        edit.after = points(std::string_view(id) == "tie" ? 1 : 0.5);
        log.push_back(edit);
    }
    std::vector<Edit> first(log.begin(), log.end() - 1);
    std::vector<Edit> second(log.begin(), log.end() - 2);
    second.push_back(log.back());
    const auto a = replay(ours.instrument, ours.id, first);
    const auto b = replay(ours.instrument, ours.id, second);
    CHECK(merge(*a, *b)->document.log == merge(*b, *a)->document.log);
}

TEST_CASE("merge: unlocking without a reason is not taken in") {
    Document ours = clean();
    auto handed = hand_over(ours, at_second("u", 2, false), Layer::self, LayerState::submitted, "");
    REQUIRE(apply_all(ours, *handed).has_value());
    for (const bool has_reason : {false, true}) {
        Document theirs = ours;
        auto unlocked = hand_over(theirs, at_second("x", 9, false), Layer::self, LayerState::draft, "补充");
        REQUIRE(unlocked.has_value());
        if (!has_reason) unlocked->erase(unlocked->begin());
        REQUIRE(apply_all(theirs, *unlocked).has_value());
        const auto both = merge(ours, theirs);
        REQUIRE(both.has_value());
        CHECK(both->intruding.empty() == has_reason);
        CHECK(check_handed_over(both->document).empty() == has_reason);
    }
}
