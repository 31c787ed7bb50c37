// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/random.h"

#include <numbers>

namespace patchlight::test {

/// A point of a round normal cluster (Box and Muller).
[[nodiscard]] inline ProjectedPoint normalPoint(Random& random, ProjectedPoint centre, double deviation) {
    const double radius = deviation * std::sqrt(-2.0 * std::log(1.0 - random.unit()));
    const double angle = 2 * std::numbers::pi * random.unit();
    return {centre.east + radius * std::cos(angle), centre.north + radius * std::sin(angle)};
}
[[nodiscard]] inline std::vector<ProjectedPoint> normalCluster(std::size_t count, double deviation,
                                                               std::uint64_t seed) {
    Random random{seed};
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < count; ++i) points.push_back(normalPoint(random, {400000, 90000}, deviation));
    return points;
}
/// Ten clusters 200 m wide in 12 km of scattered points.
[[nodiscard]] inline std::vector<ProjectedPoint> town(std::size_t count, std::uint64_t seed) {
    Random random{seed};
    const Box box{400000, 90000, 412000, 102000};
    const auto centres = random.pointsIn(box, 10);
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < count; ++i)
        points.push_back(random.unit() < 0.4 ? random.pointsIn(box, 1)[0]
                                             : normalPoint(random, centres[random.below(10)], 200.0));
    return points;
}

} // namespace patchlight::test
