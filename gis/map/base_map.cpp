// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/base_map.h"

#include "core/base/text.h"
#include "gis/raster/raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight::paint {

namespace {

bool shown(const LoadedLayer& layer, std::string_view role) {
    return layer.info.visible && hasRole(layer, role);
}

/// Whole kilometres (or tens of them), faint, so that bare ground looks meant.
void drawGraticule(const Drawing& d) {
    constexpr double closest = 7.0; // mm between lines
    double step = 1000.0;
    for (const double next : {2.0, 2.5, 2.0})
        if (step / d.frame.metresPerMillimetre() < closest) step *= next;
    while (step / d.frame.metresPerMillimetre() < closest) step *= 10.0;
    QPainterPath lines;
    const Box& ground = d.frame.ground;
    for (double east = std::ceil(ground.west / step) * step; east <= ground.east; east += step) {
        const double x = d.frame.toPage({east, ground.north}).x();
        lines.moveTo(x, d.frame.page.top());
        lines.lineTo(x, d.frame.page.bottom());
    }
    for (double north = std::ceil(ground.south / step) * step; north <= ground.north; north += step) {
        const double y = d.frame.toPage({ground.west, north}).y();
        lines.moveTo(d.frame.page.left(), y);
        lines.lineTo(d.frame.page.right(), y);
    }
    strokeLines(d.painter, lines, QPen(d.palette.graticule, 0.18));
}

Expected<void> drawPicture(const Drawing& d, const LoadedLayer& layer) {
    const Box& ground = d.frame.ground;
    const Box part{std::max(ground.west, layer.box.west), std::max(ground.south, layer.box.south),
                   std::min(ground.east, layer.box.east), std::min(ground.north, layer.box.north)};
    const QRectF place(d.frame.toPage({part.west, part.north}), d.frame.toPage({part.east, part.south}));
    const auto width = static_cast<std::size_t>(std::ceil(place.width() * d.style.pixelsPerMillimetre));
    const auto height = static_cast<std::size_t>(std::ceil(place.height() * d.style.pixelsPerMillimetre));
    if (part.empty() || width == 0 || height == 0) return {};
    const auto picture = gis::readPicture(layer.rasterFile, d.content.epsg, part, width, height);
    if (!picture) return fail(picture.error());
    if (picture->argb.empty()) return {};
    const QImage image(reinterpret_cast<const uchar*>(picture->argb.data()), static_cast<int>(picture->width),
                       static_cast<int>(picture->height), QImage::Format_ARGB32_Premultiplied);
    const QRectF target(d.frame.toPage({picture->box.west, picture->box.north}),
                        d.frame.toPage({picture->box.east, picture->box.south}));
    d.painter.setOpacity(d.style.dark ? 0.55 : 0.8); // a quiet base
    d.painter.setRenderHint(QPainter::SmoothPixmapTransform);
    d.painter.drawImage(target, image);
    d.painter.setOpacity(1.0);
    return {};
}

void strokeEdges(const Drawing& d, const std::vector<std::vector<ProjectedPoint>>& edges, const QPen& pen) {
    QPainterPath path;
    for (const auto& edge : edges) addLine(path, edge, d.view);
    strokeLines(d.painter, path, pen);
}

void fillLayer(const Drawing& d, const LoadedLayer& layer, const QColor& colour) {
    if (!layer.vector) return;
    QPainterPath lines;
    for (const auto& feature : layer.vector->features) {
        if (feature.kind == gis::GeometryKind::line)
            for (const auto& line : feature.lines) addLine(lines, line, d.view);
        if (feature.kind != gis::GeometryKind::polygon) continue;
        QPainterPath rings; // each feature by itself: overlaps stay filled
        for (const auto& ring : feature.lines) addRing(rings, ring, d.view);
        if (!rings.isEmpty()) d.painter.fillPath(rings, colour);
    }
    strokeLines(d.painter, lines, QPen(colour, 0.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    if (layer.vector->kind != gis::GeometryKind::polygon) return;
    const double twoPixels = 2.0 / d.style.pixelsPerMillimetre; // closes the seams that antialiasing leaves
    strokeEdges(d, edgesOf(layer.vector)->inner, QPen(colour, twoPixels, Qt::SolidLine, Qt::SquareCap, Qt::BevelJoin));
}

constexpr std::array roadOrder{RoadClass::path,      RoadClass::rail,    RoadClass::minor,
                               RoadClass::secondary, RoadClass::primary, RoadClass::motorway};

/// Lines of a road layer by class.
std::array<QPainterPath, roadOrder.size()> roadPaths(const Drawing& d, const LoadedLayer& layer) {
    std::array<QPainterPath, roadOrder.size()> paths;
    for (const auto& feature : layer.vector->features) {
        QPainterPath& path = paths[static_cast<std::size_t>(roadClass(feature.kindField))];
        for (const auto& line : feature.lines) addLine(path, line, d.view);
    }
    return paths;
}

void drawRoads(const Drawing& d, const LoadedLayer& layer) {
    const auto paths = roadPaths(d, layer);
    const double scale = d.frame.metresPerMillimetre();
    const auto stroke = [&](RoadClass road, const QColor& colour, double width) {
        const bool wide = width > 0.3; // round ends take time and cannot be seen on thin lines
        strokeLines(d.painter, paths[static_cast<std::size_t>(road)],
                    QPen(colour, width, Qt::SolidLine, wide ? Qt::RoundCap : Qt::FlatCap,
                         wide ? Qt::RoundJoin : Qt::BevelJoin));
    };
    for (const bool edge : {true, false}) // all edges first, so that crossings are open
        for (const RoadClass road : roadOrder) {
            const double width = roadWidth(road, scale);
            if (road == RoadClass::rail) {
                if (edge) stroke(road, d.palette.rail, width);
            } else if (!edge) {
                stroke(road, d.palette.road, width);
            } else if (width > 0.3) {
                stroke(road, d.palette.roadEdge, width + 0.16);
            }
        }
}

/// Main roads once more over the density, so that the town is recognised under it: white on white changes nothing.
void drawRoadsOver(const Drawing& d, const LoadedLayer& layer) {
    constexpr double narrowest = 0.25; // mm
    const auto paths = roadPaths(d, layer);
    QColor colour = d.palette.road;
    colour.setAlphaF(0.38F);
    for (const RoadClass road : roadOrder) {
        const double width = roadWidth(road, d.frame.metresPerMillimetre());
        if (road == RoadClass::rail || road == RoadClass::path || width < narrowest) continue;
        strokeLines(d.painter, paths[static_cast<std::size_t>(road)],
                    QPen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    }
}

void drawBoundaries(const Drawing& d, const LoadedLayer& layer) {
    constexpr double width = 0.2;
    QPen pen(d.palette.boundary, width, Qt::CustomDashLine, Qt::FlatCap, Qt::BevelJoin);
    pen.setDashPattern({1.5 / width, 0.9 / width}); // in pen widths
    if (layer.vector->kind == gis::GeometryKind::polygon) {
        const auto edges = edgesOf(layer.vector);
        strokeEdges(d, edges->outer, pen);
        strokeEdges(d, edges->inner, pen);
    }
    for (const auto& feature : layer.vector->features)
        if (feature.kind == gis::GeometryKind::line) strokeEdges(d, feature.lines, pen);
}

} // namespace

bool hasRole(const LoadedLayer& layer, std::string_view role) {
    return layer.info.role == role;
}

bool hasPicture(const MapContent& content) {
    return std::ranges::any_of(content.layers, [](const LoadedLayer& layer) { return shown(layer, "picture"); });
}

RoadClass roadClass(std::string_view kindField) {
    const std::string kind = foldedCase(kindField);
    const auto has = [&](std::initializer_list<std::string_view> words) {
        return std::ranges::any_of(words, [&](auto word) { return kind.find(word) != std::string::npos; });
    };
    if (has({"motorway", "trunk"})) return RoadClass::motorway;
    if (has({"primary", "a road", "a_road", "major"})) return RoadClass::primary;
    if (has({"secondary", "tertiary", "b road", "b_road"})) return RoadClass::secondary;
    if (has({"rail", "tram"})) return RoadClass::rail;
    if (has({"path", "foot", "cycle", "steps", "track", "bridle", "pedestrian", "service"})) return RoadClass::path;
    return RoadClass::minor;
}

double roadWidth(RoadClass road, double metresPerMillimetre) {
    constexpr std::array base{0.12, 0.18, 0.34, 0.6, 0.85, 1.15};
    const double zoom = std::clamp(std::sqrt(60.0 / std::max(metresPerMillimetre, 0.01)), 0.55, 2.6);
    return base[static_cast<std::size_t>(road)] * zoom;
}

Expected<void> drawGround(const Drawing& d, const TaskContext& task) {
    const auto any = [&](std::string_view role) {
        return std::ranges::any_of(d.content.layers, [&](const LoadedLayer& layer) { return shown(layer, role); });
    };
    d.painter.fillRect(d.frame.page, any("land") ? d.palette.water : d.palette.land);
    if (!any("land") && !any("picture") && !any("roads")) drawGraticule(d);
    for (const std::string_view role : {"land", "water", "picture", "roads"})
        for (const LoadedLayer& layer : d.content.layers) {
            if (task.cancelled()) return failCancelled();
            if (!shown(layer, role) || !layer.box.intersects(d.frame.ground)) continue;
            if (role == "picture") {
                if (const auto drawn = drawPicture(d, layer); !drawn) return drawn;
            } else if (role == "roads") {
                if (layer.vector) drawRoads(d, layer);
            } else {
                fillLayer(d, layer, role == "land" ? d.palette.land : d.palette.water);
            }
        }
    return {};
}

Expected<void> drawLines(const Drawing& d, const TaskContext& task) {
    for (const std::string_view role : {"land", "roads", "boundaries"})
        for (const LoadedLayer& layer : d.content.layers) {
            if (task.cancelled()) return failCancelled();
            if (!shown(layer, role) || !layer.vector || !layer.box.intersects(d.frame.ground)) continue;
            if (role == "roads") {
                if (d.content.result && d.content.result->surface && d.content.showSurface) drawRoadsOver(d, layer);
            } else if (role == "boundaries") {
                drawBoundaries(d, layer);
            } else if (layer.vector->kind == gis::GeometryKind::polygon) {
                strokeEdges(d, edgesOf(layer.vector)->outer,
                            QPen(d.palette.coast, 0.22, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
            }
        }
    return {};
}

} // namespace patchlight::paint
