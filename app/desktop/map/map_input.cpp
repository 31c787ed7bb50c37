// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/appearance/text.h"
#include "app/desktop/map/map_widget.h"
#include "core/base/text.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

/// What the mouse and the keyboard do to the map.
namespace patchlight::desktop {

namespace {
constexpr double zoomStep = 1.5;
constexpr double finest = 0.05; ///< metres a pixel
constexpr double coarsest = 20000.0;
constexpr double keyPanShare = 0.15;
constexpr double wheelUnitsPerStep = 120.0;
constexpr double dragStartPixels = 4.0;
} // namespace

void MapWidget::zoomIn() {
    zoomAt(QPointF(width() / 2.0, height() / 2.0), zoomStep);
}

void MapWidget::zoomOut() {
    zoomAt(QPointF(width() / 2.0, height() / 2.0), 1 / zoomStep);
}

void MapWidget::zoomAt(QPointF position, double factor) {
    const auto fixed = groundAt(position);
    m_metresPerPixel = std::clamp(m_metresPerPixel / factor, finest, coarsest);
    const auto now = groundAt(position);
    m_centre.east += fixed.east - now.east;
    m_centre.north += fixed.north - now.north;
    m_fit = false;
    moved();
}

void MapWidget::pan(QPointF pixels) {
    m_centre.east -= pixels.x() * m_metresPerPixel;
    m_centre.north += pixels.y() * m_metresPerPixel;
    m_fit = false;
    moved();
}

void MapWidget::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_pressed = m_last = event->position();
    m_dragging = false;
}

void MapWidget::mouseMoveEvent(QMouseEvent* event) {
    emit pointedAt(groundAt(event->position()));
    if (!(event->buttons() & Qt::LeftButton)) {
        hover(event->position());
        return;
    }
    if (!m_dragging && (event->position() - m_pressed).manhattanLength() < dragStartPixels) return;
    if (!m_dragging) setCursor(Qt::ClosedHandCursor);
    m_dragging = true;
    pan(event->position() - m_last);
    m_last = event->position();
}

void MapWidget::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    unsetCursor();
    if (!m_dragging && m_content.result && m_content.showAreas) {
        const auto rank = paint::areaAt(*m_content.result, groundAt(event->position()));
        setHighlighted(rank);
        emit hotspotChosen(rank);
    }
    m_dragging = false;
}

void MapWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) zoomAt(event->position(), zoomStep);
}

void MapWidget::wheelEvent(QWheelEvent* event) {
    const double steps = event->angleDelta().y() / wheelUnitsPerStep;
    if (steps != 0.0) zoomAt(event->position(), std::pow(zoomStep, steps));
    event->accept();
}

void MapWidget::keyPressEvent(QKeyEvent* event) {
    const QPointF step(width() * keyPanShare, height() * keyPanShare);
    switch (event->key()) {
    case Qt::Key_Left:
        pan({step.x(), 0});
        break;
    case Qt::Key_Right:
        pan({-step.x(), 0});
        break;
    case Qt::Key_Up:
        pan({0, step.y()});
        break;
    case Qt::Key_Down:
        pan({0, -step.y()});
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomIn();
        break;
    case Qt::Key_Minus:
        zoomOut();
        break;
    case Qt::Key_Home:
        showWholeExtent();
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void MapWidget::leaveEvent(QEvent*) {
    m_hovered.reset();
    update();
    emit pointerLeft();
}

void MapWidget::hover(QPointF position) {
    std::optional<std::size_t> rank;
    if (m_content.result && m_content.showAreas) rank = paint::areaAt(*m_content.result, groundAt(position));
    if (rank == m_hovered) return;
    m_hovered = rank;
    if (rank)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
    update();
}

bool MapWidget::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto rank = m_content.result && m_content.showAreas ? paint::areaAt(*m_content.result, groundAt(help->pos()))
                                                              : std::nullopt;
    const auto* area = rank ? areaOfRank(*rank) : nullptr;
    if (!area) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    QToolTip::showText(help->globalPos(),
                       tr("<b>%1. %2</b><br>%3, %4 of all<br>%5 km\u00b2, PAI %6")
                           .arg(area->rank)
                           .arg(toQt(area->name).toHtmlEscaped(),
                                toQt(counted(area->incidents, "incident", "incidents")), toQt(percent(area->share)),
                                toQt(fixedDecimal(area->areaKm2, 2)), toQt(fixedDecimal(area->pai, 1))),
                       this);
    return true;
}

} // namespace patchlight::desktop
