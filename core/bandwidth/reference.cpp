// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/bandwidth.h"

#include "core/bandwidth/detail/place_tree.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <atomic>
#include <cmath>

namespace patchlight {
namespace {

constexpr double quarticPerGaussian = 2.7791932420839394; // (2304/5)^(1/6)

Expected<SuggestedBandwidth> byReference(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                         double factor, std::string_view lead, std::string_view end) {
    const auto places = detail::countedPlaces(points, weights);
    if (!places) return fail(places.error());
    SuggestedBandwidth result;
    if (auto why = detail::whyTooFew(*places)) {
        result.reason = std::move(*why);
        return result;
    }
    result.bandwidth = Metres{detail::referenceBandwidth(*places, factor)};
    result.reason = fmt::format("{} a spread of {} m ({}): {}.", lead, readableNumber(detail::spreadOf(*places)),
                                detail::sizeOf(*places), end);
    return result;
}

} // namespace

Metres quarticRadius(Metres standardDeviation) {
    return Metres{standardDeviation.value() * quarticPerGaussian};
}

Metres gaussianDeviation(Metres quarticRadius) {
    return Metres{quarticRadius.value() / quarticPerGaussian};
}

Expected<SuggestedBandwidth> normalReferenceBandwidth(std::span<const ProjectedPoint> points,
                                                      std::span<const double> weights) {
    return byReference(points, weights, 1.0, "Rule of thumb from",
                       "right for one round cluster, too wide for a town with several");
}

Expected<SuggestedBandwidth> oversmoothingBandwidth(std::span<const ProjectedPoint> points,
                                                    std::span<const double> weights) {
    return byReference(points, weights, detail::oversmoothing, "The widest that can be called for by",
                       "an upper limit, not a choice");
}

Expected<SuggestedBandwidth> nearestPlaceBandwidth(std::span<const ProjectedPoint> points,
                                                   std::span<const double> weights, std::size_t k,
                                                   const TaskContext& task) {
    if (k == 0)
        return fail(ErrorCode::invalidParameter, "The number of nearest places must be 1 or more.", "neighbours");
    const auto places = detail::countedPlaces(points, weights);
    if (!places) return fail(places.error());
    SuggestedBandwidth result{.meaning = BandwidthMeaning::radius};
    if (places->size() <= k) {
        result.reason = fmt::format("Not usable: there are {}, none of which has {} others.",
                                    counted(places->size(), "place", "places"), groupedCount(k));
        return result;
    }
    const detail::PlaceTree tree(*places);
    std::vector<double> distances(tree.size());
    std::atomic<bool> cancelled{false};
    forEachBlock(tree.size(), 256, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            if (cancelled || task.cancelled()) {
                cancelled = true;
                return;
            }
            distances[i] = std::sqrt(tree.squaredDistanceToNearest(i, k));
        }
    });
    if (cancelled) return failCancelled();
    result.bandwidth = Metres{detail::medianOf(std::move(distances))};
    result.reason = fmt::format("Half of the {} have at least {} within this distance.",
                                counted(places->size(), "place", "places"), counted(k, "other place", "other places"));
    return result;
}

} // namespace patchlight
