// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/detail/base_map.h"

namespace patchlight::paint {

/// The classes of a result as polygons, in their order; each contains the next stronger one of its side. Made once a
/// result and kept.
using ClassContours = std::vector<MultiPolygon>;
[[nodiscard]] Expected<std::shared_ptr<const ClassContours>> contoursOf(const std::shared_ptr<const Result>& result,
                                                                        const TaskContext& task);
/// gis::classColours as the painter takes them.
[[nodiscard]] std::vector<QColor> classColours(const Result& result);

/// What is drawn of an area: its smoothed outline, or the one the numbers are counted on.
[[nodiscard]] const MultiPolygon& outlineToDraw(const HotspotArea& area);

/// A number on the map.
struct Badge {
    std::size_t rank = 0;
    QPointF centre; ///< mm
    double radius = 0.0;
    [[nodiscard]] QRectF box() const { return {centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius}; }
};
/// One badge an area in view, at the upper right of what is seen of its outline or the nearest free place round it, by
/// rank; none lies on another, on `keepClear` or outside the page. An area for which there is no room has none.
[[nodiscard]] std::vector<Badge> placeBadges(const std::vector<HotspotArea>& areas, const MapFrame& frame,
                                             double textSize, const std::vector<QRectF>& keepClear);

[[nodiscard]] Expected<void> drawSurface(const Drawing& drawing, const TaskContext& task);
/// Cells of counting and boundaries, each in its class's colour.
void drawRegions(const Drawing& drawing);
/// Lines and crosses with a meaning of their own: what chance would do, centres.
void drawMarks(const Drawing& drawing);
/// Without a surface the area itself is the finding, and is filled.
void drawFills(const Drawing& drawing);
void drawOutlines(const Drawing& drawing);
void drawBadges(const Drawing& drawing, const std::vector<Badge>& badges);

} // namespace patchlight::paint
