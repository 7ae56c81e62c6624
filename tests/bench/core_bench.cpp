// core_bench REPORT: medians of what the core does with one report in memory, in microseconds, as JSON.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/check.hpp"
#include "core/evaluate/evaluate.hpp"
#include "core/ledger.hpp"
#include "core/report.hpp"
#include "core/tally.hpp"
#include "exchange/fill.hpp"
#include "exchange/library.hpp"

namespace {

using namespace duibiao;

constexpr int most_runs = 41;
constexpr int few_runs = 5;  ///< of what takes long

std::size_t sink = 0;  // keeps results in use

template <typename Work>
double median_microseconds(Work&& work, int runs = most_runs) {
    std::vector<double> times;
    for (int run = 0; run <= runs; ++run) {
        const auto began = std::chrono::steady_clock::now();
        sink += work();
        const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - began;
        if (run > 0) times.push_back(took.count());  // the first one warms up
    }
    std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
    return times[static_cast<std::size_t>(runs / 2)];
}

std::string read_file(const char* path) {
    const std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// A ledger with as many activities as are allowed, all over the year.
Document full_ledger(const InstrumentLibrary& library) {
    const Author author{"bench", {}, "2026-12-31T00:00:00Z"};
    Document document = *new_document(library.find("ledger"), "bench", "市第一医院党委", "2026", author);
    const std::vector<ActivityKind>& kinds = document.instrument->activity_kinds;
    for (int i = 0; i < 100'000; ++i) {
        const int day = i % 336;
        const std::string month = std::to_string(day / 28 + 101).substr(1);
        const std::string date = "2026-" + month + "-" + std::to_string(day % 28 + 101).substr(1);
        const std::string& kind = kinds[static_cast<std::size_t>(i) % kinds.size()].name;
        const std::string row = "row." + std::to_string(100'000'000 + i).substr(1);
        document.answers.insert_or_assign({Layer::self, row, "cells"},
                                          date + "\t" + kind + "\t内科\t学习讨论\t会议室\t王磊");
    }
    return document;
}

/// 20,000 activities of 26 branches that the ledger's head lists.
Document branch_ledger(const InstrumentLibrary& library) {
    constexpr int branches = 26;
    const Author author{"bench", {}, "2026-12-31T00:00:00Z"};
    Document document = *new_document(library.find("ledger"), "bench", "市第一医院党委", "2026", author);
    const std::vector<ActivityKind>& kinds = document.instrument->activity_kinds;
    std::string names;
    for (int i = 1; i <= branches; ++i) names += (i > 1 ? "、" : "") + ("第" + std::to_string(i) + "党支部");
    document.answers.insert_or_assign({Layer::self, "header", "branches"}, names);
    for (int i = 0; i < 20'000; ++i) {
        const int day = i / branches % 336;
        const std::string month = std::to_string(day / 28 + 101).substr(1);
        const std::string date = "2026-" + month + "-" + std::to_string(day % 28 + 101).substr(1);
        const std::string& kind = kinds[static_cast<std::size_t>(i / branches) % kinds.size()].name;
        const std::string row = "row." + std::to_string(100'000'000 + i).substr(1);
        document.answers.insert_or_assign(
            {Layer::self, row, "cells"},
            date + "\t" + kind + "\t第" + std::to_string(i % branches + 1) + "党支部\t学习讨论\t会议室\t王磊");
    }
    return document;
}

/// As many organisations as are allowed, as a spreadsheet copies them.
std::string full_roster() {
    std::string text = "党组织名称\t上次换届时间\t计划换届时间\t书记姓名\t书记行政职务\t书记任职时间\t备注\n";
    for (int i = 0; i < 100'000; ++i) {
        const std::string year = std::to_string(2018 + i % 9);
        const std::string month = std::to_string(i % 12 + 1);
        text += "第" + std::to_string(i) + "党支部\t" + year + "年" + month + "月\t2029." + month + "\t王磊\t主任\t" +
                year + "-" + month + "-5\t\n";
    }
    return text;
}

/// A form of 300 items with deductions, four scorers and grades, filled in by all of them.
Document scored_sheet() {
    constexpr int sections = 10;
    constexpr int items = 30;
    std::string form =
        R"({"format":"duibiao-instrument","format_version":2,"id":"bench","version":"1","kind":"scored","title":"t",)"
        R"("score_step":0.1,"columns":[{"role":"criterion","label":"c"}],"total":{"by":"mean"},"scorers":[)"
        R"({"id":"a","label":"a"},{"id":"b","label":"b"},{"id":"c","label":"c"},{"id":"d","label":"d"}],)"
        R"("grades":{"bands":[{"label":"A","from":900},{"label":"B","from":600},{"label":"C"}]},"sections":[)";
    for (int s = 0; s < sections; ++s) {
        form += (s > 0 ? "," : "") + std::string(R"({"title":"s","items":[)");
        for (int i = 0; i < items; ++i) {
            form += (i > 0 ? "," : "") +
                    std::string(R"({"text":"i","points":4,"blanks":["due","done"],"rules":[)"
                                R"({"text":"r","deduct":0.5,"cap":3,"count":{"short":{"due":"due","done":"done"}}},)"
                                R"({"text":"x","deduct":0.2}]})");
        }
        form += "]}";
    }
    const Author author{"bench", {}, "2026-12-31T00:00:00Z"};
    Document document = *new_document(*load_instrument(form + "]}"), "bench", "市第一医院", "2026", author);
    for (std::size_t layer = 0; layer < 4; ++layer) {
        for (const Instrument::Place& place : document.instrument->order) {
            const std::string& id = document.instrument->criterion(place).id;
            const auto answer = [&](const char* field, int number) {
                document.answers.insert_or_assign({layer_at(layer), id, field}, Points::from_whole(number));
            };
            answer("blank:due", 12);
            answer("blank:done", 9 + static_cast<int>(place.criterion + layer) % 4);
            answer("count:2", static_cast<int>(place.criterion) % 3);
        }
    }
    return document;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    const std::string text = read_file(arguments[1]);
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    const Result<LoadedReport> loaded = read_report(text, library.finder());
    if (!loaded) return 2;
    const Document& document = loaded->document;
    const Date as_of = *parse_date("2026-01-15");

    const double read = median_microseconds([&] { return read_report(text, library.finder())->document.log.size(); });
    const double sums = median_microseconds([&] { return tally(document).sections.size(); });
    const double rules = median_microseconds([&] { return check(document, as_of).size(); });
    const double write = median_microseconds([&] { return write_report(document).size(); });
    const Document ledger = full_ledger(library);
    const double matrix = median_microseconds([&] { return duty_matrix(read_ledger(ledger), as_of).size(); });
    const Document held = branch_ledger(library);
    const Date end_of_year = *parse_date("2026-12-31");
    const double branches = median_microseconds([&] { return duty_matrix(read_ledger(held), end_of_year).size(); });
    const double branches_check = median_microseconds([&] { return check(held, end_of_year).size(); }, few_runs);
    const Author author{"bench", {}, "2026-12-31T00:00:00Z"};
    const Document empty = *new_document(library.find("ruian-2019-annex3"), "bench", "市第一医院", "2026", author);
    const std::string rows = full_roster();
    Document roster = add_rows_from_csv(empty, Layer::self, rows, author)->document;
    const double paste = median_microseconds(
        [&] { return static_cast<std::size_t>(add_rows_from_csv(empty, Layer::self, rows, author)->changed); },
        few_runs);
    const double roster_check = median_microseconds([&] { return check(roster, as_of).size(); }, few_runs);
    const Document sheet = scored_sheet();
    const double scored = median_microseconds([&] { return evaluate(sheet).scorers.size(); });
    std::printf(
        "{\"bytes\":%zu,\"edits\":%zu,\"read\":%.1f,\"tally\":%.1f,\"check\":%.1f,\"write\":%.1f,\"matrix\":%.1f,"
        "\"branches\":%.1f,\"branches_check\":%.1f,\"roster_paste\":%.1f,\"roster_check\":%.1f,\"evaluate\":%.1f}\n",
        text.size(), document.log.size(), read, sums, rules, write, matrix, branches, branches_check, paste,
        roster_check, scored);
    return sink == 0 ? 1 : 0;
}
