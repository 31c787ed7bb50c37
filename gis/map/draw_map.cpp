// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/furniture.h"
#include "gis/map/detail/hotspots.h"
#include "gis/map/detail/incident_marks.h"
#include "gis/map/detail/names.h"

#include <cmath>

namespace patchlight::paint {

namespace {

/// The painter as it was, however drawing ends.
class SavedPainter {
public:
    explicit SavedPainter(QPainter& painter) : m_painter{painter} { m_painter.save(); }
    ~SavedPainter() { m_painter.restore(); }
    SavedPainter(const SavedPainter&) = delete;
    SavedPainter& operator=(const SavedPainter&) = delete;

private:
    QPainter& m_painter;
};

void drawStudyArea(const Drawing& d) {
    if (!d.content.studyArea || d.content.studyArea->empty()) return;
    const QPainterPath area = pathOf(*d.content.studyArea, d.view);
    QPainterPath outside = area; // odd-even with the page: what is not inside
    outside.addRect(d.view.clip);
    QColor veil = d.palette.outside;
    veil.setAlpha(d.palette.outsideOpacity);
    d.painter.fillPath(outside, veil);
    strokeLines(d.painter, area,
                QPen(d.palette.studyArea, 0.3 * d.style.lineScale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
}

void drawAreaNames(const Drawing& d, const std::vector<Badge>& badges, FreeRoom& room) {
    TextStyle style{
        .size = d.style.textSize, .colour = d.palette.text, .weight = QFont::DemiBold, .halo = d.palette.halo};
    for (const Badge& badge : badges)
        for (const HotspotArea& area : d.content.result->areas) {
            if (area.rank != badge.rank) continue;
            const QString text = QString::fromStdString(area.name);
            const TextSize size = measured(text, style);
            const double gap = 0.4 * style.size;
            for (const double left :
                 {badge.centre.x() + badge.radius + gap, badge.centre.x() - badge.radius - gap - size.width}) {
                const QPointF start(left, badge.centre.y() + size.ascent / 2);
                const QRectF box(start.x(), start.y() - size.ascent, size.width, size.height());
                if (!room.isFree(box)) continue;
                room.take(box);
                drawText(d.painter, start, text, style);
                break;
            }
        }
}

void drawLabels(const Drawing& d) {
    std::vector<QRectF> taken = furnitureBoxes(d.frame, d.style);
    taken.insert(taken.end(), d.style.keepClear.begin(), d.style.keepClear.end());
    std::vector<Badge> badges;
    if (d.content.result && d.content.showAreas && d.style.areaNumbers)
        badges = placeBadges(d.content.result->areas, d.frame, d.style.textSize, taken);
    FreeRoom room(d.frame.page);
    for (const QRectF& area : taken) room.take(area);
    for (const Badge& badge : badges) room.take(badge.box());
    if (d.content.result && d.content.showAreas)
        for (const HotspotArea& area : d.content.result->areas) {
            const Box box = boxOf(outlineToDraw(area));
            room.spare(QRectF(d.frame.toPage({box.west, box.north}), d.frame.toPage({box.east, box.south})));
        }
    if (d.style.areaNames) drawAreaNames(d, badges, room);
    drawNames(d, room);
    drawBadges(d, badges);
}

} // namespace

Expected<void> drawMap(QPainter& painter, const MapContent& content, const MapFrame& frame, const MapStyle& style,
                       const TaskContext& task) {
    if (task.cancelled()) return failCancelled();
    const bool drawable = frame.page.width() > 0.0 && frame.page.height() > 0.0 && frame.ground.width() > 0.0 &&
                          frame.ground.height() > 0.0 && std::isfinite(frame.metresPerMillimetre());
    if (!drawable) return {};
    const SavedPainter saved(painter);
    painter.setClipRect(frame.page, Qt::IntersectClip);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const Drawing drawing{painter, content, frame, style, paletteFor(style.dark), viewOf(frame)};

    using Step = Expected<void> (*)(const Drawing&, const TaskContext&);
    const Step regions = [](const Drawing& d, const TaskContext&) -> Expected<void> {
        drawRegions(d);
        return {};
    };
    for (const Step step : {Step{drawGround}, Step{drawSurface}, regions, Step{drawLines}}) {
        if (const auto drawn = step(drawing, task); !drawn) return drawn;
        if (task.cancelled()) return failCancelled();
    }
    for (const auto draw : {drawPlaceMarks, drawFills, drawIncidents, drawStudyArea, drawOutlines, drawMarks,
                            drawLabels, drawFurniture}) {
        draw(drawing);
        if (task.cancelled()) return failCancelled();
    }
    return {};
}

void drawScaleBarAndArrow(QPainter& painter, const MapFrame& frame, const MapStyle& style) {
    if (!(frame.page.width() > 0.0) || !std::isfinite(frame.metresPerMillimetre())) return;
    const SavedPainter saved(painter);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const MapContent none;
    drawFurniture(Drawing{painter, none, frame, style, paletteFor(style.dark), viewOf(frame)});
}

Expected<QImage> renderMap(const MapContent& content, const MapFrame& frame, const MapStyle& style,
                           const TaskContext& task) {
    const double scale = style.pixelsPerMillimetre;
    const int width = static_cast<int>(std::lround(frame.page.width() * scale));
    const int height = static_cast<int>(std::lround(frame.page.height() * scale));
    if (width <= 0 || height <= 0)
        return fail(ErrorCode::invalidParameter,
                    "The map has no room: its width and height must be at least one pixel.", "page");
    QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return fail(ErrorCode::invalidParameter, "The map is too large for a picture; choose a lower resolution.",
                    "pixelsPerMillimetre");
    image.fill(paletteFor(style.dark).land);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-frame.page.topLeft());
    if (const auto drawn = drawMap(painter, content, frame, style, task); !drawn) return fail(drawn.error());
    return image;
}

} // namespace patchlight::paint
