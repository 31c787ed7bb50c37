// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/desktop/document/document.h"

#include <QWidget>

class QLabel;

namespace patchlight::desktop {

/// The left of the status bar: grid reference and coordinates under the pointer, scale, and a missing grid.
class PlaceStatus : public QWidget {
    Q_OBJECT
public:
    explicit PlaceStatus(const Document& document, QWidget* parent = nullptr);
    void showPlace(ProjectedPoint point);
    void clearPlace();
    void showScale(double metresPerMillimetre);
    void showNote(const QString& note); ///< "Density ready in 14 ms"

private:
    const Document& m_document;
    QLabel* m_place;
    QLabel* m_scale;
    QLabel* m_note;
    QLabel* m_warning;
};

/// "1 : 25,000", rounded to two figures.
[[nodiscard]] QString scaleText(double metresPerMillimetre);

} // namespace patchlight::desktop
