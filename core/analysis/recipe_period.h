// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

namespace patchlight {

/// What a recipe's new period is compared with.
enum class CompareWith {
    asBefore, ///< where the comparison was the period before or the year before, that of the new one; else the same
              ///< days
    previous, ///< the period before, of the same length
    year,     ///< the same period a year before
    nothing,
};

/// A recipe for another period. Title, subtitle and date that were written for the old one are left open, since they
/// would say of one month what another one showed.
[[nodiscard]] Recipe forPeriod(Recipe recipe, const Period& period, CompareWith with = CompareWith::asBefore);
/// The comparison alone. A recipe without a period keeps its comparison; with `nothing` it has none.
/// errors   invalidParameter (a period before or a year before of a recipe without a period)
[[nodiscard]] Expected<Recipe> comparedWith(Recipe recipe, CompareWith with);

} // namespace patchlight
