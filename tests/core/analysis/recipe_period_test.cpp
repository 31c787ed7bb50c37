// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_period.h"

#include "tests/support/catch.h"

using namespace patchlight;

namespace {

Period months(const char* first, const char* last) {
    return {*parseIsoDay(first), *parseIsoDay(last, true)};
}

Recipe ofJuly(std::optional<Period> comparison) {
    Recipe recipe;
    recipe.filter.period = months("2025-07", "2025-07");
    recipe.comparison = comparison;
    recipe.layout.title = "What July showed";
    recipe.layout.author = "Research";
    return recipe;
}

} // namespace

TEST_CASE("a recipe for the next period is compared as it was", "[analysis][recipe]") {
    const Period august = months("2025-08", "2025-08");
    CHECK_FALSE(forPeriod(ofJuly({}), august).comparison);
    CHECK(forPeriod(ofJuly(months("2025-06", "2025-06")), august).comparison == months("2025-07", "2025-07"));
    CHECK(forPeriod(ofJuly(months("2024-07", "2024-07")), august).comparison == months("2024-08", "2024-08"));
    CHECK(forPeriod(ofJuly(months("2019-01", "2019-12")), august).comparison == months("2019-01", "2019-12"));
    CHECK(forPeriod(ofJuly({}), august, CompareWith::year).comparison == months("2024-08", "2024-08"));
    CHECK(forPeriod(ofJuly({}), august, CompareWith::previous).comparison == months("2025-07", "2025-07"));
    CHECK_FALSE(forPeriod(ofJuly(months("2025-06", "2025-06")), august, CompareWith::nothing).comparison);
}

TEST_CASE("what was written about the old period does not stand on the new page", "[analysis][recipe]") {
    const Recipe next = forPeriod(ofJuly({}), months("2025-08", "2025-08"));
    CHECK(next.layout.title.empty());
    CHECK(next.layout.author == "Research");
    CHECK(forPeriod(ofJuly({}), months("2025-07", "2025-07")).layout.title == "What July showed");
}

TEST_CASE("a recipe without a period has none before it", "[analysis][recipe][errors]") {
    CHECK(comparedWith(Recipe{}, CompareWith::previous).error().subject == "--compare");
    CHECK(comparedWith(Recipe{}, CompareWith::nothing));
    CHECK(comparedWith(Recipe{}, CompareWith::asBefore));
    CHECK(comparedWith(ofJuly({}), CompareWith::previous)->comparison == months("2025-06", "2025-06"));
}
