// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/cluster_areas.h"

namespace patchlight {

enum class NeighbourDistance { random, fixed };
template <> std::span<const std::pair<NeighbourDistance, ParameterChoice>> choicesOf<NeighbourDistance>();

/// CrimeStat's nearest-neighbour hierarchical clusters (METHODS.md E2), with a test against chance.
struct NearestNeighbourParameters {
    NeighbourDistance by = NeighbourDistance::random;
    double probability = 0.1;
    std::optional<Metres> distance;
    std::size_t minPoints = 10;
    std::size_t replications = 99;
    std::size_t seed = 1;
    ClusterOutline outline = ClusterOutline::ellipse;
};

template <class Visitor> void describe(NearestNeighbourParameters& p, Visitor& visit) {
    visit.choice("by", "Distance by", p.by, "By what chance would do in the study area, or fixed.");
    visit.number("probability", "Probability", p.probability,
                 "How likely, by chance, two incidents may be as near as the distance.", 0.001, 0.5);
    visit.length("distance", "Distance", p.distance,
                 "Incidents up to this far apart are neighbours, where it is fixed.", 10.0, 5000.0);
    visit.count("min-points", "Smallest group", p.minPoints, "Groups of fewer incidents are left out.", 2, 1000);
    visit.choice("outline", "Draw as", p.outline, "Outline of a group on the map; its incidents stay the same.");
    visit.further();
    visit.count("replications", "Simulations", p.replications,
                "How often as many incidents are strewn by chance, to see how many groups that gives.", 19, 9999);
    visit.count("seed", "Seed", p.seed, "Where the random numbers begin; the same seed gives the same result.", 0,
                1000000);
}

[[nodiscard]] Analysis nearestNeighbourGroupsAnalysis();

} // namespace patchlight
