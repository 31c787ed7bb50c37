// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

/// The ground plan: the town is drawn in plan coordinates, where main roads are whole numbers, and bent onto the
/// ground.
namespace patchlight::sample {

struct Point { ///< metres, EPSG:27700
    double east = 0.0;
    double north = 0.0;
};

/// Along the coast and inland. Whole `along` 0..7 are the roads that lead inland, whole `inland` 0..6 those that run
/// with the coast: 0 the promenade, 2 the coast road, 6 the bypass. `waterline` is the sea's edge.
struct PlanPoint {
    double along = 0.0;
    double inland = 0.0;
};
inline constexpr double waterline = -45.0 / 285.0;
inline constexpr int lastRadial = 7;
inline constexpr int lastBand = 6;

/// Fans the plan out from the centre, lays it along the curved coast and bends it a little.
[[nodiscard]] Point onGround(PlanPoint plan);
[[nodiscard]] double distance(Point a, Point b);
/// Metres between two plan points that are near each other.
[[nodiscard]] double groundDistance(PlanPoint a, PlanPoint b);

/// The river's middle line and half its width in metres (wide at the mouth).
[[nodiscard]] PlanPoint riverAt(double inland);
[[nodiscard]] double riverHalfWidth(double inland);
[[nodiscard]] bool inRiver(PlanPoint plan);

using PlanLine = std::vector<PlanPoint>;
using Line = std::vector<Point>;
/// Ground line of a plan line with points added about every 40 m, then thinned where straight (to 0.6 m); decimetres.
[[nodiscard]] Line drawn(const PlanLine& plan);
[[nodiscard]] double lengthOf(const Line& line);
/// Even-odd; the border may fall either way.
[[nodiscard]] bool contains(const Line& ring, Point point);

} // namespace patchlight::sample
