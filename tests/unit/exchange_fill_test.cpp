#include "exchange/fill.hpp"

#include <doctest/doctest.h>

#include "core/tally.hpp"
#include "core/undo.hpp"
#include "exchange/library.hpp"

using namespace duibiao;

namespace {

const Author author{.session = "s1", .by = {}, .at = "2026-11-21T06:03:34Z"};
const Author later{.session = "s2", .by = {}, .at = "2026-11-22T06:03:34Z"};

Document empty_document() {
    auto document = new_document(InstrumentLibrary::on_demand().find("jilin-committee"), "d1", "市第一人民医院党委",
                                 "2026", {.session = "s0", .by = {}, .at = "2026-11-21T06:00:00Z"});
    REQUIRE(document.has_value());
    return *std::move(document);
}

Filled filled(const Document& document, std::string_view csv, Layer layer = Layer::self, const Author& who = author) {
    auto result = fill_from_csv(document, layer, csv, who);
    if (!result) {
        for (const Error& error : result.error()) MESSAGE(error.place, " ", error.code);
    }
    REQUIRE(result.has_value());
    return *std::move(result);
}

std::vector<std::string> refusals(std::string_view csv, Layer layer = Layer::self) {
    const auto result = fill_from_csv(empty_document(), layer, csv, author);
    REQUIRE_FALSE(result.has_value());
    std::vector<std::string> lines;
    for (const Error& error : result.error()) lines.push_back(error.place + " " + error.code);
    return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("fill reads criteria, measures, veto conditions and header fields") {
    const Filled result = filled(empty_document(),
                                 "item,score,note,explanation\n"
                                 "1.1.1,2,有纪要可查,\n"
                                 "3.2.2,１．５,,第五次未安排\n"
                                 "3.2.2.m1,3,,\n"
                                 "veto.1,1,立案审查,\n"
                                 "header.date,,2026年11月20日,\n");
    const Document& document = result.document;
    CHECK(result.changed == 8);
    CHECK(document.score(Layer::self, "1.1.1") == Points::from_whole(2));
    CHECK(document.text(Layer::self, "1.1.1", "note") == "有纪要可查");
    CHECK(document.score(Layer::self, "3.2.2") == Points::from_hundredths(150));
    CHECK(document.text(Layer::self, "3.2.2", "explanation") == "第五次未安排");
    CHECK(document.answer({Layer::self, "3.2.2.m1", "value"}) == Value(Points::from_whole(3)));
    CHECK(document.flag(Layer::self, "veto.1", "set"));
    CHECK(document.text(Layer::self, "veto.1", "note") == "立案审查");
    CHECK(document.text(Layer::self, "header", "date") == "2026-11-20");
    CHECK(tally(document).layers[0].score == Points::from_hundredths(350));
}

TEST_CASE("fill takes the columns in any order and in Chinese") {
    CHECK(filled(empty_document(), "note,item,score\n有记录,1.1.1,2\n").changed == 2);
    CHECK(filled(empty_document(), "item,score\n1.1.1,2\n").changed == 1);
    CHECK(filled(empty_document(), "item,note\n1.1.1,有记录\n").changed == 1);
    CHECK(filled(empty_document(), "编号\t得分\t落实情况\n1.1.1\t2\t有记录\n").changed == 2);
    CHECK(filled(empty_document(), "item,score,note,,\n1.1.1,2,,,\n,,,,\n").changed == 1);
    CHECK(filled(empty_document(), "item,score\nheader.date,2026-11-20\n").changed == 1);
}

TEST_CASE("an empty cell leaves its answer alone, and what is already there is no edit") {
    const Document first = filled(empty_document(), "item,score,note\n1.1.1,2,有记录\n").document;
    const Filled second = filled(first, "item,score,note\n1.1.1,,有记录\n1.1.2,0,\n", Layer::self, later);
    CHECK(second.changed == 1);
    CHECK(second.document.score(Layer::self, "1.1.1") == Points::from_whole(2));
    CHECK(second.document.score(Layer::self, "1.1.2") == Points());
    CHECK(second.document.log.size() == first.log.size() + 1);
}

TEST_CASE("one fill is one action: undo takes all of it back") {
    Document document = filled(empty_document(), "item,score,note\n1.1.1,2,有记录\n1.1.2,1,\n").document;
    for (Edit& edit : make_undo(document, later)) REQUIRE(apply(document, std::move(edit)).has_value());
    CHECK(document.answers == empty_document().answers);
}

TEST_CASE("later layers score and give reasons, and nothing else") {
    const Filled result =
        filled(empty_document(), "item,score,note\n1.1.1,1.5,纪要不全\nveto.2,1,\n", Layer::acceptance);
    CHECK(result.document.score(Layer::acceptance, "1.1.1") == Points::from_hundredths(150));
    CHECK_FALSE(result.document.score(Layer::self, "1.1.1").has_value());
    CHECK(result.document.text(Layer::acceptance, "1.1.1", "note") == "纪要不全");
    CHECK(refusals("item,score,note\n3.2.2.m1,4,\n", Layer::acceptance) == Lines{"line 2 field-unknown"});
    CHECK(refusals("item,score,note\nheader.date,,2026-11-20\n", Layer::rating) == Lines{"line 2 field-unknown"});
    CHECK(refusals("item,score,explanation\n1.1.1,,说明\n", Layer::rating) == Lines{"line 2 field-unknown"});
}

TEST_CASE("every bad line is named, and nothing is filled") {
    CHECK(refusals("item,score,note\n"
                   "1.1.1,2,好\n"
                   "9.9.9,1,\n"
                   "1.1.2,1.5,\n"
                   "1.2.1,-1,\n"
                   "2.1.1,0.3,\n"
                   "2.1.2,甲,\n"
                   "1.1.1,2,\n"
                   "2.1.3,1\n"
                   "2.1.4,1,a,b\n"
                   "header.date,,31/12/26\n"
                   "veto.1,maybe,\n"
                   "header.total,100,\n") ==
          Lines{"line 3 item-unknown", "line 4 score-over", "line 5 score-under", "line 6 score-step",
                "line 7 number-format", "line 8 item-doubled", "line 9 csv-columns", "line 10 csv-columns",
                "line 11 date-ambiguous", "line 12 value-type", "line 13 field-unknown"});
    CHECK(refusals("item,score,note\n1.1.1,2," + std::string(10'001, 'x') + "\n") == Lines{"line 2 text-long"});
}

TEST_CASE("a table without its head is refused as a whole") {
    CHECK(refusals("1.1.1,2,好\n") == Lines{"line 1 csv-header"});
    CHECK(refusals("item\n1.1.1\n") == Lines{"line 1 csv-header"});
    CHECK(refusals("item,score,score\n1.1.1,2,2\n") == Lines{"line 1 csv-header"});
    CHECK(refusals("\n\nitem,points\n") == Lines{"line 3 csv-header"});
    CHECK(refusals("") == Lines{"line 1 csv-empty"});
    CHECK(refusals("item,score,note\n1.1.1,2,\"好\n") == Lines{"line 2 csv-quote"});
}

TEST_CASE("line feeds in a note stay, control characters and tricks do not") {
    const Filled result = filled(empty_document(), "item,note\n1.1.1,\"一\r\n二\xE2\x80\xAE\x07\"\n");
    CHECK(result.document.text(Layer::self, "1.1.1", "note") == "一\n二");
}
