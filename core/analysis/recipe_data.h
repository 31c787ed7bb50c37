// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

#include <span>

/// A recipe as text out of a file that anybody may have written, and what the data were that it was made with.
namespace patchlight {

/// errors: fileFormat (no JSON, longer than 8 MB, nested deeper than a recipe can be), and recipeFromJson's
[[nodiscard]] Expected<Recipe> recipeFromText(std::string_view text);

/// What differs between the data a recipe was made with and those there are now, in sentences: "2 files are new: a and
/// b."; none where nothing does. Of a recipe without a list only that something does. A file under another name is the
/// same file.
[[nodiscard]] std::vector<std::string> dataDifferences(const Recipe& made, const std::string& fingerprintNow,
                                                       std::span<const RecipeDataset> now);

/// The differences as one note of a page.
[[nodiscard]] std::string differencesNote(const std::vector<std::string>& differences);

[[nodiscard]] nlohmann::json toJson(const std::vector<RecipeDataset>& datasets);
/// Null gives none. errors: fileFormat
[[nodiscard]] Expected<std::vector<RecipeDataset>> datasetsFromJson(const nlohmann::json& json);

} // namespace patchlight
