// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/hotspots.h"

#include "gis/export/class_colours.h"

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

namespace {

/// How many classes lie on the cold side; they come first, the strongest before all.
std::size_t coldClasses(const Result& result) {
    return static_cast<std::size_t>(std::ranges::count_if(result.classes, &DensityClass::below));
}

/// Where the edge of a class is drawn. A surface that has the values of its classes alone is cut half-way to the next
/// weaker one, so that the edge runs between the cells.
double levelOf(const Result& result, std::size_t index) {
    const auto& classes = result.classes;
    const double from = classes[index].from;
    if (!result.forPublic) return from;
    const std::size_t cold = coldClasses(result);
    const double middle = cold > 0 && cold < classes.size() ? (classes[cold - 1].from + classes[cold].from) / 2 : 0.0;
    if (classes[index].below) return (from + (index + 1 < cold ? classes[index + 1].from : middle)) / 2;
    return (from + (index > cold ? classes[index - 1].from : middle)) / 2;
}

bool showsClasses(const MapContent& content) {
    return content.result && content.showSurface && (content.result->surface || !content.result->regions.empty());
}

} // namespace

std::vector<QColor> classColours(const Result& result) {
    std::vector<QColor> colours;
    for (const gis::Colour& one : gis::classColours(result)) colours.emplace_back(one.red, one.green, one.blue);
    return colours;
}

Expected<std::shared_ptr<const ClassContours>> contoursOf(const std::shared_ptr<const Result>& result,
                                                          const TaskContext& task) {
    static Memo<Result, ClassContours> memo{8};
    return memo.get(result, [&]() -> Expected<ClassContours> {
        DensitySurface turned; // the cold side is the hot side of the surface turned round
        if (coldClasses(*result) > 0) {
            turned = *result->surface;
            for (double& value : turned.values) value = -value;
        }
        ClassContours contours;
        for (std::size_t i = 0; i < result->classes.size(); ++i) {
            if (task.cancelled()) return failCancelled();
            const double level = levelOf(*result, i);
            contours.push_back(result->classes[i].below ? contourAbove(turned, -level)
                                                        : contourAbove(*result->surface, level));
        }
        return contours;
    });
}

std::vector<Badge> placeBadges(const std::vector<HotspotArea>& areas, const MapFrame& frame, double textSize,
                               const std::vector<QRectF>& keepClear) {
    constexpr std::size_t mostBadges = 60;
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
        if (placed.size() == mostBadges) break; // more would hide the map, and no table on a page is that long
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
    // band (odd-even with the next stronger one) that lets it through.
    const bool bands = hasPicture(d.content);
    const std::vector<QColor> colours = classColours(*d.content.result);
    const std::size_t cold = coldClasses(*d.content.result);
    std::vector<QPainterPath> paths;
    for (const MultiPolygon& one : classes) paths.push_back(pathOf(one, d.view));
    d.painter.setOpacity(bands ? 0.7 : 1.0);
    const auto draw = [&](std::size_t i, std::optional<std::size_t> stronger) {
        QPainterPath path = paths[i];
        if (bands && stronger) path.addPath(paths[*stronger]);
        d.painter.setBrush(colours[i]);
        d.painter.drawPath(path);
    };
    for (std::size_t i = cold; i-- > 0;) {
        if (task.cancelled()) return failCancelled();
        draw(i, i > 0 ? std::optional{i - 1} : std::nullopt);
    }
    for (std::size_t i = cold; i < paths.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        draw(i, i + 1 < paths.size() ? std::optional{i + 1} : std::nullopt);
    }
    d.painter.setOpacity(1.0);
    return {};
}

void drawRegions(const Drawing& d) {
    if (!d.content.result || !d.content.showSurface || d.content.result->regions.empty()) return;
    const std::vector<QColor> colours = classColours(*d.content.result);
    QColor edge = d.palette.boundary;
    edge.setAlphaF(0.45F);
    d.painter.setOpacity(hasPicture(d.content) ? 0.7 : 1.0);
    for (const Region& region : d.content.result->regions) {
        if (!boxOf(region.polygon).intersects(d.frame.ground)) continue;
        const QPainterPath path = pathOf(region.polygon, d.view);
        if (region.classIndex && *region.classIndex < colours.size())
            d.painter.fillPath(path, colours[*region.classIndex]);
        d.painter.strokePath(path, round(edge, 0.12));
    }
    d.painter.setOpacity(1.0);
}

void drawMarks(const Drawing& d) {
    if (!d.content.result || !d.content.showAreas) return;
    for (const NamedOutline& outline : d.content.result->outlines) {
        QPen pen(d.palette.highlight, 0.4, Qt::DashLine, Qt::RoundCap, Qt::RoundJoin);
        pen.setDashPattern({2.5, 2.0});
        d.painter.strokePath(pathOf(outline.polygon, d.view), pen);
    }
    constexpr double arm = 1.5; // mm
    int corner = 0;
    for (const NamedPoint& mark : d.content.result->marks) {
        const QPointF at = d.frame.toPage(mark.point);
        QPainterPath cross;
        cross.moveTo(at - QPointF(arm, 0)), cross.lineTo(at + QPointF(arm, 0));
        cross.moveTo(at - QPointF(0, arm)), cross.lineTo(at + QPointF(0, arm));
        d.painter.strokePath(cross, round(d.palette.halo, 1.2));
        d.painter.strokePath(cross, round(d.palette.hotspotEdge, 0.5));
        if (mark.label.empty()) continue;
        // Centres lie near each other: each label has a corner of its own.
        const TextStyle style{.size = 0.9 * d.style.textSize,
                              .colour = d.palette.text,
                              .weight = QFont::DemiBold,
                              .halo = d.palette.halo};
        const QString text = QString::fromStdString(mark.label);
        const TextSize size = measured(text, style);
        const bool right = corner < 2, above = corner % 2 == 0;
        drawText(d.painter, at + QPointF(right ? arm : -arm - size.width, above ? -arm : arm + size.ascent), text,
                 style);
        corner = (corner + 1) % 4;
    }
}

void drawFills(const Drawing& d) {
    if (!d.content.result || !d.content.showAreas) return;
    if (showsClasses(d.content)) return;
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
        light.setAlphaF(static_cast<float>(casingOpacity));
        d.painter.strokePath(path, round(light, (width + casing) * d.style.lineScale));
        d.painter.strokePath(path, round(colour, width * d.style.lineScale));
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
