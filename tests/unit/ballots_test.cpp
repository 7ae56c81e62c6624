#include "core/ballots.hpp"

#include <algorithm>
#include <numeric>

#include "appraisal_forms.hpp"

using namespace duibiao;
using namespace appraisal_forms;

namespace {

constexpr std::string_view row = "row.1";

std::string figures(const std::vector<double>& scores) {
    const BallotFigures found = box_of(std::string(row), scores).figures(row, 3);
    return std::to_string(found.raters) + " " + text(found.mean) + " " + text(found.lowest) + " " + text(found.highest);
}

}  // namespace

TEST_CASE("ballots: figures of one member") {
    //    ballots (-1: abstained)        n mean lowest highest
    CHECK(figures({}) == "0 – – –");
    CHECK(figures({90}) == "1 – – –");
    CHECK(figures({90, 80}) == "2 – – –");
    CHECK(figures({90, 80, -1}) == "2 – – –");
    CHECK(figures({90, 80, 85}) == "3 85 80 90");
    CHECK(figures({90, -1, 80, 85}) == "3 85 80 90");
    CHECK(figures({0, 0, 0}) == "3 0 0 0");
    CHECK(figures({100, 100, 100, 100}) == "4 100 100 100");
    CHECK(figures({90, 90, 91}) == "3 90.33 90 91");               // 90.333…
    CHECK(figures({90, 91, 91}) == "3 90.67 90 91");               // 90.666…
    CHECK(figures({0, 0, 0, 0, 0, 0, 0, 0.5}) == "8 0.06 0 0.5");  // 0.0625
    CHECK(figures({0, 0, 0, 0.5}) == "4 0.13 0 0.5");              // 0.125: half up
    CHECK(figures({0, 0, 0, 0, 0, 0, 0, 1}) == "8 0.13 0 1");      // 0.125
}

TEST_CASE("ballots: what a box refuses") {
    BallotBox box(*form());
    REQUIRE(box.add_rater("  评议人1 ").has_value());
    CHECK(box.label(0) == "评议人1");
    CHECK(box.add_rater("评议人1").error().code == "rater-doubled");
    CHECK(box.add_rater("  ").error().code == "rater-missing");
    CHECK(box.add_rater("\xFF").error().code == "text-encoding");
    CHECK(box.add_rater(std::string(201, 'x')).error().code == "text-long");
    CHECK(box.size() == 1);
    CHECK(box.set_score(0, row, points(100.5)).error().code == "score-over");
    CHECK(box.set_score(0, row, points(-0.5)).error().code == "score-under");
    CHECK(box.set_score(0, row, points(87.37)).error().code == "score-step");
    CHECK(box.set_score(0, "1.1.1", points(80)).error().code == "item-unknown");
    CHECK_FALSE(box.score(0, row).has_value());
    REQUIRE(box.set_score(0, row, points(80)).has_value());
    CHECK(text(box.score(0, row)) == "80");
    REQUIRE(box.set_score(0, row, std::nullopt).has_value());
    CHECK_FALSE(box.score(0, row).has_value());
    REQUIRE(box.add_rater("乙").has_value());
    box.remove_rater(0);
    CHECK(box.size() == 1);
    CHECK(box.label(0) == "乙");
}

TEST_CASE("ballots: the text form comes back the same") {
    BallotBox box = box_of("row.2", {90, -1, 87.5});
    REQUIRE(box.set_score(1, "row.10", points(0)).has_value());
    const std::string written = box.write();
    CHECK(written == R"({"format":"duibiao-ballots","raters":[{"label":"评议人1","scores":{"row.2":90}},)"
                     R"({"label":"评议人2","scores":{"row.10":0}},{"label":"评议人3","scores":{"row.2":87.5}}],)"
                     R"("version":1})");
    const auto read = BallotBox::parse(*form(), written);
    REQUIRE(read.has_value());
    CHECK(read->write() == written);
    CHECK(BallotBox::parse(*form(), BallotBox(*form()).write())->size() == 0);
}

TEST_CASE("ballots: broken text is refused with its place") {
    const auto fault = [](std::string_view text) {
        const auto read = BallotBox::parse(*form(), text);
        return read ? std::string("read") : read.error().code + " " + read.error().place;
    };
    CHECK(fault("") == "json-empty ");
    CHECK(fault("[]") == "ballots-format ");
    CHECK(fault(R"({"format":"duibiao-ballots","version":2,"raters":[]})") == "ballots-format ");
    CHECK(fault(R"({"format":"duibiao-ballots","version":1})") == "field-missing /raters");
    const auto rater = [&fault](std::string_view members) {
        return fault(R"({"format":"duibiao-ballots","version":1,"raters":[)" + std::string(members) + "]}");
    };
    CHECK(rater("7") == "field-type /raters/0");
    CHECK(rater(R"({"label":"甲"})") == "field-missing /raters/0/scores");
    CHECK(rater(R"({"label":"甲","scores":[]})") == "field-type /raters/0/scores");
    CHECK(rater(R"({"label":"甲","scores":{"x":1}})") == "item-unknown /raters/0/scores/x");
    CHECK(rater(R"({"label":"甲","scores":{"row.1":"1"}})") == "number-format /raters/0/scores/row.1");
    CHECK(rater(R"({"label":"甲","scores":{"row.1":101}})") == "score-over /raters/0/scores/row.1");
    CHECK(rater(R"({"label":"甲","scores":{}},{"label":"甲","scores":{}})") == "rater-doubled /raters/1");
}

TEST_CASE("ballots: random boxes agree with sums made otherwise") {
    std::mt19937 random(20261121);
    for (int round = 0; round < 500; ++round) {
        std::vector<double> scores;
        std::vector<long> halves;
        const int raters = static_cast<int>(random() % 15);
        for (int i = 0; i < raters; ++i) {
            const bool abstained = random() % 4 == 0;
            const long half = static_cast<long>(random() % 201);
            scores.push_back(abstained ? -1 : static_cast<double>(half) / 2);
            if (!abstained) halves.push_back(half);
        }
        const BallotFigures found = box_of(std::string(row), scores).figures(row, 3);
        const auto n = static_cast<long>(halves.size());
        REQUIRE(found.raters == n);
        REQUIRE(found.mean.has_value() == (n >= 3));
        if (n < 3) continue;
        const long sum = std::accumulate(halves.begin(), halves.end(), 0L) * 50;  // hundredths
        CHECK(found.mean->hundredths() == sum / n + (2 * (sum % n) >= n ? 1 : 0));
        CHECK(found.lowest->hundredths() == *std::min_element(halves.begin(), halves.end()) * 50);
        CHECK(found.highest->hundredths() == *std::max_element(halves.begin(), halves.end()) * 50);
    }
}
