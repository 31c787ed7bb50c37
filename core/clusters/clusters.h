// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/geometry.h"

/// Density-based clusters of places.
namespace patchlight {

struct DbscanLabels {
    std::vector<std::int32_t> cluster; ///< per place: 0, 1, ... in order of the cluster's first core place; -1 noise
    std::vector<std::uint8_t> core;    ///< per place 1 or 0
    std::size_t clusters = 0;
};

/// DBSCAN on weighted places: a place is core when the weights within eps (distance <= eps, itself counted) reach
/// minPoints; clusters are core places connected within eps; a border place goes to its nearest core place, ties to the
/// lowest cluster. Equal to DBSCAN on the single incidents, whose rows at one place share its label.
///
/// points    m distinct places, project CRS; weights empty (all 1) or m counts > 0
/// errors    invalidParameter (eps not positive and finite; minPoints 0; wrong number of weights; not finite),
/// cancelled cost      O(m) with the places in cells of eps/sqrt(2), for bounded numbers of places within eps source
/// Ester, Kriegel, Sander & Xu (1996)
[[nodiscard]] Expected<DbscanLabels> dbscan(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                            Metres eps, std::size_t minPoints, const TaskContext& task = {});

/// A start for eps: the median distance to the k-th nearest other place, rounded to 10 m, within 25 to 500 m.
[[nodiscard]] Metres suggestedEps(std::span<const ProjectedPoint> points, std::size_t neighbours);

} // namespace patchlight
