#include "exchange/library.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "exchange/embedded_assets.hpp"

using namespace duibiao;

TEST_CASE("every shipped definition loads") {
    const auto is_definition = [](const EmbeddedAsset& asset) {
        return asset.path.starts_with("instruments/") && !asset.path.starts_with("instruments/earlier/");
    };
    const auto shipped = std::count_if(embedded_assets().begin(), embedded_assets().end(), is_definition);
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    CHECK(static_cast<std::ptrdiff_t>(library.all().size()) == shipped);
    REQUIRE(library.find("jilin-committee") != nullptr);
    CHECK(library.find("jilin-committee")->order.size() == 84);
    CHECK(library.finder()({"jilin-committee", "0", ""}) == library.find("jilin-committee"));
    CHECK(library.finder()({"no-such-form", "1", ""}) == nullptr);
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

TEST_CASE("an earlier version of a shipped form is known by its hash, and never offered") {
    const InstrumentLibrary library = InstrumentLibrary::shipped();
    for (const EmbeddedAsset& earlier : embedded_assets()) {
        if (!earlier.path.starts_with("instruments/earlier/")) continue;
        CAPTURE(earlier.path);
        const auto form = load_instrument(whole(earlier));
        CHECK_FALSE(earlier.base.empty());
        REQUIRE(form.has_value());
        const FormIdentity wanted{(*form)->id, (*form)->version, (*form)->hash};
        CHECK(earlier.path == "instruments/earlier/" + wanted.id + "-" + wanted.version + ".json");
        const InstrumentPtr newest = library.find(wanted.id);
        REQUIRE(newest != nullptr);
        CHECK(newest->hash != wanted.hash);
        CHECK(newest->version != wanted.version);
        const InstrumentPtr found = library.find(wanted);
        CHECK(found->hash == wanted.hash);
        CHECK(library.find(wanted) == found);  // loaded once
        CHECK(library.finder()(wanted) == found);
        CHECK(library.find({wanted.id, wanted.version, std::string(64, '0')}) == newest);
        CHECK(library.find({"no-such-form", wanted.version, wanted.hash}) == nullptr);
    }
}

TEST_CASE("a shipped form is known by its hash after a user's own form took its id") {
    InstrumentLibrary library = InstrumentLibrary::shipped();
    const InstrumentPtr shipped = library.find("jilin-committee");
    std::string text(asset("instruments/jilin-committee.json"));
    const std::string points = "\"score_step\":0.5";
    REQUIRE(text.find(points) != std::string::npos);
    text.replace(text.find(points), points.size(), "\"score_step\":1");
    const InstrumentPtr own = *library.add(text);
    CHECK(library.find("jilin-committee") == own);
    CHECK(library.find({own->id, own->version, own->hash}) == own);
    CHECK(library.find({shipped->id, shipped->version, shipped->hash})->hash == shipped->hash);
}

TEST_CASE("assets are found by their path") {
    CHECK_FALSE(asset("print.css").empty());
    CHECK_FALSE(asset("i18n/zh-CN").empty());
    CHECK(asset("no/such/file").empty());
}
