// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/cluster_areas.h"

namespace patchlight {

/// All incidents parted among a number of centres: beats or patrol bases, not hotspots.
struct KMeansAnalysisParameters {
    std::size_t clusters = 5;
    std::size_t seed = 1;
    ClusterOutline outline = ClusterOutline::convex;
};

template <class Visitor> void describe(KMeansAnalysisParameters& p, Visitor& visit) {
    visit.count("clusters", "Groups", p.clusters, "Into how many groups the incidents are parted.", 1, 1000);
    visit.count("seed", "Seed", p.seed, "Where the random starts begin; the same seed gives the same groups.", 0,
                1000000);
    visit.choice("outline", "Draw as", p.outline, "Outline of a group on the map; its incidents stay the same.");
}

[[nodiscard]] Analysis kMeansAnalysis();

} // namespace patchlight
