// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/density/detail/compact_shapes.h"

#include <array>
#include <span>

/// Quartics of one bandwidth: what the places of a bucket add to a tile that all their circles hold.
namespace patchlight::detail {

/// Sums over the places that hold the whole tile, for (s (h² - d²))² with w = s², offsets (px, py) from the tile's
/// middle and A = h² - px² - py²; eight partial sums each, so that each path adds in one order.
struct Moments {
    enum { wA2, wA, w, wAx, wAy, wx, wy, wxx, wyy, wxy, count };
    std::array<std::array<double, 8>, count> sums{};
    bool any = false;
};

/// For each bucket the sums of w, w u, w v and so on, with (u, v) the offset from its middle and r² = u² + v². Moving
/// them to a tile's middle costs the same however many places a bucket has.
struct BucketMoments {
    enum { w, wu, wv, wuu, wuv, wvv, wr2u, wr2v, wr4, count };
    std::array<std::vector<double>, count> sums; ///< of all buckets, then eight zeros; empty: not worth while
    double reach2 = 0.0;                         ///< m²
    [[nodiscard]] bool empty() const { return sums[w].empty(); }
};
/// buckets    of one bandwidth, weights scaled for PolynomialShape<2>; else, or with few places a bucket, it is empty
/// task       cancelled: of no use, and its caller asks the task itself
[[nodiscard]] BucketMoments bucketMoments(const PlaceBuckets& buckets, const TaskContext& task);

/// Consecutive buckets whose places all hold the tile.
struct BucketRange {
    std::size_t begin = 0, end = 0;
    double east = 0.0, north = 0.0; ///< of the first one's middle, m
};

struct TileBuckets {
    const BucketMoments* moments = nullptr;
    double side = 1.0; ///< m
    std::span<const BucketRange> ranges;
};

/// With p = D + (u, v) and B = h² - D² a place has A = B - 2 D·(u, v) - r²: every moment is a sum of the bucket's.
template <class V>
PATCHLIGHT_INLINE void addBuckets(const TileBuckets& buckets, double middleEast, double middleNorth, Moments& moments) {
    constexpr std::size_t n = lanesOf<V>;
    using From = BucketMoments;
    for (std::size_t part = 0; part < 8; part += n) {
        V sum[Moments::count], lanes{};
        for (std::size_t m = 0; m < Moments::count; ++m) sum[m] = loaded<V>(&moments.sums[m][part]);
        for (std::size_t l = 0; l < n; ++l) setLane(lanes, l, static_cast<double>(part + l));
        for (const BucketRange& range : buckets.ranges) {
            const double dy = range.north - middleNorth;
            const V reach2 = broadcast<V>(buckets.moments->reach2 - dy * dy);
            for (std::size_t i = range.begin; i < range.end; i += 8) {
                const V left = broadcast<V>(static_cast<double>(range.end - i));
                V of[From::count];
                for (std::size_t m = 0; m < From::count; ++m)
                    of[m] = whereBelow(lanes, left, loaded<V>(&buckets.moments->sums[m][i + part]));
                const V dx = (range.east - middleEast) + (static_cast<double>(i - range.begin) + lanes) * buckets.side;
                const V b = reach2 - dx * dx;
                const V r2 = of[From::wuu] + of[From::wvv];
                const V alongX = dx * of[From::wuu] + dy * of[From::wuv]; // D·(u, v) u
                const V alongY = dx * of[From::wuv] + dy * of[From::wvv];
                const V along = dx * of[From::wu] + dy * of[From::wv];
                const V wa = b * of[From::w] - 2.0 * along - r2;
                sum[Moments::wA2] += b * (b * of[From::w] - 4.0 * along - 2.0 * r2) +
                                     4.0 * (dx * (alongX + of[From::wr2u]) + dy * (alongY + of[From::wr2v])) +
                                     of[From::wr4];
                sum[Moments::wA] += wa;
                sum[Moments::w] += of[From::w];
                sum[Moments::wAx] += dx * wa + (b * of[From::wu] - 2.0 * alongX - of[From::wr2u]);
                sum[Moments::wAy] += dy * wa + (b * of[From::wv] - 2.0 * alongY - of[From::wr2v]);
                const V wx = dx * of[From::w] + of[From::wu], wy = dy * of[From::w] + of[From::wv];
                sum[Moments::wx] += wx;
                sum[Moments::wy] += wy;
                sum[Moments::wxx] += dx * (wx + of[From::wu]) + of[From::wuu];
                sum[Moments::wyy] += dy * (wy + of[From::wv]) + of[From::wvv];
                sum[Moments::wxy] += dx * wy + dy * of[From::wu] + of[From::wuv];
            }
        }
        for (std::size_t m = 0; m < Moments::count; ++m) store(sum[m], &moments.sums[m][part]);
    }
    moments.any = moments.any || !buckets.ranges.empty();
}

} // namespace patchlight::detail
