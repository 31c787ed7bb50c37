// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/store/store.h"

namespace patchlight::test {

/// A surface of 3 rows and 4 columns in the National Grid, one cell outside the study area; two areas, the first with a
/// hole and a second part; three incidents. Names and datasets try to be formulas.
[[nodiscard]] Result sampleResult();
[[nodiscard]] Recipe sampleRecipe();
[[nodiscard]] IncidentTable sampleTable();

} // namespace patchlight::test
