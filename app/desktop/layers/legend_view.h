// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/map.h"

#include <QWidget>

namespace patchlight::desktop {

/// The map's legend in the panel: the entries of paint::legendOf in the window's font.
class LegendView : public QWidget {
    Q_OBJECT
public:
    explicit LegendView(QWidget* parent = nullptr);
    void setLegend(const paint::Legend& legend);
    [[nodiscard]] const paint::Legend& legend() const { return m_legend; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    paint::Legend m_legend;
};

} // namespace patchlight::desktop
