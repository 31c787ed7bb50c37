// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/hotspots.h"

#include "gis/map/detail/memo.h"
#include "gis/map/detail/text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace patchlight::paint {

namespace {

QPen round(const QColor& colour, double width) {
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

bool onSegment(ProjectedPoint p, const Ring& ring) {
    bool in = false;
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const ProjectedPoint a = ring[i - 1], b = ring[i];
        if ((a.north > p.north) == (b.north > p.north)) continue;
        if (p.east < a.east + (b.east - a.east) * (p.north - a.north) / (b.north - a.north)) in = !in;
    }
    return in;
}

bool inside(ProjectedPoint p, const MultiPolygon& polygons) {
    bool in = false; // even-odd over all rings
    for (const Polygon& polygon : polygons.parts) {
        if (onSegment(p, polygon.outer)) in = !in;
        for (const Ring& hole : polygon.holes)
            if (onSegment(p, hole)) in = !in;
    }
    return in;
}

bool overlap(const Badge& a, const Badge& b) {
    const QPointF d = a.centre - b.centre;
    const double apart = a.radius + b.radius + 0.3;
    return QPointF::dotProduct(d, d) < apart * apart;
}

} // namespace

std::optional<std::size_t> areaAt(const Result& result, ProjectedPoint point) {
    for (const HotspotArea& area : result.areas)
        if (inside(point, outlineToDraw(area))) return area.rank;
    return std::nullopt;
}

const MultiPolygon& outlineToDraw(const HotspotArea& area) {
    return area.drawnOutline.empty() ? area.outline : area.drawnOutline;
}

QColor classColour(std::size_t index, std::size_t count) {
    const auto& ramp = densityRamp();
    if (count <= 1) return ramp[ramp.size() / 2];
    const double at = static_cast<double>(std::min(index, count - 1)) * static_cast<double>(ramp.size() - 1) /
                      static_cast<double>(count - 1);
    const auto low = std::min(static_cast<std::size_t>(at), ramp.size() - 2);
    const double share = at - static_cast<double>(low);
    const auto mix = [&](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    const QColor &a = ramp[low], &b = ramp[low + 1];
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

Expected<std::shared_ptr<const ClassContours>> contoursOf(const std::shared_ptr<const Result>& result,
                                                          const TaskContext& task) {
    static Memo<Result, ClassContours> memo{8};
    return memo.get(result, [&]() -> Expected<ClassContours> {
        ClassContours contours;
        for (const DensityClass& one : result->classes) {
            if (task.cancelled()) return failCancelled();
            contours.push_back(contourAbove(*result->surface, one.from));
        }
        return contours;
    });
}

std::vector<Badge> placeBadges(const std::vector<HotspotArea>& areas, const MapFrame& frame, double textSize,
                               const std::vector<QRectF>& keepClear) {
    constexpr double degree = std::numbers::pi / 180.0;
    constexpr std::array directions{45.0, 15.0, 75.0, 135.0, -45.0, 105.0, -15.0, 165.0, -135.0, -75.0, 180.0, -105.0};
    const double radius = 0.86 * textSize;
    const QRectF page = frame.page.adjusted(radius + 0.4, radius + 0.4, -radius - 0.4, -radius - 0.4);
    std::vector<Badge> placed;
    const auto fits = [&](const Badge& badge) {
        return page.contains(badge.centre) &&
               std::ranges::none_of(placed, [&](const Badge& other) { return overlap(badge, other); }) &&
               std::ranges::none_of(keepClear, [&](const QRectF& area) { return area.intersects(badge.box()); });
    };
    for (const HotspotArea& area : areas) {
        const MultiPolygon& outline = outlineToDraw(area);
        if (outline.empty() || !boxOf(outline).intersects(frame.ground)) continue;
        const QPainterPath seen = pathOf(outline, {frame, page});
        std::vector<QPointF> points;
        for (int i = 0; i < seen.elementCount(); ++i) points.push_back(seen.elementAt(i));
        if (points.empty()) points.push_back(frame.toPage(boxOf(outline).centre())); // too small to be a path
        const auto tryPlace = [&](double angle, double away) {
            const QPointF towards(std::cos(angle * degree), -std::sin(angle * degree)); // page y grows downwards
            const auto reach = [&](QPointF p) { return QPointF::dotProduct(p, towards); };
            const QPointF edge = *std::ranges::max_element(points, {}, reach);
            const Badge badge{area.rank, edge + towards * away, radius};
            if (!fits(badge)) return false;
            placed.push_back(badge);
            return true;
        };
        bool done = false;
        for (const double away : {0.9 * radius, 1.8 * radius, 3.0 * radius})
            for (const double angle : directions) done = done || tryPlace(angle, away);
    }
    return placed;
}

Expected<void> drawSurface(const Drawing& d, const TaskContext& task) {
    if (!d.content.result || !d.content.result->surface || !d.content.showSurface) return {};
    if (!d.content.result->surface->frame.box().intersects(d.frame.ground)) return {};
    const auto contours = contoursOf(d.content.result, task);
    if (!contours) return fail(contours.error());
    const ClassContours& classes = **contours;
    d.painter.setPen(Qt::NoPen);
    // Opaque classes lie on each other without seams, and lines are drawn over them. Over a picture each class is a
    // band (odd-even with the next one) that lets it through.
    const bool bands = hasPicture(d.content);
    std::vector<QPainterPath> paths;
    for (const MultiPolygon& one : classes) paths.push_back(pathOf(one, d.view));
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        QPainterPath path = paths[i];
        if (bands && i + 1 < paths.size()) path.addPath(paths[i + 1]);
        d.painter.setOpacity(bands ? 0.7 : 1.0);
        d.painter.setBrush(classColour(i, paths.size()));
        d.painter.drawPath(path);
    }
    d.painter.setOpacity(1.0);
    return {};
}

void drawFills(const Drawing& d) {
    if (!d.content.result || !d.content.showAreas) return;
    if (d.content.result->surface && d.content.showSurface) return;
    QColor fill = d.palette.hotspotFill;
    fill.setAlphaF(0.28F);
    for (const HotspotArea& area : d.content.result->areas) {
        const MultiPolygon& outline = outlineToDraw(area);
        if (boxOf(outline).intersects(d.frame.ground)) d.painter.fillPath(pathOf(outline, d.view), fill);
    }
}

void drawOutlines(const Drawing& d) {
    if (!d.content.result || !d.content.showAreas) return;
    const auto draw = [&](const HotspotArea& area, double width, double casing, const QColor& colour) {
        const MultiPolygon& outline = outlineToDraw(area);
        if (!boxOf(outline).intersects(d.frame.ground)) return;
        const QPainterPath path = pathOf(outline, d.view);
        QColor light = d.palette.hotspotCasing;
        light.setAlphaF(0.55F);
        d.painter.strokePath(path, round(light, width + casing));
        d.painter.strokePath(path, round(colour, width));
    };
    const auto& areas = d.content.result->areas;
    for (const HotspotArea& area : areas)
        if (area.rank != d.content.highlightedRank) draw(area, 0.42, 0.36, d.palette.hotspotEdge);
    for (const HotspotArea& area : areas)
        if (area.rank == d.content.highlightedRank) draw(area, 0.9, 0.9, d.palette.highlight);
}

void drawBadges(const Drawing& d, const std::vector<Badge>& badges) {
    for (const Badge& badge : badges) {
        const bool chosen = badge.rank == d.content.highlightedRank;
        d.painter.setBrush(chosen ? d.palette.highlight : d.palette.badge);
        d.painter.setPen(QPen(d.palette.halo, 0.3));
        d.painter.drawEllipse(badge.centre, badge.radius, badge.radius);
        const double size = badge.radius * (badge.rank < 10 ? 1.3 : badge.rank < 100 ? 1.12 : 0.85);
        drawTextCentred(d.painter, badge.centre, QString::number(badge.rank),
                        {.size = size, .colour = d.palette.badgeText, .weight = QFont::Bold});
    }
}

} // namespace patchlight::paint
