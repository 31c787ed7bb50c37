// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

#include "core/analysis/recipe.h"
#include "tests/support/catch.h"

#include <regex>

using namespace patchlight;

TEST_CASE("the program says its version and what it was built from", "[base][version]") {
    CHECK(std::regex_match(std::string(version()), std::regex(R"(\d+\.\d+\.\d+)")));
    CHECK(madeWith() == "Patchlight " + versionAndBuild());
    if (buildId().empty())
        CHECK(versionAndBuild() == version());
    else
        CHECK(versionAndBuild() == std::string(version()) + " (build " + std::string(buildId()) + ")");
}

TEST_CASE("a recipe says the build, and asks the same question whatever the build", "[base][version][recipe]") {
    Recipe recipe;
    recipe.analysis = "kernel-density";
    auto json = toJson(recipe);
    CHECK(json.at("patchlight") == version());
    CHECK(json.value("build", "") == buildId());
    json["build"] = "of another day";
    const auto read = recipeFromJson(json);
    REQUIRE(read);
    CHECK(shortId(*read) == shortId(recipe));
    CHECK(toJson(*read) == toJson(recipe));
}
