// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/map/map_widget.h"

#include "app/desktop/appearance/appearance.h"
#include "app/desktop/appearance/text.h"
#include "core/base/text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace patchlight::desktop {

namespace {
constexpr double millimetresPerPixel = 25.4 / 96.0; ///< of a logical pixel
constexpr double finest = 0.05;                     ///< metres a pixel
constexpr double coarsest = 20000.0;
constexpr int drawAfterMilliseconds = 25;
constexpr double roomRoundExtent = 0.06;
} // namespace

MapWidget::MapWidget(QWidget* parent) : QWidget(parent) {
    setObjectName("map");
    setAccessibleName(tr("Map"));
    setAccessibleDescription(tr("Hotspot map. Arrow keys move it, plus and minus zoom, Home shows everything."));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(240, 200);
    m_drawSoon.setSingleShot(true);
    m_drawSoon.setInterval(drawAfterMilliseconds);
    connect(&m_drawSoon, &QTimer::timeout, this, &MapWidget::draw);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 12, 12);
    column->setSpacing(5);
    auto* in = addButton("+", "map-zoom-in", tr("Zoom in (+)"));
    auto* out = addButton("\u2212", "map-zoom-out", tr("Zoom out (\u2212)"));
    auto* home = addButton("\u2302", "map-whole-extent", tr("Show everything (Home)"));
    for (auto* button : {in, out, home}) column->addWidget(button);
    column->addStretch();
    connect(in, &QToolButton::clicked, this, &MapWidget::zoomIn);
    connect(out, &QToolButton::clicked, this, &MapWidget::zoomOut);
    connect(home, &QToolButton::clicked, this, &MapWidget::showWholeExtent);
}

QToolButton* MapWidget::addButton(const QString& text, const QString& name, const QString& toolTip) {
    auto* button = new QToolButton(this);
    button->setText(text);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFixedSize(28, 28);
    button->setCursor(Qt::ArrowCursor);
    auto font = button->font();
    font.setPixelSize(16);
    button->setFont(font);
    return button;
}

void MapWidget::setContent(const paint::MapContent& content) {
    m_content = content;
    if (m_hovered && !areaOfRank(*m_hovered)) m_hovered.reset();
    if (m_highlighted && !areaOfRank(*m_highlighted)) m_highlighted.reset();
    if (m_fit) showWholeExtent();
    drawSoon();
    update();
}

void MapWidget::setHighlighted(std::optional<std::size_t> rank) {
    m_highlighted = rank;
    update();
}

const HotspotArea* MapWidget::areaOfRank(std::size_t rank) const {
    if (!m_content.result) return nullptr;
    for (const auto& area : m_content.result->areas)
        if (area.rank == rank) return &area;
    return nullptr;
}

paint::MapFrame MapWidget::frame() const {
    const double halfWidth = width() * m_metresPerPixel / 2;
    const double halfHeight = height() * m_metresPerPixel / 2;
    return {{m_centre.east - halfWidth, m_centre.north - halfHeight, m_centre.east + halfWidth,
             m_centre.north + halfHeight},
            QRectF(0, 0, width() * millimetresPerPixel, height() * millimetresPerPixel)};
}

double MapWidget::metresPerMillimetre() const {
    return m_metresPerPixel / millimetresPerPixel;
}

ProjectedPoint MapWidget::groundAt(QPointF position) const {
    return {m_centre.east + (position.x() - width() / 2.0) * m_metresPerPixel,
            m_centre.north - (position.y() - height() / 2.0) * m_metresPerPixel};
}

QPointF MapWidget::positionOf(ProjectedPoint point) const {
    return {width() / 2.0 + (point.east - m_centre.east) / m_metresPerPixel,
            height() / 2.0 - (point.north - m_centre.north) / m_metresPerPixel};
}

void MapWidget::showBox(const Box& box) {
    if (box.empty() || width() <= 0 || height() <= 0) return;
    m_centre = box.centre();
    const double wide = box.width() * (1 + 2 * roomRoundExtent) / width();
    const double high = box.height() * (1 + 2 * roomRoundExtent) / height();
    m_metresPerPixel = std::clamp(std::max({wide, high, finest}), finest, coarsest);
    moved();
}

void MapWidget::showWholeExtent() {
    m_fit = true;
    showBox(paint::defaultExtent(m_content));
}

void MapWidget::reveal(std::size_t rank) {
    const auto* area = areaOfRank(rank);
    if (!area || frame().ground.intersects(boxOf(area->outline))) return;
    m_centre = boxOf(area->outline).centre();
    m_fit = false;
    moved();
}

void MapWidget::showArea(std::size_t rank) {
    const auto* area = areaOfRank(rank);
    if (!area) return;
    const auto box = boxOf(area->outline);
    m_fit = false;
    showBox(grownBy(box, Metres{std::max({box.width(), box.height(), 200.0})}));
    setHighlighted(rank);
}

void MapWidget::setView(ProjectedPoint centre, double metresPerMillimetre) {
    m_centre = centre;
    m_metresPerPixel = std::clamp(metresPerMillimetre * millimetresPerPixel, finest, coarsest);
    m_fit = false;
    moved();
}

void MapWidget::moved() {
    drawSoon();
    update();
    emit viewChanged();
}

void MapWidget::drawSoon() {
    m_stale = true;
    m_drawSoon.start();
}

paint::MapStyle MapWidget::style() const {
    paint::MapStyle style;
    style.scaleBar = false; // drawn over the picture, so that it stays in its place while the map moves
    style.northArrow = false;
    style.frameLine = false;
    style.textSize = 3.0;
    style.pixelsPerMillimetre = devicePixelRatioF() / millimetresPerPixel;
    style.dark = currentAppearance() == Appearance::dark;
    style.keepClear = {QRectF(0, 0, 52 * millimetresPerPixel, 115 * millimetresPerPixel)};
    return style;
}

void MapWidget::draw() {
    if (width() <= 1 || height() <= 1) return;
    if (m_line.running()) return; // starts again when that picture is there
    m_stale = false;
    const auto here = frame();
    m_line.start<QImage>(
        tr("Drawing the map"),
        [content = m_content, here, style = style()](const TaskContext& task) {
            return paint::renderMap(content, here, style, task);
        },
        [this, here](Expected<QImage> image) {
            if (image) {
                image->setDevicePixelRatio(1.0);
                m_picture = Picture{std::move(*image), here};
                update();
                if (!m_stale) emit drawn();
            } else if (image.error().code != ErrorCode::cancelled) {
                emit failed(image.error());
            }
            if (m_stale) draw();
        });
}

void MapWidget::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), colours().panel);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_picture) {
        const auto& ground = m_picture->frame.ground;
        const QRectF target(positionOf({ground.west, ground.north}), positionOf({ground.east, ground.south}));
        const bool unmoved = m_picture->frame.page.size() == frame().page.size() && std::abs(target.left()) < 0.01 &&
                             std::abs(target.top()) < 0.01;
        painter.drawImage(unmoved ? QRectF(rect()) : target, m_picture->image);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_content.showAreas) {
        if (m_hovered && m_hovered != m_highlighted) drawOutline(painter, *m_hovered, false);
        if (m_highlighted) drawOutline(painter, *m_highlighted, true);
    }
    painter.save();
    painter.scale(1 / millimetresPerPixel, 1 / millimetresPerPixel); // millimetres from here
    auto furniture = style();
    furniture.scaleBar = furniture.northArrow = true;
    furniture.northArrowCorner = paint::MapStyle::Corner::topRight;
    paint::drawScaleBarAndArrow(painter, frame(), furniture);
    painter.restore();
    if (hasFocus()) {
        painter.setPen(QPen(colours().primary, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void MapWidget::drawOutline(QPainter& painter, std::size_t rank, bool chosen) const {
    const auto* area = areaOfRank(rank);
    if (!area) return;
    QPainterPath path;
    for (const auto& part : area->drawnOutline.empty() ? area->outline.parts : area->drawnOutline.parts) {
        QPolygonF ring;
        for (const auto& point : part.outer) ring << positionOf(point);
        path.addPolygon(ring);
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(
        QPen(QColor(255, 255, 255, chosen ? 255 : 190), chosen ? 7 : 4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(colours().primary, chosen ? 3.5 : 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
}

QImage MapWidget::snapshot() const {
    const qreal ratio = devicePixelRatioF();
    QImage image((QSizeF(size()) * ratio).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    const_cast<MapWidget*>(this)->render(&image, {}, {}, RenderFlags{}); // without the buttons
    image.setDevicePixelRatio(1.0);
    return image;
}

void MapWidget::resizeEvent(QResizeEvent*) {
    if (m_fit)
        showWholeExtent();
    else
        moved();
}

} // namespace patchlight::desktop
