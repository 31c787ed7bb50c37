// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/result.h"

/// Shapes and surfaces that say no more than cells do.
namespace patchlight::detail {

/// Hotspots of a surface are drawn from their cells alone, not from the surface between them. Groups of incidents are
/// outlined by the squares of 100 m that they touch; true where that was done.
bool drawFromCells(Result& result);
/// Every cell gets the lower end of its legend class (on the cold side the upper), cells of no class the middle value
/// (0 where there is no cold side): a surface in full could be taken apart into incidents.
void reduceToClasses(Result& result);

} // namespace patchlight::detail
