// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/map_furniture.h"

#include <algorithm>
#include <array>
#include <limits>

namespace patchlight::paint {

namespace {

constexpr int samples = 14; ///< along each side of a rectangle

/// The ground under a rectangle of the page, on a grid.
std::vector<ProjectedPoint> groundUnder(const QRectF& box, const MapFrame& frame) {
    std::vector<ProjectedPoint> points;
    for (int i = 0; i < samples; ++i)
        for (int j = 0; j < samples; ++j)
            points.push_back(frame.toGround(
                {box.left() + box.width() * (i + 0.5) / samples, box.top() + box.height() * (j + 0.5) / samples}));
    return points;
}

bool isShaded(ProjectedPoint point, const Result& result) {
    const GridFrame& grid = result.surface->frame;
    const auto cell = grid.cellAt(point);
    if (!cell || !result.surface->has(*cell)) return false;
    const double value = result.surface->values[*cell];
    return std::ranges::any_of(
        result.classes, [&](const DensityClass& one) { return one.below ? value <= one.from : value >= one.from; });
}

/// How much of the hotspots, and a little of the surface and of the study area, a rectangle of the page would hide.
double hiddenBy(const QRectF& box, const MapFrame& frame, const MapContent& content) {
    double hidden = 0.0;
    if (content.result)
        for (const HotspotArea& area : content.result->areas) {
            const Box bounds = boxOf(area.drawnOutline.empty() ? area.outline : area.drawnOutline);
            if (bounds.empty()) continue;
            const QRectF place =
                QRectF(frame.toPage({bounds.west, bounds.north}), frame.toPage({bounds.east, bounds.south}))
                    .normalized();
            const QRectF both = place.adjusted(-1.0, -4.0, 4.0, 1.0).intersected(box); // with its number
            hidden += 10.0 * both.width() * both.height();
        }
    const auto points = groundUnder(box, frame);
    const double each = box.width() * box.height() / double(points.size());
    if (content.result && content.result->surface)
        for (const ProjectedPoint point : points)
            if (isShaded(point, *content.result)) hidden += each;
    if (!content.studyArea) return hidden;
    StudyArea area;
    area.polygon = content.studyArea;
    for (const std::uint8_t one : inside(area, points)) hidden += one * 0.5 * each;
    return hidden;
}

constexpr double locatorWidth = 30.0, locatorHeight = 22.0; // units

/// The whole with a frame where the map is.
Expected<void> drawLocator(QPainter& painter, const MapContent& content, const Box& whole, const Box& shown,
                           const QRectF& box, double pixelsPerMillimetre) {
    MapContent plain;
    for (const LoadedLayer& layer : content.layers)
        if (layer.info.role == "land" || layer.info.role == "water") {
            plain.layers.push_back(layer);
            plain.layers.back().info.labelField.clear();
        }
    plain.studyArea = content.studyArea;
    plain.epsg = content.epsg;
    MapStyle style;
    style.scaleBar = style.northArrow = false;
    style.pixelsPerMillimetre = pixelsPerMillimetre;
    const MapFrame frame = fitted(whole, box);
    if (auto drawn = drawMap(painter, plain, frame, style); !drawn) return drawn;
    const QRectF here =
        QRectF(frame.toPage({shown.west, shown.north}), frame.toPage({shown.east, shown.south})).normalized();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Qt::white, 1.1));
    painter.drawRect(here.intersected(box));
    painter.setPen(QPen(QColor(0x80, 0x16, 0x50), 0.6));
    painter.drawRect(here.intersected(box));
    return {};
}

} // namespace

CornerPlace cornerFor(const QSizeF& size, const MapFrame& frame, const MapContent& content, double unit,
                      const std::vector<QRectF>& taken) {
    const double edge = 3.0 * unit, scaleBar = 9.0 * unit;
    const QRectF& map = frame.page;
    const double left = map.left() + edge, right = map.right() - edge - size.width();
    const double top = map.top() + edge, bottom = map.bottom() - edge - size.height();
    const std::array<CornerPlace, 4> places{CornerPlace{QRectF(QPointF(right, top), size)},
                                            CornerPlace{QRectF(QPointF(right, bottom), size)},
                                            CornerPlace{QRectF(QPointF(left, top), size), true},
                                            CornerPlace{QRectF(QPointF(left, bottom - scaleBar), size)}};
    CornerPlace best = places.front();
    double least = std::numeric_limits<double>::infinity();
    for (const CornerPlace& place : places) {
        const bool free =
            std::none_of(taken.begin(), taken.end(), [&](const QRectF& one) { return one.intersects(place.box); });
        const double hidden = free ? hiddenBy(place.box, frame, content) : std::numeric_limits<double>::max();
        if (hidden < least) {
            least = hidden;
            best = place;
        }
    }
    return best;
}

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
    CornerPlace place, locator;
    const auto keepClear = [&](const CornerPlace& one) {
        style.keepClear.push_back(one.box);
        if (one.takesArrowCorner) style.northArrowCorner = MapStyle::Corner::topRight;
    };
    if (!size.isEmpty()) {
        place = cornerFor(size, frame, *content, unit, {});
        keepClear(place);
    }
    if (page.locator && !page.locator->empty()) {
        locator = cornerFor(QSizeF(locatorWidth, locatorHeight) * unit, frame, *content, unit, style.keepClear);
        keepClear(locator);
    }
    composition.elements.push_back({"Figure",
                                    page.alternativeText,
                                    {},
                                    box,
                                    [content, frame, style, legend, place, locator, legendText,
                                     whole = page.locator.value_or(Box{})](QPainter& painter) -> Expected<void> {
                                        if (auto drawn = drawMap(painter, *content, frame, style); !drawn) return drawn;
                                        if (!place.box.isEmpty())
                                            (void)drawLegend(&painter, legend, place.box.topLeft(), legendText);
                                        if (locator.box.isEmpty()) return {};
                                        return drawLocator(painter, *content, whole, frame.ground, locator.box,
                                                           style.pixelsPerMillimetre);
                                    },
                                    {}});
}

} // namespace patchlight::paint
