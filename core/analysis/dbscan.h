// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/cluster_areas.h"

namespace patchlight {

/// Hotspots by clustering: groups of incidents close together.
struct DbscanParameters {
    std::optional<Metres> eps;
    std::size_t minPoints = 20;
    ClusterOutline outline = ClusterOutline::convex;
    CoarsePositions coarse = CoarsePositions::keep;
};

template <class Visitor> void describe(DbscanParameters& p, Visitor& visit) {
    visit.length("eps", "Distance (eps)", p.eps, "Incidents up to this far apart are neighbours.", 10.0, 5000.0);
    visit.count("min-points", "Smallest group", p.minPoints,
                "An incident with this many within the distance, itself counted, is the core of a group.", 2, 1000);
    visit.choice("outline", "Draw as", p.outline, "Outline of a group on the map; its incidents stay the same.");
    visit.further();
    visit.choice(
        "coarse-positions", "Coarse positions", p.coarse,
        "Incidents placed by postcode (100 m), street (250 m) or area (1 km) where that is more than the distance.");
}

[[nodiscard]] Analysis dbscanAnalysis();

} // namespace patchlight
