// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/blocks.h"

#include <algorithm>
#include <array>
#include <limits>

namespace patchlight::paint {

namespace {

struct LegendPlace {
    QRectF box;
    bool takesArrowCorner = false;
};

/// How much of the hotspots, and a little of the surface, a rectangle of the page would hide.
double hiddenBy(const QRectF& box, const MapFrame& frame, const Result& result) {
    constexpr int samples = 14;
    double hidden = 0.0;
    for (const HotspotArea& area : result.areas) {
        const Box bounds = boxOf(area.drawnOutline.empty() ? area.outline : area.drawnOutline);
        if (bounds.empty()) continue;
        const QRectF place =
            QRectF(frame.toPage({bounds.west, bounds.north}), frame.toPage({bounds.east, bounds.south})).normalized();
        const QRectF both = place.adjusted(-1.0, -4.0, 4.0, 1.0).intersected(box); // with its number
        hidden += 10.0 * both.width() * both.height();
    }
    if (!result.surface || result.classes.empty()) return hidden;
    const GridFrame& grid = result.surface->frame;
    for (int i = 0; i < samples; ++i)
        for (int j = 0; j < samples; ++j) {
            const ProjectedPoint point = frame.toGround(
                {box.left() + box.width() * (i + 0.5) / samples, box.top() + box.height() * (j + 0.5) / samples});
            if (!grid.box().contains(point)) continue;
            const auto row = std::size_t((point.north - grid.south) / grid.cellSize.value());
            const auto column = std::size_t((point.east - grid.west) / grid.cellSize.value());
            if (row >= grid.rows || column >= grid.columns) continue;
            const std::size_t cell = row * grid.columns + column;
            const double value = result.surface->values[cell];
            if (result.surface->has(cell) && std::ranges::any_of(result.classes, [&](const DensityClass& one) {
                    return one.below ? value <= one.from : value >= one.from;
                }))
                hidden += box.width() * box.height() / (samples * samples);
        }
    return hidden;
}

LegendPlace legendPlace(const QSizeF& size, const MapFrame& frame, const Result* result, double unit) {
    const double edge = 3.0 * unit, scaleBar = 9.0 * unit;
    const QRectF& map = frame.page;
    const double left = map.left() + edge, right = map.right() - edge - size.width();
    const double top = map.top() + edge, bottom = map.bottom() - edge - size.height();
    const std::array<LegendPlace, 4> places{LegendPlace{QRectF(QPointF(right, top), size)},
                                            LegendPlace{QRectF(QPointF(right, bottom), size)},
                                            LegendPlace{QRectF(QPointF(left, top), size), true},
                                            LegendPlace{QRectF(QPointF(left, bottom - scaleBar), size)}};
    LegendPlace best = places.front();
    double least = std::numeric_limits<double>::infinity();
    for (const LegendPlace& place : places) {
        const double hidden = result ? hiddenBy(place.box, frame, *result) : 0.0;
        if (hidden < least) {
            least = hidden;
            best = place;
        }
    }
    return best;
}

} // namespace

void composeMap(Composition& composition, const BoardMap& page, const QRectF& box, double pixelsPerMillimetre) {
    const double unit = composition.unit;
    const auto content = std::make_shared<const MapContent>(page.map);
    Box ground = page.extent ? *page.extent : defaultExtent(*content);
    if (ground.empty()) ground = Box{0.0, 0.0, 1000.0, 1000.0};
    const MapFrame frame = fitted(ground, box);
    const Legend legend = legendOf(*content);
    const double legendText = 2.6 * unit;
    const QSizeF size = drawLegend(nullptr, legend, {}, legendText);
    MapStyle style;
    style.textSize = 2.6 * unit;
    style.pixelsPerMillimetre = pixelsPerMillimetre;
    LegendPlace place;
    if (!size.isEmpty()) {
        place = legendPlace(size, frame, content->result.get(), unit);
        style.keepClear.push_back(place.box);
        if (place.takesArrowCorner) style.northArrowCorner = MapStyle::Corner::topRight;
    }
    composition.elements.push_back(
        {"Figure",
         page.alternativeText,
         {},
         box,
         [content, frame, style, legend, place, legendText](QPainter& painter) -> Expected<void> {
             if (auto drawn = drawMap(painter, *content, frame, style); !drawn) return drawn;
             if (!place.box.isEmpty()) (void)drawLegend(&painter, legend, place.box.topLeft(), legendText);
             return {};
         },
         {}});
}

} // namespace patchlight::paint
