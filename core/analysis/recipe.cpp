// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe.h"

#include "core/analysis/recipe_data.h"
#include "core/analysis/recipe_json.h"
#include "core/base/path_text.h"
#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/base/version.h"

#include <algorithm>

namespace patchlight {

using nlohmann::json;

json toJson(const Recipe& recipe) {
    json object{{"patchlight", version()},         {"data", recipe.fingerprint},
                {"filter", toJson(recipe.filter)}, {"comparison", toJson(recipe.comparison)},
                {"area", toJson(recipe.area)},     {"analysis", recipe.analysis},
                {"parameters", recipe.parameters}, {"layout", toJson(recipe.layout)}};
    if (recipe.disclosure != Disclosure{}) object["disclosure"] = toJson(recipe.disclosure);
    if (!buildId().empty()) object["build"] = buildId();
    if (!recipe.datasets.empty()) object["datasets"] = toJson(recipe.datasets);
    return object;
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
    auto disclosure = disclosureFromJson(object.value("disclosure", json(nullptr)));
    if (!disclosure) return fail(disclosure.error());
    Recipe recipe{std::move(*fingerprint), std::move(*filter),   *comparison,
                  std::move(*area),        std::move(*analysis), object.value("parameters", json::object()),
                  std::move(*layout),      *disclosure};
    auto datasets = datasetsFromJson(object.value("datasets", json(nullptr)));
    if (!datasets) return fail(datasets.error());
    recipe.datasets = std::move(*datasets);
    const Analysis* known = findAnalysis(recipe.analysis);
    if (!known)
        return fail(ErrorCode::invalidParameter,
                    "The recipe asks for the analysis \"" + recipe.analysis + "\", which this version does not have.",
                    "analysis");
    if (auto keys = checkKeys(recipe.parameters, known->parameters()); !keys) return fail(keys.error());
    return recipe;
}

Expected<void> check(const Disclosure& disclosure) {
    constexpr std::size_t least = 3, most = 100;
    const std::size_t below = disclosure.smallBelow();
    if ((below != 0 && below < least) || below > most || (below == 0 && disclosure.profile == Profile::publicRelease))
        return fail(ErrorCode::invalidParameter,
                    "The threshold for small counts must be from 3 to 100, not " + std::to_string(below) +
                        (below == 0 ? ": a public release always has one." : "."),
                    "threshold");
    if (disclosure.roundTo == 1 || disclosure.roundTo > most)
        return fail(ErrorCode::invalidParameter,
                    "Counts can be rounded to multiples of 2 to 100 (or 0: not at all), not of " +
                        std::to_string(disclosure.roundTo) + ".",
                    "round");
    return {};
}

Recipe withoutFolders(Recipe recipe, const std::filesystem::path& project) {
    if (recipe.area.kind != StudyAreaSpec::Kind::file) return recipe;
    const auto whole = [](const std::filesystem::path& path) { return normalPath(absolutePath(path)); };
    const std::filesystem::path source = whole(pathFromUtf8(recipe.area.source));
    std::filesystem::path named = source.filename();
    if (!project.empty())
        if (const auto inside = source.lexically_relative(whole(project).parent_path());
            !inside.empty() && *inside.begin() != "..")
            named = inside;
    std::string text = utf8Text(named);
    std::replace(text.begin(), text.end(), '\\', '/');
    recipe.area.source = std::move(text);
    return recipe;
}

std::string shortId(const Recipe& recipe) {
    // The way to a study area's file may be written in many ways; its name is the same in all.
    Recipe named = recipe;
    if (named.area.kind == StudyAreaSpec::Kind::file)
        named.area.source = utf8Text(pathFromUtf8(named.area.source).filename());
    json object = toJson(named);
    object.erase("build"); // the same question, whoever built the program
    Sha256 sum;
    sum.add(object.dump());
    const std::string hex = sum.hex();
    return hex.substr(0, 4) + "-" + hex.substr(4, 4);
}

} // namespace patchlight
