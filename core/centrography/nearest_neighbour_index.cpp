// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/centrography.h"

#include "core/base/parallel.h"
#include "core/centrography/detail/weights.h"
#include "core/geometry/place_tree.h"
#include "core/geometry/weighted_places.h"

#include <atomic>
#include <cmath>
#include <limits>
#include <numbers>

namespace patchlight {
namespace {

/// Squared distance from place i of a leaf to the nearest other place.
double nearestOther2(const PlaceTree& tree, std::size_t leaf, std::size_t i) {
    const ProjectedPoint p = tree.place(i);
    double nearest2 = std::numeric_limits<double>::infinity();
    tree.outwardFrom(
        leaf, [&](std::size_t node) { return squaredDistance(p, tree.box(node)); },
        [&](std::size_t, double d2) { return d2 < nearest2; },
        [&](std::size_t other, double) {
            for (std::size_t j = tree.begin(other); j < tree.end(other); ++j)
                if (j != i) nearest2 = std::min(nearest2, squaredDistance(p, tree.place(j)));
        });
    return nearest2;
}

} // namespace

Expected<NearestNeighbourIndex> nearestNeighbourIndex(std::span<const ProjectedPoint> points,
                                                      std::span<const double> weights, SquareMetres area,
                                                      const TaskContext& task) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    if (const auto ok = checkedCounts(weights, points.size()); !ok) return fail(ok.error());
    if (!(area.value() > 0.0) || !std::isfinite(area.value()))
        return fail(ErrorCode::invalidParameter, "The study area must have a positive number of square metres.",
                    "area");
    const double incidents = detail::totalWeight(points, weights);
    if (incidents < 2.0)
        return fail(ErrorCode::emptyInput, "A nearest neighbour index needs at least two incidents.", "points");

    const PlaceTree tree(points, task);
    std::vector<double> nearest(points.size(), 0.0);
    std::atomic<bool> cancelled{false};
    forEachBlock(tree.leaves(), 128, [&](std::size_t from, std::size_t to) {
        if (cancelled || task.cancelled()) {
            cancelled = true;
            return;
        }
        for (std::size_t leaf = tree.leaves() + from; leaf < tree.leaves() + to; ++leaf)
            for (std::size_t i = tree.begin(leaf); i < tree.end(leaf); ++i)
                if (detail::weightOf(weights, tree.input(i)) < 2.0) // else another incident lies at the place
                    nearest[tree.input(i)] = std::sqrt(nearestOther2(tree, leaf, i));
    });
    if (cancelled) return failCancelled();

    NearestNeighbourIndex result;
    double sum = 0.0, same = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        sum += detail::weightOf(weights, i) * nearest[i];
        if (nearest[i] == 0.0) same += detail::weightOf(weights, i);
    }
    const double mean = sum / incidents, expected = 0.5 * std::sqrt(area.value() / incidents);
    const double error = 0.26136 / std::sqrt(incidents * incidents / area.value());
    result.mean = Metres{mean};
    result.expected = Metres{expected};
    result.ratio = mean / expected;
    result.z = (mean - expected) / error;
    result.pValue = std::erfc(std::abs(result.z) / std::numbers::sqrt2);
    result.samePlace = static_cast<std::size_t>(same);
    return result;
}

} // namespace patchlight
