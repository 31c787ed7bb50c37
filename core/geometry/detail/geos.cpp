// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/geos.h"

#include "core/base/thread_state.h"
#include "core/geometry/detail/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight::detail {
namespace {

void keepMessage(const char* message, void* target) {
    *static_cast<std::string*>(target) = message;
}

/// Coordinates of points as GEOS copies them: east, north, east, north, ...
GEOSCoordSequence* sequenceOf(GEOSContextHandle_t geos, std::span<const ProjectedPoint> points) {
    std::vector<double> buffer;
    buffer.reserve(2 * points.size());
    for (const ProjectedPoint p : points) {
        buffer.push_back(p.east);
        buffer.push_back(p.north);
    }
    return GEOSCoordSeq_copyFromBuffer_r(geos, buffer.data(), static_cast<unsigned>(points.size()), 0, 0);
}

bool allFinite(std::span<const ProjectedPoint> points) {
    return std::all_of(points.begin(), points.end(),
                       [](ProjectedPoint p) { return std::isfinite(p.east) && std::isfinite(p.north); });
}

GeosGeometry ringToGeos(GEOSContextHandle_t geos, const Ring& ring) {
    GEOSCoordSequence* sequence = sequenceOf(geos, ring);
    return GeosGeometry(sequence ? GEOSGeom_createLinearRing_r(geos, sequence) : nullptr);
}

GeosGeometry partToGeos(GEOSContextHandle_t geos, const Polygon& part) {
    GeosGeometry outer = ringToGeos(geos, part.outer);
    if (!outer) return nullptr;
    std::vector<GeosGeometry> holes;
    for (const Ring& ring : part.holes) {
        holes.push_back(ringToGeos(geos, ring));
        if (!holes.back()) return nullptr;
    }
    std::vector<GEOSGeometry*> given; // GEOS takes the rings over
    for (GeosGeometry& hole : holes) given.push_back(hole.release());
    return GeosGeometry(
        GEOSGeom_createPolygon_r(geos, outer.release(), given.data(), static_cast<unsigned>(given.size())));
}

GeosGeometry collected(GEOSContextHandle_t geos, int type, std::vector<GeosGeometry> parts) {
    std::vector<GEOSGeometry*> given;
    for (GeosGeometry& part : parts) given.push_back(part.release());
    return GeosGeometry(GEOSGeom_createCollection_r(geos, type, given.data(), static_cast<unsigned>(given.size())));
}

Ring ringFromGeos(GEOSContextHandle_t geos, const GEOSGeometry* ring) {
    const GEOSCoordSequence* sequence = ring ? GEOSGeom_getCoordSeq_r(geos, ring) : nullptr;
    unsigned size = 0;
    if (!sequence || !GEOSCoordSeq_getSize_r(geos, sequence, &size)) return {};
    std::vector<double> buffer(2 * static_cast<std::size_t>(size));
    if (!GEOSCoordSeq_copyToBuffer_r(geos, sequence, buffer.data(), 0, 0)) return {};
    Ring points(size);
    for (std::size_t i = 0; i < points.size(); ++i) points[i] = {buffer[2 * i], buffer[2 * i + 1]};
    return points;
}

void addPolygons(GEOSContextHandle_t geos, const GEOSGeometry* geometry, MultiPolygon& result) {
    if (!geometry || GEOSisEmpty_r(geos, geometry) != 0) return;
    const int type = GEOSGeomTypeId_r(geos, geometry);
    if (type == GEOS_POLYGON) {
        Polygon part;
        part.outer = ringFromGeos(geos, GEOSGetExteriorRing_r(geos, geometry));
        const int holes = GEOSGetNumInteriorRings_r(geos, geometry);
        for (int i = 0; i < holes; ++i)
            part.holes.push_back(ringFromGeos(geos, GEOSGetInteriorRingN_r(geos, geometry, i)));
        if (part.outer.size() >= 4) result.parts.push_back(oriented(std::move(part)));
    } else if (type == GEOS_MULTIPOLYGON || type == GEOS_GEOMETRYCOLLECTION) {
        const int parts = GEOSGetNumGeometries_r(geos, geometry);
        for (int i = 0; i < parts; ++i) addPolygons(geos, GEOSGetGeometryN_r(geos, geometry, i), result);
    }
}

} // namespace

GeosContext::GeosContext() : m_handle{GEOS_init_r()} {
    GEOSContext_setErrorMessageHandler_r(m_handle, keepMessage, &m_message);
}

GeosContext::~GeosContext() {
    GEOS_finish_r(m_handle);
}

std::string GeosContext::takeMessage() {
    std::string message = std::exchange(m_message, {});
    while (!message.empty() && (message.back() == '.' || message.back() == '\n' || message.back() == ' '))
        message.pop_back();
    return message.empty() ? "GEOS gave no reason" : message;
}

GeosContext& geosOfThisThread() {
    return ofThisThread<GeosContext>();
}

void GeosDestroyer::operator()(GEOSGeometry* geometry) const noexcept {
    GEOSGeom_destroy_r(geosOfThisThread().handle(), geometry);
}

Expected<GeosGeometry> toGeos(const MultiPolygon& polygon) {
    GeosContext& context = geosOfThisThread();
    std::vector<GeosGeometry> parts;
    for (std::size_t i = 0; i < polygon.parts.size(); ++i) {
        const Polygon& part = polygon.parts[i];
        if (!allFinite(part.outer) || !std::all_of(part.holes.begin(), part.holes.end(), allFinite))
            return fail(ErrorCode::fileFormat,
                        fmt::format("Part {} of the polygon has a coordinate that is not a number.", i + 1));
        parts.push_back(partToGeos(context.handle(), part));
        if (!parts.back())
            return fail(ErrorCode::fileFormat,
                        fmt::format("Part {} of the polygon cannot be read: {}.", i + 1, context.takeMessage()));
    }
    GeosGeometry whole = collected(context.handle(), GEOS_MULTIPOLYGON, std::move(parts));
    if (!whole)
        return fail(ErrorCode::fileFormat, fmt::format("The polygon cannot be read: {}.", context.takeMessage()));
    return whole;
}

Expected<GeosGeometry> toGeos(std::span<const ProjectedPoint> points) {
    GeosContext& context = geosOfThisThread();
    if (!allFinite(points)) return fail(ErrorCode::fileFormat, "A point has a coordinate that is not a number.");
    std::vector<GeosGeometry> parts;
    parts.reserve(points.size());
    for (const ProjectedPoint p : points) {
        parts.emplace_back(GEOSGeom_createPointFromXY_r(context.handle(), p.east, p.north));
        if (!parts.back())
            return fail(ErrorCode::fileFormat, fmt::format("A point cannot be read: {}.", context.takeMessage()));
    }
    GeosGeometry whole = collected(context.handle(), GEOS_MULTIPOINT, std::move(parts));
    if (!whole)
        return fail(ErrorCode::fileFormat, fmt::format("The points cannot be read: {}.", context.takeMessage()));
    return whole;
}

MultiPolygon polygonsOf(const GEOSGeometry& geometry) {
    MultiPolygon result;
    addPolygons(geosOfThisThread().handle(), &geometry, result);
    return result;
}

} // namespace patchlight::detail
