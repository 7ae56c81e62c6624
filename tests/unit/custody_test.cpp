#include "core/custody.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/undo.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

Author who(std::string session, int minute) {
    const std::string digits = std::to_string(100 + minute % 60).substr(1);
    return {std::move(session), "", "2026-11-21T08:" + digits + ":00Z"};
}

/// True when it was done.
bool go(Document& document, Layer layer, LayerState to, const Author& author, std::string_view text = "原因") {
    const auto edits = hand_over(document, author, layer, to, text);
    return edits && apply_all(document, *edits).has_value();
}

bool set(Document& document, Layer layer, const std::string& item, double value, const Author& author) {
    const auto edit = make_edit(document, author, {layer, item, "score"}, points(value), author.session + item);
    return edit && apply(document, *edit).has_value();
}

std::string error_of(const Result<std::vector<Edit>>& result) { return result ? "" : result.error().code; }

LoadedReport read(std::string_view text) {
    auto report = read_report(text, finder());
    REQUIRE(report.has_value());
    return *std::move(report);
}

}  // namespace

TEST_CASE("custody: what is handed over is locked until it is unlocked with a reason") {
    Document document = clean();
    CHECK(set(document, Layer::self, "1.1.1", 1, who("u", 1)));
    CHECK(go(document, Layer::self, LayerState::submitted, who("u", 2)));
    CHECK_FALSE(set(document, Layer::self, "1.1.1", 2, who("u", 3)));
    CHECK(check_custody(document, Layer::self).error().code == "layer-locked");
    CHECK(check_custody(document, Layer::acceptance).has_value());
    CHECK(make_undo(document, who("u", 3)).empty());
    CHECK(error_of(hand_over(document, who("u", 3), Layer::self, LayerState::submitted, "")) == "layer-locked");
    CHECK(error_of(hand_over(document, who("u", 3), Layer::self, LayerState::draft, "  ")) == "reason-empty");
    CHECK(go(document, Layer::self, LayerState::draft, who("u", 4), "补材料"));
    const Custody custody = custody_of(document)[0];
    CHECK_FALSE(custody.locked);
    CHECK(custody.reason == "补材料");
    CHECK(set(document, Layer::self, "1.1.1", 2, who("u", 5)));
    CHECK(error_of(hand_over(document, who("u", 6), Layer::self, LayerState::draft, "x")) == "layer-open");
    CHECK(go(document, Layer::self, LayerState::submitted, who("u", 6)));
    CHECK(custody_of(document)[0].revision == 2);
}

TEST_CASE("custody: returning opens the layer below, names who and why, and the answer is a new revision") {
    Document document = clean();
    go(document, Layer::self, LayerState::submitted, who("u", 1));
    CHECK(error_of(hand_over(document, who("u", 2), Layer::self, LayerState::returned, "x")) == "state-layer");
    CHECK(error_of(hand_over(document, who("s", 2), Layer::acceptance, LayerState::returned, "")) == "reason-empty");
    put(document, Layer::acceptance, "1.1.1", "note", std::string("缺记录"), who("s", 2));
    CHECK(go(document, Layer::acceptance, LayerState::returned, who("s", 3), ""));
    CHECK(state_of(document) == LayerState::returned);
    CHECK(custody_of(document)[0].returned);
    CHECK_FALSE(custody_of(document)[0].locked);
    CHECK(custody_of(document)[1].locked);
    const Findings asked = check_returned(document);
    REQUIRE(asked.size() == 2);
    CHECK(asked[1].code == "returned-item");
    CHECK(asked[1].item == "1.1.1");
    CHECK(set(document, Layer::self, "1.1.1", 2, who("u", 4)));
    CHECK_FALSE(set(document, Layer::acceptance, "1.1.1", 2, who("s", 4)));
    CHECK(go(document, Layer::self, LayerState::submitted, who("u", 5)));
    CHECK(check_returned(document).empty());
    CHECK(custody_of(document)[0].revision == 2);
    CHECK(custody_of(document)[0].locked);
    CHECK(set(document, Layer::acceptance, "1.1.1", 2, who("s", 6)));
    CHECK(go(document, Layer::acceptance, LayerState::accepted, who("s", 7)));
    CHECK(state_of(document) == LayerState::accepted);
}

TEST_CASE("custody: recorded instants never run back, whatever a clock was set to") {
    Document document = clean();
    set(document, Layer::self, "1.1.1", 1, {"a", "", "2026-12-31T23:59:59Z"});
    set(document, Layer::self, "1.1.2", 1, {"b", "", "2020-01-01T00:00:00Z"});
    CHECK(document.log.back().at == "2027-01-01T00:00:00Z");
    set(document, Layer::self, "1.1.2", 0.5, {"b", "", "2020-01-01T00:00:00Z"});
    CHECK(document.log.back().at == "2027-01-01T00:00:00Z");
}

TEST_CASE("custody: a new revision is compared with the one before") {
    Document document = clean();
    CHECK_FALSE(last_revision(document, Layer::self).has_value());
    go(document, Layer::self, LayerState::submitted, who("u", 1));
    CHECK_FALSE(last_revision(document, Layer::self).has_value());
    go(document, Layer::self, LayerState::draft, who("u", 2));
    put(document, Layer::self, "1.1.1", "note", std::string("补了"), who("u", 3));
    CHECK(last_revision(document, Layer::self)->text(Layer::self, "1.1.1", "note") == "已落实");
    go(document, Layer::self, LayerState::submitted, who("u", 4));
    CHECK(last_revision(document, Layer::self)->text(Layer::self, "1.1.1", "note") == "已落实");
    go(document, Layer::self, LayerState::draft, who("u", 5));
    CHECK(last_revision(document, Layer::self)->text(Layer::self, "1.1.1", "note") == "补了");
}

// --- Three parties ------------------------------------------------------------------------------------------------

namespace {

struct Party {
    std::string session;
    Layer layer;
    Document document;
    int clock;  ///< minutes; may be set back
};

/// Fill, hand over, return, unlock, send a file to another, whatever may be done.
class Play {
public:
    explicit Play(unsigned seed) : random_(seed) {
        const Document base = clean();
        parties_ = {
            {"unit", Layer::self, base, 1}, {"above", Layer::acceptance, base, 5}, {"office", Layer::rating, base, 3}};
    }

    void step() {
        Party& party = parties_[pick(3)];
        party.clock += static_cast<int>(pick(4)) - 1;
        const Author author = who(party.session, std::max(0, party.clock));
        switch (pick(6)) {
            case 0:
            case 1:
                set(party.document, party.layer, "1.1." + std::to_string(1 + pick(2)),
                    0.5 * static_cast<double>(pick(3)), author);
                return;
            case 2:
                go(party.document, party.layer,
                   party.layer == Layer::self ? LayerState::submitted : LayerState::accepted, author);
                return;
            case 3:
                go(party.document, party.layer, LayerState::returned, author);
                return;
            case 4:
                go(party.document, party.layer, LayerState::draft, author);
                return;
            default:
                send(party, parties_[pick(3)]);
        }
    }

    /// All files go to all, in two different orders.
    void meet() {
        std::vector<std::string> files;
        for (const Party& party : parties_) files.push_back(write_report(party.document));
        for (Party& party : parties_) {
            std::shuffle(files.begin(), files.end(), random_);
            for (const std::string& file : files) take(party, file);
        }
    }

    [[nodiscard]] const std::vector<Party>& parties() const { return parties_; }

private:
    std::size_t pick(std::size_t below) { return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_); }
    static void send(const Party& from, Party& to) {
        if (&from != &to) take(to, write_report(from.document));
    }
    static void take(Party& party, const std::string& file) {
        const LoadedReport report = read(file);
        REQUIRE(report.findings.empty());
        auto both = merge(party.document, report.document);
        REQUIRE(both.has_value());
        party.document = std::move(both->document);
    }

    std::mt19937 random_;
    std::vector<Party> parties_;
};

}  // namespace

TEST_CASE("custody: any play of three parties ends with the same report for all, and every layer is its own") {
    const unsigned plays = std::getenv("DUIBIAO_LONG_TESTS") == nullptr ? 100 : 10'000;
    std::size_t handed = 0;
    for (unsigned seed = 1; seed <= plays; ++seed) {
        Play play(seed);
        for (int step = 0; step < 24; ++step) play.step();
        play.meet();
        const std::string report = write_report(play.parties()[0].document);
        for (const Party& party : play.parties()) {
            REQUIRE(write_report(party.document) == report);
            const auto alien = [&party](const Edit& edit) {
                return edit.id.starts_with(party.session + "-") && edit.target.layer != party.layer;
            };
            REQUIRE(std::none_of(party.document.log.begin(), party.document.log.end(), alien));
        }
        const Document& end = play.parties()[0].document;
        REQUIRE(
            std::is_sorted(end.log.begin(), end.log.end(), [](const Edit& a, const Edit& b) { return a.at < b.at; }));
        handed += custody_of(end)[0].revision > 0 ? 1 : 0;
    }
    CHECK(handed > plays / 4);
}

// --- Paper and file -----------------------------------------------------------------------------------------------

TEST_CASE("custody: a code on paper says to which state of a file it belongs") {
    Document document = clean();
    set(document, Layer::self, "1.1.1", 1, who("u", 1));
    go(document, Layer::self, LayerState::submitted, who("u", 2));
    const std::string paper = short_code(document);
    CHECK(check_code(document, paper).code == "code-fits");
    CHECK(check_code(document, paper.substr(0, 5) + "-" + paper.substr(5)).code == "code-fits");
    for (int i = 0; i < 150; ++i) set(document, Layer::acceptance, "1.1.1", i % 2 == 0 ? 1 : 0.5, who("s", 3));
    const Finding earlier = check_code(document, paper);
    CHECK(earlier.code == "code-earlier");
    CHECK(std::get<std::int64_t>(earlier.params.at("edits")) == 150);
    CHECK(check_code(document, "AAAAAAAAAA").code == "code-unknown");
    CHECK(check_code(document, "AAAAAAAAAA").severity == Severity::error);
}

// --- Import -------------------------------------------------------------------------------------------------------

TEST_CASE("import: the preview names what is new, changed, cleared, in conflict and the same") {
    using Kind = MergeChange::Kind;
    Document ours = clean();
    set(ours, Layer::self, "1.1.1", 1, who("u", 1));
    Document theirs = ours;
    put(ours, Layer::self, "1.1.2", "note", std::string("本机写的"), who("u", 2));
    put(theirs, Layer::self, "1.1.2", "note", std::string("对方写的"), who("v", 3));
    put(theirs, Layer::self, "1.1.2", "note", std::string(), who("v", 4));
    put(theirs, Layer::acceptance, "1.1.1", "score", points(0.5), who("s", 5));
    const auto both = merge(ours, theirs);
    REQUIRE(both.has_value());
    const MergePreview shown = preview(ours, *both);
    REQUIRE(shown.changes.size() == 2);
    CHECK(std::count_if(shown.changes.begin(), shown.changes.end(),
                        [](const MergeChange& change) { return change.kind == Kind::added; }) == 1);
    REQUIRE(both->conflicts.size() == 1);
    // The later edit emptied it; a blank never stands against what was written unless somebody says so.
    CHECK(prefers_ours(both->document, both->conflicts[0]));
    const auto edits = settle(both->document, both->conflicts, {true}, who("u", 9));
    REQUIRE(edits.has_value());
    Document settled = both->document;
    REQUIRE(apply_all(settled, *edits).has_value());
    CHECK(settled.text(Layer::self, "1.1.2", "note") == "本机写的");
    CHECK(settle(both->document, both->conflicts, {false}, who("u", 9))->empty());
    const auto again = merge(settled, theirs);
    CHECK(preview(settled, *again).changes.empty());
}

TEST_CASE("import: an old revision changes nothing, two acceptances are named, a gap or a swapped layer is noticed") {
    Document document = clean();
    go(document, Layer::self, LayerState::submitted, who("u", 1));
    const Document old = document;
    go(document, Layer::self, LayerState::draft, who("u", 2));
    set(document, Layer::self, "1.1.1", 1, who("u", 3));
    go(document, Layer::self, LayerState::submitted, who("u", 4));
    CHECK(preview(document, *merge(document, old)).changes.empty());

    Document first = document;
    Document second = document;
    set(first, Layer::acceptance, "1.1.1", 1, who("s1", 5));
    set(second, Layer::acceptance, "1.1.1", 0.5, who("s2", 6));
    const auto both = merge(first, second);
    REQUIRE(both->conflicts.size() == 1);
    CHECK(both->conflicts[0].target.layer == Layer::acceptance);

    const Json whole = *parse_json(write_report(first), limits::report_bytes);
    for (std::size_t gap = 0; gap < whole["log"].size(); ++gap) {
        Json report = whole;
        report["log"].erase(gap);
        const auto loaded = read_report(report.dump(), finder());
        const bool is_noticed = !loaded || !loaded->findings.empty();
        CAPTURE(gap);
        CHECK(is_noticed);
    }
    Json swapped = whole;
    swapped["layers"][1] = (*parse_json(write_report(second), limits::report_bytes))["layers"][1];
    CHECK_FALSE(read(swapped.dump()).findings.empty());
}
