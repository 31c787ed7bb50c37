// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/map/detail/base_map.h"
#include "gis/map/detail/text.h"

namespace patchlight::paint {

/// Page rectangles that are taken; the first to come is the first served.
class FreeRoom {
public:
    explicit FreeRoom(const QRectF& page) : m_page{page} {}
    void take(const QRectF& area) { m_taken.push_back(area); }
    /// Not taken, but better not covered: a hotspot. A name well inside a large one hides nothing.
    void spare(const QRectF& area) { m_spared.push_back(area); }
    [[nodiscard]] bool isFree(const QRectF& area) const;
    [[nodiscard]] bool hidesNothing(const QRectF& area) const;

private:
    QRectF m_page;
    std::vector<QRectF> m_taken, m_spared;
};

/// 0 city, 1 town, 2 suburb or village, 3 hamlet and the like; nothing for places that are not settlements.
[[nodiscard]] std::optional<int> settlementSize(std::string_view kindField);
/// True when a layer of places is drawn with marks (schools, licensed premises), not as names alone.
[[nodiscard]] bool hasMarks(const LoadedLayer& layer);

/// Marks of places that are not settlements.
void drawPlaceMarks(const Drawing& drawing);
/// Settlements by size, then waters, boundaries, other places; a name that has no room is left out.
void drawNames(const Drawing& drawing, FreeRoom& room);

} // namespace patchlight::paint
