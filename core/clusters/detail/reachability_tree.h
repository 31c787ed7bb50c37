// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <cstdint>
#include <span>
#include <vector>

namespace patchlight::detail {

struct ReachabilityEdge {
    double distance = 0.0; ///< mutual reachability distance, m
    std::uint32_t a = 0, b = 0;
};

/// A minimum spanning tree of the places under mutual reachability distance, max(core(a), core(b), |a - b|), where
/// core(a) is the distance within which the weights, its own counted, reach minPoints.
struct ReachabilityTree {
    std::vector<double> core;            ///< m, one for each place
    std::vector<ReachabilityEdge> edges; ///< m - 1, by ascending distance; their distances are the same for every tree
};

/// points   at least one, checked; weights: one for each, together at least minPoints
/// errors   cancelled
/// cost     O(m log m) for bounded densities: core distances from a k-d tree, then Boruvka's rounds in which a leaf of
///          places looks for its nearest places of other components
/// source   Campello, Moulavi & Sander (2013); March, Ram & Gray (2010)
[[nodiscard]] Expected<ReachabilityTree> reachabilityTree(std::span<const ProjectedPoint> points,
                                                          std::span<const double> weights, double minPoints,
                                                          const TaskContext& task);

} // namespace patchlight::detail
