// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/map.h"

#include <QPainterPath>

/// Ground lines and rings as page paths: cut to the view and simplified below what a reader can see, so that drawing
/// costs and files grow with what is visible and not with what a layer holds.
namespace patchlight::paint {

/// How far a simplified line may lie from the original: a third of the thinnest line drawn.
inline constexpr double pageTolerance = 0.04; // mm

struct PageView {
    const MapFrame& frame;
    QRectF clip; ///< the page rectangle and a rim, so that cut edges and their strokes are never seen
};
[[nodiscard]] PageView viewOf(const MapFrame& frame);

/// cost O(points); adds nothing when the line misses the view
void addLine(QPainterPath& path, std::span<const ProjectedPoint> line, const PageView& view);
/// A closed subpath; rings smaller than the tolerance are left out.
void addRing(QPainterPath& path, std::span<const ProjectedPoint> ring, const PageView& view);
/// All rings, to be filled odd-even.
void addPolygons(QPainterPath& path, const MultiPolygon& polygons, const PageView& view);
[[nodiscard]] QPainterPath pathOf(const MultiPolygon& polygons, const PageView& view);
/// Strokes each subpath by itself: one stroke over a path of thousands of lines takes twenty times as long in Qt's
/// raster engine.
void strokeLines(QPainter& painter, const QPainterPath& path, const QPen& pen);

/// A layer's edges, told apart by whether several rings share them (their end points agree to the centimetre). Each is
/// in here once, so that dashes do not lie on each other.
struct LayerEdges {
    std::vector<std::vector<ProjectedPoint>> outer; ///< of one ring only: the coast of a land made of districts
    std::vector<std::vector<ProjectedPoint>> inner; ///< shared
};
/// Remembered per layer. cost O(edges) the first time
[[nodiscard]] std::shared_ptr<const LayerEdges> edgesOf(const std::shared_ptr<const gis::VectorLayer>& layer);

} // namespace patchlight::paint
