// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/hotspots.h"
#include "gis/map/detail/names.h"
#include "gis/map/detail/text.h"

#include <algorithm>

namespace patchlight::paint {

namespace {

using Mark = LegendEntry::Mark;

void drawMark(QPainter& painter, const LegendEntry& entry, const QRectF& box) {
    const QPointF middle = box.center();
    QPen pen(entry.stroke, 0.2);
    painter.setBrush(entry.fill.isValid() ? QBrush(entry.fill) : QBrush(Qt::NoBrush));
    switch (entry.mark) {
    case Mark::swatch:
        painter.setPen(pen);
        painter.drawRect(box);
        break;
    case Mark::line:
    case Mark::dashedLine:
        pen.setWidthF(entry.mark == Mark::line ? 0.5 : 0.25);
        pen.setCapStyle(Qt::FlatCap);
        if (entry.mark == Mark::dashedLine) pen.setDashPattern({1.3 / pen.widthF(), 0.8 / pen.widthF()});
        painter.setPen(pen);
        painter.drawLine(QPointF(box.left(), middle.y()), QPointF(box.right(), middle.y()));
        break;
    case Mark::point:
        pen.setWidthF(0.16);
        painter.setPen(pen);
        painter.drawEllipse(middle, 0.7, 0.7);
        break;
    }
}

/// What a filled area is, where no surface says it.
QString nounOf(const Result& result) {
    if (result.analysis == "centre") return QStringLiteral("standard deviational ellipse");
    if (result.analysis == "k-means") return QStringLiteral("part");
    if (result.analysis == "repeat-places") return QStringLiteral("repeat location");
    return QStringLiteral("hotspot");
}

} // namespace

Legend legendOf(const MapContent& content) {
    const Palette& palette = paletteFor(false);
    Legend legend;
    const auto add = [&](Mark mark, const QColor& fill, const QColor& stroke, const QString& text) {
        legend.entries.push_back({mark, fill, stroke, text});
    };
    const bool surface =
        content.result && (content.result->surface || !content.result->regions.empty()) && content.showSurface;
    if (surface) {
        legend.title = QString::fromStdString(content.result->measure);
        const auto& classes = content.result->classes;
        const auto colours = classColours(*content.result);
        for (std::size_t i = 0; i < classes.size(); ++i)
            add(Mark::swatch, colours[i], QColor(0x6b, 0x77, 0x85), QString::fromStdString(classes[i].label));
    }
    if (content.result && content.showAreas && !content.result->areas.empty()) {
        QColor fill = palette.hotspotFill;
        fill.setAlphaF(0.28F);
        if (surface) {
            add(Mark::line, {}, palette.hotspotEdge,
                content.result->ramp == Ramp::diverging ? QStringLiteral("more than chance would have it (95 %)")
                                                        : QStringLiteral("edge of a hotspot"));
        } else {
            add(Mark::swatch, fill, palette.hotspotEdge, nounOf(*content.result));
        }
    }
    if (content.result && content.showAreas)
        for (const NamedOutline& outline : content.result->outlines)
            add(Mark::dashedLine, {}, palette.highlight, QString::fromStdString(outline.label));
    if (content.incidents && content.showIncidents && content.incidents->size() > 0)
        add(Mark::point, palette.incident, palette.incidentEdge, QStringLiteral("incidents"));
    if (content.studyArea && !content.studyArea->empty())
        add(Mark::line, {}, palette.studyArea, QStringLiteral("study area"));
    for (const LoadedLayer& layer : content.layers) {
        const QString name = QString::fromStdString(layer.info.name);
        if (!layer.info.visible) continue;
        if (hasRole(layer, "boundaries")) add(Mark::dashedLine, {}, palette.boundary, name);
        if (hasMarks(layer)) add(Mark::point, palette.halo, palette.name, name);
    }
    return legend;
}

QSizeF drawLegend(QPainter* painter, const Legend& legend, QPointF topLeft, double textSize) {
    if (legend.entries.empty()) return {0.0, 0.0};
    const double em = textSize, margin = 1.0 * em, line = 1.75 * em, swatchWidth = 2.4 * em, gap = 0.8 * em;
    const Palette& palette = paletteFor(false);
    const TextStyle text{.size = em, .colour = palette.text};
    const TextStyle title{.size = 1.1 * em, .colour = palette.text, .weight = QFont::Bold};
    double widest = legend.title.isEmpty() ? 0.0 : measured(legend.title, title).width;
    for (const LegendEntry& entry : legend.entries)
        widest = std::max(widest, swatchWidth + gap + measured(entry.text, text).width);
    const double head = legend.title.isEmpty() ? 0.0 : 1.9 * em;
    const QSizeF size(widest + 2 * margin,
                      head + static_cast<double>(legend.entries.size()) * line - (line - 1.3 * em) + 2 * margin);
    if (!painter) return size;

    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(palette.frame, 0.25));
    painter->setBrush(QColor(Qt::white));
    painter->drawRect(QRectF(topLeft, size));
    const double left = topLeft.x() + margin;
    double y = topLeft.y() + margin;
    if (head > 0.0) {
        drawText(*painter, {left, y + measured(legend.title, title).ascent}, legend.title, title);
        y += head;
    }
    for (const LegendEntry& entry : legend.entries) {
        drawMark(*painter, entry, QRectF(left, y, swatchWidth, 1.3 * em));
        const double ascent = measured(entry.text, text).ascent;
        drawText(*painter, {left + swatchWidth + gap, y + 0.65 * em + ascent / 2}, entry.text, text);
        y += line;
    }
    painter->restore();
    return size;
}

} // namespace patchlight::paint
