#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/campaign/collection.hpp"
#include "core/campaign/partial.hpp"
#include "core/campaign/roll_up.hpp"
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
