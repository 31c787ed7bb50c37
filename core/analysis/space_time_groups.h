// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/cluster_areas.h"

namespace patchlight {

/// Groups of incidents close together in space and in time: series and outbreaks (METHODS.md E4 to E7).
struct SpaceTimeParameters {
    std::optional<Metres> eps;
    double days = 14.0;
    std::size_t minPoints = 5;
    ClusterOutline outline = ClusterOutline::convex;
};

template <class Visitor> void describe(SpaceTimeParameters& p, Visitor& visit) {
    visit.length("eps", "Distance (eps)", p.eps, "Incidents up to this far apart are neighbours.", 10.0, 5000.0);
    visit.number("days", "Days apart", p.days, "And up to this many days apart.", 0.1, 365.0);
    visit.count("min-points", "Smallest group", p.minPoints,
                "An incident with this many near in space and time, itself counted, is the core of a group.", 2, 1000);
    visit.choice("outline", "Draw as", p.outline, "Outline of a group on the map; its incidents stay the same.");
}

[[nodiscard]] Analysis spaceTimeGroupsAnalysis();

} // namespace patchlight
