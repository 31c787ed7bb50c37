// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/carry_out.h"
#include "core/analysis/hotspot_changes.h"
#include "core/analysis/recipe_period.h"

namespace patchlight::cli {

/// A set of recipes carried out together: next month's maps.
struct Batch {
    std::vector<std::string> recipes; ///< files that recipes are read out of
    std::optional<Period> period;     ///< absent: each recipe's own
    CompareWith compare = CompareWith::asBefore;
    std::vector<std::pair<std::string, std::string>> layout; ///< texts of every page
    std::vector<std::string> formats;                        ///< endings without the dot
    std::filesystem::path folder;
    DisclosureOptions disclosure;
    std::string area; ///< the study area's file, where it is not found as the recipe names it
};

/// What came of one recipe.
struct BatchItem {
    std::string recipe; ///< the file
    std::string stem;   ///< of its outputs
    Recipe made;        ///< parameters as used
    std::vector<std::string> outputs, differences, notes;
    RecipeChanges changes;
    std::string problem; ///< why it failed, a sentence; else empty
};

/// The stem of each recipe's outputs: its own, with " (2)" and so on where another recipe or the summary has it, or
/// where an output would take the place of a recipe or of the project.
[[nodiscard]] std::vector<std::string> outputStems(const Batch& batch, const std::filesystem::path& project);

/// A recipe names its study area's file without the folders of the computer it was made on: it is looked for here,
/// beside the recipe and beside the project; `given` wins.
void findAreaFile(Recipe& recipe, const std::string& recipeFile, const std::string& given,
                  const std::filesystem::path& project);

/// Carries out every recipe and writes its outputs. One that fails says so in its item and does not stop the others.
/// Hotspots are set beside those of the comparison period, else of the period the recipe had before.
/// errors: cancelled (files written so far are whole); invalidParameter (an ending that is not written),
/// fileNotWritable (the folder cannot be made)
[[nodiscard]] Expected<std::vector<BatchItem>> carryOut(const LoadedProject& loaded, const Batch& batch,
                                                        const Console& console);

/// `summary.pdf` and `summary.csv` in the batch's folder; returns their names.
[[nodiscard]] Expected<std::vector<std::string>> writeSummary(const Batch& batch, const std::vector<BatchItem>& items);

} // namespace patchlight::cli
