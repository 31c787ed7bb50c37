// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/detail/weights.h"

#include "core/geometry/weighted_places.h"

namespace patchlight::detail {

Expected<void> checkedIncidents(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (points.empty()) return fail(ErrorCode::emptyInput, "There are no incidents to find a centre of.", "points");
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return checkedWeights(weights, points.size());
}

double totalWeight(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    double total = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) total += weightOf(weights, i);
    return total;
}

Moments momentsOf(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    // About the first point, so that the coordinates' own size costs no digits.
    const ProjectedPoint origin = points.front();
    double total = 0.0, east = 0.0, north = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = weightOf(weights, i);
        total += weight;
        east += weight * (points[i].east - origin.east);
        north += weight * (points[i].north - origin.north);
    }
    Moments moments{{origin.east + east / total, origin.north + north / total}};
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = weightOf(weights, i);
        const double x = points[i].east - moments.centre.east, y = points[i].north - moments.centre.north;
        moments.eastEast += weight * x * x;
        moments.northNorth += weight * y * y;
        moments.eastNorth += weight * x * y;
    }
    moments.eastEast /= total;
    moments.northNorth /= total;
    moments.eastNorth /= total;
    return moments;
}

} // namespace patchlight::detail
