// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe.h"

#include "core/analysis/recipe_json.h"
#include "core/base/sha256.h"

namespace patchlight {

using nlohmann::json;

json toJson(const Recipe& recipe) {
    return {{"patchlight", PATCHLIGHT_VERSION}, {"data", recipe.fingerprint},
            {"filter", toJson(recipe.filter)},  {"comparison", toJson(recipe.comparison)},
            {"area", toJson(recipe.area)},      {"analysis", recipe.analysis},
            {"parameters", recipe.parameters},  {"layout", toJson(recipe.layout)}};
}

Expected<Recipe> recipeFromJson(const json& object) {
    if (!object.is_object() || !object.contains("patchlight") || !object.contains("analysis"))
        return fail(ErrorCode::fileFormat,
                    "This is not a Patchlight recipe: \"patchlight\" and \"analysis\" are missing.");
    auto fingerprint = textMember(object, "data");
    if (!fingerprint) return fail(fingerprint.error());
    auto analysis = textMember(object, "analysis");
    if (!analysis) return fail(analysis.error());
    auto filter = filterFromJson(object.value("filter", json(nullptr)));
    if (!filter) return fail(filter.error());
    auto comparison = periodFromJson(object.value("comparison", json(nullptr)));
    if (!comparison) return fail(comparison.error());
    auto area = studyAreaFromJson(object.value("area", json(nullptr)));
    if (!area) return fail(area.error());
    auto layout = layoutFromJson(object.value("layout", json(nullptr)));
    if (!layout) return fail(layout.error());
    Recipe recipe{std::move(*fingerprint), std::move(*filter),   *comparison,
                  std::move(*area),        std::move(*analysis), object.value("parameters", json::object()),
                  std::move(*layout)};
    const Analysis* known = findAnalysis(recipe.analysis);
    if (!known)
        return fail(ErrorCode::invalidParameter,
                    "The recipe asks for the analysis \"" + recipe.analysis + "\", which this version does not have.",
                    "analysis");
    if (auto keys = checkKeys(recipe.parameters, known->parameters()); !keys) return fail(keys.error());
    return recipe;
}

std::string shortId(const Recipe& recipe) {
    Sha256 sum;
    sum.add(toJson(recipe).dump());
    const std::string hex = sum.hex();
    return hex.substr(0, 4) + "-" + hex.substr(4, 4);
}

} // namespace patchlight
