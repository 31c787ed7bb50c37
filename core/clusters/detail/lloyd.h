// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/place_tree.h"

#include <cstdint>
#include <span>
#include <vector>

namespace patchlight::detail {

/// Places in a tree whose nodes know their weight and their weighted sums, so that a node that lies nearest to one
/// centre as a whole is assigned at once (Kanungo et al. 2002).
class WeightedTree {
public:
    /// task  cancelled: of no use, as a PlaceTree
    WeightedTree(std::span<const ProjectedPoint> points, std::span<const double> weights, const TaskContext& task = {});

    struct Sums {
        double weight = 0.0, east = 0.0, north = 0.0; ///< of positions from origin()
    };
    [[nodiscard]] const PlaceTree& tree() const { return m_tree; }
    [[nodiscard]] const Sums& sums(std::size_t node) const { return m_sums[node]; }
    [[nodiscard]] double weight(std::size_t place) const { return m_weights[place]; }
    [[nodiscard]] ProjectedPoint origin() const { return m_origin; }

private:
    PlaceTree m_tree;
    ProjectedPoint m_origin;
    std::vector<double> m_weights; // in the tree's order
    std::vector<Sums> m_sums;
};

struct LloydResult {
    std::vector<std::int32_t> cluster; ///< per place in the tree's order
    std::size_t rounds = 0;
    bool converged = false;
    bool cancelled = false;
};

/// Assigns and averages from the given centres until no place changes its cluster. Of equally near centres the first is
/// taken; a centre without places moves to the place farthest from its own.
[[nodiscard]] LloydResult lloyd(const WeightedTree& places, std::vector<ProjectedPoint> centres, std::size_t mostRounds,
                                const TaskContext& task);

} // namespace patchlight::detail
