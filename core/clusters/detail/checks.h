// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <span>

namespace patchlight::detail {

/// Positions beyond this are slips; their squares and the sums of those stay far from overflow.
inline constexpr double farthestCoordinate = 1e12; // m

/// errors: invalidParameter (a coordinate that is not a number or beyond farthestCoordinate)
[[nodiscard]] Expected<void> checkedPoints(std::span<const ProjectedPoint> points);

/// errors: invalidParameter (another number of weights than points; a weight that is not a finite number above 0)
[[nodiscard]] Expected<void> checkedWeights(std::span<const double> weights, std::size_t points);

/// The same, and weights that are no whole numbers, for methods that are defined on single incidents.
[[nodiscard]] Expected<void> checkedCounts(std::span<const double> weights, std::size_t points);

} // namespace patchlight::detail
