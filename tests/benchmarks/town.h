// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>

namespace patchlight::test {

/// Incidents in a town: 20,000 street places, a third of the incidents drawn to twelve hotspots. Snapped: on the places
/// themselves, as data.police.uk publishes them; otherwise some metres off, as a force records them.
inline std::vector<ProjectedPoint> town(const Box& box, std::size_t count, bool snapped) {
    Random random{42};
    const auto places = random.pointsIn(box, 20000);
    const auto hubs = random.pointsIn(grownBy(box, Metres{-2000.0}), 12);
    std::vector<ProjectedPoint> nearHubs;
    for (const ProjectedPoint p : places)
        if (std::any_of(hubs.begin(), hubs.end(),
                        [&](ProjectedPoint hub) { return std::hypot(p.east - hub.east, p.north - hub.north) < 500.0; }))
            nearHubs.push_back(p);
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto& from = i % 3 == 0 ? nearHubs : places;
        ProjectedPoint p = from[random.below(from.size())];
        if (!snapped) p = {p.east + random.between(-25, 25), p.north + random.between(-25, 25)};
        points.push_back(p);
    }
    return points;
}

} // namespace patchlight::test
