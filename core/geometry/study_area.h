// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <optional>
#include <string>

namespace patchlight {

/// Where the question is asked: a polygon, a box, or everything (both empty). Not a row filter: density also counts
/// incidents within one bandwidth outside; shares and PAI count those inside.
struct StudyArea {
    std::string name;                    ///< for people: "BCP Council"; empty for everything
    std::optional<MultiPolygon> polygon; ///< project CRS
    std::optional<Box> box;              ///< `--bbox`: the grid's frame exactly, snapped outward to whole cells

    [[nodiscard]] bool everything() const { return !polygon && !box; }
};

[[nodiscard]] Box boxOf(const StudyArea& area); ///< empty for everything
/// For each point 1 or 0; all 1 for everything.
[[nodiscard]] std::vector<std::uint8_t> inside(const StudyArea& area, std::span<const ProjectedPoint> points);

} // namespace patchlight
