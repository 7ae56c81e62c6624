#include "core/tally.hpp"

#include <doctest/doctest.h>

#include "core/check.hpp"
#include "exchange/library.hpp"
#include "small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

const Sum& sum_of(const Tally& result, Layer layer) { return result.layers[index_of(layer)]; }

Proposal proposal_of(const Document& document, std::string_view item) {
    return propose(document, *document.instrument->find_criterion(item));
}

std::string proposed(const Document& document, std::string_view item) {
    const auto score = proposal_of(document, item).score;
    return score ? score->to_string() : "–";
}

}  // namespace

TEST_CASE("tally: unscored is neither zero nor full") {
    Document document = empty();
    Tally result = tally(document);
    CHECK(sum_of(result, Layer::self).score == Points{});
    CHECK(sum_of(result, Layer::self).scored == 0);
    CHECK(sum_of(result, Layer::self).of == 5);
    CHECK(sum_of(result, Layer::self).points == Points::from_whole(10));
    score(document, "1.1.1", 0);
    score(document, "2.1.1", 2.5);
    result = tally(document);
    CHECK(sum_of(result, Layer::self).score == points(2.5));
    CHECK(sum_of(result, Layer::self).scored == 2);
    CHECK(sum_of(result, Layer::acceptance).scored == 0);
}

TEST_CASE("tally: sections and groups") {
    Document document = empty();
    score(document, "1.1.1", 1.5);
    score(document, "1.1.2", 1);
    score(document, "1.2.1", 2);
    score(document, "2.1.2", 1, Layer::rating);
    const Tally result = tally(document);
    REQUIRE(result.sections.size() == 2);
    CHECK(result.sections[0].title == "甲");
    CHECK(result.sections[0].layers[0].score == points(4.5));
    CHECK(result.sections[0].layers[0].points == Points::from_whole(6));
    CHECK(result.sections[0].layers[0].of == 3);
    CHECK(result.sections[0].groups[0].layers[0].score == points(2.5));
    CHECK(result.sections[0].groups[1].layers[0].score == points(2));
    CHECK(result.sections[1].layers[0].scored == 0);
    CHECK(result.sections[1].layers[2].score == points(1));
}

TEST_CASE("tally: a veto leaves the points visible") {
    Document document = clean();
    CHECK_FALSE(tally(document).veto);
    put(document, Layer::acceptance, "veto.2", "set", true);
    put(document, Layer::self, "veto.1", "set", false);
    const Tally result = tally(document);
    CHECK(result.veto);
    CHECK(result.veto_ids == std::vector<std::string>{"veto.2"});
    CHECK(result.verdict == "不予评定");
    CHECK(sum_of(result, Layer::self).score == Points::from_whole(10));
    put(document, Layer::acceptance, "veto.2", "set", false);
    CHECK_FALSE(tally(document).veto);
    CHECK(tally(document).verdict.empty());
}

TEST_CASE("tally: random fillings of the shipped form against a sum made another way") {
    const InstrumentPtr form = InstrumentLibrary::on_demand().find("jilin-committee");
    REQUIRE(form != nullptr);
    Dice dice(84);
    for (int round = 0; round < 20; ++round) {
        auto document = new_document(form, "d", "一院", "2026", author());
        REQUIRE(document.has_value());
        std::array<std::array<std::int64_t, 9>, 3> halves{};  // half points by layer and section
        std::array<std::array<int, 9>, 3> scored{};
        for (const Instrument::Place& place : form->order) {
            const Criterion& criterion = form->criterion(place);
            for (std::size_t layer = 0; layer < 3; ++layer) {
                if (dice.roll(5) == 0) continue;
                const auto most = static_cast<std::uint32_t>(criterion.points.hundredths() / 50);
                const std::uint32_t half_points = dice.roll(most + 1);
                put(*document, all_layers[layer], criterion.id, "score", Points::from_hundredths(50 * half_points));
                halves[layer][place.section] += half_points;
                ++scored[layer][place.section];
            }
        }
        const Tally result = tally(*document);
        for (std::size_t layer = 0; layer < 3; ++layer) {
            std::int64_t total = 0;
            int count = 0;
            for (std::size_t section = 0; section < 9; ++section) {
                CHECK(result.sections[section].layers[layer].score.hundredths() == 50 * halves[layer][section]);
                CHECK(result.sections[section].layers[layer].scored == scored[layer][section]);
                total += halves[layer][section];
                count += scored[layer][section];
            }
            CHECK(result.layers[layer].score.hundredths() == 50 * total);
            CHECK(result.layers[layer].scored == count);
            CHECK(result.layers[layer].of == 84);
            const Explanation why = explain(*document, all_layers[layer]);
            CHECK(why.score == result.layers[layer].score);
            CHECK(why.missing.size() == static_cast<std::size_t>(84 - count));
        }
    }
}

TEST_CASE("explain: what was lost and what is missing") {
    Document document = empty();
    score(document, "1.1.1", 0.5);
    note(document, "1.1.1", "只做了一半");
    score(document, "1.1.2", 2);
    score(document, "2.1.1", 0);
    const Explanation why = explain(document, Layer::self);
    CHECK(why.full == Points::from_whole(10));
    CHECK(why.lost == points(4.5));
    CHECK(why.unscored == points(3));
    CHECK(why.score == points(2.5));
    REQUIRE(why.deductions.size() == 2);
    CHECK(why.deductions[0].item == "1.1.1");
    CHECK(why.deductions[0].reason == "只做了一半");
    CHECK(why.deductions[1].points == Points::from_whole(3));
    CHECK(why.deductions[1].score == Points{});
    CHECK(why.missing == std::vector<std::string>{"1.2.1", "2.1.2"});
}

TEST_CASE("differences: where a layer differs from the one before it") {
    Document document = clean();
    score(document, "1.1.1", 1, Layer::acceptance);
    note(document, "1.1.1", "缺记录", Layer::acceptance);
    score(document, "1.1.2", 2, Layer::acceptance);
    score(document, "1.1.1", 1.5, Layer::rating);
    score(document, "2.1.1", 1, Layer::rating);  // acceptance left it unscored
    const auto acceptance = differences(document, Layer::acceptance);
    REQUIRE(acceptance.size() == 1);
    CHECK(acceptance[0].item == "1.1.1");
    CHECK(acceptance[0].before == points(2));
    CHECK(acceptance[0].after == points(1));
    CHECK(acceptance[0].reason == "缺记录");
    const auto rating = differences(document, Layer::rating);
    REQUIRE(rating.size() == 1);
    CHECK(rating[0].before == points(1));
    CHECK(rating[0].after == points(1.5));
    CHECK(differences(document, Layer::self).empty());
}

TEST_CASE("propose: a criterion without measures proposes nothing") {
    const Proposal proposal = proposal_of(clean(), "1.1.1");
    CHECK_FALSE(proposal.score.has_value());
    CHECK(proposal.most == Points::from_whole(2));
    CHECK_FALSE(proposal.failing);
}

TEST_CASE("propose: proportional and yes/no") {
    // 学习 (of 4) | 有记录 | proposed of 2 points, in halves rounded down
    struct Row {
        double times;
        bool record;
        const char* score;
        bool failing;
    };
    for (const Row& row : std::initializer_list<Row>{{4, true, "2", false},
                                                     {7, true, "2", false},
                                                     {3, true, "1.5", true},   // mean of 3/4 and 1 is 7/8: 1.75
                                                     {2, true, "1.5", true},   // 3/4: 1.5
                                                     {1.99, true, "1", true},  // just under
                                                     {0, true, "1", true},
                                                     {4, false, "1", true},
                                                     {2, false, "0.5", true},
                                                     {0, false, "0", true}}) {
        CAPTURE(row.times);
        CAPTURE(row.record);
        Document document = empty();
        measure(document, "1.1.2.m1", row.times);
        answer_yes(document, "1.1.2.m2", row.record);
        CHECK(proposed(document, "1.1.2") == row.score);
        CHECK(proposal_of(document, "1.1.2").failing == row.failing);
        CHECK(proposal_of(document, "1.1.2").most.to_string() == row.score);
    }
}

TEST_CASE("propose: bounds") {
    // 委员 5–9, all or nothing
    const auto with_members = [](double members) {
        Document document = empty();
        measure(document, "1.2.1.m1", members);
        return proposed(document, "1.2.1");
    };
    CHECK(with_members(0) == "0");
    CHECK(with_members(4.99) == "0");
    CHECK(with_members(5) == "2");
    CHECK(with_members(9) == "2");
    CHECK(with_members(9.01) == "0");
    // 用房 at most 6, and 有违规 should be no
    for (const auto& [rooms, broken, score] : std::initializer_list<std::tuple<double, bool, const char*>>{
             {6, false, "1"}, {6.01, false, "0.5"}, {6, true, "0.5"}, {7, true, "0"}, {0, false, "1"}}) {
        Document document = empty();
        measure(document, "2.1.2.m1", rooms);
        answer_yes(document, "2.1.2.m2", broken);
        CHECK(proposed(document, "2.1.2") == score);
    }
}

TEST_CASE("propose: nothing is proposed while a measure is empty") {
    Document document = empty();
    CHECK(proposed(document, "1.1.2") == "–");
    CHECK_FALSE(proposal_of(document, "1.1.2").failing);
    measure(document, "1.1.2.m1", 0);
    const Proposal proposal = proposal_of(document, "1.1.2");
    CHECK_FALSE(proposal.score.has_value());
    CHECK(proposal.failing);
    CHECK(proposal.most == points(1));  // if there are records
    REQUIRE(proposal.measures.size() == 2);
    CHECK(proposal.measures[0].value == Points{});
    CHECK_FALSE(proposal.measures[0].met);
    CHECK_FALSE(proposal.measures[1].value.has_value());
    CHECK_FALSE(proposal.measures[1].met);
}

TEST_CASE("propose: thirds add up to a whole, and odd thresholds do no harm") {
    const auto with_thresholds = [](std::vector<double> thresholds) {
        Json form = json();
        Json& measures = form["sections"][0]["groups"][0]["criteria"][1]["measures"];
        const Json pattern = measures[0];
        measures = Json::array();
        for (const double threshold : thresholds) {
            measures.push_back(pattern);
            measures.back()["id"] = "1.1.2.m" + std::to_string(measures.size());
            measures.back()["at_least"] = threshold;
        }
        auto loaded = load_instrument(form.dump());
        REQUIRE(loaded.has_value());
        auto document = new_document(*loaded, "d", "一院", "2026", author());
        REQUIRE(document.has_value());
        return *document;
    };
    Document thirds = with_thresholds({3, 3});  // (1/3 + 2/3) / 2 of 2 points is 1, exactly
    measure(thirds, "1.1.2.m1", 1);
    measure(thirds, "1.1.2.m2", 2);
    CHECK(proposed(thirds, "1.1.2") == "1");
    Document sevenths = with_thresholds({7, 3, 21});  // (2/7 + 1/3 + 8/21) / 3 is 1/3: 0.66… of 2
    measure(sevenths, "1.1.2.m1", 2);
    measure(sevenths, "1.1.2.m2", 1);
    measure(sevenths, "1.1.2.m3", 8);
    CHECK(proposed(sevenths, "1.1.2") == "0.5");
    Document odd = with_thresholds({9'999'999.99, 9'999'999.97, 9'999'999.93, 0.01});
    for (const char* item : {"1.1.2.m1", "1.1.2.m2", "1.1.2.m3"}) measure(odd, item, 9'999'999.9);
    measure(odd, "1.1.2.m4", 9'999'999.99);
    CHECK(proposed(odd, "1.1.2") == "1.5");
}

TEST_CASE("propose: fewer than a hundred members are in order where the superior approved (J 组织设置 1)") {
    const Author author{"t", {}, "2026-11-21T06:03:34Z"};
    Document document =
        *new_document(InstrumentLibrary::shipped().find("jilin-committee"), "d", "某院党委", "2026", author);
    const auto put = [&](const char* item, const char* field, Value value) {
        REQUIRE(apply(document, *make_edit(document, author, {Layer::self, item, field}, std::move(value), "e")));
    };
    const auto codes = [&] {
        std::string text;
        for (const Finding& finding : check(document, *parse_date("2026-12-31"))) {
            if (finding.item == "2.1.1" && finding.code != "note-required") text += finding.code + ";";
        }
        return text;
    };
    put("2.1.1", "score", Points::from_whole(1));
    CHECK(codes() == "measure-empty;");
    put("2.1.1.m1", "value", Points::from_whole(80));
    CHECK(codes() == "above-measure;");
    CHECK(proposed(document, "2.1.1") == "0");
    put("2.1.1.m2", "value", false);
    CHECK(codes() == "above-measure;");
    put("2.1.1.m2", "value", true);
    CHECK(codes().empty());
    CHECK(proposed(document, "2.1.1") == "1");
    const Proposal proposal = proposal_of(document, "2.1.1");
    CHECK(proposal.measures[0].excused);
    put("2.1.1.m1", "value", Points::from_whole(100));
    CHECK_FALSE(proposal_of(document, "2.1.1").measures[0].excused);
    put("2.1.1.m2", "value", false);
    CHECK(codes().empty());
}
