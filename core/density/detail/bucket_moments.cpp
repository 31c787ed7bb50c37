// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/detail/bucket_moments.h"

#include "core/base/large_memory.h"
#include "core/base/parallel.h"

namespace patchlight::detail {

BucketMoments bucketMoments(const PlaceBuckets& buckets, const TaskContext& task) {
    BucketMoments moments;
    const std::size_t count = buckets.rows * buckets.columns;
    if (buckets.bandwidth == 0.0 || buckets.places.size() < 2 * count) return moments;
    moments.reach2 = buckets.bandwidth * buckets.bandwidth;
    for (auto& sums : moments.sums) sums = filledLarge(count + 8, 0.0);
    forEachBlock(buckets.rows, 1, [&](std::size_t row, std::size_t) {
        if (task.cancelled()) return;
        const double north = buckets.south + (static_cast<double>(row) + 0.5) * buckets.side;
        for (std::size_t column = 0; column < buckets.columns; ++column) {
            const double east = buckets.west + (static_cast<double>(column) + 0.5) * buckets.side;
            const std::size_t bucket = row * buckets.columns + column;
            std::array<double, BucketMoments::count> sum{};
            for (std::size_t k = buckets.first[bucket]; k < buckets.first[bucket + 1]; ++k) {
                const WeightedPlace& place = buckets.places[k];
                const double w = place.weight * place.weight, u = place.east - east, v = place.north - north;
                const double r2 = u * u + v * v, wr2 = w * r2;
                sum[BucketMoments::w] += w;
                sum[BucketMoments::wu] += w * u;
                sum[BucketMoments::wv] += w * v;
                sum[BucketMoments::wuu] += w * u * u;
                sum[BucketMoments::wuv] += w * u * v;
                sum[BucketMoments::wvv] += w * v * v;
                sum[BucketMoments::wr2u] += wr2 * u;
                sum[BucketMoments::wr2v] += wr2 * v;
                sum[BucketMoments::wr4] += wr2 * r2;
            }
            for (std::size_t m = 0; m < BucketMoments::count; ++m) moments.sums[m][bucket] = sum[m];
        }
    });
    return moments;
}

} // namespace patchlight::detail
