// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/map.h"
#include "tests/support/catch.h"
#include "tests/support/gui_application.h"

#include <QImage>
#include <random>

/// Small worlds for the tests of the map.
namespace patchlight::paint::test {

inline Ring rectangle(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}, {west, south}};
}

inline std::vector<ProjectedPoint> randomPoints(std::size_t count, const Box& box, unsigned seed = 1) {
    std::mt19937_64 random{seed};
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const auto unit = [&] { return static_cast<double>(random() >> 11) / 9007199254740992.0; };
        const double east = unit(), north = unit();
        points.push_back({box.west + east * box.width(), box.south + north * box.height()});
    }
    return points;
}

/// A surface from digits, the northern row first: '3' is 30 incidents per km². Cells of 100 m from (0, 0).
inline std::shared_ptr<Result> resultFromText(const std::vector<std::string>& rows, const std::vector<double>& levels) {
    auto result = std::make_shared<Result>();
    DensitySurface surface;
    surface.frame = {0.0, 0.0, Metres{100.0}, rows.size(), rows.front().size()};
    for (std::size_t r = rows.size(); r-- > 0;)
        for (const char digit : rows[r]) surface.values.push_back(10.0 * (digit - '0'));
    result->surface = surface;
    for (const double level : levels) result->classes.push_back({level, "from " + std::to_string(level)});
    return result;
}

inline HotspotArea area(std::size_t rank, const Ring& ring) {
    HotspotArea hotspot;
    hotspot.rank = rank;
    hotspot.name = "Area " + std::to_string(rank);
    hotspot.outline.parts.push_back({ring, {}});
    return hotspot;
}

inline LoadedLayer polygonLayer(const std::string& role, std::vector<std::vector<ProjectedPoint>> rings) {
    gis::VectorFeature feature;
    feature.lines = std::move(rings);
    gis::VectorLayer layer;
    for (const auto& ring : feature.lines) layer.box = united(layer.box, boxOf(ring));
    layer.features.push_back(std::move(feature));
    LoadedLayer loaded;
    loaded.info.name = role;
    loaded.info.role = role;
    loaded.box = layer.box;
    loaded.vector = std::make_shared<const gis::VectorLayer>(std::move(layer));
    return loaded;
}

/// Nothing round the map that could hide what is asked.
inline MapStyle bareStyle(double pixelsPerMillimetre = 4.0) {
    MapStyle style;
    style.scaleBar = style.northArrow = style.areaNumbers = style.frameLine = false;
    style.pixelsPerMillimetre = pixelsPerMillimetre;
    return style;
}

inline QImage rendered(const MapContent& content, const MapFrame& frame, const MapStyle& style) {
    patchlight::test::guiApplication();
    const auto image = renderMap(content, frame, style);
    REQUIRE(image.has_value());
    return *image;
}

inline QColor colourAt(const QImage& image, const MapFrame& frame, const MapStyle& style, ProjectedPoint ground) {
    const QPointF at = (frame.toPage(ground) - frame.page.topLeft()) * style.pixelsPerMillimetre;
    return image.pixelColor(static_cast<int>(at.x()), static_cast<int>(at.y()));
}

} // namespace patchlight::paint::test
