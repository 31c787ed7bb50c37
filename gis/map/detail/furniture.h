// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/detail/base_map.h"

#include <QStringList>

namespace patchlight::paint {

/// Two segments with a label at each end.
struct ScaleBar {
    double metres = 0.0;      ///< the whole bar
    double millimetres = 0.0; ///< its length on the page
    QStringList labels;       ///< three: "0", "500 m", "1 km"
};
/// The longest bar of 1, 2 or 4 times a power of ten metres that is no longer than `longest` mm.
[[nodiscard]] ScaleBar scaleBarFor(double metresPerMillimetre, double longest);

/// What the scale bar and the arrow cover, so that names keep clear of them.
[[nodiscard]] std::vector<QRectF> furnitureBoxes(const MapFrame& frame, const MapStyle& style);
void drawFurniture(const Drawing& drawing);

} // namespace patchlight::paint
