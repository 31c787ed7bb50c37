// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <optional>

namespace patchlight::detail {

/// The furthest a coordinate may lie from 0, m: beyond it squares of distances and cell numbers lose their meaning.
inline constexpr double furthestCoordinate = 1e9;

/// errors: invalidParameter (wrong number of weights, a negative or not finite one; a point that is not finite or
/// beyond furthestCoordinate)
[[nodiscard]] Expected<void> checkedPlaces(std::span<const ProjectedPoint> points, std::span<const double> weights);
/// errors: invalidParameter (a count that is negative, above 1e15 or not whole)
[[nodiscard]] Expected<void> checkedCounts(std::span<const double> counts);

[[nodiscard]] inline double weightOf(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
}

} // namespace patchlight::detail
