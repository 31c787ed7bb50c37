// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_period.h"

#include "core/incidents/periods.h"

namespace patchlight {

namespace {

CompareWith habitOf(const Recipe& recipe) {
    if (!recipe.comparison) return CompareWith::nothing;
    if (!recipe.filter.period) return CompareWith::asBefore;
    if (*recipe.comparison == previousPeriod(*recipe.filter.period)) return CompareWith::previous;
    if (*recipe.comparison == yearBefore(*recipe.filter.period)) return CompareWith::year;
    return CompareWith::asBefore;
}

} // namespace

Recipe forPeriod(Recipe recipe, const Period& period, CompareWith with) {
    if (with == CompareWith::asBefore) with = habitOf(recipe);
    if (recipe.filter.period != period) {
        recipe.layout.title.clear();
        recipe.layout.subtitle.clear();
        recipe.layout.date.clear();
    }
    recipe.filter.period = period;
    return *comparedWith(std::move(recipe), with); // there is a period
}

Expected<Recipe> comparedWith(Recipe recipe, CompareWith with) {
    if (with == CompareWith::asBefore) return recipe;
    if (with == CompareWith::nothing) {
        recipe.comparison.reset();
        return recipe;
    }
    if (!recipe.filter.period)
        return fail(ErrorCode::invalidParameter,
                    "The recipe has no period, so there is none before it; say one with --from and --to.", "--compare");
    recipe.comparison =
        with == CompareWith::previous ? previousPeriod(*recipe.filter.period) : yearBefore(*recipe.filter.period);
    return recipe;
}

} // namespace patchlight
