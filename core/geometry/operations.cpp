// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/geos.h"
#include "core/geometry/detail/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

using detail::GeosContext;
using detail::GeosGeometry;
using detail::geosOfThisThread;

Expected<MultiPolygon> polygonsOrError(GEOSGeometry* result, const char* what) {
    const GeosGeometry owner(result);
    if (!owner) return fail(ErrorCode::fileFormat, fmt::format("{}: {}.", what, geosOfThisThread().takeMessage()));
    return detail::polygonsOf(*owner);
}

} // namespace

Expected<MultiPolygon> madeValid(const MultiPolygon& polygon) {
    const auto geometry = detail::toGeos(polygon);
    if (!geometry) return fail(geometry.error());
    return polygonsOrError(GEOSMakeValid_r(geosOfThisThread().handle(), geometry->get()),
                           "The polygon could not be repaired");
}

Expected<MultiPolygon> unionOf(std::span<const MultiPolygon> polygons) {
    MultiPolygon all;
    for (const MultiPolygon& polygon : polygons)
        all.parts.insert(all.parts.end(), polygon.parts.begin(), polygon.parts.end());
    const auto geometry = detail::toGeos(all);
    if (!geometry) return fail(geometry.error());
    return polygonsOrError(GEOSUnaryUnion_r(geosOfThisThread().handle(), geometry->get()),
                           "The polygons could not be united");
}

Expected<MultiPolygon> intersectionOf(const MultiPolygon& a, const MultiPolygon& b) {
    const auto first = detail::toGeos(a);
    if (!first) return fail(first.error());
    const auto second = detail::toGeos(b);
    if (!second) return fail(second.error());
    return polygonsOrError(GEOSIntersection_r(geosOfThisThread().handle(), first->get(), second->get()),
                           "The polygons could not be intersected");
}

Expected<MultiPolygon> hullOf(std::span<const ProjectedPoint> points, Metres radius) {
    if (points.empty()) return fail(ErrorCode::emptyInput, "There are no points to draw a hull around.", "points");
    const auto geometry = detail::toGeos(points);
    if (!geometry) return fail(geometry.error());
    const GEOSContextHandle_t geos = geosOfThisThread().handle();
    const GeosGeometry hull(GEOSConvexHull_r(geos, geometry->get()));
    if (!hull || GEOSGeomTypeId_r(geos, hull.get()) == GEOS_POLYGON) {
        if (hull) return detail::polygonsOf(*hull);
        return polygonsOrError(nullptr, "The hull of the points could not be drawn");
    }
    if (!(radius.value() > 0.0) || !std::isfinite(radius.value()))
        return fail(ErrorCode::invalidParameter,
                    "The radius round points that have no hull must be a positive number of metres.", "radius");
    constexpr int segmentsPerQuarter = 16;
    return polygonsOrError(GEOSBuffer_r(geos, hull.get(), radius.value(), segmentsPerQuarter),
                           "The buffer of the points could not be drawn");
}

Expected<MultiPolygon> concaveHullOf(std::span<const ProjectedPoint> points, double ratio, Metres radius) {
    if (!(ratio >= 0.0 && ratio <= 1.0))
        return fail(ErrorCode::invalidParameter, "The ratio of a concave hull must lie from 0 to 1.", "ratio");
    auto convex = hullOf(points, radius);
#if GEOS_VERSION_MAJOR > 3 || (GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR >= 11)
    if (!convex) return convex;
    const auto geometry = detail::toGeos(points);
    if (!geometry) return fail(geometry.error());
    const GEOSContextHandle_t geos = geosOfThisThread().handle();
    const GeosGeometry hull(GEOSConcaveHull_r(geos, geometry->get(), ratio, 0));
    // No polygon: the points have no triangles to cut away, all of them lie on a line or nearly.
    if (hull && GEOSGeomTypeId_r(geos, hull.get()) == GEOS_POLYGON && GEOSisEmpty_r(geos, hull.get()) == 0)
        return detail::polygonsOf(*hull);
#endif
    return convex;
}

ProjectedPoint labelPoint(const MultiPolygon& polygon) {
    if (polygon.empty() || polygon.parts.front().outer.empty()) return {};
    // The centre of the largest circle that fits: what looks like the middle of a bent or holed shape.
    if (const auto geometry = detail::toGeos(polygon)) {
        const GEOSContextHandle_t geos = geosOfThisThread().handle();
        const double tolerance = std::sqrt(areaOf(polygon).value()) / 100;
        if (tolerance > 0) {
            const GeosGeometry radius(GEOSMaximumInscribedCircle_r(geos, geometry->get(), tolerance));
            double east = 0.0, north = 0.0;
            const GeosGeometry centre(radius ? GEOSGeomGetStartPoint_r(geos, radius.get()) : nullptr);
            if (centre && GEOSGeomGetX_r(geos, centre.get(), &east) == 1 &&
                GEOSGeomGetY_r(geos, centre.get(), &north) == 1)
                return {east, north};
        }
    }
    return polygon.parts.front().outer.front();
}

} // namespace patchlight
