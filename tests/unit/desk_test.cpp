#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/campaign/expected.hpp"
#include "core/json.hpp"
#include "core/report.hpp"
#include "core/rows.hpp"
#include "exchange/desk/desk.hpp"
#include "exchange/library.hpp"
#include "exchange/lock.hpp"

using namespace duibiao;

namespace {

Author author(const std::string& session) { return {session, "填报人", "2026-11-02T03:04:05Z"}; }

void put(Document& document, Target target, Value value) {
    auto edit = make_edit(document, author("s"), target, value, std::to_string(document.log.size()));
    REQUIRE(edit.has_value());
    REQUIRE(apply(document, *std::move(edit)).has_value());
}

Document document_of(const std::string& id, const std::string& unit) {
    auto document = new_document(InstrumentLibrary::on_demand().find("jilin-committee"), id, unit, "2026", author(id));
    REQUIRE(document.has_value());
    put(*document, {Layer::self, "1.1.1", "score"}, Points::from_whole(1));
    return *std::move(document);
}

std::string report_of(const std::string& id, const std::string& unit) { return write_report(document_of(id, unit)); }

std::string campaign_of(const std::vector<std::string>& units) {
    auto document = new_document(InstrumentLibrary::on_demand().find(std::string_view(campaign_form)), "campaign1",
                                 "市卫健委", "2026", author("c"));
    REQUIRE(document.has_value());
    put(*document, {Layer::self, "header", "forms"}, std::string("jilin-committee"));
    for (std::size_t i = 0; i < units.size(); ++i)
        put(*document, {Layer::self, std::string(row_prefix) + std::to_string(i), "cells"}, units[i] + "\t东区\t医院");
    return write_report(*document);
}

Json view_of(Desk& desk) {
    const auto view = parse_json(desk.view(Language::chinese), std::size_t{8} << 20U);
    REQUIRE(view.has_value());
    return *view;
}

std::vector<DeskPiece> take(Desk& desk, const std::string& name, const std::string& content,
                            const std::string& password = {}) {
    std::vector<DeskPiece> pieces;
    desk.take({name, content}, password, [&pieces](DeskPiece piece) { pieces.push_back(std::move(piece)); });
    return pieces;
}

}  // namespace

TEST_CASE("the desk says who is missing and what became of every file") {
    Desk desk;
    REQUIRE(desk.set_campaign(campaign_of({"一院", "二院", "三院"})).has_value());
    const auto first = take(desk, "一.json", report_of("d1", "一院"));
    REQUIRE(first.size() == 2);  // its form, and the digest
    CHECK(first[0].key.starts_with("form:"));
    CHECK(first[1].is_usable);
    CHECK(first[1].text == report_of("d1", "一院"));
    CHECK(take(desk, "再一次.json", report_of("d1", "一院")).size() == 1);  // the same file is the same report
    (void)take(desk, "二.json", report_of("d2", "二院"));
    (void)take(desk, "另.json", report_of("d9", "城南医院"));
    CHECK_FALSE(take(desk, "坏.json", "{\"code\":").front().is_usable);
    const Json view = view_of(desk);
    CHECK(view["roll"]["received"] == 4);
    CHECK(view["roll"]["counted"] == 2);
    CHECK(view["roll"]["foreign"] == 1);
    CHECK(view["roll"]["rejected"].size() == 1);
    REQUIRE(view["units"].size() == 3);
    CHECK(view["units"][0]["u"] == "三院");  // missing ones first
    CHECK(view["units"][0]["s"] == "missing");
    CHECK(view["units"][1]["u"] == "一院");
    CHECK(view["units"][1]["t"][0] == 100);
    CHECK(view["units"][1]["s"] == "draft");
}

TEST_CASE("the order in which lines come from storage changes nothing") {
    Desk desk;
    REQUIRE(desk.set_campaign(campaign_of({"一院", "二院"})).has_value());
    std::vector<DeskPiece> pieces;
    for (const auto& [id, unit] : {std::pair{"d1", "一院"}, std::pair{"d2", "二院"}, std::pair{"d3", "一院"}}) {
        for (DeskPiece& piece : take(desk, std::string(id) + ".json", report_of(id, unit)))
            pieces.push_back(std::move(piece));
    }
    Desk again;
    REQUIRE(again.set_campaign(campaign_of({"一院", "二院"})).has_value());
    for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) again.add(piece->key, piece->line);
    CHECK(again.view(Language::chinese) == desk.view(Language::chinese));
}

TEST_CASE("a report that was accepted here stays one file") {
    Desk desk;
    REQUIRE(desk.set_campaign(campaign_of({"一院"})).has_value());
    Document document = document_of("d1", "一院");
    const auto pieces = take(desk, "一.json", write_report(document));
    put(document, {Layer::acceptance, "1.1.1", "score"}, Points::from_whole(2));
    const auto revised = desk.revise(pieces[1].key, write_report(document));
    REQUIRE(revised.has_value());
    CHECK(revised->key == pieces[1].key);
    CHECK(revised->file == "一.json");
    const Json view = view_of(desk);
    CHECK(view["roll"]["received"] == 1);
    CHECK(view["units"][0]["t"][1] == 200);
    CHECK(view["units"][0]["k"] == pieces[1].key);
    CHECK(desk.revise(pieces[1].key, "{}").error().code == "not-a-report");
}

TEST_CASE("a locked file waits for its password, and a partial brings its reports") {
    Desk desk;
    REQUIRE(desk.set_campaign(campaign_of({"一院", "二院"})).has_value());
    const auto locked = lock_file({"一.json", report_of("d1", "一院")}, "a password", LockSeed{});
    REQUIRE(locked.has_value());
    CHECK_FALSE(take(desk, "一.dblock", *locked).front().is_usable);
    CHECK(view_of(desk)["locked"] == 1);
    CHECK_FALSE(take(desk, "一.dblock", *locked, "another one").front().is_usable);
    const auto opened = take(desk, "一.dblock", *locked, "a password");
    REQUIRE(opened.size() == 3);
    CHECK(opened[0].line.empty());  // the refusal goes
    CHECK(opened[2].is_usable);
    CHECK(view_of(desk)["locked"] == 0);
    (void)take(desk, "二.json", report_of("d2", "二院"));
    std::string partial;
    desk.source().collection.write_partial([&partial](std::string_view piece) { partial += piece; });
    Desk above;
    REQUIRE(above.set_campaign(campaign_of({"一院", "二院"})).has_value());
    (void)take(above, "县.ndjson", partial);
    CHECK(view_of(above)["roll"]["layers"] == view_of(desk)["roll"]["layers"]);
    std::string altered = partial;
    altered[altered.find("二院")] = 'x';
    Desk wary;
    CHECK_FALSE(take(wary, "县.ndjson", altered).front().is_usable);
    CHECK(wary.size() == 1);
}
