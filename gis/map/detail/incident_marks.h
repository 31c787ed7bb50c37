// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/detail/base_map.h"

namespace patchlight::paint {

/// Single marks are drawn up to this many incidents in view, if they leave most of the page free.
inline constexpr std::size_t mostMarks = 4000;
[[nodiscard]] bool drawnAsMarks(std::size_t inView, const QRectF& page);

/// mm, of an incident in the picture of counts: smaller where there are many.
[[nodiscard]] double dotRadius(std::size_t inView, const QRectF& page);

/// Counts as a picture: every pixel with incidents becomes a small disc whose opacity grows with the logarithm of the
/// count. cost O(pixels x pixels of a disc), whatever the number of incidents
[[nodiscard]] QImage pictureOfCounts(const std::vector<std::uint32_t>& counts, std::size_t width, std::size_t height,
                                     double discRadius, const QColor& colour);

void drawIncidents(const Drawing& drawing);

} // namespace patchlight::paint
