// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <span>

/// Places with counts of incidents: what every method on them asks of its input.
namespace patchlight {

/// Positions beyond this are slips; their squares and the sums of those stay far from overflow.
inline constexpr double farthestCoordinate = 1e12; // m

/// errors: invalidParameter (a coordinate that is not a number)
[[nodiscard]] Expected<void> checkedFinite(std::span<const ProjectedPoint> points);
/// errors: invalidParameter (neither none nor as many weights as points)
[[nodiscard]] Expected<void> checkedNumber(std::span<const double> weights, std::size_t points);

/// errors: invalidParameter (a coordinate that is not a number or beyond farthestCoordinate)
[[nodiscard]] Expected<void> checkedPoints(std::span<const ProjectedPoint> points);

/// More than any count of incidents; whole numbers up to it are exact.
inline constexpr double largestWeight = 9007199254740992.0; // 2^53

/// weights empty (all 1) or one a point. errors: invalidParameter (another number of weights than points; a weight that
/// is not above 0 and at most largestWeight)
[[nodiscard]] Expected<void> checkedWeights(std::span<const double> weights, std::size_t points);

/// The same, and weights that are no whole numbers, for methods that are defined on single incidents.
[[nodiscard]] Expected<void> checkedCounts(std::span<const double> weights, std::size_t points);

} // namespace patchlight
