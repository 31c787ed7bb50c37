// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/detail/blocks.h"

/// What lies in a corner of a map: legend and locator.
namespace patchlight::paint {

struct CornerPlace {
    QRectF box;
    bool takesArrowCorner = false; ///< the north arrow moves to the other side
};
/// The corner of the map where a box of this size hides least of the hotspots, the surface and the study area, clear
/// of what is `taken`.
[[nodiscard]] CornerPlace cornerFor(const QSizeF& size, const MapFrame& frame, const MapContent& content, double unit,
                                    const std::vector<QRectF>& taken);

/// What a legend says, for those who do not see it.
[[nodiscard]] QString describeLegend(const Legend& legend);

} // namespace patchlight::paint
