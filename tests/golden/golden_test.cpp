// Reports of fixed fillings against the files beside this one, byte for byte: native and WebAssembly builds must write
// the same, today and after every change.
//
// A difference means that files already sent out will look altered, or that a shipped form changed under its version
// number. Where that is meant, run the program once with DUIBIAO_GOLDEN_UPDATE=1 and read the difference.

#include <doctest/doctest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "core/custody.hpp"
#include "core/undo.hpp"
#include "exchange/library.hpp"
#include "exchange/signature.hpp"
#include "unit/small_form.hpp"

#ifndef DUIBIAO_GOLDEN_DIR
#define DUIBIAO_GOLDEN_DIR DUIBIAO_SOURCE_DIR "/tests/golden"
#endif

using namespace duibiao;
using namespace small_form;

namespace {

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void compare_with_file(const std::string& name, const std::string& written) {
    const std::string path = std::string(DUIBIAO_GOLDEN_DIR) + "/" + name;
    if (std::getenv("DUIBIAO_GOLDEN_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << written;
    const std::string expected = read_file(path);
    INFO(path);
    REQUIRE_FALSE(expected.empty());
    CHECK((written == expected));
}

/// Three layers of pseudo-random scores and notes, measures, header, a veto note, an undo and a redo.
Document filled(const InstrumentPtr& form, std::uint32_t seed) {
    auto document = new_document(form, "golden-1", "市第一医院党委", "2026", author("golden"));
    REQUIRE(document.has_value());
    Dice dice(seed);
    for (const Layer layer : all_layers) {
        for (const Instrument::Place& place : form->order) {
            const Criterion& criterion = form->criterion(place);
            const auto steps = static_cast<std::size_t>(criterion.points.hundredths() / form->score_step.hundredths());
            if (dice.roll(8) == 0) continue;
            const std::int64_t score = dice.roll(steps + 1) * form->score_step.hundredths();
            put(*document, layer, criterion.id, "score", Points::from_hundredths(score));
            if (dice.roll(3) > 0)
                note(*document, criterion.id, "“记录”\\\t第 " + std::to_string(score) + " 号\n见台账 😀", layer);
            if (layer != Layer::self) continue;
            for (const Measure& known : criterion.measures) {
                const Value number = Points::from_hundredths(dice.roll(12'345));
                put(*document, layer, known.id, "value",
                    known.type == Measure::Type::yesno ? Value{dice.roll(2) == 0} : number);
            }
        }
    }
    put(*document, Layer::self, "header", "date", std::string("2026-11-20"));
    put(*document, Layer::acceptance, "veto.1", "set", false);
    put(*document, Layer::acceptance, "veto.1", "note", std::string("已核实"));
    for (const Edit& edit : make_undo(*document, author("golden"))) REQUIRE(apply(*document, edit).has_value());
    for (const Edit& edit : make_redo(*document, author("golden"))) REQUIRE(apply(*document, edit).has_value());
    put(*document, Layer::self, "document", "state", std::string("submitted"));
    return *document;
}

}  // namespace

/// The score table, handed over by two offices with keys of their own. tests/cli/tamper_test.py has openssl verify it.
TEST_CASE("golden: a report with signatures") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    Document document = filled(library.find("jilin-committee"), 3);
    for (const Layer layer : {Layer::self, Layer::acceptance}) {
        const std::string secret = make_signing_key("golden " + std::string(to_string(layer)));
        const Signer signer{public_key(secret), [&secret](std::string_view text) { return sign(secret, text); }};
        const LayerState to = layer == Layer::self ? LayerState::draft : LayerState::accepted;
        const auto edits = hand_over(document, author("golden-sign"), layer, to, "补充说明", &signer);
        REQUIRE(edits.has_value());
        REQUIRE(apply_all(document, *edits).has_value());
    }
    compare_with_file("signed-report.json", write_report(document));
}

TEST_CASE("golden: the report of a small form") {
    const Document document = filled(load(), 1);
    compare_with_file("small-report.json", write_report(document));
}

TEST_CASE("golden: the report of the score table of party committees") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    // The version that the file was filled with, which is kept for such files.
    const Json identity =
        parse_json(read_file(std::string(DUIBIAO_GOLDEN_DIR) + "/jilin-committee-report.json"), limits::report_bytes)
            ->at("instrument");
    const InstrumentPtr form =
        library.find(FormIdentity{identity.at("id").get<std::string>(), identity.at("version").get<std::string>(),
                                  identity.at("hash").get<std::string>()});
    REQUIRE(form != nullptr);
    REQUIRE(form->hash == identity.at("hash").get<std::string>());
    const Document document = filled(form, 84);
    compare_with_file("jilin-committee-report.json", write_report(document));
    const auto loaded = read_report(write_report(document), library.finder());
    REQUIRE(loaded.has_value());
    CHECK(loaded->findings.empty());
}
