// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/recipe.h"

#include <CLI/CLI.hpp>

namespace patchlight::cli {

/// Filter and study area as given on the command line.
struct QuestionOptions {
    std::vector<std::string> categories, datasets;
    std::string from, to, compareFrom, compareTo, hours, weekdays;
    std::string area, areaLayer, box;

    void addTo(CLI::App& command);
    /// Fills filter, comparison and area of a recipe. `firstAndLast` closes a period of which one end is given.
    /// errors: invalidParameter naming the option
    [[nodiscard]] Expected<void> fill(Recipe& recipe, const std::optional<Period>& firstAndLast) const;
};

/// A period of two texts; nothing where both are empty. `firstAndLast` stands for an end that was not given, `prefix`
/// is that of the options: "--", "--compare-". errors: invalidParameter naming the option
[[nodiscard]] Expected<std::optional<Period>> periodBetween(const std::string& from, const std::string& to,
                                                            const std::string& prefix,
                                                            const std::optional<Period>& firstAndLast);

/// "key=value" pairs of one option. errors: invalidParameter (no "=")
[[nodiscard]] Expected<std::vector<std::pair<std::string, std::string>>>
keyValues(const std::vector<std::string>& texts, const std::string& option);

/// The analysis with this id. errors: invalidParameter (names those there are)
[[nodiscard]] Expected<const Analysis*> analysisNamed(const std::string& id);
/// The analysis and its parameters as `--set` gives them, in a recipe. errors: invalidParameter (as above; no "="; a
/// key that the analysis does not have)
[[nodiscard]] Expected<Recipe> recipeFor(const std::string& analysis, const std::vector<std::string>& set);

} // namespace patchlight::cli
