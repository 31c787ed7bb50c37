// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/disclosure/disclosure.h"
#include "gis/sources/sources.h"

#include <QColor>
#include <QImage>
#include <QPainter>
#include <QRectF>
#include <memory>

/// The map: one renderer for screen, PNG, SVG and PDF. Sizes are in millimetres.
namespace patchlight::paint {

/// A layer read and ready to be drawn; immutable, shared between renderings.
struct LoadedLayer {
    MapLayerInfo info;
    std::shared_ptr<const gis::VectorLayer> vector; ///< null for a raster
    std::filesystem::path rasterFile;
    Box box;
};
/// Reads a map layer. errors: as gis::readVectorLayer and gis::describeRaster, naming the layer
[[nodiscard]] Expected<LoadedLayer> loadLayer(const std::filesystem::path& project, const MapLayerInfo& info,
                                              int targetEpsg, const TaskContext& task = {});

/// Incident points sorted so that a view touches only its own.
class PointIndex {
public:
    explicit PointIndex(std::vector<ProjectedPoint> points);
    ~PointIndex();
    /// Counts per pixel of a width x height raster of the box; row 0 northernmost.
    [[nodiscard]] std::vector<std::uint32_t> countsPerPixel(const Box& box, std::size_t width,
                                                            std::size_t height) const;
    [[nodiscard]] std::vector<ProjectedPoint> within(const Box& box) const;
    [[nodiscard]] std::size_t countWithin(const Box& box) const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] const Box& typical() const; ///< typicalBox of the points

private:
    struct Cells;
    std::unique_ptr<Cells> m_cells;
};

/// Everything a map can show. Pointers may be null.
struct MapContent {
    std::vector<LoadedLayer> layers; ///< bottom first
    std::shared_ptr<const Result> result;
    std::shared_ptr<const PointIndex> incidents;
    std::optional<MultiPolygon> studyArea;
    bool showSurface = true, showAreas = true, showIncidents = false;
    std::optional<std::size_t> highlightedRank;
    int epsg = 27700;
};

/// Which part of the ground lies on which rectangle of the page.
struct MapFrame {
    Box ground;  ///< its shape fits `page`; use fitted()
    QRectF page; ///< millimetres
    [[nodiscard]] QPointF toPage(ProjectedPoint point) const;
    [[nodiscard]] ProjectedPoint toGround(QPointF page) const;
    [[nodiscard]] double metresPerMillimetre() const;
};
/// The frame round `ground`, grown to the page rectangle's shape.
[[nodiscard]] MapFrame fitted(const Box& ground, const QRectF& page);
/// The extent to show by default: the areas and surface of the result inside the study area, else typical incidents,
/// else layers.
[[nodiscard]] Box defaultExtent(const MapContent& content);

struct MapStyle {
    enum class Corner { topLeft, topRight };
    bool scaleBar = true, northArrow = true, areaNumbers = true, areaNames = false, frameLine = true;
    Corner northArrowCorner = Corner::topLeft;
    /// Page rectangles (mm) covered later, by a legend say: no name or number goes there.
    std::vector<QRectF> keepClear;
    double textSize = 2.6;               ///< mm, the em of small text
    double lineScale = 1.0;              ///< of hotspot edges, study area and boundaries: less on small maps
    double pixelsPerMillimetre = 11.811; ///< resolution rasters and dense points are made at (300 dpi)
    bool dark = false;                   ///< for dark screens; exports are always light
};

/// Draws the map into frame.page; the painter's units are millimetres. Vectors stay vectors: layers, density classes as
/// contours, hotspot outlines with numbers; points are single marks when few and a picture of counts when dense.
/// Cancels between layers. errors: cancelled; a raster that cannot be read
[[nodiscard]] Expected<void> drawMap(QPainter& painter, const MapContent& content, const MapFrame& frame,
                                     const MapStyle& style, const TaskContext& task = {});
/// The scale bar and the arrow alone, where drawMap puts them: a window draws them over a picture that is being moved.
void drawScaleBarAndArrow(QPainter& painter, const MapFrame& frame, const MapStyle& style);
/// A picture of the map for the screen (background job).
[[nodiscard]] Expected<QImage> renderMap(const MapContent& content, const MapFrame& frame, const MapStyle& style,
                                         const TaskContext& task = {});

/// The rank of the hotspot at a place, if any.
[[nodiscard]] std::optional<std::size_t> areaAt(const Result& result, ProjectedPoint point);

struct LegendEntry {
    enum class Mark { swatch, line, dashedLine, point };
    Mark mark = Mark::swatch;
    QColor fill, stroke;
    QString text;
};
struct Legend {
    QString title; ///< "Incidents per km²"
    std::vector<LegendEntry> entries;
};
[[nodiscard]] Legend legendOf(const MapContent& content);
/// Draws it, in a white box with a thin edge and a margin inside, and returns the size of that box (mm); with a null
/// painter it only measures. A legend without entries takes no room.
[[nodiscard]] QSizeF drawLegend(QPainter* painter, const Legend& legend, QPointF topLeft, double textSize);

/// How many times lighter one colour is than another, 1 to 21. source: WCAG 2.2, relative luminance
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);
/// The pairs of colours that this map uses and that must be told apart: outlines and numbers of hotspots on every class
/// and on the base map, names on their halo, the legend's text. Layers that are pictures are not looked at.
[[nodiscard]] std::vector<ContrastPair> contrastsOf(const MapContent& content);

/// Five colours, light to dark (ColorBrewer YlOrRd).
[[nodiscard]] const std::vector<QColor>& densityRamp();

} // namespace patchlight::paint
