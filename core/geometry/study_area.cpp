// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/study_area.h"

#include "core/base/parallel.h"

namespace patchlight {

Box boxOf(const StudyArea& area) {
    if (area.box) return *area.box;
    return area.polygon ? boxOf(*area.polygon) : Box{};
}

std::vector<std::uint8_t> inside(const StudyArea& area, std::span<const ProjectedPoint> points) {
    std::vector<std::uint8_t> result(points.size(), 1);
    if (area.everything()) return result;
    std::optional<PointInPolygon> polygon;
    if (area.polygon) polygon.emplace(*area.polygon);
    constexpr std::size_t pointsAtATime = 16384;
    forEachBlock(points.size(), pointsAtATime, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            result[i] = (!area.box || area.box->contains(points[i])) && (!polygon || polygon->contains(points[i]));
    });
    return result;
}

} // namespace patchlight
