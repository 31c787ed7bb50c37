// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

#include <filesystem>

namespace patchlight {

/// How a study area was named, so that it can be found again.
struct StudyAreaSpec {
    enum class Kind { everything, box, file, layer };
    Kind kind = Kind::everything;
    std::string source;   ///< path, or layer of the project
    std::string sublayer; ///< `--area-layer`
    std::string feature;  ///< `LAYER:NAME`; empty: all of them
    std::optional<Box> box;
    bool operator==(const StudyAreaSpec&) const = default;
};

/// What the page says around the map; empty values are proposed from the result.
struct LayoutSpec {
    std::string title, subtitle, author, date;
    std::string marking = "OFFICIAL";
    std::string templateName = "map-and-table"; ///< id of a layout (core/layouts)
    std::string paper = "A4-landscape";         ///< A4, A3; -landscape, -portrait; or "slide" (16:9)
    std::string dpi = "300";                    ///< of pictures, 72 to 1200
    nlohmann::json house = nullptr;             ///< an organisation's look, as gis/layout reads it; null: the usual one
    bool operator==(const LayoutSpec&) const = default;
};

enum class Profile { internal, publicRelease }; ///< who an output is for

/// What of the counts may be said (core/disclosure carries it out).
struct Disclosure {
    Profile profile = Profile::internal;
    std::optional<std::size_t> threshold; ///< counts from 1 to below it are not said; open: 5 for the public, 0 inside
    std::size_t roundTo = 0;              ///< the others to the nearest multiple; 0: as counted
    [[nodiscard]] std::size_t smallBelow() const {
        return threshold.value_or(profile == Profile::publicRelease ? usualThreshold : 0);
    }
    static constexpr std::size_t usualThreshold = 5; ///< METHODS 3.6
    bool operator==(const Disclosure&) const = default;
};
/// errors: invalidParameter (a threshold of 1 or 2, which hides nothing, or over 100; 0 for the public; rounding to 1
/// or over 100), naming "threshold" or "round"
[[nodiscard]] Expected<void> check(const Disclosure& disclosure);
/// A dataset of the project that a recipe was made with: enough to say what is another one now.
struct RecipeDataset {
    std::string name;   ///< base name: "2025-07-dorset-street"
    std::string sha256; ///< of its file, the first twelve digits
    std::size_t rows = 0;
    auto operator<=>(const RecipeDataset&) const = default;
};

/// What to do, as data. The window builds one, the command line reads one, every export carries one.
/// No clock time and no output path is in it.
struct Recipe {
    std::string fingerprint; ///< of the project's incidents
    IncidentFilter filter;
    std::optional<Period> comparison;
    StudyAreaSpec area;
    std::string analysis;
    nlohmann::json parameters = nlohmann::json::object();
    LayoutSpec layout;
    Disclosure disclosure = {};               ///< in JSON only where it is not the usual one
    std::vector<RecipeDataset> datasets = {}; ///< ascending; empty in recipes older than the list
};

/// The same without the folders of this computer: what every output carries. A study area's file keeps its name, or
/// its way from the project's folder where it lies inside.
[[nodiscard]] Recipe withoutFolders(Recipe recipe, const std::filesystem::path& project = {});
[[nodiscard]] nlohmann::json toJson(const Recipe& recipe);
/// errors: fileFormat (names the key), invalidParameter
[[nodiscard]] Expected<Recipe> recipeFromJson(const nlohmann::json& json);
/// Eight hexadecimal digits that stand for the recipe on a page, wherever its files lie: "7f3a-91c2".
[[nodiscard]] std::string shortId(const Recipe& recipe);
[[nodiscard]] bool isLayoutKey(std::string_view key);
/// One `--layout key=value`. errors: invalidParameter (unknown key; a template or paper there is not)
[[nodiscard]] Expected<void> setLayout(LayoutSpec& layout, std::string_view key, std::string_view value);

[[nodiscard]] nlohmann::json toJson(const IncidentFilter& filter);
[[nodiscard]] Expected<IncidentFilter> filterFromJson(const nlohmann::json& json);

} // namespace patchlight
