// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/centrography.h"

#include "core/centrography/detail/weights.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace patchlight {

Expected<StandardEllipse> standardEllipse(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                          EllipseScaling scaling) {
    if (const auto ok = detail::checkedIncidents(points, weights); !ok) return fail(ok.error());
    const double incidents = detail::totalWeight(points, weights);
    if (scaling == EllipseScaling::crimeStat && incidents < 3.0)
        return fail(ErrorCode::invalidParameter, "CrimeStat's ellipse needs at least three incidents.", "scaling");
    const double factor = scaling == EllipseScaling::oneDeviation ? 1.0
                          : scaling == EllipseScaling::rootTwo    ? 2.0
                                                                  : 2.0 * incidents / (incidents - 2.0);
    const detail::Moments m = detail::momentsOf(points, weights);
    // The deviation towards (sin a, cos a) is (ee + nn)/2 + (nn - ee)/2 cos 2a + en sin 2a: greatest where 2a is the
    // direction of (nn - ee, 2 en). Same angle as the quotient of the definition, which is 0/0 on the axes.
    const double mean = (m.eastEast + m.northNorth) / 2;
    const double swing = std::hypot((m.northNorth - m.eastEast) / 2, m.eastNorth);
    StandardEllipse ellipse{m.centre, Metres{std::sqrt(factor * (mean + swing))},
                            Metres{std::sqrt(factor * std::max(mean - swing, 0.0))}};
    if (swing > 0.0) {
        const double angle = std::atan2(2 * m.eastNorth, m.northNorth - m.eastEast) / 2 * 180.0 / std::numbers::pi;
        ellipse.angle = angle < 0.0 ? angle + 180.0 : angle;
        if (ellipse.angle >= 180.0) ellipse.angle = 0.0;
    }
    return ellipse;
}

Polygon polygonOf(const StandardEllipse& ellipse, std::size_t corners) {
    corners = std::max<std::size_t>(corners, 64);
    const double angle = ellipse.angle * std::numbers::pi / 180.0;
    const double sine = std::sin(angle), cosine = std::cos(angle);
    Polygon polygon;
    for (std::size_t i = 0; i < corners; ++i) {
        const double turn = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double along = ellipse.semiMajor.value() * std::cos(turn);
        const double left = ellipse.semiMinor.value() * std::sin(turn);
        polygon.outer.push_back(
            {ellipse.centre.east + along * sine - left * cosine, ellipse.centre.north + along * cosine + left * sine});
    }
    polygon.outer.push_back(polygon.outer.front());
    return polygon;
}

} // namespace patchlight
