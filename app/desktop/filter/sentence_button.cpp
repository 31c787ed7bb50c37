// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/filter/sentence_button.h"

#include "app/desktop/appearance/appearance.h"

#include <QFrame>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

namespace patchlight::desktop {

namespace {
constexpr int sidePadding = 11;
constexpr int arrowRoom = 26;
constexpr int buttonHeight = 42;
constexpr int leastWidth = 130;
constexpr int mostWidth = 250;
constexpr int labelPixels = 11;
} // namespace

SentenceButton::SentenceButton(const QString& label, const QString& name, QWidget* parent)
    : QPushButton(parent), m_label{label} {
    setObjectName(name);
    setAccessibleName(label);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    connect(this, &QPushButton::clicked, this, &SentenceButton::popupAsked);
}

void SentenceButton::setValue(const QString& value) {
    m_value = value;
    setAccessibleName(tr("%1: %2").arg(m_label, value));
    setToolTip(value);
    updateGeometry();
    update();
}

QFont SentenceButton::labelFont() const {
    auto small = font();
    small.setPixelSize(labelPixels);
    return small;
}

QFont SentenceButton::valueFont() const {
    auto bold = font();
    bold.setWeight(QFont::DemiBold);
    return bold;
}

QSize SentenceButton::sizeHint() const {
    const int text = std::max(QFontMetrics(valueFont()).horizontalAdvance(m_value),
                              QFontMetrics(labelFont()).horizontalAdvance(m_label));
    return {std::clamp(text + 2 * sidePadding + arrowRoom, leastWidth, mostWidth), buttonHeight};
}

QSize SentenceButton::minimumSizeHint() const {
    return {leastWidth - 30, buttonHeight};
}

void SentenceButton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = hasFocus() || isDown();
    painter.setPen(QPen(active ? colours().primary : colours().line, 1));
    painter.setBrush(underMouse() ? colours().hover : colours().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    const int room = width() - sidePadding - arrowRoom;
    painter.setFont(labelFont());
    painter.setPen(colours().muted);
    painter.drawText(QRect(sidePadding, 4, room, 15), Qt::AlignLeft | Qt::AlignVCenter, m_label);
    painter.setFont(valueFont());
    painter.setPen(isEnabled() ? colours().text : colours().muted);
    painter.drawText(QRect(sidePadding, 18, room, 20), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(valueFont()).elidedText(m_value, Qt::ElideRight, room));
    QPolygonF arrow;
    const QPointF tip(width() - 14.0, height() / 2.0 + 3.0);
    arrow << tip << tip + QPointF(-4.5, -5.5) << tip + QPointF(4.5, -5.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours().muted);
    painter.drawPolygon(arrow);
}

SentencePopup::SentencePopup(const QString& name, QWidget* button)
    : QWidget(button, Qt::Popup | Qt::FramelessWindowHint), m_button{button}, m_column(new QVBoxLayout) {
    setObjectName(name);
    setAttribute(Qt::WA_DeleteOnClose);
    auto* frame = new QFrame;
    frame->setObjectName("popup");
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(frame);
    frame->setLayout(m_column);
    m_column->setContentsMargins(14, 12, 14, 12);
    m_column->setSpacing(8);
}

void SentencePopup::showBelow() {
    adjustSize();
    auto corner = m_button->mapToGlobal(QPoint(0, m_button->height() + 3));
    if (const auto* screen = m_button->screen()) {
        const auto room = screen->availableGeometry();
        corner.setX(std::max(room.left(), std::min(corner.x(), room.right() - width())));
        corner.setY(std::max(room.top(), std::min(corner.y(), room.bottom() - height())));
    }
    move(corner);
    show();
}

} // namespace patchlight::desktop
