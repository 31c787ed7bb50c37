// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/base/random.h"
#include "core/clusters/detail/lloyd.h"
#include "core/clusters/detail/silhouette.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <tuple>

namespace patchlight {
namespace {

constexpr std::size_t mostClusters = 1000;

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights,
                       const KMeansParameters& parameters) {
    if (parameters.clusters == 0 || parameters.clusters > mostClusters)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("The number of clusters must be from 1 to {}.", mostClusters), "clusters");
    if (parameters.starts == 0) return fail(ErrorCode::invalidParameter, "K-means needs at least one start.", "starts");
    if (parameters.mostRounds == 0)
        return fail(ErrorCode::invalidParameter, "K-means needs at least one round.", "most-rounds");
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return checkedCounts(weights, points.size());
}

/// K-means++: fewer centres than asked for when there are no more distinct places.
std::vector<ProjectedPoint> seeds(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                  std::size_t count, RandomStream random, const TaskContext& task) {
    std::vector<ProjectedPoint> centres;
    std::vector<double> nearest2(points.size(), 1.0); // the first by weight alone
    while (centres.size() < count && !task.cancelled()) {
        double total = 0.0;
        for (std::size_t i = 0; i < points.size(); ++i) total += weights[i] * nearest2[i];
        if (total == 0.0) break;
        const double drawn = random.unit() * total;
        double up = 0.0;
        std::size_t at = points.size();
        for (std::size_t i = 0; i < points.size() && up <= drawn; ++i) {
            if (nearest2[i] == 0.0) continue;
            up += weights[i] * nearest2[i];
            at = i; // the last one at the latest, should rounding leave the sum short
        }
        for (std::size_t i = 0; i < points.size(); ++i) {
            const double d2 = squaredDistance(points[i], points[at]);
            nearest2[i] = centres.empty() ? d2 : std::min(nearest2[i], d2);
        }
        centres.push_back(points[at]);
    }
    return centres;
}

/// Centres, weights and squares of a labelling, summed in the order of the input; clusters still as the start drew
/// them.
void describeClusters(KMeansClusters& result, std::span<const ProjectedPoint> points, std::span<const double> weights) {
    const auto count = static_cast<std::size_t>(*std::max_element(result.cluster.begin(), result.cluster.end())) + 1;
    const ProjectedPoint origin = points.front();
    result.centres.assign(count, {});
    result.weights.assign(count, 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto c = static_cast<std::size_t>(result.cluster[i]);
        result.weights[c] += weights[i];
        result.centres[c].east += weights[i] * (points[i].east - origin.east);
        result.centres[c].north += weights[i] * (points[i].north - origin.north);
    }
    for (std::size_t c = 0; c < count; ++c)
        if (result.weights[c] > 0.0)
            result.centres[c] = {origin.east + result.centres[c].east / result.weights[c],
                                 origin.north + result.centres[c].north / result.weights[c]};
    result.withinSquares = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i)
        result.withinSquares += weights[i] * squaredDistance(points[i], result.centres[result.cluster[i]]);
}

/// Numbers clusters by size, ties by the westernmost centre, then the southernmost; drops those without places.
void orderBySize(KMeansClusters& result) {
    std::vector<std::size_t> order(result.centres.size());
    std::iota(order.begin(), order.end(), 0u);
    std::erase_if(order, [&](std::size_t c) { return result.weights[c] == 0.0; });
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return std::tie(result.weights[b], result.centres[a]) < std::tie(result.weights[a], result.centres[b]);
    });
    const KMeansClusters before = result;
    std::vector<std::int32_t> name(before.centres.size(), -1);
    result.centres.clear();
    result.weights.clear();
    for (const std::size_t c : order) {
        name[c] = static_cast<std::int32_t>(result.centres.size());
        result.centres.push_back(before.centres[c]);
        result.weights.push_back(before.weights[c]);
    }
    for (std::int32_t& cluster : result.cluster) cluster = name[cluster];
}

} // namespace

Expected<KMeansClusters> kMeans(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                const KMeansParameters& parameters, const TaskContext& task) {
    if (const auto ok = checked(points, weights, parameters); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    if (points.empty()) {
        KMeansClusters none;
        none.converged = true;
        return none;
    }
    const std::vector<double> ones(weights.empty() ? points.size() : 0, 1.0);
    if (weights.empty()) weights = ones;
    task.report("clusters", 0.0);
    const detail::WeightedTree tree(points, weights, task);
    if (task.cancelled()) return failCancelled();

    // A batch of starts at a time: memory for its labels only, and the same winner however they are spread.
    constexpr std::size_t batch = 8;
    std::optional<KMeansClusters> best;
    for (std::size_t first = 0; first < parameters.starts; first += batch) {
        std::vector<std::optional<KMeansClusters>> results(std::min(batch, parameters.starts - first));
        forEachBlock(results.size(), 1, [&](std::size_t from, std::size_t) {
            if (task.cancelled()) return;
            const auto run = detail::lloyd(
                tree, seeds(points, weights, parameters.clusters, RandomStream(parameters.seed, first + from), task),
                parameters.mostRounds, task);
            if (run.cancelled) return;
            KMeansClusters& result = results[from].emplace();
            result.cluster.resize(points.size());
            for (std::size_t i = 0; i < points.size(); ++i) result.cluster[tree.tree().input(i)] = run.cluster[i];
            result.rounds = run.rounds;
            result.converged = run.converged;
            describeClusters(result, points, weights);
        });
        for (std::optional<KMeansClusters>& result : results) {
            if (!result) return failCancelled();
            if (!best || result->withinSquares < best->withinSquares) best = std::move(result);
        }
        task.report("clusters",
                    0.8 * static_cast<double>(first + results.size()) / static_cast<double>(parameters.starts));
    }
    orderBySize(*best);
    const auto silhouette = detail::meanSilhouette(points, weights, best->cluster, best->centres.size(),
                                                   parameters.mostForSilhouette, task);
    if (!silhouette) return fail(silhouette.error());
    best->silhouette = silhouette->mean;
    best->silhouettePlaces = silhouette->places;
    task.report("clusters", 1.0);
    return std::move(*best);
}

} // namespace patchlight
