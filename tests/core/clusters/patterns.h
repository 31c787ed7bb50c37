// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace patchlight::test {

struct WeightedPlaces {
    std::vector<ProjectedPoint> places; ///< distinct
    std::vector<double> weights;        ///< whole numbers

    struct Incidents {
        std::vector<ProjectedPoint> points;
        std::vector<std::size_t> place; ///< of each incident
    };
    [[nodiscard]] Incidents incidents() const {
        Incidents result;
        for (std::size_t i = 0; i < places.size(); ++i) {
            const auto count = static_cast<std::size_t>(weights[i]);
            result.points.insert(result.points.end(), count, places[i]);
            result.place.insert(result.place.end(), count, i);
        }
        return result;
    }
    [[nodiscard]] double total() const { return std::accumulate(weights.begin(), weights.end(), 0.0); }
};

/// Some hubs and some places anywhere in 1000 x 1000 m, in no order; on a lattice of 10 m there are many equal
/// distances. Weights up to mostWeight.
inline WeightedPlaces hubs(std::uint64_t seed, bool lattice, std::size_t mostWeight, std::size_t perHub = 20) {
    Random random{seed};
    WeightedPlaces result;
    auto& places = result.places;
    for (std::size_t hub = 0; hub < 4; ++hub) {
        const ProjectedPoint at{random.between(0, 1000), random.between(0, 1000)};
        const double spread = random.between(10, 120);
        for (const ProjectedPoint p : random.pointsIn(
                 {at.east - spread, at.north - spread, at.east + spread, at.north + spread}, 1 + random.below(perHub)))
            places.push_back(p);
    }
    for (const ProjectedPoint p : random.pointsIn({0, 0, 1000, 1000}, perHub)) places.push_back(p);
    if (lattice)
        for (ProjectedPoint& p : places) p = {std::round(p.east / 10) * 10, std::round(p.north / 10) * 10};
    std::sort(places.begin(), places.end());
    places.erase(std::unique(places.begin(), places.end()), places.end());
    random.shuffle(places);
    for (std::size_t i = 0; i < places.size(); ++i)
        result.weights.push_back(static_cast<double>(1 + random.below(mostWeight)));
    return result;
}

} // namespace patchlight::test
