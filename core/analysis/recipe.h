// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

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
    bool operator==(const LayoutSpec&) const = default;
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
};

[[nodiscard]] nlohmann::json toJson(const Recipe& recipe);
/// errors: fileFormat (names the key), invalidParameter
[[nodiscard]] Expected<Recipe> recipeFromJson(const nlohmann::json& json);
/// Eight hexadecimal digits that stand for the recipe on a page: "7f3a-91c2".
[[nodiscard]] std::string shortId(const Recipe& recipe);
[[nodiscard]] bool isLayoutKey(std::string_view key);
/// One `--layout key=value`. errors: invalidParameter (unknown key; a template or paper there is not)
[[nodiscard]] Expected<void> setLayout(LayoutSpec& layout, std::string_view key, std::string_view value);

[[nodiscard]] nlohmann::json toJson(const IncidentFilter& filter);
[[nodiscard]] Expected<IncidentFilter> filterFromJson(const nlohmann::json& json);

} // namespace patchlight
