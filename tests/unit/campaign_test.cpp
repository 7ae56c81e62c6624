#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "core/campaign/collection.hpp"
#include "core/campaign/partial.hpp"
#include "core/campaign/roll_up.hpp"
#include "core/canonical_scanner.hpp"
#include "core/json.hpp"
#include "core/sha256_instructions.hpp"
#include "core/tally.hpp"
#include "unit/small_form.hpp"

using namespace duibiao;
using namespace small_form;

namespace {

Figures figures_of(const std::vector<std::int64_t>& hundredths) {
    Figures figures;
    for (const std::int64_t value : hundredths) figures.add(Points::from_hundredths(value));
    return figures;
}

/// A report of a unit with some scores, as its file.
std::string report_of(const InstrumentPtr& form, const std::string& id, const std::string& unit, std::uint32_t seed) {
    auto document = new_document(form, id, unit, "2026", author(id));
    REQUIRE(document.has_value());
    Dice dice(seed);
    for (const Layer layer : all_layers) {
        for (const Instrument::Place& place : form->order) {
            const Criterion& criterion = form->criterion(place);
            if (dice.roll(6) == 0) continue;
            const auto steps = static_cast<std::size_t>(criterion.points.hundredths() / form->score_step.hundredths());
            put(*document, layer, criterion.id, "score",
                Points::from_hundredths(dice.roll(steps + 1) * form->score_step.hundredths()));
            if (dice.roll(3) > 0) note(*document, criterion.id, "“台账”\\\t见\n附件", layer);
        }
    }
    return write_report(*document);
}

InstrumentFinder finder(const InstrumentPtr& form) {
    return [form](const FormIdentity& wanted) { return wanted.id == form->id ? form : nullptr; };
}

std::string partial_of(const Collection& collection) {
    std::string text;
    collection.write_partial([&text](std::string_view piece) { text += piece; });
    return text;
}

void add(Collection& collection, const std::string& text, const InstrumentPtr& form) {
    Outlines outlines;
    auto digest = digest_report(text, finder(form), outlines);
    REQUIRE(digest.has_value());
    digest->file = digest->document + ".json";
    collection.add(*digest, write_digest_line(*digest));
}

void add_partial(Collection& collection, const std::string& text) {
    auto lines = open_partial(text);
    REQUIRE(lines.has_value());
    while (!lines->empty()) {
        const std::string_view line = lines->substr(0, lines->find('\n'));
        lines->remove_prefix(line.size() + 1);
        const auto find_form = [&collection](std::string_view hash) { return collection.find_form(hash); };
        if (kind_of_line(line) == PartialLine::form) {
            (void)collection.add(std::make_shared<const FormOutline>(*read_form_line(line)));
        } else if (kind_of_line(line) == PartialLine::digest) {
            const auto digest = read_digest_line(line, find_form);
            REQUIRE(digest.has_value());
            CHECK(write_digest_line(*digest) == line);
            collection.add(*digest, line);
        } else {
            collection.add(*read_rejected_line(line));
        }
    }
}

}  // namespace

TEST_CASE("figures are exact") {
    CHECK(figures_of({100, 200, 50}).mean() == "1.17");
    CHECK(figures_of({100, 200}).mean() == "1.50");
    CHECK(figures_of({1, 2}).mean() == "0.02");  // half up
    CHECK(figures_of({9100}).mean() == "91.00");
    CHECK(figures_of({-1, -2}).mean() == "-0.02");
    CHECK(figures_of({100, 300, 200}).median() == "2");
    CHECK(figures_of({9125, 9126}).median() == "91.255");
    CHECK(figures_of({0, -1}).median() == "-0.005");
    CHECK(figures_of({-100, -201}).median() == "-1.505");
    CHECK(figures_of({100, 100, 100}).deviation() == "0.00");
    CHECK(figures_of({0, 10000}).deviation() == "50.00");
    CHECK(figures_of({0, 1}).deviation() == "0.01");           // half a hundredth, half up
    CHECK(figures_of({100, 200, 400}).deviation() == "1.25");  // √(14/9) = 1.2472
    Figures a = figures_of({100, 200});
    a.unite(figures_of({400}));
    CHECK(a.counts() == figures_of({400, 200, 100}).counts());
}

TEST_CASE("SHA-256 of the processor and of the program are one") {
    // FIPS 180-4 examples and lengths around the blocks' ends; whichever way is taken here, hashes in files are fixed.
    CHECK(to_hex(sha256("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256(std::string(1'000'000, 'a'))) ==
          "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    std::string text;
    for (int i = 0; i < 300; ++i) {
        Sha256 pieces;
        for (std::size_t at = 0; at < text.size(); at += 7) pieces.add(std::string_view(text).substr(at, 7));
        CHECK(pieces.digest() == sha256(text));
        text += static_cast<char>('a' + i % 26);
    }
    MESSAGE("instructions: " << sha256_instructions::are_there());
}

TEST_CASE("a digest says what the report says, whether its bytes are canonical or not") {
    const InstrumentPtr form = load();
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        const std::string text = report_of(form, "d-" + std::to_string(seed), "市第一医院党委", seed);
        const auto report = read_report(text, finder(form));
        REQUIRE(report.has_value());
        Outlines outlines;
        const auto quick = digest_report(text, finder(form), outlines);
        const auto slow = digest_report(" " + text, finder(form), outlines);  // no longer canonical
        REQUIRE(quick.has_value());
        REQUIRE(slow.has_value());
        CHECK(quick->key == to_hex(sha256(text)));
        ReportDigest same = *slow;
        same.key = quick->key;
        CHECK(write_digest_line(same) == write_digest_line(*quick));
        const Tally sums = tally(report->document);
        for (const Layer layer : all_layers) {
            const Sum& sum = sums.layers[index_of(layer)];
            CHECK(quick->total(layer).value_or(Points{}) == sum.score);
        }
        CHECK(quick->edits == report->document.log.size());
        CHECK(quick->code == short_code(report->document));
    }
}

TEST_CASE("no byte of a report can be changed unseen") {
    const InstrumentPtr form = load();
    const std::string text = report_of(form, "d-1", "市第一医院党委", 7);
    Outlines outlines;
    const auto whole = digest_report(text, finder(form), outlines);
    REQUIRE(whole.has_value());
    Dice dice(11);
    for (int round = 0; round < 400; ++round) {
        std::string changed = text;
        const auto at = static_cast<std::size_t>(dice.roll(text.size()));
        const std::string bytes = "0123456789\"\\,:{}[]abz \n\x01\xE5";
        changed[at] = bytes[static_cast<std::size_t>(dice.roll(bytes.size()))];
        if (changed == text) continue;
        const auto digest = digest_report(changed, finder(form), outlines);
        if (!digest) continue;
        // What still opens without a finding must be what read_report() opens so, too.
        const auto report = read_report(changed, finder(form));
        REQUIRE(report.has_value());
        CHECK(count(report->findings).errors == 0);
    }
}

TEST_CASE("partials unite in any order, grouping and number to the same bytes") {
    const InstrumentPtr form = load();
    std::vector<std::string> texts;
    for (std::uint32_t i = 0; i < 12; ++i)
        texts.push_back(report_of(form, "d-" + std::to_string(i), "第" + std::to_string(i % 10) + "医院", i + 1));
    LinesInMemory lines;
    Collection whole(lines);
    for (const std::string& text : texts) add(whole, text, form);
    whole.add(RejectedFile{"00ff", "x.json", {"json-empty", {}, {}}});
    const std::string expected = partial_of(whole);
    Dice dice(5);
    for (int round = 0; round < 20; ++round) {
        std::vector<std::string> parts;
        for (int part = 0; part < 4; ++part) {
            LinesInMemory own_lines;
            Collection own(own_lines);
            for (int n = 0; n < 6; ++n) add(own, texts[static_cast<std::size_t>(dice.roll(texts.size()))], form);
            if (part == 2) own.add(RejectedFile{"00ff", "x.json", {"json-empty", {}, {}}});
            parts.push_back(partial_of(own));
        }
        LinesInMemory all_lines;
        Collection all(all_lines);
        for (const std::string& text : texts) add(all, text, form);
        for (int n = 0; n < 8; ++n) add_partial(all, parts[static_cast<std::size_t>(dice.roll(parts.size()))]);
        add_partial(all, parts[2]);
        CHECK((partial_of(all) == expected));
    }
}

TEST_CASE("a report of a unit that is in no list is shown beside the units it may be of") {
    const InstrumentPtr form = load();
    LinesInMemory lines;
    Collection all(lines);
    add(all, report_of(form, "d-1", "市第一医院党委", 1), form);  // the list has it shorter
    add(all, report_of(form, "d-2", "第二人民医完", 2), form);    // a slip of the pen
    add(all, report_of(form, "d-3", "中心血站", 3), form);
    Campaign campaign;
    for (const char* name : {"第一医院", "第二人民医院", "疾控中心"})
        campaign.expected.push_back({name, {}, {}, {}, {}, {}, {}, {}});
    RollUp rolled = roll_up(all, &campaign, sort_reports(all, &campaign));
    std::map<std::string, std::vector<std::string>> perhaps;
    for (const Uncounted& report : rolled.uncounted) perhaps[report.unit] = report.perhaps;
    CHECK(rolled.count(Fate::foreign) == 3);
    CHECK(perhaps["市第一医院党委"] == std::vector<std::string>{"第一医院"});
    CHECK(perhaps["第二人民医完"] == std::vector<std::string>{"第二人民医院"});
    CHECK(perhaps["中心血站"].empty());
    // Once decided it counts, and its unit is nobody's candidate any more.
    campaign.expected[0].document = "d-1";
    rolled = roll_up(all, &campaign, sort_reports(all, &campaign));
    CHECK(rolled.count(Fate::counted) == 1);
    CHECK(rolled.missing == std::vector<std::string>{"第二人民医院", "疾控中心"});
}

TEST_CASE("digest lines are read as they are written, and nothing else") {
    const InstrumentPtr form = load();
    Outlines outlines;
    const auto digest = digest_report(report_of(form, "d-1", "市第一医院\"党委\\", 5), finder(form), outlines);
    REQUIRE(digest.has_value());
    const OutlineFinder find_form = [&](std::string_view) { return digest->form; };
    ReportDigest odd = *digest;
    odd.file = "a\x01\n\"b\\.json";  // names of files may hold anything
    odd.rows = {"张三\t1990", "李四\t"};
    odd.duties = {{"d.1", 3}};
    odd.veto = {"veto.1"};
    const std::string line = write_digest_line(odd);
    const auto again = read_digest_line(line, find_form);
    REQUIRE(again.has_value());
    CHECK(write_digest_line(*again) == line);
    CHECK(canonical_json(Json::parse(line)) == line);
    const auto error_of = [&](const std::string& changed) {
        const auto read = read_digest_line(changed, find_form);
        return read ? std::string("none") : read.error().code;
    };
    for (std::size_t size = 0; size < line.size(); size += 37) CHECK(error_of(line.substr(0, size)) != "none");
    CHECK(error_of(line + "x") == "partial-line");
    CHECK(error_of("{\"digest\":{\"key\":\"00\"}}") == "partial-line");
    CHECK(error_of("{\"digest\":{\"later\":[{}],\"answers\":[\"1\"]}}") == "partial-line");
    std::string broken = line;
    broken[line.find("市")] = '\xFF';
    CHECK(error_of(broken) == "json-encoding");
    const auto unknown = read_digest_line(line, [](std::string_view) { return FormOutlinePtr(); });
    REQUIRE(!unknown.has_value());
    CHECK(unknown.error().code == "partial-form");
}

TEST_CASE("numbers and texts of canonical files are read as they are written, and no others are") {
    const auto number = [](std::string_view text) {
        CanonicalScanner scanner(text);
        const Points points = scanner.number();
        return scanner.good() && scanner.rest().empty() ? points.to_string() : std::string("none");
    };
    for (std::int64_t hundredths = -1200; hundredths <= 1200; ++hundredths) {
        const std::string written = Points::from_hundredths(hundredths).to_string();
        CHECK(number(written) == written);
    }
    CHECK(number("10000000") == "10000000");
    for (const char* other : {"", "-", "-0", "00", "01", "1.", ".5", "1.50", "1.005", "10000000.01", "100000000", "+1",
                              "1e3", "１", "0.0", "-0.00"})
        CHECK(number(other) == "none");
    for (const char* written : {R"("")", R"("张三")", R"("a\"b\\c\n\t\r\b\f\u0001\u001f")"}) {
        CanonicalScanner scanner(written);
        const std::string text = scanner.own_text();
        CHECK(scanner.good());
        std::string again;
        append_json_string(again, text);
        CHECK(again == written);
    }
    for (const char* other :
         {R"("\u000A")", R"("\u0041")", R"("\u001F")", R"("\/")", R"("\u00")", R"("a)", "\"a\n\""}) {
        CanonicalScanner scanner(other);
        (void)scanner.own_text();
        CHECK(!scanner.good());
    }
}

TEST_CASE("every report has one fate, and the later revision counts") {
    const InstrumentPtr form = load();
    LinesInMemory lines;
    Collection all(lines);
    auto document = new_document(form, "d-1", "第一医院", "2026", author("d-1"));
    REQUIRE(document.has_value());
    add(all, write_report(*document), form);
    put(*document, Layer::self, form->criterion(form->order[0]).id, "score", Points::from_whole(1));
    add(all, write_report(*document), form);
    add(all, report_of(form, "d-2", "第 一医院", 2), form);  // the same unit, written otherwise
    add(all, report_of(form, "d-3", "第三医院", 3), form);
    Campaign campaign;
    campaign.expected = {{"第一医院", "甲区", "二级以上", {}, {}, {}, {}, {}},
                         {"第四医院", "甲区", "", {}, {}, {}, {}, {}}};
    const Sorted sorted = sort_reports(all, &campaign);
    const RollUp rolled = roll_up(all, &campaign, sorted);
    CHECK(rolled.received == 4);
    CHECK(rolled.count(Fate::counted) == 1);
    CHECK(rolled.count(Fate::superseded) == 1);
    CHECK(rolled.count(Fate::doubled) == 1);
    CHECK(rolled.count(Fate::foreign) == 1);
    CHECK(rolled.missing == std::vector<std::string>{"第四医院"});
    campaign.expected[0].document = "d-1";
    int used = 0;
    for_each_counted(all, &campaign, sort_reports(all, &campaign),
                     [&](const ReportDigest& digest, const ExpectedUnit* unit) {
                         ++used;
                         CHECK(digest.document == "d-1");
                         REQUIRE(unit != nullptr);
                         CHECK(unit->district == "甲区");
                     });
    CHECK(used == 1);
}
