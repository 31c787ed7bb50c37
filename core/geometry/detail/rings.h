// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <algorithm>
#include <cmath>

namespace patchlight::detail {

/// Shoelace area, m²; positive for a counter-clockwise ring. Taken about the first point, so that coordinates of six
/// digits do not eat the small differences.
[[nodiscard]] double signedArea(const Ring& ring);

/// The same polygon with its outer ring counter-clockwise and its holes clockwise.
[[nodiscard]] Polygon oriented(Polygon polygon);

/// Calls edge(a, b) for every edge of every ring; rings with a coordinate that is not finite enclose nothing.
template <class Visitor> void forEachEdge(const MultiPolygon& polygon, Visitor&& edge) {
    const auto walk = [&](const Ring& ring) {
        const auto broken = [](ProjectedPoint p) { return !std::isfinite(p.east) || !std::isfinite(p.north); };
        if (std::any_of(ring.begin(), ring.end(), broken)) return;
        for (std::size_t i = 1; i < ring.size(); ++i) edge(ring[i - 1], ring[i]);
    };
    for (const Polygon& part : polygon.parts) {
        walk(part.outer);
        for (const Ring& hole : part.holes) walk(hole);
    }
}

} // namespace patchlight::detail
