// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/detail/checks.h"

#include "core/base/text.h"

#include <fmt/format.h>

#include <cmath>

namespace patchlight::detail {

Expected<void> checkedPlaces(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (!weights.empty() && weights.size() != points.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} weights for {} points: give one for each point, or none.", weights.size(),
                                points.size()),
                    "weights");
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!(weights[i] >= 0.0) || !std::isfinite(weights[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are numbers from 0 up.", i + 1,
                                    shortestDecimal(weights[i])),
                        "weights");
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (!std::isfinite(points[i].east) || !std::isfinite(points[i].north))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Point {} has a coordinate that is not a number: leave points without a position "
                                    "out.",
                                    i + 1),
                        "points");
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
