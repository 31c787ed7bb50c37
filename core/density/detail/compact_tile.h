// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/density/detail/bucket_moments.h"

#include <algorithm>
#include <array>
#include <span>

/// A tile of 8 x 8 cells and the places that reach it: the sums stay in registers while the places pass.
namespace patchlight::detail {

inline constexpr std::size_t tileSide = 8, placesAtATime = 256;

struct Tile {
    std::array<double, tileSide> easts{}, norths{}; ///< of the cells' centres, m
    std::array<double, tileSide * tileSide> sums{}; ///< row by row from the south
};

/// How places are told apart for a tile, the same on every path: those that reach none of its cells add nothing; those
/// whose circle holds the whole tile are a polynomial over it, so that their moments do; the others are summed cell by
/// cell.
template <class Shape> struct TileWork {
    std::array<WeightedPlace, placesAtATime> cut;
    std::size_t cuts = 0;
    std::array<double, placesAtATime> x, y, amount, reach2; ///< of those that hold the tile; x, y from its middle
    std::size_t whole = 0;
};

template <class V, class Shape> PATCHLIGHT_INLINE void addMoments(TileWork<Shape>& work, Moments& moments) {
    constexpr std::size_t n = lanesOf<V>;
    while (work.whole % 8 != 0) {
        work.x[work.whole] = work.y[work.whole] = work.amount[work.whole] = work.reach2[work.whole] = 0.0;
        ++work.whole;
    }
    if (work.whole == 0) return;
    moments.any = true;
    for (std::size_t part = 0; part < 8; part += n) {
        V sum[Moments::count];
        for (std::size_t m = 0; m < Moments::count; ++m) sum[m] = loaded<V>(&moments.sums[m][part]);
        for (std::size_t i = part; i < work.whole; i += 8) {
            const V x = loaded<V>(&work.x[i]), y = loaded<V>(&work.y[i]), w = loaded<V>(&work.amount[i]);
            const V a = loaded<V>(&work.reach2[i]) - x * x - y * y;
            const V wa = w * a, wx = w * x, wy = w * y;
            sum[Moments::wA2] += wa * a;
            sum[Moments::wA] += wa;
            sum[Moments::w] += w;
            sum[Moments::wAx] += wa * x;
            sum[Moments::wAy] += wa * y;
            sum[Moments::wx] += wx;
            sum[Moments::wy] += wy;
            sum[Moments::wxx] += wx * x;
            sum[Moments::wyy] += wy * y;
            sum[Moments::wxy] += wx * y;
        }
        for (std::size_t m = 0; m < Moments::count; ++m) store(sum[m], &moments.sums[m][part]);
    }
    work.whole = 0;
}

/// h² - d² = A - r² + 2 (x px + y py) at a cell (x, y) of the tile; its square, summed over the places.
PATCHLIGHT_INLINE void addPolynomial(Tile& tile, const Moments& moments, double middleEast, double middleNorth) {
    std::array<double, Moments::count> m{};
    for (std::size_t k = 0; k < Moments::count; ++k) {
        const auto& s = moments.sums[k];
        m[k] = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]));
    }
    for (std::size_t row = 0; row < tileSide; ++row) {
        const double y = tile.norths[row] - middleNorth;
        for (std::size_t column = 0; column < tileSide; ++column) {
            const double x = tile.easts[column] - middleEast, r2 = x * x + y * y;
            const double squares = m[Moments::wA2] + r2 * (r2 * m[Moments::w] - 2 * m[Moments::wA]);
            const double slopes =
                x * (m[Moments::wAx] - r2 * m[Moments::wx]) + y * (m[Moments::wAy] - r2 * m[Moments::wy]);
            const double curves = x * x * m[Moments::wxx] + y * y * m[Moments::wyy] + 2 * x * y * m[Moments::wxy];
            tile.sums[row * tileSide + column] += squares + 4 * (slopes + curves);
        }
    }
}

/// Adds the cut places to rows x (columns of vectors) of the tile.
template <class Shape, class V, std::size_t rows, std::size_t vectors>
PATCHLIGHT_INLINE void addToPart(Tile& tile, std::size_t firstRow, std::size_t firstColumn,
                                 const TileWork<Shape>& work) {
    constexpr std::size_t n = lanesOf<V>, rowVectors = rows / n;
    V easts[vectors], norths[rowVectors], sums[rows][vectors];
    double* const corner = &tile.sums[firstRow * tileSide + firstColumn];
    for (std::size_t c = 0; c < vectors; ++c) easts[c] = loaded<V>(&tile.easts[firstColumn + c * n]);
    for (std::size_t r = 0; r < rowVectors; ++r) norths[r] = loaded<V>(&tile.norths[firstRow + r * n]);
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < vectors; ++c) sums[r][c] = loaded<V>(corner + r * tileSide + c * n);
    for (std::size_t k = 0; k < work.cuts; ++k) {
        const ShapePlace place = Shape::of(work.cut[k]);
        V rowTerms[rowVectors], columnTerms[vectors];
        for (std::size_t r = 0; r < rowVectors; ++r) {
            const V dy = norths[r] - place.north;
            rowTerms[r] = Shape::rowTerm(V{dy * dy}, place);
        }
        for (std::size_t c = 0; c < vectors; ++c) {
            const V dx = easts[c] - place.east;
            columnTerms[c] = Shape::columnTerm(V{dx * dx}, place);
        }
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < vectors; ++c)
                sums[r][c] += Shape::value(lane(rowTerms[r / n], r % n), columnTerms[c], place);
    }
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < vectors; ++c) store(sums[r][c], corner + r * tileSide + c * n);
}

/// Adds the places of the runs to the tile, in their order, and those of whole buckets.
template <class Shape, class V, std::size_t rows, std::size_t vectors>
PATCHLIGHT_INLINE void addToTile(Tile& tile, std::span<const std::span<const WeightedPlace>> runs,
                                 [[maybe_unused]] const TileBuckets& buckets) {
    const double west = tile.easts.front(), east = tile.easts.back();
    const double south = tile.norths.front(), north = tile.norths.back();
    const double middleEast = (west + east) / 2, middleNorth = (south + north) / 2;
    TileWork<Shape> work;
    Moments moments;
    const auto flush = [&] {
        for (std::size_t r = 0; r < tileSide; r += rows)
            for (std::size_t c = 0; c < tileSide; c += vectors * lanesOf<V>)
                addToPart<Shape, V, rows, vectors>(tile, r, c, work);
        work.cuts = 0;
        if constexpr (Shape::hasMoments) addMoments<V>(work, moments);
    };
    for (const std::span<const WeightedPlace> run : runs) {
        for (const WeightedPlace& place : run) {
            const double reach2 = Shape::of(place).reach2;
            const double toWest = place.east - west, toEast = east - place.east;
            const double toSouth = place.north - south, toNorth = north - place.north;
            const double dx = std::min({toWest, toEast, 0.0}), dy = std::min({toSouth, toNorth, 0.0});
            const bool reaches = dx * dx + dy * dy < reach2;
            bool whole = false;
            if constexpr (Shape::hasMoments) {
                // A tenth of h² inside the circle: no cell's share is then small beside the roundings of the moments.
                const double farX = std::max(toWest, toEast), farY = std::max(toSouth, toNorth);
                whole = farX * farX + farY * farY <= 0.9 * reach2;
                work.x[work.whole] = place.east - middleEast;
                work.y[work.whole] = place.north - middleNorth;
                work.amount[work.whole] = place.weight * place.weight;
                work.reach2[work.whole] = reach2;
                work.whole += whole;
            }
            work.cut[work.cuts] = place;
            work.cuts += reaches && !whole;
            if (work.cuts == placesAtATime || work.whole == placesAtATime) flush();
        }
    }
    flush();
    if constexpr (Shape::hasMoments) addBuckets<V>(buckets, middleEast, middleNorth, moments);
    if constexpr (Shape::hasMoments)
        if (moments.any) addPolynomial(tile, moments, middleEast, middleNorth);
}

} // namespace patchlight::detail
