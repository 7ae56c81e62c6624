#include "exchange/embedded_assets.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace duibiao;

TEST_CASE("embedded assets: every path once, in order, with content") {
    const auto assets = embedded_assets();
    REQUIRE_FALSE(assets.empty());
    CHECK(std::adjacent_find(assets.begin(), assets.end(), [](const EmbeddedAsset& a, const EmbeddedAsset& b) {
              return a.path >= b.path;
          }) == assets.end());
    for (const EmbeddedAsset& asset : assets) {
        CAPTURE(asset.path);
        CHECK_FALSE(asset.content.empty());
    }
}

TEST_CASE("embedded assets: the forms are there, as JSON without line breaks") {
    const auto assets = embedded_assets();
    const auto form = std::find_if(assets.begin(), assets.end(), [](const EmbeddedAsset& asset) {
        return asset.path == "instruments/jilin-committee.json";
    });
    REQUIRE(form != assets.end());
    CHECK(form->content.front() == '{');
    CHECK(form->content.back() == '}');
    CHECK(form->content.find('\n') == std::string_view::npos);
}
