// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <span>

namespace patchlight::detail {

/// errors: emptyInput (no points), invalidParameter (as checkedPoints and checkedWeights)
[[nodiscard]] Expected<void> checkedIncidents(std::span<const ProjectedPoint> points, std::span<const double> weights);

[[nodiscard]] inline double weightOf(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
}
[[nodiscard]] double totalWeight(std::span<const ProjectedPoint> points, std::span<const double> weights);

/// Mean centre and mean products of deviations from it, divided by n, m^2; for checked incidents.
struct Moments {
    ProjectedPoint centre;
    double eastEast = 0.0, northNorth = 0.0, eastNorth = 0.0;
};
[[nodiscard]] Moments momentsOf(std::span<const ProjectedPoint> points, std::span<const double> weights);

} // namespace patchlight::detail
