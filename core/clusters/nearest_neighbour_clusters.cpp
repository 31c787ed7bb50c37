// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/clusters/detail/greedy_clusters.h"
#include "core/clusters/detail/place_cells.h"
#include "core/geometry/weighted_places.h"

#include <cmath>
#include <numbers>
#include <numeric>

namespace patchlight {
namespace {

/// The x that a standard normal number stays below with the given probability, by halving.
double normalQuantile(double probability) {
    double low = -40.0, high = 40.0;
    for (int i = 0; i < 100; ++i) {
        const double middle = (low + high) / 2;
        (0.5 * std::erfc(-middle / std::numbers::sqrt2) < probability ? low : high) = middle;
    }
    return (low + high) / 2;
}

SquareMetres sizeOf(const StudyArea& area) {
    if (area.polygon) return areaOf(*area.polygon);
    return SquareMetres{area.box ? area.box->width() * area.box->height() : 0.0};
}

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights,
                       const NnhParameters& parameters) {
    if (parameters.minPoints == 0)
        return fail(ErrorCode::invalidParameter, "A cluster needs at least one incident.", "min-points");
    if (parameters.minCentres < 2)
        return fail(ErrorCode::invalidParameter, "A cluster of clusters needs at least two of them.", "min-centres");
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return checkedCounts(weights, points.size());
}

Expected<Metres> threshold(double incidents, const StudyArea& area, const NnhParameters& parameters) {
    if (parameters.distance) return *parameters.distance;
    if (area.everything())
        return fail(ErrorCode::invalidParameter,
                    "The random distance needs a study area: give one, or a fixed distance.", "area");
    return randomNeighbourDistance(incidents, sizeOf(area), parameters.probability);
}

/// Clusters of one order. `counts` are what a place counts for the minimum, `incidents` what it stands for.
Expected<NnhOrder> orderOf(std::span<const ProjectedPoint> points, std::span<const double> counts,
                           std::span<const double> incidents, Metres distance, std::size_t least,
                           const TaskContext& task) {
    if (const auto ok = detail::checkedEps(points, distance.value()); !ok) return fail(ok.error());
    auto greedy = detail::greedyClusters(points, counts, distance.value(), static_cast<double>(least), task);
    if (!greedy) return fail(greedy.error());
    NnhOrder order{distance, std::move(greedy->cluster), std::vector<ProjectedPoint>(greedy->clusters),
                   std::vector<double>(greedy->clusters, 0.0)};
    const ProjectedPoint origin = points.front();
    std::vector<double> counted(greedy->clusters, 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (order.cluster[i] < 0) continue;
        const auto c = static_cast<std::size_t>(order.cluster[i]);
        counted[c] += counts[i];
        order.incidents[c] += incidents[i];
        order.centres[c].east += counts[i] * (points[i].east - origin.east);
        order.centres[c].north += counts[i] * (points[i].north - origin.north);
    }
    for (std::size_t c = 0; c < counted.size(); ++c)
        order.centres[c] = {origin.east + order.centres[c].east / counted[c],
                            origin.north + order.centres[c].north / counted[c]};
    return order;
}

} // namespace

Expected<Metres> randomNeighbourDistance(double incidents, SquareMetres area, double probability) {
    if (!(incidents >= 1.0) || !std::isfinite(incidents))
        return fail(ErrorCode::emptyInput, "There are no incidents to take a random distance for.", "points");
    if (!(area.value() > 0.0) || !std::isfinite(area.value()))
        return fail(ErrorCode::invalidParameter, "The study area must have a positive number of square metres.",
                    "area");
    if (!(probability > 0.0) || !(probability < 1.0))
        return fail(ErrorCode::invalidParameter, "The probability must lie between 0 and 1.", "probability");
    const double error = 0.26136 / std::sqrt(incidents * incidents / area.value());
    const double limit = 0.5 * std::sqrt(area.value() / incidents) - normalQuantile(1.0 - probability) * error;
    if (!(limit > 0.0))
        return fail(ErrorCode::invalidParameter,
                    "So few incidents have no positive random distance at this probability: raise it, or give a fixed "
                    "distance.",
                    "probability");
    return Metres{limit};
}

Expected<NnhClusters> nearestNeighbourClusters(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                               const StudyArea& area, const NnhParameters& parameters,
                                               const TaskContext& task) {
    if (const auto ok = checked(points, weights, parameters); !ok) return fail(ok.error());
    if (parameters.distance && (!(*parameters.distance > Metres{0.0}) || !std::isfinite(parameters.distance->value())))
        return fail(ErrorCode::invalidParameter, "The distance must be a positive number of metres.", "distance");
    if (task.cancelled()) return failCancelled();
    NnhClusters result;
    if (points.empty()) {
        result.orders.emplace_back().distance = parameters.distance.value_or(Metres{0.0});
        return result;
    }
    task.report("clusters", 0.0);
    const std::vector<double> ones(points.size(), 1.0);
    if (weights.empty()) weights = ones;
    const auto distance = threshold(std::accumulate(weights.begin(), weights.end(), 0.0), area, parameters);
    if (!distance) return fail(distance.error());
    auto first = orderOf(points, weights, weights, *distance, parameters.minPoints, task);
    if (!first) return fail(first.error());
    result.orders.push_back(std::move(*first));
    task.report("clusters", 0.9);
    while (result.orders.back().centres.size() >= parameters.minCentres) {
        const NnhOrder& below = result.orders.back();
        const std::size_t count = below.centres.size();
        const auto further = threshold(static_cast<double>(count), area, parameters);
        if (!further) break; // too few to have a random distance
        auto next = orderOf(below.centres, std::span(ones).first(count), below.incidents, *further,
                            parameters.minCentres, task);
        if (!next) return fail(next.error());
        if (next->centres.empty()) break;
        result.orders.push_back(std::move(*next));
    }
    task.report("clusters", 1.0);
    return result;
}

} // namespace patchlight
