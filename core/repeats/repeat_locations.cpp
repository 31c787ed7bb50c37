// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/repeats/repeats.h"

#include "core/geometry/weighted_places.h"
#include "core/repeats/detail/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

Expected<void> checked(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checkedNumber(weights, points.size()); !ok) return fail(ok.error());
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    return detail::checkedCounts(weights, "weights");
}

/// Distinct places with incidents, west to east and south to north.
std::vector<RankedPlace> gathered(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    std::vector<RankedPlace> places;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double count = weights.empty() ? 1.0 : weights[i];
        if (count > 0.0) places.push_back({.point = points[i], .count = count});
    }
    std::sort(places.begin(), places.end(),
              [](const RankedPlace& a, const RankedPlace& b) { return a.point < b.point; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (kept > 0 && places[kept - 1].point == places[i].point)
            places[kept - 1].count += places[i].count;
        else
            places[kept++] = places[i];
    }
    places.resize(kept);
    return places;
}

} // namespace

Expected<RepeatLocations> repeatLocations(std::span<const ProjectedPoint> points, std::span<const double> weights) {
    if (const auto ok = checked(points, weights); !ok) return fail(ok.error());
    RepeatLocations result{.places = gathered(points, weights)};
    for (const RankedPlace& place : result.places) {
        result.incidents += place.count;
        result.placesWithRepeats += place.count >= 2.0;
        result.repeats += place.count - 1.0;
    }
    if (result.places.empty()) return result;
    result.repeatShare = result.repeats / result.incidents;
    std::sort(result.places.begin(), result.places.end(), [](const RankedPlace& a, const RankedPlace& b) {
        return a.count != b.count ? a.count > b.count : a.point < b.point;
    });
    double held = 0.0;
    for (std::size_t i = 0; i < result.places.size(); ++i) {
        RankedPlace& place = result.places[i];
        const bool tied = i > 0 && result.places[i - 1].count == place.count;
        place.rank = tied ? result.places[i - 1].rank : i + 1;
        place.share = place.count / result.incidents;
        place.sharesSum = (held += place.count) / result.incidents;
    }
    return result;
}

} // namespace patchlight
