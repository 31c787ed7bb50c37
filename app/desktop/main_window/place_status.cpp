// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window/place_status.h"

#include "app/desktop/appearance/text.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"

#include <QHBoxLayout>
#include <QLabel>
#include <cmath>

namespace patchlight::desktop {

QString scaleText(double metresPerMillimetre) {
    const double scale = metresPerMillimetre * 1000.0;
    if (!(scale >= 1.0) || !std::isfinite(scale)) return {};
    const double step = std::pow(10.0, std::floor(std::log10(scale)) - 1.0);
    return QString("1 : %1").arg(
        toQt(groupedCount(static_cast<std::size_t>(std::llround(std::round(scale / step) * step)))));
}

PlaceStatus::PlaceStatus(const Document& document, QWidget* parent)
    : QWidget(parent), m_document{document}, m_place(new QLabel), m_scale(new QLabel), m_note(new QLabel),
      m_warning(new QLabel) {
    m_place->setObjectName("status-place");
    m_place->setMinimumWidth(260);
    m_scale->setObjectName("status-scale");
    m_note->setObjectName("status-note");
    m_warning->setObjectName("status-warning");
    m_warning->setProperty("role", "warning");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 0, 0, 0);
    row->setSpacing(10);
    for (auto* label : {m_place, m_scale, m_note, m_warning}) row->addWidget(label);
    row->addStretch();
    connect(&document, &Document::projectChanged, this, [this] {
        clearPlace();
        m_note->clear();
        const bool warns = m_document.isOpen() && !m_document.data()->crs.warning.empty();
        m_warning->setText(warns ? tr("! Positions without the OSTN15 grid") : QString());
        m_warning->setToolTip(warns ? toQt(m_document.data()->crs.warning) : QString());
        if (!m_document.isOpen()) m_scale->clear();
    });
}

void PlaceStatus::showPlace(ProjectedPoint point) {
    if (!m_document.isOpen()) return;
    const int epsg = m_document.data()->crs.epsg;
    const auto reference = toQt(gis::gridReference(epsg, point));
    const auto geographic = gis::toGeographic(epsg, point);
    QString text =
        reference.isEmpty() ? QString("%1 E  %2 N").arg(point.east, 0, 'f', 0).arg(point.north, 0, 'f', 0) : reference;
    if (geographic)
        text += QString("   %1, %2").arg(geographic->latitude, 0, 'f', 4).arg(geographic->longitude, 0, 'f', 4);
    m_place->setText(text);
}

void PlaceStatus::clearPlace() {
    m_place->clear();
}

void PlaceStatus::showScale(double metresPerMillimetre) {
    m_scale->setText(m_document.isOpen() ? scaleText(metresPerMillimetre) : QString());
}

void PlaceStatus::showNote(const QString& note) {
    m_note->setText(note);
}

} // namespace patchlight::desktop
