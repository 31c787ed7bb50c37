// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/orientation.h"

#include "core/geometry/detail/geos.h"

#include <cmath>

namespace patchlight::detail {

int orientation(ProjectedPoint a, ProjectedPoint b, ProjectedPoint p) {
    const double left = (a.east - p.east) * (b.north - p.north);
    const double right = (a.north - p.north) * (b.east - p.east);
    const double determinant = left - right;
    constexpr double bound = 3.3306690738754716e-16; // (3 + 16 u) u, u = 2^-53
    if (std::abs(determinant) > bound * (std::abs(left) + std::abs(right))) return determinant > 0 ? 1 : -1;
    return GEOSOrientationIndex_r(geosOfThisThread().handle(), a.east, a.north, b.east, b.north, p.east, p.north);
}

} // namespace patchlight::detail
