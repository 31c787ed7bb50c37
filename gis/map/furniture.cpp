// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/furniture.h"

#include "gis/map/detail/text.h"

#include <algorithm>
#include <cmath>

namespace patchlight::paint {

namespace {

constexpr double fromEdge = 1.5; // ems from the page's edge

double longestBar(const MapFrame& frame, const MapStyle& style) {
    return std::min(frame.page.width() * 0.28, 15 * style.textSize);
}

QPointF barStart(const MapFrame& frame, const MapStyle& style) {
    return frame.page.bottomLeft() + QPointF(fromEdge, -fromEdge - 1.5) * style.textSize;
}

QPointF arrowTip(const MapFrame& frame, const MapStyle& style) {
    const double em = style.textSize, aside = (fromEdge + 0.8) * em;
    const bool left = style.northArrowCorner == MapStyle::Corner::topLeft;
    return {left ? frame.page.left() + aside : frame.page.right() - aside, frame.page.top() + fromEdge * em};
}

void drawScaleBar(const Drawing& d) {
    const double em = d.style.textSize, height = 0.5 * em;
    const ScaleBar bar = scaleBarFor(d.frame.metresPerMillimetre(), longestBar(d.frame, d.style));
    const QPointF start = barStart(d.frame, d.style);
    const QRectF whole(start.x(), start.y() - height, bar.millimetres, height);
    QColor casing = d.palette.halo;
    casing.setAlphaF(0.7F);
    d.painter.fillRect(whole.adjusted(-0.35, -0.35, 0.35, 0.35), casing);
    d.painter.fillRect(whole, d.palette.barLight);
    d.painter.fillRect(QRectF(whole.left() + whole.width() / 2, whole.top(), whole.width() / 2, height),
                       d.palette.text);
    d.painter.setBrush(Qt::NoBrush);
    d.painter.setPen(QPen(d.palette.text, 0.2, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    d.painter.drawRect(whole);
    TextStyle style{.size = 0.95 * em, .colour = d.palette.text, .halo = d.palette.halo};
    style.halo.setAlphaF(0.8F);
    for (int i = 0; i < 3; ++i)
        drawTextCentred(d.painter, {whole.left() + whole.width() * i / 2, start.y() + 0.8 * em}, bar.labels[i], style);
}

void drawNorthArrow(const Drawing& d) {
    const double em = d.style.textSize;
    const QPointF tip = arrowTip(d.frame, d.style);
    QPainterPath arrow(tip);
    for (const QPointF step : {QPointF(0.75, 2.0), QPointF(0.0, 1.5), QPointF(-0.75, 2.0)})
        arrow.lineTo(tip + step * em);
    arrow.closeSubpath();
    QColor casing = d.palette.halo;
    casing.setAlphaF(0.8F);
    d.painter.strokePath(arrow, QPen(casing, 0.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    d.painter.fillPath(arrow, d.palette.text);
    TextStyle style{.size = 0.95 * em, .colour = d.palette.text, .weight = QFont::Bold, .halo = casing};
    drawTextCentred(d.painter, tip + QPointF(0, 2.75 * em), QStringLiteral("N"), style);
}

QString lengthText(double metres) {
    return metres >= 1000.0 ? QStringLiteral("%1 km").arg(metres / 1000.0) : QStringLiteral("%1 m").arg(metres);
}

} // namespace

ScaleBar scaleBarFor(double metresPerMillimetre, double longest) {
    ScaleBar bar;
    const double most = metresPerMillimetre * longest;
    if (!(most > 0.0) || !std::isfinite(most)) return bar;
    double power = std::pow(10.0, std::floor(std::log10(most)));
    if (power > most) power /= 10.0; // the logarithm's rounding
    for (const double factor : {1.0, 2.0, 4.0})
        if (factor * power <= most) bar.metres = factor * power;
    bar.millimetres = bar.metres / metresPerMillimetre;
    const double half = bar.metres / 2;
    const bool sameUnit = half >= 1000.0 || bar.metres < 1000.0; // then the last label says it for all
    bar.labels = {QStringLiteral("0"), sameUnit ? lengthText(half).section(QLatin1Char(' '), 0, 0) : lengthText(half),
                  lengthText(bar.metres)};
    return bar;
}

std::vector<QRectF> furnitureBoxes(const MapFrame& frame, const MapStyle& style) {
    std::vector<QRectF> boxes;
    const double em = style.textSize;
    if (style.scaleBar) {
        const ScaleBar bar = scaleBarFor(frame.metresPerMillimetre(), longestBar(frame, style));
        const QPointF start = barStart(frame, style);
        boxes.emplace_back(start.x() - em, start.y() - 0.8 * em, bar.millimetres + 3.5 * em, 2.3 * em);
    }
    if (style.northArrow) boxes.emplace_back(arrowTip(frame, style) - QPointF(1.1, 0.3) * em, QSizeF(2.2, 3.8) * em);
    return boxes;
}

void drawFurniture(const Drawing& d) {
    if (d.style.scaleBar) drawScaleBar(d);
    if (d.style.northArrow) drawNorthArrow(d);
    if (!d.style.frameLine) return;
    d.painter.setBrush(Qt::NoBrush);
    d.painter.setPen(QPen(d.palette.frame, 0.25, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    d.painter.drawRect(d.frame.page.adjusted(0.125, 0.125, -0.125, -0.125)); // inside the clip
}

} // namespace patchlight::paint
