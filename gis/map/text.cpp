// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/text.h"

#include <QFontMetricsF>
#include <QPainterPath>

namespace patchlight::paint {

namespace {

constexpr int fontUnits = 100; // the em while drawing; the painter is scaled by size / fontUnits

QFont fontFor(const TextStyle& style) {
    QFont font;
    font.setFamilies({QStringLiteral("Liberation Sans"), QStringLiteral("Arial"), QStringLiteral("Helvetica"),
                      QStringLiteral("DejaVu Sans")});
    font.setPixelSize(fontUnits);
    font.setWeight(style.weight);
    font.setItalic(style.italic);
    font.setHintingPreference(QFont::PreferNoHinting);
    if (style.spacing != 0.0) font.setLetterSpacing(QFont::AbsoluteSpacing, style.spacing * fontUnits);
    return font;
}

} // namespace

TextSize measured(const QString& text, const TextStyle& style) {
    const QFontMetricsF metrics(fontFor(style));
    const double scale = style.size / fontUnits;
    return {metrics.horizontalAdvance(text) * scale, metrics.capHeight() * scale, metrics.descent() * scale};
}

void drawText(QPainter& painter, QPointF start, const QString& text, const TextStyle& style) {
    if (text.isEmpty()) return;
    const QFont font = fontFor(style);
    const double scale = style.size / fontUnits;
    painter.save();
    painter.translate(start);
    painter.scale(scale, scale);
    if (style.halo.isValid()) {
        QPainterPath outline;
        outline.addText(QPointF(0, 0), font, text);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(style.halo, 2 * style.haloWidth / scale, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPath(outline);
    }
    painter.setFont(font);
    painter.setPen(style.colour);
    painter.drawText(QPointF(0, 0), text);
    painter.restore();
}

void drawTextCentred(QPainter& painter, QPointF centre, const QString& text, const TextStyle& style) {
    const TextSize size = measured(text, style);
    drawText(painter, centre + QPointF(-size.width / 2, size.ascent / 2), text, style);
}

} // namespace patchlight::paint
