// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/polygons.h"

#include "core/geometry/detail/geos.h"

namespace patchlight::test {

std::string whyInvalid(const MultiPolygon& polygon) {
    const auto geometry = detail::toGeos(polygon);
    if (!geometry) return geometry.error().message;
    const GEOSContextHandle_t geos = detail::geosOfThisThread().handle();
    char* reason = GEOSisValidReason_r(geos, geometry->get());
    if (!reason) return detail::geosOfThisThread().takeMessage();
    std::string text = reason;
    GEOSFree_r(geos, reason);
    return text == "Valid Geometry" ? std::string() : text;
}

double ringArea(const Ring& ring) {
    double twice = 0.0;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const ProjectedPoint a = ring[i - 1], b = ring[i], o = ring[0];
        twice += (a.east - o.east) * (b.north - o.north) - (b.east - o.east) * (a.north - o.north);
    }
    return twice / 2;
}

} // namespace patchlight::test
