// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <cmath>

namespace patchlight {

Expected<void> checkedFinite(std::span<const ProjectedPoint> points) {
    for (std::size_t i = 0; i < points.size(); ++i)
        if (!std::isfinite(points[i].east) || !std::isfinite(points[i].north))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Point {} has a coordinate that is not a number: leave points without a position "
                                    "out.",
                                    i + 1),
                        "points");
    return {};
}

Expected<void> checkedNumber(std::span<const double> weights, std::size_t points) {
    if (weights.empty() || weights.size() == points) return {};
    return fail(
        ErrorCode::invalidParameter,
        fmt::format("There are {} weights for {} points: give one for each point, or none.", weights.size(), points),
        "weights");
}

Expected<void> checkedPoints(std::span<const ProjectedPoint> points) {
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < points.size(); ++i)
        if (std::abs(points[i].east) > farthestCoordinate || std::abs(points[i].north) > farthestCoordinate)
            return fail(
                ErrorCode::invalidParameter,
                fmt::format("Point {} lies farther away than any place on Earth: check its coordinates.", i + 1),
                "points");
    return {};
}

Expected<void> checkedWeights(std::span<const double> weights, std::size_t points) {
    if (const auto ok = checkedNumber(weights, points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (!(weights[i] > 0.0) || weights[i] > largestWeight)
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are counts above 0 and no more than 9e15.",
                                    i + 1, weights[i]),
                        "weights");
    return {};
}

Expected<void> checkedCounts(std::span<const double> weights, std::size_t points) {
    if (const auto ok = checkedWeights(weights, points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < weights.size(); ++i)
        if (weights[i] != std::floor(weights[i]))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are whole numbers of incidents here.", i + 1,
                                    weights[i]),
                        "weights");
    return {};
}

} // namespace patchlight
