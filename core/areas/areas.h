// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <optional>
#include <string>

/// Which area a place lies in, and how many incidents each area has. Cells of grids: cells.h; rates and location
/// quotients: rates.h.
namespace patchlight {

/// A ward, a beat, a neighbourhood: one feature of a boundary layer, project CRS.
struct NamedArea {
    std::string name;
    MultiPolygon polygon;
};

struct AreaCounts {
    std::vector<double> count;                        ///< per area
    std::vector<std::optional<std::uint32_t>> areaOf; ///< per place: the first area that contains it
    double inNone = 0.0;                              ///< incidents in no area
    double inSeveral = 0.0; ///< incidents in more than one area (overlaps, shared borders): counted in the first
};

/// Counts weighted places in areas. A point on a border lies inside; one in several areas counts once, in the first of
/// them, so that the counts and `inNone` add up to all incidents.
///
/// points   m places, project CRS; weights empty (all 1) or m values >= 0
/// areas    in the order of the layer; parts of one area must not overlap
/// returns  sums in the order of the points: the same bytes on any number of threads
/// errors   invalidParameter (wrong number of weights, a negative or not finite one; a point that is not finite or
///          beyond 1e9 m; an area without a polygon, with a ring of fewer than three corners, an open one or one whose
///          coordinates are not finite, or whose rings cross so that it encloses ground twice: the area is named),
///          cancelled
/// cost     O(corners log corners) for the check and O(m) look-ups, each of the few areas whose box holds the point
[[nodiscard]] Expected<AreaCounts> countInAreas(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                                std::span<const NamedArea> areas, const TaskContext& task = {});

} // namespace patchlight
