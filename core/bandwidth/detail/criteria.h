// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/bandwidth/detail/place_tree.h"
#include "core/base/task.h"

namespace patchlight::detail {

/// Places with what both criteria need, and the incidents at which these are taken.
class CrossValidation {
public:
    /// mostPairs  places x sampled places that one evaluation may cost; at least leastSample incidents are taken.
    CrossValidation(const CountedPlaces& places, double mostPairs);

    /// Distances to the nearest other places; false when cancelled. Before all that follows.
    [[nodiscard]] bool findNeighbours(const TaskContext& task);
    /// Median over the places of the distance to the nearest other one, m.
    [[nodiscard]] double medianSpacing() const;

    /// As likelihoodCriterion and leastSquaresCriterion; nothing when cancelled. h in m.
    [[nodiscard]] std::optional<double> likelihood(double h, const TaskContext& task) const;
    [[nodiscard]] std::optional<double> leastSquares(double h, const TaskContext& task) const;

    /// How many incidents the criteria are taken at; all of them unless there are too many.
    [[nodiscard]] double sampled() const { return m_sampled; }
    [[nodiscard]] bool isSample() const { return m_isSample; }

private:
    struct Target {
        std::uint32_t place; ///< in the tree's order
        double incidents;    ///< of the sample
    };
    /// Calls body(target index) for all targets on any number of threads; false when cancelled.
    template <class Body> bool overTargets(const TaskContext& task, Body&& body) const;

    PlaceTree m_tree;
    std::vector<Target> m_targets;
    std::vector<double> m_squaredSpacing; ///< per place of the tree, m²
    double m_incidents;
    double m_sampled = 0.0;
    bool m_isSample = false;
};

inline constexpr std::size_t leastSample = 1000;

} // namespace patchlight::detail
