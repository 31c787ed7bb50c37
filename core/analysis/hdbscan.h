// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/cluster_areas.h"

namespace patchlight {

/// Groups of whatever density, without a distance to choose (METHODS.md E4 to E7).
struct HdbscanAnalysisParameters {
    std::size_t minPoints = 10;
    std::size_t minClusterSize = 20;
    ClusterOutline outline = ClusterOutline::concave;
};

template <class Visitor> void describe(HdbscanAnalysisParameters& p, Visitor& visit) {
    visit.count("min-points", "Neighbours", p.minPoints,
                "How many incidents, itself counted, make a place dense; more smooth out small groups.", 2, 1000);
    visit.count("min-cluster-size", "Smallest group", p.minClusterSize, "Groups of fewer incidents are left out.", 2,
                10000);
    visit.choice("outline", "Draw as", p.outline, "Outline of a group on the map; its incidents stay the same.");
}

[[nodiscard]] Analysis hdbscanAnalysis();

} // namespace patchlight
