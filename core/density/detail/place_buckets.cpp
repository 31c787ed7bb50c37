// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/large_memory.h"
#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace patchlight::detail {
namespace {

constexpr double cellsASide = 8.0, bucketsAReach = 12.0, mostBuckets = 4e6;

bool isBefore(const WeightedPlace& a, const WeightedPlace& b) {
    return std::tie(a.east, a.north, a.bandwidth, a.weight) < std::tie(b.east, b.north, b.bandwidth, b.weight);
}
bool areOne(const WeightedPlace& a, const WeightedPlace& b) {
    return a.east == b.east && a.north == b.north && a.bandwidth == b.bandwidth;
}

/// Sorts one bucket and adds up the weights of equal places; returns how many are left.
std::size_t sortedAndMerged(std::span<WeightedPlace> bucket) {
    if (!std::is_sorted(bucket.begin(), bucket.end(), isBefore)) std::sort(bucket.begin(), bucket.end(), isBefore);
    std::size_t kept = 0;
    for (const WeightedPlace& place : bucket) {
        if (kept > 0 && areOne(bucket[kept - 1], place))
            bucket[kept - 1].weight += place.weight;
        else
            bucket[kept++] = place;
    }
    return kept;
}

} // namespace

PlaceBuckets placeBuckets(const PlaceSource& places, const GridFrame& frame, double reach, const TaskContext& task) {
    const Box needed = grownBy(frame.box(), Metres{reach});
    PlaceBuckets buckets;
    buckets.side = std::max(cellsASide * frame.cellSize.value(), reach / bucketsAReach);
    while ((needed.width() / buckets.side + 1) * (needed.height() / buckets.side + 1) > mostBuckets) buckets.side *= 2;
    if (places.bandwidths.size() == 1) buckets.bandwidth = places.bandwidths.front();
    buckets.west = needed.west, buckets.south = needed.south;
    buckets.rows = static_cast<std::size_t>(needed.height() / buckets.side) + 1;
    buckets.columns = static_cast<std::size_t>(needed.width() / buckets.side) + 1;
    const double perSide = 1.0 / buckets.side;
    const auto index = [&](double along, std::size_t count) {
        return std::min(static_cast<std::size_t>(along * perSide), count - 1);
    };
    constexpr std::size_t placesBetweenPolls = 65536;
    // Places are gone through twice, since working out a bucket again is cheaper than keeping it. False when cancelled.
    const auto forEachPlace = [&](const auto& visit) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            if (i % placesBetweenPolls == 0 && task.cancelled()) return false;
            const WeightedPlace p = places[i];
            if (p.weight == 0.0 || !needed.contains({p.east, p.north})) continue;
            visit(index(p.north - buckets.south, buckets.rows) * buckets.columns +
                      index(p.east - buckets.west, buckets.columns),
                  p);
        }
        return true;
    };
    buckets.first.assign(buckets.rows * buckets.columns + 1, 0);
    if (!forEachPlace([&](std::size_t bucket, const WeightedPlace&) { ++buckets.first[bucket + 1]; })) return {};
    for (std::size_t b = 1; b < buckets.first.size(); ++b) buckets.first[b] += buckets.first[b - 1];
    std::vector<std::uint32_t> next(buckets.first.begin(), buckets.first.end() - 1);
    buckets.places = filledLarge(buckets.first.back(), WeightedPlace{}, task);
    if (task.cancelled()) return {};
    if (!forEachPlace([&](std::size_t bucket, const WeightedPlace& p) { buckets.places[next[bucket]++] = p; }))
        return {};

    forEachBlock(next.size(), 1024, [&](std::size_t begin, std::size_t end) {
        if (task.cancelled()) return;
        for (std::size_t b = begin; b < end; ++b) {
            const std::span whole(buckets.places.data() + buckets.first[b], buckets.first[b + 1] - buckets.first[b]);
            next[b] = static_cast<std::uint32_t>(sortedAndMerged(whole));
        }
    });
    if (task.cancelled()) return {};
    std::uint32_t kept = 0;
    for (std::size_t b = 0; b < next.size(); ++b) {
        const std::uint32_t from = buckets.first[b];
        if (kept != from) std::copy_n(buckets.places.begin() + from, next[b], buckets.places.begin() + kept);
        buckets.first[b] = kept;
        kept += next[b];
    }
    buckets.first.back() = kept;
    buckets.places.resize(kept);
    return buckets;
}

} // namespace patchlight::detail
