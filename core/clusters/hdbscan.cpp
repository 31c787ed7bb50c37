// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/clusters/detail/condensed_tree.h"
#include "core/clusters/detail/reachability_tree.h"
#include "core/geometry/weighted_places.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace patchlight {
namespace {

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights,
                       const HdbscanParameters& parameters) {
    if (parameters.minPoints == 0)
        return fail(ErrorCode::invalidParameter, "A dense neighbourhood needs at least one incident.", "min-points");
    if (parameters.minClusterSize < 2)
        return fail(ErrorCode::invalidParameter, "A cluster needs at least two incidents.", "min-cluster-size");
    if (!(parameters.resolution > Metres{0.0}) || !std::isfinite(parameters.resolution.value()))
        return fail(ErrorCode::invalidParameter, "The resolution must be a positive number of metres.", "resolution");
    if (const auto ok = checkedPoints(points); !ok) return fail(ok.error());
    return checkedCounts(weights, points.size());
}

/// Which condensed clusters have the largest stability together, no two of them one in the other.
std::vector<std::uint8_t> chosenClusters(const detail::CondensedTree& tree) {
    std::vector<double> best = tree.stability, below(best.size(), 0.0); // of the cluster's part of the tree
    std::vector<std::uint8_t> chosen(best.size(), 0);
    for (std::size_t c = best.size(); c-- > 1;) { // descendants come after their ancestors
        chosen[c] = tree.stability[c] >= below[c];
        best[c] = std::max(tree.stability[c], below[c]);
        below[tree.parent[c]] += best[c];
    }
    std::vector<std::uint8_t> covered(best.size(), 0);
    for (std::size_t c = 1; c < best.size(); ++c) {
        covered[c] = covered[tree.parent[c]] || chosen[tree.parent[c]];
        if (covered[c]) chosen[c] = 0;
    }
    return chosen;
}

} // namespace

Expected<HdbscanLabels> hdbscan(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                const HdbscanParameters& parameters, const TaskContext& task) {
    if (const auto ok = checked(points, weights, parameters); !ok) return fail(ok.error());
    if (task.cancelled()) return failCancelled();
    const std::size_t n = points.size();
    HdbscanLabels result{std::vector<std::int32_t>(n, -1), std::vector<double>(n, 0.0), {}, 0.0};
    const std::vector<double> ones(weights.empty() ? n : 0, 1.0);
    if (weights.empty()) weights = ones;
    const auto minPoints = static_cast<double>(parameters.minPoints);
    if (std::accumulate(weights.begin(), weights.end(), 0.0) < minPoints || n == 0) return result;

    task.report("clusters", 0.0);
    const auto spanning = detail::reachabilityTree(points, weights, minPoints, task);
    if (!spanning) return fail(spanning.error());
    for (const detail::ReachabilityEdge& edge : spanning->edges) result.treeWeight += edge.distance;
    for (std::size_t i = 0; i < n; ++i) result.treeWeight += (weights[i] - 1.0) * spanning->core[i];
    task.report("clusters", 0.8);
    if (task.cancelled()) return failCancelled();
    const detail::CondensedTree tree = detail::condensedTree(
        *spanning, weights, static_cast<double>(parameters.minClusterSize), parameters.resolution.value(), task);
    task.report("clusters", 0.9);
    if (task.cancelled()) return failCancelled();

    const auto chosen = chosenClusters(tree);
    std::vector<std::size_t> holder(chosen.size(), 0); // the chosen cluster that a condensed one belongs to; 0 for none
    for (std::size_t c = 1; c < chosen.size(); ++c) holder[c] = chosen[c] ? c : holder[tree.parent[c]];
    std::vector<std::int32_t> name(chosen.size(), -1);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t c = holder[tree.cluster[i]];
        if (c == 0) continue;
        if (name[c] < 0) {
            name[c] = static_cast<std::int32_t>(result.stability.size());
            result.stability.push_back(tree.stability[c]);
        }
        result.cluster[i] = name[c];
        result.probability[i] = std::min(1.0, tree.leaves[i] / tree.ends[c]);
    }
    task.report("clusters", 1.0);
    return result;
}

} // namespace patchlight
