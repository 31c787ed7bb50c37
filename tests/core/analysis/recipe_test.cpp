// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe.h"

#include "tests/support/catch.h"

using namespace patchlight;

namespace {

Recipe fullRecipe() {
    Recipe recipe;
    recipe.fingerprint = "abc";
    recipe.filter.categories = {"Anti-social behaviour", "Burglary"};
    recipe.filter.datasets = {"2025-07-dorset-street"};
    recipe.filter.period = Period{*parseIsoDay("2025-07-01"), *parseIsoDay("2025-09-30")};
    recipe.filter.hours = HourRange{22, 4};
    recipe.filter.weekdays = {std::chrono::Friday, std::chrono::Saturday};
    recipe.comparison = Period{*parseIsoDay("2024-07-01"), *parseIsoDay("2024-09-30")};
    recipe.area = {.kind = StudyAreaSpec::Kind::layer, .source = "Wards", .sublayer = {}, .feature = "Town", .box = {}};
    recipe.analysis = "kernel-density";
    recipe.parameters = {{"bandwidth", 300.0}, {"kernel", "quartic"}};
    recipe.layout.title = "Ŵ finding";
    recipe.layout.paper = "A3-portrait";
    return recipe;
}

} // namespace

TEST_CASE("a recipe reads back as it was written", "[analysis][recipe]") {
    const Recipe recipe = fullRecipe();
    const auto text = toJson(recipe).dump();
    const auto again = recipeFromJson(nlohmann::json::parse(text));
    REQUIRE(again.has_value());
    CHECK(again->filter == recipe.filter);
    CHECK(again->comparison == recipe.comparison);
    CHECK(again->area == recipe.area);
    CHECK(again->layout == recipe.layout);
    CHECK(toJson(*again).dump() == text);
    CHECK(shortId(*again) == shortId(recipe));
    CHECK(shortId(recipe).size() == 9);
}

TEST_CASE("a changed recipe has another short id", "[analysis][recipe]") {
    Recipe other = fullRecipe();
    other.parameters["bandwidth"] = 301.0;
    CHECK(shortId(other) != shortId(fullRecipe()));
}

TEST_CASE("broken recipes are refused by the key that is wrong", "[analysis][recipe][errors]") {
    const auto broken = [](const std::string& pointer, const nlohmann::json& value) {
        nlohmann::json json = toJson(fullRecipe());
        json[nlohmann::json::json_pointer(pointer)] = value;
        return recipeFromJson(json);
    };
    const std::vector<std::pair<std::string, nlohmann::json>> cases{{"/filter", 5},
                                                                    {"/filter/categories", "all"},
                                                                    {"/filter/period", {{"first", "July"}}},
                                                                    {"/filter/hours", {1}},
                                                                    {"/filter/weekdays", {"someday"}},
                                                                    {"/area/kind", "circle"},
                                                                    {"/area/box", {1, 2, 3}},
                                                                    {"/layout/paper", "A7"},
                                                                    {"/analysis", "magic"},
                                                                    {"/parameters", {{"speed", 1}}},
                                                                    {"/comparison", 7},
                                                                    {"/layout", "x"}};
    for (const auto& [pointer, value] : cases) {
        INFO(pointer);
        const auto recipe = broken(pointer, value);
        REQUIRE_FALSE(recipe.has_value());
        CHECK(recipe.error().message.size() > 10);
    }
    CHECK_FALSE(recipeFromJson(nlohmann::json::array()).has_value());
    CHECK_FALSE(recipeFromJson({{"type", "FeatureCollection"}}).has_value());
}

TEST_CASE("who a recipe is for is kept, and not said where it is as ever", "[recipe][disclosure]") {
    Recipe recipe;
    recipe.analysis = "kernel-density";
    CHECK_FALSE(toJson(recipe).contains("disclosure"));
    const std::string usual = shortId(recipe);
    recipe.disclosure = {.profile = Profile::publicRelease, .threshold = 10, .roundTo = 5};
    CHECK(shortId(recipe) != usual);
    const auto read = recipeFromJson(toJson(recipe));
    REQUIRE(read);
    CHECK(read->disclosure == recipe.disclosure);
    CHECK(Disclosure{}.smallBelow() == 0);
    CHECK(Disclosure{.profile = Profile::publicRelease}.smallBelow() == 5);
    auto json = toJson(recipe);
    for (const auto& [key, value] : {std::pair{"threshold", 2}, {"threshold", 0}, {"threshold", 101}, {"round", 1}}) {
        json["disclosure"] = {{"profile", "public"}, {key, value}};
        const auto refused = recipeFromJson(json);
        INFO(json["disclosure"].dump());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().subject == key);
    }
    json["disclosure"] = {{"profile", "everybody"}};
    CHECK_FALSE(recipeFromJson(json));
}

TEST_CASE("no recipe names the folders of a computer", "[recipe][disclosure]") {
    Recipe recipe;
    recipe.area = {.kind = StudyAreaSpec::Kind::file, .source = "/home/user/maps/borough.geojson"};
    const std::string id = shortId(recipe);
    CHECK(withoutFolders(recipe).area.source == "borough.geojson");
    CHECK(withoutFolders(recipe, "/home/user/town.gpkg").area.source == "maps/borough.geojson");
    CHECK(withoutFolders(recipe, "/home/other/town.gpkg").area.source == "borough.geojson");
    CHECK(shortId(withoutFolders(recipe, "/home/user/town.gpkg")) == id);
    recipe.area.source = "../secret/borough.geojson";
    CHECK(withoutFolders(recipe).area.source == "borough.geojson");
    recipe.area = {.kind = StudyAreaSpec::Kind::layer, .source = "Wards / north"};
    CHECK(withoutFolders(recipe).area.source == "Wards / north");
}
