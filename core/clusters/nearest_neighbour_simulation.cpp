// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/clusters/detail/greedy_clusters.h"
#include "core/clusters/detail/place_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace patchlight {
namespace {

constexpr std::size_t mostIncidents = 10'000'000;
constexpr double leastFilled = 1e-6; // of the box: the rest of the draws fall outside of the polygon

Expected<void> checked(std::size_t incidents, const StudyArea& area, Metres distance, std::size_t minPoints,
                       std::size_t replications) {
    if (area.everything())
        return fail(ErrorCode::invalidParameter, "Random incidents need a study area to fall in.", "area");
    const Box box = boxOf(area);
    const double size = box.width() * box.height();
    if (!(size > 0.0) || !std::isfinite(size))
        return fail(ErrorCode::invalidParameter, "The study area must have a positive number of square metres.",
                    "area");
    if (area.polygon && !(areaOf(*area.polygon).value() > leastFilled * size))
        return fail(ErrorCode::invalidParameter, "The study area is too thin for random incidents to fall in.", "area");
    if (incidents > mostIncidents)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("Random incidents are limited to {} million.", mostIncidents / 1'000'000), "incidents");
    if (minPoints == 0)
        return fail(ErrorCode::invalidParameter, "A cluster needs at least one incident.", "min-points");
    if (replications == 0)
        return fail(ErrorCode::invalidParameter, "A simulation needs at least one replication.", "replications");
    return detail::checkedEps(std::array{ProjectedPoint{box.west, box.south}, ProjectedPoint{box.east, box.north}},
                              distance.value());
}

} // namespace

std::size_t NnhSimulation::percentile(double share) const {
    if (clusters.empty()) return 0;
    const double at = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(clusters.size()));
    return clusters[static_cast<std::size_t>(std::max(at, 1.0)) - 1];
}

Expected<NnhSimulation> simulatedNearestNeighbourClusters(std::size_t incidents, const StudyArea& area, Metres distance,
                                                          std::size_t minPoints, std::size_t observed,
                                                          std::size_t replications, std::uint64_t seed,
                                                          const TaskContext& task) {
    if (const auto ok = checked(incidents, area, distance, minPoints, replications); !ok) return fail(ok.error());
    const Box box = boxOf(area);
    std::optional<PointInPolygon> polygon;
    if (area.polygon) polygon.emplace(*area.polygon);
    const std::vector<double> ones(incidents, 1.0);

    NnhSimulation result;
    result.clusters.assign(replications, 0);
    constexpr std::size_t batch = 32; // between reports
    for (std::size_t first = 0; first < replications; first += batch) {
        task.report("simulations", static_cast<double>(first) / static_cast<double>(replications));
        const std::size_t count = std::min(batch, replications - first);
        forEachBlock(count, 1, [&](std::size_t from, std::size_t) {
            RandomStream random(seed, first + from);
            std::vector<ProjectedPoint> points;
            while (points.size() < incidents) {
                if (points.size() % 1024 == 0 && task.cancelled()) return;
                const ProjectedPoint p{random.between(box.west, box.east), random.between(box.south, box.north)};
                if (!polygon || polygon->contains(p)) points.push_back(p);
            }
            const auto greedy =
                detail::greedyClusters(points, ones, distance.value(), static_cast<double>(minPoints), task);
            if (greedy) result.clusters[first + from] = greedy->clusters; // else cancelled
        });
        if (task.cancelled()) return failCancelled();
    }
    task.report("simulations", 1.0);
    std::sort(result.clusters.begin(), result.clusters.end());
    const auto below = std::lower_bound(result.clusters.begin(), result.clusters.end(), observed);
    result.pValue =
        (1.0 + static_cast<double>(result.clusters.end() - below)) / (1.0 + static_cast<double>(replications));
    return result;
}

} // namespace patchlight
