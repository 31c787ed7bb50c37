// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_data.h"

#include "tests/support/catch.h"

using namespace patchlight;

namespace {

Recipe madeWith(std::vector<RecipeDataset> datasets) {
    Recipe recipe;
    recipe.fingerprint = "before";
    recipe.analysis = "kernel-density";
    recipe.datasets = std::move(datasets);
    return recipe;
}

using Sentences = std::vector<std::string>;

} // namespace

TEST_CASE("a recipe's datasets read back, and a recipe without them is still read", "[analysis][recipe]") {
    const Recipe recipe = madeWith({{"july", "0123456789ab", 12}, {"march \xC5\xB4", "ba9876543210", 0}});
    const auto again = recipeFromText(toJson(recipe).dump());
    REQUIRE(again);
    CHECK(again->datasets == recipe.datasets);
    const auto old = recipeFromText(R"({"patchlight": "0.1.0", "data": "abc", "analysis": "kernel-density"})");
    REQUIRE(old);
    CHECK(old->datasets.empty());
    CHECK_FALSE(toJson(*old).contains("datasets")); // so that its short id stays
    for (const char* wrong : {"5", "[1]", "[{}]", R"([{"name": "a", "sha256": "b", "rows": -1}])",
                              R"([{"name": 1, "sha256": "b", "rows": 1}])"}) {
        auto object = toJson(madeWith({}));
        object["datasets"] = nlohmann::json::parse(wrong);
        const auto refused = recipeFromText(object.dump());
        REQUIRE_FALSE(refused);
        CHECK(refused.error().subject == "datasets");
    }
}

TEST_CASE("data that changed are told apart in sentences", "[analysis][recipe]") {
    const std::vector<RecipeDataset> before{{"a", "11", 10}, {"b", "22", 20}, {"c", "33", 3000}};
    const Recipe recipe = madeWith(before);
    CHECK(dataDifferences(recipe, "before", before).empty());
    CHECK(dataDifferences(
              recipe, "now",
              std::vector<RecipeDataset>{{"a", "11", 10}, {"c", "34", 2999}, {"d", "44", 4}, {"e", "55", 5}}) ==
          Sentences{"2 files are new: d and e.", "1 file has other rows: c (2,999, were 3,000).",
                    "1 file is missing: b."});
    CHECK(dataDifferences(recipe, "now", std::vector<RecipeDataset>{}) ==
          Sentences{"3 files are missing: a, b and c."});
    // Another name is no other file; the same files can still be understood in another way.
    const auto same =
        dataDifferences(recipe, "now", std::vector<RecipeDataset>{{"A", "11", 10}, {"b", "22", 20}, {"c", "33", 3000}});
    REQUIRE(same.size() == 1);
    CHECK(same[0].starts_with("The files are the same, but rows were edited"));
    CHECK(dataDifferences(madeWith({}), "now", before).size() == 1); // an older recipe
    CHECK(dataDifferences(Recipe{}, "now", before).empty());         // one made by hand
    std::vector<RecipeDataset> many = before;
    for (char name = 'f'; name < 'z'; ++name) many.push_back({std::string(1, name), std::string(2, name), 1});
    CHECK(dataDifferences(recipe, "now", many) == Sentences{"20 files are new: f, g, h, i, j and 15 more."});
}

TEST_CASE("texts that are no recipe are refused, however long or deep", "[analysis][recipe][errors]") {
    const std::string deep(200'000, '[');
    const std::string head = R"({"patchlight": "1", "analysis": "kernel-density", "parameters": {"bandwidth": )";
    for (const std::string& text : {std::string(), std::string("{"), std::string("null"), std::string("\xff"), deep,
                                    head + deep + std::string(200'000, ']') + "}}", std::string(9'000'000, ' ')}) {
        const auto refused = recipeFromText(text);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::fileFormat);
        CHECK(refused.error().message.starts_with("This is not a Patchlight recipe"));
    }
}
