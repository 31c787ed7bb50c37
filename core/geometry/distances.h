// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <algorithm>

/// Distances as loops need them: squared, m². Rounding never puts a box farther away than a point in it.
namespace patchlight {

[[nodiscard]] inline double squaredDistance(ProjectedPoint a, ProjectedPoint b) {
    const double dx = a.east - b.east, dy = a.north - b.north;
    return dx * dx + dy * dy;
}

/// To the nearest point of a box; 0 inside.
[[nodiscard]] inline double squaredDistance(ProjectedPoint p, const Box& box) {
    const double dx = p.east < box.west ? box.west - p.east : p.east > box.east ? p.east - box.east : 0.0;
    const double dy = p.north < box.south ? box.south - p.north : p.north > box.north ? p.north - box.north : 0.0;
    return dx * dx + dy * dy;
}

/// Between the nearest points of two boxes; 0 where they meet.
[[nodiscard]] inline double squaredDistance(const Box& a, const Box& b) {
    const double dx = std::max({0.0, a.west - b.east, b.west - a.east});
    const double dy = std::max({0.0, a.south - b.north, b.south - a.north});
    return dx * dx + dy * dy;
}

} // namespace patchlight
