// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/centrography.h"

#include "core/centrography/detail/weights.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace patchlight {
namespace {

/// The value at half of the weight; between two values if half of it lies up to the lower one.
double weightedMedian(std::vector<std::pair<double, double>> valuesAndWeights) {
    std::sort(valuesAndWeights.begin(), valuesAndWeights.end());
    double total = 0.0, up = 0.0;
    for (const auto& [value, weight] : valuesAndWeights) total += weight;
    for (std::size_t i = 0; i < valuesAndWeights.size(); ++i) {
        up += valuesAndWeights[i].second;
        if (up > total / 2 || i + 1 == valuesAndWeights.size()) return valuesAndWeights[i].first;
        if (up == total / 2) return (valuesAndWeights[i].first + valuesAndWeights[i + 1].first) / 2;
    }
    return 0.0;
}

} // namespace

Expected<ProjectedPoint> meanCentre(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    return detail::momentsOf(points, weights).centre;
}

Expected<ProjectedPoint> coordinatewiseMedian(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    std::vector<std::pair<double, double>> east, north;
    for (std::size_t i = 0; i < points.size(); ++i) {
        east.emplace_back(points[i].east, detail::weightOf(weights, i));
        north.emplace_back(points[i].north, detail::weightOf(weights, i));
    }
    return ProjectedPoint{weightedMedian(std::move(east)), weightedMedian(std::move(north))};
}

Expected<Metres> standardDistance(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    const detail::Moments moments = detail::momentsOf(points, weights);
    return Metres{std::sqrt(moments.eastEast + moments.northNorth)};
}

} // namespace patchlight
