// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/sources/detail/vector_source.h"

#include <algorithm>
#include <cmath>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

void collectPoints(OGRGeometryH geometry, GeometryKind kind, bool hole, std::vector<Part>& parts) {
    const int count = OGR_G_GetPointCount(geometry);
    if (count == 0) return;
    Part part{kind, hole, {}};
    part.points.resize(static_cast<std::size_t>(count));
    OGR_G_GetPoints(geometry, &part.points[0].east, sizeof(ProjectedPoint), &part.points[0].north,
                    sizeof(ProjectedPoint), nullptr, 0);
    const bool ring = kind == GeometryKind::polygon;
    if (ring && part.points.front() != part.points.back()) part.points.push_back(part.points.front());
    const std::size_t least = ring ? 4 : kind == GeometryKind::line ? 2 : 1;
    if (part.points.size() >= least) parts.push_back(std::move(part));
}

/// Points, lines and rings of any geometry, however nested; curves come as lines.
void collect(OGRGeometryH geometry, std::vector<Part>& parts) {
    switch (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry))) {
    case wkbPoint:
        if (OGR_G_IsEmpty(geometry) == 0) collectPoints(geometry, GeometryKind::point, false, parts);
        return;
    case wkbLineString:
        collectPoints(geometry, GeometryKind::line, false, parts);
        return;
    case wkbPolygon:
    case wkbTriangle: {
        const std::size_t before = parts.size();
        for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) {
            collectPoints(OGR_G_GetGeometryRef(geometry, i), GeometryKind::polygon, i > 0, parts);
            if (parts.size() == before) return; // no outer ring: its holes mean nothing
        }
        return;
    }
    default:
        for (int i = 0; i < OGR_G_GetGeometryCount(geometry); ++i) collect(OGR_G_GetGeometryRef(geometry, i), parts);
    }
}

std::string valueOf(OGRFeatureH feature, int field) {
    if (field < 0 || OGR_F_IsFieldSetAndNotNull(feature, field) == 0) return {};
    std::string value(trimmed(OGR_F_GetFieldAsString(feature, field)));
    if (firstInvalidUtf8(value)) { // a Shapefile that does not say its encoding
        const std::unique_ptr<char, Releaser<VSIFree>> recoded{
            CPLRecode(value.c_str(), CPL_ENC_ISO8859_1, CPL_ENC_UTF8)};
        value = recoded.get();
    }
    return value;
}

/// One call for all points, since building a transformation costs far more than using it.
Expected<void> reprojectAll(std::vector<SourceFeature>& features, const std::string& crs, int targetEpsg) {
    if (crs.empty() || crs == fmt::format("EPSG:{}", targetEpsg)) return {};
    std::vector<ProjectedPoint> points;
    for (const SourceFeature& feature : features)
        for (const Part& part : feature.parts) points.insert(points.end(), part.points.begin(), part.points.end());
    if (auto done = reproject(crs, targetEpsg, points); !done) return done;
    auto next = points.begin();
    for (SourceFeature& feature : features)
        for (Part& part : feature.parts) {
            const auto end = next + static_cast<std::ptrdiff_t>(part.points.size());
            std::copy(next, end, part.points.begin());
            next = end;
        }
    return {};
}

bool finite(const Part& part) {
    return std::all_of(part.points.begin(), part.points.end(),
                       [](ProjectedPoint p) { return std::isfinite(p.east) && std::isfinite(p.north); });
}

} // namespace

Expected<SourceFeatures> readFeatures(const VectorSource& source, std::span<const int> fields, int targetEpsg,
                                      const TaskContext& task) {
    SourceFeatures result;
    std::size_t read = 0, without = 0;
    {
        const GdalMessages messages;
        OGR_L_ResetReading(source.layer);
        while (const FeatureHandle feature{OGR_L_GetNextFeature(source.layer)}) {
            if (read++ % 256 == 0) {
                if (task.cancelled()) return failCancelled();
                if (source.count > 0)
                    task.report("Reading " + source.name,
                                std::min(1.0, static_cast<double>(read) / static_cast<double>(source.count)));
            }
            SourceFeature one;
            if (OGRGeometryH geometry = OGR_F_GetGeometryRef(feature.get())) {
                const bool curved = OGR_G_HasCurveGeometry(geometry, 0) != 0;
                const GeometryHandle linear{curved ? OGR_G_GetLinearGeometry(geometry, 0.0, nullptr) : nullptr};
                collect(curved ? linear.get() : geometry, one.parts);
            }
            if (one.parts.empty()) {
                ++without;
                continue;
            }
            for (const int field : fields) one.values.push_back(valueOf(feature.get(), field));
            result.features.push_back(std::move(one));
        }
        if (messages.failed())
            return fail(ErrorCode::fileFormat,
                        fmt::format("Layer {} of {} is damaged after {} ({}). Fetch or save the file again.",
                                    source.name, source.shown, counted(read, "feature", "features"), messages.text()),
                        source.shown);
    }
    if (task.cancelled()) return failCancelled();
    if (auto done = reprojectAll(result.features, source.crs, targetEpsg); !done) return fail(done.error());

    std::size_t unplaced = 0;
    std::erase_if(result.features, [&](SourceFeature& feature) {
        if (std::all_of(feature.parts.begin(), feature.parts.end(), finite)) return false;
        ++unplaced;
        return true;
    });
    if (without > 0)
        result.notes.push_back(fmt::format("Left out {} of layer {} without a geometry.",
                                           counted(without, "feature", "features"), source.name));
    if (unplaced > 0)
        result.notes.push_back(fmt::format("Left out {} of layer {} that cannot be placed in EPSG:{}.",
                                           counted(unplaced, "feature", "features"), source.name, targetEpsg));
    return result;
}

Expected<MultiPolygon> polygonsOf(const SourceFeature& feature, Repairs& repairs) {
    MultiPolygon polygon;
    for (const Part& part : feature.parts) {
        if (part.kind != GeometryKind::polygon) continue;
        if (!part.hole)
            polygon.parts.push_back({part.points, {}});
        else
            polygon.parts.back().holes.push_back(part.points);
    }
    if (polygon.empty()) return polygon;
    auto valid = madeValid(polygon);
    if (!valid) return valid;
    // Validity is told from the vertices: a valid polygon comes back with the same number of them.
    const auto vertices = [](const MultiPolygon& shape) {
        std::size_t count = 0;
        for (const Polygon& part : shape.parts) {
            count += part.outer.size();
            for (const Ring& hole : part.holes) count += hole.size();
        }
        return count;
    };
    if (vertices(*valid) != vertices(polygon) || valid->parts.size() != polygon.parts.size()) {
        ++repairs.polygons;
        repairs.area = SquareMetres{repairs.area.value() + std::abs(areaOf(*valid).value() - areaOf(polygon).value())};
    }
    return valid;
}

std::string repairNote(const Repairs& repairs, const std::string& layer) {
    const double area = repairs.area.value();
    const std::string changed = area < 0.05  ? std::string("did not change")
                                : area < 1e5 ? fmt::format("changed by {:.1f} m\u00B2", area)
                                             : fmt::format("changed by {:.2f} km\u00B2", area / 1e6);
    return fmt::format("Repaired {} of layer {} with an outline that crosses or touches itself; {} area {}.",
                       counted(repairs.polygons, "polygon", "polygons"), layer, repairs.polygons == 1 ? "its" : "their",
                       changed);
}

} // namespace patchlight::gis::detail
