// The appraisal from self-score to publication: totals, grades, steps, locks, undo and rules.
#include "core/appraisal.hpp"

#include "appraisal_forms.hpp"
#include "core/merge.hpp"
#include "core/report.hpp"
#include "core/undo.hpp"
#include "exchange/export.hpp"
#include "exchange/history.hpp"

using namespace duibiao;
using namespace appraisal_forms;

namespace {

struct Fault {
    const char* pointer;
    const char* replacement;  ///< JSON; empty: the member is taken out
    const char* error;        ///< code and place
    const char* figures = nullptr;
};

std::string fault_in(const Fault& fault, std::string* figures) {
    Json json = definition();
    const std::string pointer = fault.pointer;
    const std::size_t slash = pointer.rfind('/');
    if (std::string_view(fault.replacement).empty()) {
        json[Json::json_pointer(pointer.substr(0, slash))].erase(pointer.substr(slash + 1));
    } else {
        json[Json::json_pointer(pointer)] = *parse_json(fault.replacement, 1000);
    }
    const auto loaded = load_instrument(json.dump());
    if (loaded) return "loaded";
    for (const auto& [name, value] : loaded.error().params) {
        if (const auto* words = std::get_if<std::string>(&value)) *figures += name + "=" + *words + " ";
    }
    return loaded.error().code + " " + loaded.error().place;
}

/// Self-scores, ballots and the branch's scores of one member, all steps but the last closed; the standing.
Standing standing_of(int self, const std::vector<double>& ballots, int branch, Document& document) {
    document = sheet();
    const std::string row = add_member(document, "张三", self);
    close(document, "self");
    const BallotBox box = box_of(row, ballots);
    close(document, "peers", &box);
    if (branch >= 0) write(document, row, at_branch_scores, spread(branch));
    close(document, "branch");
    return appraise(document).front();
}

std::string result(int self, const std::vector<double>& ballots, int branch) {
    Document document;
    const Standing standing = standing_of(self, ballots, branch, document);
    return text(standing.total) + " " + (standing.grade == nullptr ? "–" : standing.grade->title);
}

/// Three members through every step but publication.
Document scored() {
    Document document = sheet();
    BallotBox box(*form());
    std::vector<std::string> rows;
    for (const char* name : {"张三", "李四", "王五"}) rows.push_back(add_member(document, name, 95));
    for (const char* rater : {"甲", "乙", "丙"}) {
        const auto added = box.add_rater(rater);
        for (const std::string& row : rows) REQUIRE(box.set_score(*added, row, points(90)).has_value());
    }
    close(document, "self");
    close(document, "peers", &box);
    for (const std::string& row : rows) write(document, row, at_branch_scores, spread(90));
    close(document, "branch");
    return document;
}

std::string code(const Result<Edit>& edit) { return edit ? "made" : edit.error().code; }

Findings findings_of(const Document& document, const std::vector<const Document*>& others = {}) {
    return check(document, day(2026, 6, 30), nullptr, others);
}

std::string codes(const Findings& findings) {
    std::string text;
    for (const Finding& finding : findings) {
        text += (text.empty() ? "" : " ") + finding.code;
        if (finding.row) text += ":" + std::to_string(*finding.row);
    }
    return text;
}

}  // namespace

TEST_CASE("appraisal: the shipped form is the source's") {
    const InstrumentPtr shipped = form();
    CHECK(shipped->kind == InstrumentKind::appraisal);
    CHECK(shipped->points == points(100));
    CHECK(shipped->period == "half");
    std::string steps;
    for (const AppraisalStep& step : shipped->appraisal.steps) {
        steps += step.title + " ";
        CHECK(step.citation == "S 三(二)6");
    }
    CHECK(steps == "个人自评 民主评议 支部考评 亮分公示 ");
    CHECK(shipped->appraisal.dimensions.size() == 5);
    CHECK(shipped->appraisal.listed_in->instrument == "ruian-2019-annex4");
    CHECK(shipped->appraisal.listed_in->citation == "R 三(三)");
    CHECK(shipped->appraisal.fewest_raters == 3);
}

TEST_CASE("appraisal: a definition that does not add up is refused with its place and figures") {
    for (const Fault& fault : std::initializer_list<Fault>{
             {"/appraisal/dimensions/1/points", "15", "points-sum /table/columns/3/points", "expected=15 sum=20 "},
             {"/points", "90", "points-sum /appraisal/dimensions", "expected=90 sum=100 "},
             {"/appraisal/dimensions/0/points", "0", "number-range /appraisal/dimensions/0/points"},
             {"/score_step", "7", "points-step /appraisal/dimensions/0/points", "points=20 step=7 "},
             {"/score_step", "0", "points-step /score_step"},
             {"/appraisal/dimensions/0/columns/1", "\"nobody\"", "rule-reference /appraisal/dimensions/0/columns/1",
              "field=nobody "},
             {"/appraisal/dimensions/0/columns/1", "\"life_self\"", "rule-reference /appraisal/dimensions/0/columns/1"},
             {"/appraisal/dimensions/0/columns", R"(["life_self"])", "field-missing /appraisal/dimensions/0/columns"},
             {"/appraisal/dimensions/0/citation", "", "citation-missing /appraisal/dimensions/0/citation"},
             {"/appraisal/dimensions/1/id", "\"life\"", "id-doubled /appraisal/dimensions/1/id", "id=life "},
             {"/appraisal/steps/0/weight", "19.5", "weights-sum /appraisal/steps", "expected=100 sum=99.5 "},
             {"/appraisal/steps/0/weight", "-20", "number-range /appraisal/steps/0/weight"},
             {"/appraisal/steps/3/weight", "1", "number-range /appraisal/steps/3/weight"},
             {"/appraisal/steps/2/gives", "\"ballots\"", "steps-order /appraisal/steps/2/gives", "step=支部考评 "},
             {"/appraisal/steps/3/gives", "\"scores\"", "steps-order /appraisal/steps/3/gives"},
             {"/appraisal/steps/0/gives", "\"publication\"", "steps-order /appraisal/steps/0/gives"},
             {"/appraisal/steps/0/id", "\"peers\"", "id-doubled /appraisal/steps/1/id"},
             {"/appraisal/bands/1/at_least", "90", "bands-order /appraisal/bands/1/at_least", "at_least=90 before=90 "},
             {"/appraisal/bands/3/at_least", "1", "bands-last /appraisal/bands/3/at_least", "at_least=1 "},
             {"/appraisal/bands", "[]", "field-missing /appraisal/bands"},
             {"/appraisal/fewest_raters", "2", "number-range /appraisal/fewest_raters"},
             {"/appraisal/fewest_raters", "", "loaded"},
             {"/appraisal/listed_in", "", "loaded"},
             {"/appraisal/listed_in/citation", "", "citation-missing /appraisal/listed_in/citation"},
             {"/appraisal/total_label", "", "field-missing /appraisal/total_label"},
             {"/appraisal", "", "field-missing /appraisal"},
             {"/table/columns/0/id", "\"who\"", "rule-reference /table/columns"},
             {"/table/columns/2/points", "", "field-missing /table/columns/2/points"},
             {"/table/columns/2/step", "\"later\"", "rule-reference /table/columns/2/step"},
             {"/table/columns/7/computed", "", "field-missing /table/columns", "field=raters "},
             {"/table/columns/8/computed", "\"lowest\"", "rule-reference /table/columns/9/computed"},
             {"/table/columns/8/step", "\"branch\"", "rule-reference /table/columns/8/computed"},
             {"/table/columns/8/points", "50", "points-sum /table/columns/8/points"},
             {"/table", "", "rule-reference /answers/activities/0/branch"}}) {
        CAPTURE(fault.pointer);
        CAPTURE(fault.replacement);
        std::string figures;
        CHECK(fault_in(fault, &figures) == fault.error);
        if (fault.figures != nullptr) CHECK(figures == fault.figures);
    }
}

TEST_CASE("appraisal: no definition, however mangled, does more than fail") {
    const Json flat = definition().flatten();
    for (const auto& [pointer, value] : flat.items()) {
        if (pointer.find("/appraisal") != 0 && pointer.find("/table") != 0) continue;
        for (const char* replacement : {"null", "[]", "{}", "7", "-0.5", "\"\"", "true"}) {
            Json json = definition();
            json[Json::json_pointer(pointer)] = *parse_json(replacement, 10);
            static_cast<void>(load_instrument(json.dump()));
        }
    }
}

TEST_CASE("appraisal: total and grade") {
    //           self  ballots             branch   0.2 self + 0.4 mean + 0.4 branch, half up
    CHECK(result(100, {100, 100, 100}, 100) == "100 优秀");
    CHECK(result(0, {0, 0, 0}, 0) == "0 不合格");
    CHECK(result(90, {90, 90, 90}, 90) == "90 优秀");
    CHECK(result(90, {90, 90, 89.5}, 90) == "89.93 合格");  // mean 89.83
    CHECK(result(75, {75, 75, 75}, 75) == "75 合格");
    CHECK(result(74, {75, 75, 75}, 75) == "74.8 基本合格");
    CHECK(result(60, {60, 60, 60}, 60) == "60 基本合格");
    CHECK(result(59, {60, 60, 60}, 60) == "59.8 不合格");
    CHECK(result(88, {91, 90, 90}, 95) == "91.73 优秀");  // 17.6 + 36.132 + 38 = 91.732
    CHECK(result(88, {91, 91, 90}, 95) == "91.87 优秀");  // 17.6 + 36.268 + 38 = 91.868
    CHECK(result(80, {90, 70, -1}, 80) == "– –");         // two ballots
    CHECK(result(-1, {90, 90, 90}, 90) == "– –");
    CHECK(result(90, {90, 90, 90}, -1) == "– –");
}

TEST_CASE("appraisal: totals agree with a reckoning in whole numbers") {
    std::mt19937 random(7);
    for (int round = 0; round < 300; ++round) {
        const int self = static_cast<int>(random() % 101);
        const int branch = static_cast<int>(random() % 101);
        std::vector<double> ballots;
        long halves = 0;
        const int raters = 3 + static_cast<int>(random() % 10);
        for (int i = 0; i < raters; ++i) {
            const long half = static_cast<long>(random() % 201);
            ballots.push_back(static_cast<double>(half) / 2);
            halves += half;
        }
        const long mean = (halves * 100 + raters) / (2 * raters);  // hundredths of halves * 50 / n, half up
        const long total = (20L * self * 100 + 40 * mean + 40L * branch * 100 + 50) / 100;
        Document document;
        CHECK(standing_of(self, ballots, branch, document).total->hundredths() == total);
    }
}

TEST_CASE("appraisal: members stand in the order of the list, equal totals have equal grades") {
    const Document document = scored();
    const auto standings = appraise(document);
    REQUIRE(standings.size() == 3);
    CHECK(standings[0].name == "张三");
    CHECK(standings[2].name == "王五");
    CHECK(standings[2].number == 3);
    CHECK(standings[0].total == standings[2].total);
    CHECK(standings[0].grade == standings[2].grade);
    CHECK(standings[0].parts.size() == 3);
    CHECK(standings[0].parts[0].dimensions.size() == 5);
    CHECK(text(standings[0].parts[1].score) == "90");
    CHECK(appraise(small_form::empty()).empty());
}

TEST_CASE("appraisal: steps are closed in order, once, and for somebody") {
    Document document = sheet();
    const BallotBox none(*form());
    CHECK(refusal(document, "self") == "members-none");
    const std::string row = add_member(document, "张三", 90);
    const BallotBox box = box_of(row, {90, 80, 70});
    CHECK(open_step(document)->id == "self");
    CHECK(refusal(document, "nothing") == "field-unknown");
    CHECK(refusal(document, "peers", &box) == "step-order");
    CHECK(refusal(document, "branch") == "step-order");
    CHECK(refusal(document, "publish") == "step-order");
    close(document, "self");
    CHECK(is_closed(document, "self"));
    CHECK(refusal(document, "self") == "step-closed");
    CHECK(refusal(document, "peers") == "ballots-missing");
    CHECK(refusal(document, "peers", &none) == "ballots-missing");
    close(document, "peers", &box);
    CHECK(refusal(document, "peers", &box) == "step-closed");
    CHECK(refusal(document, "publish") == "step-order");
    close(document, "branch");  // without scores: open to see, and said by check()
    CHECK(refusal(document, "publish") == "total-missing");
    write(document, row, at_reason, {"外出进修"});
    close(document, "publish");
    CHECK(open_step(document) == nullptr);
    CHECK(refusal(small_form::empty(), "self") == "field-unknown");
}

TEST_CASE("appraisal: what is closed and what is computed is not changed by hand") {
    Document document = sheet();
    const std::string row = add_member(document, "张三", 90);
    CHECK(code(change(document, row, 7, {"3"})) == "column-computed");
    CHECK(code(change(document, row, 8, {"90", "80", "100"})) == "ballots-few");
    CHECK(code(change(document, row, 2, {"20.5"})) == "score-over");
    CHECK(code(change(document, row, 2, {"10.3"})) == "score-step");
    CHECK(code(change(document, row, 2, {"-1"})) == "score-under");
    CHECK(code(change(document, row, 2, {"很好"})) == "number-format");
    const Target step{Layer::self, "steps", "self"};
    CHECK(code(make_edit(document, author(), step, true, "b")) == "step-by-hand");
    CHECK(code(make_edit(document, author(), {Layer::self, "steps", "later"}, true, "b")) == "field-unknown");

    close(document, "self");
    CHECK(code(change(document, row, 2, {"10"})) == "step-closed");
    CHECK(code(change(document, row, 0, {"李四"})) == "step-closed");
    CHECK(code(change(document, row, at_branch_scores, {"10"})) == "made");
    CHECK(code(change(document, row, at_reason, {"说明"})) == "made");
    const auto gone = make_edit(document, author(), {Layer::self, row, "cells"}, {}, "b");
    CHECK(code(gone) == "step-closed");
    const auto more = make_edit(document, author(), {Layer::self, "row.9", "cells"}, std::string("李四"), "b");
    CHECK(code(more) == "step-closed");
    CHECK(code(make_edit(document, author(), step, Value{}, "b")) == "step-by-hand");

    const BallotBox box = box_of(row, {90, 80, 70});
    close(document, "peers", &box);
    CHECK(code(change(document, row, 7, {"", "", "", ""})) == "step-closed");
    CHECK(code(change(document, row, 8, {""})) == "ballots-range");
    CHECK(code(change(document, row, 8, {"85"})) == "column-computed");
    write(document, row, at_branch_scores, spread(80));
    close(document, "branch");
    CHECK(code(change(document, row, at_branch_scores, {"10"})) == "step-closed");
    close(document, "publish");
    CHECK(code(change(document, row, at_reason, {"说明"})) == "step-closed");
}

TEST_CASE("appraisal: no document holds the mean of too few, wherever it comes from") {
    Document document = sheet();
    const std::string row = add_member(document, "张三", 90);
    auto edit = change(document, row, at_reason, {"x"});
    REQUIRE(edit.has_value());
    const auto with = [&](std::vector<std::string> figures) {
        Edit forged = *edit;
        auto cells = cells_of(document, row);
        std::copy(figures.begin(), figures.end(), cells.begin() + 7);
        forged.after = join_row(cells);
        Document copy = document;
        const Done done = apply(copy, forged);
        return done ? std::string("applied") : done.error().code;
    };
    CHECK(with({"2", "", "", ""}) == "applied");
    CHECK(with({"2", "90", "", ""}) == "ballots-few");
    CHECK(with({"2", "", "90", ""}) == "ballots-few");
    CHECK(with({"", "90", "80", "100"}) == "ballots-few");
    CHECK(with({"3", "90", "80", "100"}) == "applied");
    CHECK(with({"3", "79", "80", "100"}) == "ballots-range");
    CHECK(with({"3", "90", "80", ""}) == "ballots-range");
    CHECK(with({"3", "101", "80", "102"}) == "score-over");
}

TEST_CASE("appraisal: undo and redo stop where a step was closed") {
    Document document = sheet();
    const std::string row = add_member(document, "张三", 90);
    const auto undo = [&document] {
        const auto edits = make_undo(document, author());
        CHECK(can_undo(document) == !edits.empty());
        REQUIRE(apply_all(document, edits).has_value());
        return !edits.empty();
    };
    const auto redo = [&document] {
        const auto edits = make_redo(document, author());
        CHECK(can_redo(document) == !edits.empty());
        REQUIRE(apply_all(document, edits).has_value());
        return !edits.empty();
    };
    CHECK(undo());
    CHECK(appraise(document).empty());
    CHECK(redo());
    CHECK(appraise(document).size() == 1);
    write(document, row, 2, {"10"});
    CHECK(undo());
    close(document, "self");
    CHECK_FALSE(redo());  // what was taken back before the lock stays so
    CHECK_FALSE(undo());
    const BallotBox box = box_of(row, {90, 80, 70});
    close(document, "peers", &box);
    write(document, row, at_branch_scores, spread(80));
    CHECK(undo());
    CHECK_FALSE(undo());
    CHECK(is_closed(document, "peers"));
    CHECK(cells_of(document, row)[8] == "80");
    CHECK(redo());
    CHECK(text(appraise(document).front().parts[2].score) == "80");
    CHECK(undo());
    CHECK_FALSE(undo());
}

TEST_CASE("appraisal: a batch that goes on after a lock is not taken back before it") {
    Document document = sheet();
    const std::string row = add_member(document, "张三", 90);
    const auto in_batch = [&](std::size_t first, std::vector<std::string> cells) {
        auto edit = change(document, row, first, cells);
        REQUIRE(edit.has_value());
        edit->batch = "same";
        REQUIRE(apply(document, *std::move(edit)).has_value());
    };
    in_batch(2, {"10"});
    close(document, "self");
    in_batch(at_branch_scores, {"10"});
    REQUIRE(apply_all(document, make_undo(document, author())).has_value());
    CHECK(cells_of(document, row)[2] == "10");
    CHECK(cells_of(document, row)[at_branch_scores].empty());
    CHECK_FALSE(can_undo(document));
}

TEST_CASE("appraisal: a report with every step comes back the same") {
    Document document = scored();
    close(document, "publish");
    const std::string report = write_report(document);
    const auto read = read_report(report, [](const FormIdentity&) { return form(); });
    REQUIRE(read.has_value());
    CHECK(read->findings.empty());
    CHECK(write_report(read->document) == report);
    CHECK(open_step(read->document) == nullptr);
    CHECK(read->document.answers == document.answers);
}

TEST_CASE("appraisal: the ledger's attendance stands beside the score") {
    const InstrumentPtr table = InstrumentLibrary::on_demand().find("ledger");
    for (const Dimension& dimension : form()->appraisal.dimensions) {
        for (const std::string& kind : dimension.kinds) CHECK(table->find_activity_kind(kind) == kind);
    }
    Document ledger = *new_document(table, "doc-2", "第一支部", "2026", author());
    const auto held = [&ledger](std::string date, std::string kind, std::string branch, std::string chair,
                                std::string people) {
        std::vector<std::string> cells(14);
        cells[0] = std::move(date);
        cells[1] = std::move(kind);
        cells[2] = std::move(branch);
        cells[5] = std::move(chair);
        cells[12] = std::move(people);
        put(ledger, next_row_id(ledger, author()), "cells", join_row(cells));
    };
    //    date          kind          branch    chair   people           counts for 张三 of 一支部
    held("2025-12-31", "党员大会", "一支部", "", "张三");              // the year before
    held("2026-01-01", "党员大会", "一支部", "李四", "张　三、王五");  // held, recorded, attended
    held("2026-03-01", "党课", "", "张三", "王五");                    // chaired
    held("2026-04-01", "主题党日", "一支部", "李四", "王五");          // absent
    held("2026-05-01", "主题党日", "一支部", "李四", "");              // nobody named
    held("2026-05-02", "主题党日", "二支部", "李四", "张三");          // another branch
    held("2026-05-03", "支委会", "一支部", "李四", "张三");            // another kind
    held("2026-06-30", "组织生活会", "一支部", "", "张三");            // the last day
    held("2026-07-01", "党员大会", "一支部", "", "张三");              // the half-year after
    Document document = sheet();
    add_member(document, "张三", 90, "一支部");
    const Ledger read = read_ledger(ledger);
    const auto& dimensions = form()->appraisal.dimensions;
    const auto found = attendance(document, read, dimensions[0], appraise(document).front());
    REQUIRE(found.has_value());
    CHECK(found->attended == 3);
    CHECK(found->recorded == 4);
    CHECK(found->held == 5);
    CHECK_FALSE(attendance(document, read, dimensions[1], appraise(document).front()).has_value());  // no kinds
    CHECK_FALSE(attendance(document, read, dimensions[3], appraise(document).front()).has_value());  // none held
}

// --- Anonymity ----------------------------------------------------------------------------------------------------

namespace {

/// Every output that can leave the machine after closing.
std::string outputs(const Document& document) {
    std::string all = write_report(document) + write_csv(document) + write_html(document) + write_print_body(document);
    for (const Language language : {Language::chinese, Language::english}) {
        for (const HistoryLine& line : history(document, language, {}, 10'000)) {
            all += line.at + line.by + line.what + line.before + line.after;
        }
    }
    for (const Edit& edit : document.log) all += write_edit(edit);
    return all;
}

/// Half points, one row a member, one column a rater; -1 abstains.
using RaterVotes = std::vector<std::vector<int>>;

/// Other ballots with the same figures: other raters gave them, and two between the extremes moved apart or together.
RaterVotes disguised(RaterVotes votes, std::mt19937& random) {
    for (std::vector<int>& given : votes) {
        std::shuffle(given.begin(), given.end(), random);
        std::vector<int> scores;
        for (const int score : given) {
            if (score >= 0) scores.push_back(score);
        }
        if (scores.size() < 4) continue;
        const auto [lowest, highest] = std::minmax_element(scores.begin(), scores.end());
        std::vector<int*> between;
        bool low_seen = false;
        bool high_seen = false;
        for (int& score : given) {
            if (score < 0) continue;
            const bool extreme = (score == *lowest && !low_seen) || (score == *highest && !high_seen);
            low_seen = low_seen || score == *lowest;
            high_seen = high_seen || score == *highest;
            if (!extreme) between.push_back(&score);
        }
        if (between.size() < 2 || *between[0] <= *lowest || *between[1] >= *highest) continue;
        --*between[0];
        ++*between[1];
    }
    return votes;
}

Document voted(const RaterVotes& votes, const std::string& label) {
    Document document = sheet();
    BallotBox box(*form());
    for (std::size_t rater = 0; rater < votes.front().size(); ++rater) {
        REQUIRE(box.add_rater(label + std::to_string(rater)).has_value());
    }
    for (std::size_t member = 0; member < votes.size(); ++member) {
        const std::string row = add_member(document, "党员" + std::to_string(member), 90);
        for (std::size_t rater = 0; rater < votes[member].size(); ++rater) {
            if (votes[member][rater] < 0) continue;
            REQUIRE(box.set_score(rater, row, Points::from_hundredths(votes[member][rater] * 50)).has_value());
        }
    }
    close(document, "self");
    close(document, "peers", &box);
    return document;
}

}  // namespace

TEST_CASE("anonymity: boxes with the same figures leave the same bytes behind") {
    std::mt19937 random(42);
    int moved = 0;
    for (int round = 0; round < 40; ++round) {
        RaterVotes votes(1 + random() % 8, std::vector<int>(3 + random() % 12));
        for (auto& given : votes) {
            for (int& score : given) score = random() % 5 == 0 ? -1 : static_cast<int>(random() % 201);
        }
        const RaterVotes others = disguised(votes, random);
        for (std::size_t i = 0; i < votes.size(); ++i) {
            auto a = votes[i];
            auto b = others[i];
            std::sort(a.begin(), a.end());
            std::sort(b.begin(), b.end());
            moved += a == b ? 0 : 1;
        }
        const std::string one = outputs(voted(votes, "甲评议人"));
        CHECK(one == outputs(voted(others, "乙评议人")));
        CHECK(one.find("评议人0") == std::string::npos);
    }
    CHECK(moved > 20);  // the boxes did differ
}

TEST_CASE("anonymity: fewer than three raters show nothing but their number") {
    for (const auto& ballots : {std::vector<double>{}, {87.5}, {87.5, 63.5}, {87.5, -1, 63.5}}) {
        Document document = sheet();
        const std::string row = add_member(document, "张三", 90);
        close(document, "self");
        BallotBox box = box_of(row, ballots);
        if (box.size() == 0) REQUIRE(box.add_rater("甲").has_value());
        close(document, "peers", &box);
        const std::string all = outputs(document);
        CHECK(all.find("87.5") == std::string::npos);
        CHECK(all.find("63.5") == std::string::npos);
        CHECK(all.find("75.5") == std::string::npos);
        const auto count = std::count_if(ballots.begin(), ballots.end(), [](double score) { return score >= 0; });
        CHECK(cells_of(document, row)[7] == std::to_string(count));
        CHECK(cells_of(document, row)[8].empty());
    }
}

// --- What check says ----------------------------------------------------------------------------------------------

TEST_CASE("appraisal: missing scores are said of the step that is open, then of each member") {
    Document document = sheet();
    CHECK(codes(findings_of(document)).empty());
    const std::string first = add_member(document, "张三", 90);
    const std::string second = add_member(document, "李四");
    add_member(document, "王五");
    const Findings open = findings_of(document);
    CHECK(codes(open) == "scores-missing");
    CHECK(std::get<std::int64_t>(open.front().params.at("count")) == 2);
    CHECK(std::get<std::vector<std::string>>(open.front().params.at("rows")) == std::vector<std::string>{"2", "3"});
    CHECK(open.front().severity == Severity::notice);
    CHECK(open.front().citation == "S 三(二)6");
    close(document, "self");
    CHECK(codes(findings_of(document)) == "scores-missing-closed:2 scores-missing-closed:3");
    BallotBox box = box_of(first, {90, 90, 90});
    REQUIRE(box.set_score(0, second, points(80)).has_value());
    close(document, "peers", &box);
    const Findings closed = findings_of(document);
    const Finding* few = find(closed, "raters-few");
    REQUIRE(few != nullptr);
    CHECK(few->row == 2);
    CHECK(std::get<std::string>(few->params.at("count")) == "1");
    CHECK(find(closed, "scores-missing") != nullptr);  // of the branch
}

TEST_CASE("appraisal: a member twice is an error, two of one name in two branches are not") {
    Document document = sheet();
    add_member(document, "张三", 90, "一支部");
    add_member(document, "张三", 90, "二支部");
    CHECK(codes(findings_of(document)).empty());
    add_member(document, "张　三", 90, "一支部");
    const Findings findings = findings_of(document);
    CHECK(codes(findings) == "member-twice:3");
    CHECK(findings.front().severity == Severity::error);
    CHECK(std::get<std::int64_t>(findings.front().params.at("first")) == 1);
}

TEST_CASE("appraisal: whoever is listed does not pass without a reason") {
    const InstrumentPtr annex = small_forms::load(small_forms::definition(
        "roster", R"("table":{"title":"名册","columns":[{"id":"name","label":"姓名","type":"text"}]})"));
    Json json = definition();
    json["appraisal"]["listed_in"]["instrument"] = "roster";
    const InstrumentPtr own = *load_instrument(json.dump());
    const auto listed = [&](std::string name, std::string unit = "第一支部") {
        auto document = new_document(annex, "doc-2", unit, "2026", author());
        put(*document, "row.1", "cells", std::move(name));
        return *std::move(document);
    };
    const auto graded = [&](int score, std::string reason = {}) {
        Document document = sheet(own);
        const std::string row = add_member(document, "张三", score);
        close(document, "self");
        const BallotBox box = box_of(row, std::vector<double>(3, score));
        close(document, "peers", &box);
        write(document, row, at_branch_scores, spread(score));
        if (!reason.empty()) write(document, row, at_reason, {std::move(reason)});
        return document;
    };
    const auto said = [&](const Document& document, const Document& other) {
        const Findings findings = findings_of(document, {&document, &other});
        const Finding* finding = find(findings, "listed-passes");
        if (finding == nullptr) finding = find(findings, "listed-passes-explained");
        if (finding == nullptr) return std::string();
        CHECK(finding->citation == "R 三(三)");
        CHECK(finding->row == 1);
        return finding->code + " " + std::string(to_string(finding->severity)) + " " +
               std::get<std::string>(finding->params.at("grade"));
    };
    //         score reason            listed                     finding
    CHECK(said(graded(95), listed("张三")) == "listed-passes error 优秀");
    CHECK(said(graded(75), listed("张　三")) == "listed-passes error 合格");
    CHECK(said(graded(74), listed("张三")).empty());
    CHECK(said(graded(75), listed("李四")).empty());
    CHECK(said(graded(75), listed("张三", "第二支部")).empty());
    CHECK(said(graded(75, "查否"), listed("张三")) == "listed-passes-explained notice 合格");
    CHECK(findings_of(graded(75)).empty());
    const Document document = graded(75);
    const Document other = listed("张三");
    const auto dossier = check_dossier({&document, &other}, day(2026, 6, 30));
    CHECK(find(dossier.front(), "listed-passes") != nullptr);
}

TEST_CASE("appraisal: a merged copy that changes what was closed is found") {
    Document document = sheet();
    const std::string row = add_member(document, "张三", 90);
    add_member(document, "李四", 80);
    Document copy = document;
    close(document, "self");
    CHECK(find(findings_of(document), "changed-after-close") == nullptr);
    const Author later{"t", "李四", "2026-11-22T06:03:34Z"};
    auto cells = cells_of(copy, row);
    cells[2] = "1";
    const auto edit = make_edit(copy, later, {Layer::self, row, "cells"}, join_row(cells), "b");
    REQUIRE(edit.has_value());
    REQUIRE(apply(copy, *edit).has_value());
    const auto merged = merge(document, copy);
    REQUIRE(merged.has_value());
    const Findings findings = findings_of(merged->document);
    const Finding* changed = find(findings, "changed-after-close");
    REQUIRE(changed != nullptr);
    CHECK(changed->row == 1);
    CHECK(changed->severity == Severity::error);
    CHECK(std::get<std::string>(changed->params.at("step")) == "个人自评");
}

TEST_CASE("appraisal: members that a merged copy takes away, and steps out of order, are found") {
    Document document = sheet();
    add_member(document, "张三", 90);
    const std::string second = add_member(document, "李四", 80);
    Document copy = document;
    close(document, "self");
    const Author later{"t", "李四", "2026-11-22T06:03:34Z"};
    const auto gone = make_edit(copy, later, {Layer::self, second, "cells"}, {}, "c");
    REQUIRE(gone.has_value());
    REQUIRE(apply(copy, *gone).has_value());
    const auto merged = merge(document, copy);
    REQUIRE(merged.has_value());
    CHECK(find(findings_of(merged->document), "members-gone") != nullptr);

    Edit skipped = document.log.back();
    skipped.id = "x-1";
    skipped.target.field = "publish";
    REQUIRE(apply(document, skipped).has_value());  // a log may say so
    const Findings findings = findings_of(document);
    const Finding* order = find(findings, "step-open-before");
    REQUIRE(order != nullptr);
    CHECK(std::get<std::string>(order->params.at("before")) == "民主评议");
}
