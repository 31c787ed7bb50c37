// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/layers/legend_view.h"

#include "app/desktop/appearance/appearance.h"

#include <QPainter>

namespace patchlight::desktop {

namespace {
constexpr int rowHeight = 21;
constexpr int titleHeight = 24;
constexpr QRectF markBox{0, 2, 26, 16};
constexpr int textLeft = 36;
constexpr int darkestOnDark = 70;
} // namespace

LegendView::LegendView(QWidget* parent) : QWidget(parent) {
    setObjectName("legend");
    setAccessibleName(tr("Legend"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void LegendView::setLegend(const paint::Legend& legend) {
    m_legend = legend;
    QStringList spoken{legend.title};
    for (const auto& entry : legend.entries) spoken << entry.text;
    setAccessibleDescription(spoken.join(", "));
    updateGeometry();
    update();
}

QSize LegendView::sizeHint() const {
    if (m_legend.entries.empty()) return {100, 0};
    return {100, (m_legend.title.isEmpty() ? 0 : titleHeight) + rowHeight * static_cast<int>(m_legend.entries.size())};
}

void LegendView::paintEvent(QPaintEvent*) {
    if (m_legend.entries.empty()) return;
    using Mark = paint::LegendEntry::Mark;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    qreal top = 0;
    if (!m_legend.title.isEmpty()) {
        auto bold = font();
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.setPen(colours().text);
        painter.drawText(QRectF(0, 0, width(), titleHeight - 4), Qt::AlignLeft | Qt::AlignVCenter, m_legend.title);
        painter.setFont(font());
        top = titleHeight;
    }
    for (const auto& entry : m_legend.entries) {
        const auto box = markBox.translated(0.5, top + 0.5);
        QColor stroke = entry.stroke.isValid() ? entry.stroke : entry.fill;
        const bool lost = currentAppearance() == Appearance::dark && stroke.lightness() < darkestOnDark;
        if (lost && entry.mark != Mark::swatch) stroke = colours().text; // the map draws it light, too
        painter.setBrush(entry.mark == Mark::swatch || entry.mark == Mark::point ? QBrush(entry.fill) : Qt::NoBrush);
        switch (entry.mark) {
        case Mark::swatch:
            painter.setPen(QPen(colours().muted, 1));
            painter.drawRect(box);
            break;
        case Mark::line:
        case Mark::dashedLine:
            painter.setPen(QPen(stroke, 2, entry.mark == Mark::line ? Qt::SolidLine : Qt::DashLine));
            painter.drawLine(QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y()));
            break;
        case Mark::point:
            painter.setPen(QPen(stroke, 1));
            painter.drawEllipse(box.center(), 3.5, 3.5);
            break;
        }
        painter.setPen(colours().text);
        const QRectF textBox(textLeft, top, width() - textLeft, rowHeight - 1);
        painter.drawText(
            textBox, Qt::AlignLeft | Qt::AlignVCenter,
            painter.fontMetrics().elidedText(entry.text, Qt::ElideRight, static_cast<int>(textBox.width())));
        top += rowHeight;
    }
}

} // namespace patchlight::desktop
