// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/clusters/detail/reachability_tree.h"

namespace patchlight::detail {

/// The groups of at least minClusterSize incidents that appear as the distance falls. Cluster 0 is the whole data;
/// descendants come after their ancestors. Densities are lambda = 1 / max(distance, resolution), 1/m.
struct CondensedTree {
    std::vector<std::size_t> parent;  ///< per cluster; 0 for cluster 0
    std::vector<double> stability;    ///< per cluster, incidents x lambda
    std::vector<double> ends;         ///< per cluster: the lambda at which it splits or loses its last incidents
    std::vector<std::size_t> cluster; ///< per place: the last cluster that its incidents were in
    std::vector<double> leaves;       ///< per place: the lambda at which they left it
};

/// Edges of equal distance take effect at once, so that nothing depends on which spanning tree is given.
///
/// spanning  at least one place; weights: one whole number > 0 each
/// task      cancelled: a tree of no use, whose caller asks the task itself
/// cost      O(m) for sorted edges
[[nodiscard]] CondensedTree condensedTree(const ReachabilityTree& spanning, std::span<const double> weights,
                                          double minClusterSize, double resolution, const TaskContext& task);

} // namespace patchlight::detail
