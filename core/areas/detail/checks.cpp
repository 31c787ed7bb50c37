// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/detail/checks.h"

#include "core/base/text.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <cmath>

namespace patchlight::detail {

Expected<void> checkedPlaces(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checkedNumber(weights, points.size()); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!(weights[i] >= 0.0) || !std::isfinite(weights[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are numbers from 0 up.", i + 1,
                                    shortestDecimal(weights[i])),
                        "weights");
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (std::abs(points[i].east) > furthestCoordinate || std::abs(points[i].north) > furthestCoordinate)
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Point {} lies more than a million kilometres away: its coordinates are not metres "
                                    "of a projection.",
                                    i + 1),
                        "points");
    }
    return {};
}

Expected<void> checkedCounts(std::span<const double> counts) {
    constexpr double mostIncidents = 1e15; // sums of whole numbers stay exact
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (!(counts[i] >= 0.0 && counts[i] <= mostIncidents) || counts[i] != std::floor(counts[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Count {} is {}: counts of incidents are whole numbers from 0 up.", i + 1,
                                    shortestDecimal(counts[i])),
                        "counts");
    return {};
}

} // namespace patchlight::detail
