// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/recipe.h"
#include "core/store/store.h"

namespace patchlight {

/// Loads what the input's parameters name of the project: boundary layers and columns of numbers. Layers that the
/// project does not have are left out; the analysis then says so.
/// errors   database, cancelled
[[nodiscard]] Expected<void> loadNamed(AnalysisInput& input, const Analysis& analysis, const Project& project,
                                       const TaskContext& task = {});

/// A project's datasets as a recipe names them: the order of import does not matter.
[[nodiscard]] std::vector<RecipeDataset> datasetsOf(std::span<const DatasetInfo> datasets);

} // namespace patchlight
