#include "exchange/library.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "exchange/embedded_assets.hpp"

using namespace duibiao;

TEST_CASE("every shipped definition loads") {
    const auto is_definition = [](const EmbeddedAsset& asset) { return asset.path.starts_with("instruments/"); };
    const auto shipped = std::count_if(embedded_assets().begin(), embedded_assets().end(), is_definition);
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    CHECK(static_cast<std::ptrdiff_t>(library.all().size()) == shipped);
    REQUIRE(library.find("jilin-committee") != nullptr);
    CHECK(library.find("jilin-committee")->order.size() == 84);
    CHECK(library.finder()("jilin-committee") == library.find("jilin-committee"));
    CHECK(library.find("no-such-form") == nullptr);
    CHECK(std::is_sorted(library.all().begin(), library.all().end(),
                         [](const InstrumentPtr& a, const InstrumentPtr& b) { return a->id < b->id; }));
}

TEST_CASE("a user's own definition is added, and replaces the one of its id") {
    InstrumentLibrary library = InstrumentLibrary::shipped();
    std::string text(asset("instruments/jilin-committee.json"));
    const std::string id = "\"id\":\"jilin-committee\"";
    text.replace(text.find(id), id.size(), "\"id\":\"our-own-form\"");
    const std::size_t count = library.all().size();
    REQUIRE(library.add(text).has_value());
    CHECK(library.all().size() == count + 1);
    CHECK(library.all().back()->id == "our-own-form");
    REQUIRE(library.add(text).has_value());
    CHECK(library.all().size() == count + 1);
    CHECK_FALSE(library.add("{}").has_value());
    CHECK(library.all().size() == count + 1);
}

TEST_CASE("assets are found by their path") {
    CHECK_FALSE(asset("print.css").empty());
    CHECK_FALSE(asset("i18n/zh-CN").empty());
    CHECK(asset("no/such/file").empty());
}
