// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/detail/compact_tile.h"
#include "core/density/detail/sums.h"

#include <atomic>
#include <utility>

namespace patchlight::detail {
namespace {

using Runs = std::span<const std::span<const WeightedPlace>>;

template <class Shape> void addPlain(Tile& tile, Runs runs, const TileBuckets& buckets) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    addToTile<Shape, Lanes2, 4, 2>(tile, runs, buckets);
#else
    addToTile<Shape, double, 4, 4>(tile, runs, buckets);
#endif
}
#if PATCHLIGHT_HAS_VECTOR_COPIES
template <class Shape> PATCHLIGHT_AVX2 void addAvx2(Tile& tile, Runs runs, const TileBuckets& buckets) {
    addToTile<Shape, Lanes4, 4, 2>(tile, runs, buckets);
}
template <class Shape> PATCHLIGHT_AVX512 void addAvx512(Tile& tile, Runs runs, const TileBuckets& buckets) {
    addToTile<Shape, Lanes8, 8, 1>(tile, runs, buckets);
}
#endif

/// A kernel's shape and constant, for one path.
struct ShapeOnPath {
    void (*add)(Tile&, Runs, const TileBuckets&);
    double (*scaled)(const WeightedPlace&, double constant);
    double factor;   ///< of 1/(pi h²), see kernels.cpp
    bool hasMoments; ///< whole buckets can be added
};

template <class Shape> ShapeOnPath shapeOn([[maybe_unused]] VectorPath path, double factor) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return {&addAvx512<Shape>, &Shape::scaled, factor, Shape::hasMoments};
    if (path == VectorPath::avx2) return {&addAvx2<Shape>, &Shape::scaled, factor, Shape::hasMoments};
#endif
    return {&addPlain<Shape>, &Shape::scaled, factor, Shape::hasMoments};
}

ShapeOnPath shapeOf(Kernel kernel, KernelTerm term, VectorPath path) {
    const bool squared = term == KernelTerm::squared;
    switch (kernel) {
    case Kernel::epanechnikov:
        return squared ? shapeOn<PolynomialShape<2>>(path, 2) : shapeOn<PolynomialShape<1>>(path, 2);
    case Kernel::triweight:
        return squared ? shapeOn<PolynomialShape<6>>(path, 4) : shapeOn<PolynomialShape<3>>(path, 4);
    case Kernel::triangular:
        return squared ? shapeOn<TriangularShape<2>>(path, 3) : shapeOn<TriangularShape<1>>(path, 3);
    case Kernel::uniform:
        return shapeOn<UniformShape>(path, 1);
    case Kernel::negativeExponential:
        return squared ? shapeOn<ExponentialShape<2>>(path, 0.5) : shapeOn<ExponentialShape<1>>(path, 0.5);
    default:
        return squared ? shapeOn<PolynomialShape<4>>(path, 3) : shapeOn<PolynomialShape<2>>(path, 3);
    }
}

/// For a row of tiles: each row of buckets within reach, and how far along it places may still reach a cell.
struct BucketRow {
    std::size_t row = 0;
    double chord = 0.0;      ///< m
    double wholeChord = 0.0; ///< as far along whole buckets hold the tiles, m; 0: none does
};
std::vector<BucketRow> bucketRowsNear(const PlaceBuckets& buckets, double south, double north, double reach,
                                      double wholeReach2) {
    std::vector<BucketRow> near;
    const double lowest = std::max((south - reach - buckets.south) / buckets.side - 1.0, 0.0);
    for (auto row = static_cast<std::size_t>(lowest); row < buckets.rows; ++row) {
        const double from = buckets.south + static_cast<double>(row) * buckets.side, to = from + buckets.side;
        if (from - reach > north) break;
        // A millionth of a side more: a place may lie that far outside its bucket by rounding.
        const double apart = std::max({from - north, south - to, 0.0}) - 1e-6 * buckets.side;
        const double left = apart > 0.0 ? reach * reach - apart * apart : reach * reach;
        if (left < 0.0) continue;
        const double far = std::max(north - from, to - south) + 1e-6 * buckets.side;
        const double whole = wholeReach2 - far * far;
        near.push_back({row, std::sqrt(left) + 1e-6 * buckets.side,
                        whole > 0.0 ? std::max(std::sqrt(whole) - 1e-6 * buckets.side, 0.0) : 0.0});
    }
    return near;
}

/// What may reach a tile's cells: runs of places, one or two a row of buckets, and whole buckets between them.
struct TileReach {
    std::vector<std::span<const WeightedPlace>> runs;
    std::vector<BucketRange> whole;
};

void findReach(const PlaceBuckets& buckets, std::span<const BucketRow> near, const Tile& tile, TileReach& found) {
    found.runs.clear();
    found.whole.clear();
    const double perSide = 1.0 / buckets.side;
    const auto column = [&](double east) {
        const double at = (east - buckets.west) * perSide;
        return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(buckets.columns - 1)));
    };
    const auto add = [&](std::size_t from, std::size_t to) {
        const std::size_t begin = buckets.first[from], end = buckets.first[to];
        if (begin < end) found.runs.push_back(std::span(buckets.places).subspan(begin, end - begin));
    };
    for (const BucketRow& each : near) {
        const std::size_t row = each.row * buckets.columns;
        const std::size_t first = row + column(tile.easts.front() - each.chord);
        const std::size_t last = row + column(tile.easts.back() + each.chord) + 1;
        if (each.wholeChord > 0.0) {
            const double west = (tile.easts.back() - each.wholeChord - buckets.west) * perSide;
            const double east = (tile.easts.front() + each.wholeChord - buckets.west) * perSide;
            const std::size_t from = std::max(row + static_cast<std::size_t>(std::ceil(std::max(west, 0.0))), first);
            const std::size_t to = std::min(row + static_cast<std::size_t>(std::max(east, 0.0)), last);
            if (from < to) {
                add(first, from);
                if (buckets.first[from] < buckets.first[to])
                    found.whole.push_back({from, to,
                                           buckets.west + (static_cast<double>(from - row) + 0.5) * buckets.side,
                                           buckets.south + (static_cast<double>(each.row) + 0.5) * buckets.side});
                add(to, last);
                continue;
            }
        }
        add(first, last);
    }
}

/// Some hundred thousand places at a time, so that a cancel is heard. False when cancelled.
bool addReach(const ShapeOnPath& shape, const TileReach& reach, TileBuckets buckets, Tile& tile,
              const TaskContext& task) {
    constexpr std::size_t placesBetweenPolls = 262144;
    std::vector<std::span<const WeightedPlace>> part;
    buckets.ranges = reach.whole;
    for (std::size_t run = 0, offset = 0; run < reach.runs.size() || !buckets.ranges.empty();) {
        if (task.cancelled()) return false;
        part.clear();
        for (std::size_t room = placesBetweenPolls; run < reach.runs.size() && room > 0;) {
            part.push_back(reach.runs[run].subspan(offset, std::min(room, reach.runs[run].size() - offset)));
            room -= part.back().size();
            offset += part.back().size();
            if (offset == reach.runs[run].size()) ++run, offset = 0;
        }
        shape.add(tile, part, buckets);
        buckets.ranges = {};
    }
    return true;
}

/// Weights become what the shape multiplies by.
void scaleWeights(std::vector<WeightedPlace>& places, const ShapeOnPath& shape, KernelTerm term) {
    forEachBlock(places.size(), 65536, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const double constant = constantPerKm2(shape.factor, places[i].bandwidth);
            places[i].weight = shape.scaled(places[i], term == KernelTerm::squared ? constant * constant : constant);
        }
    });
}

} // namespace

bool addCompactKernel(PlaceBuckets& buckets, const GridFrame& frame, Kernel kernel, KernelTerm term, double reach,
                      VectorPath path, const TaskContext& task, std::vector<double>& sums) {
    const ShapeOnPath shape = shapeOf(kernel, term, path);
    scaleWeights(buckets.places, shape, term);
    const BucketMoments moments = shape.hasMoments ? bucketMoments(buckets, task) : BucketMoments{};
    if (task.cancelled()) return false;
    // As for single places: a tenth of h² inside the circle.
    const double wholeReach2 = moments.empty() ? 0.0 : 0.9 * moments.reach2;
    std::atomic<bool> cancelled{false};
    SharedProgress progress(task, "density", frame.rows);
    forEachBlock((frame.rows + tileSide - 1) / tileSide, 1, [&](std::size_t tileRow, std::size_t) {
        Tile tile;
        const std::size_t firstRow = tileRow * tileSide, rows = std::min(tileSide, frame.rows - firstRow);
        for (std::size_t r = 0; r < tileSide; ++r) tile.norths[r] = frame.centre(firstRow + r, 0).north;
        const auto near = bucketRowsNear(buckets, tile.norths.front(), tile.norths.back(), reach, wholeReach2);
        TileReach found;
        for (std::size_t firstColumn = 0; firstColumn < frame.columns && !cancelled; firstColumn += tileSide) {
            for (std::size_t c = 0; c < tileSide; ++c) tile.easts[c] = frame.centre(0, firstColumn + c).east;
            findReach(buckets, near, tile, found);
            if (found.runs.empty() && found.whole.empty()) continue;
            tile.sums.fill(0.0);
            if (!addReach(shape, found, {&moments, buckets.side, {}}, tile, task)) cancelled = true;
            const std::size_t columns = std::min(tileSide, frame.columns - firstColumn);
            for (std::size_t r = 0; r < rows; ++r)
                std::copy_n(&tile.sums[r * tileSide], columns, &sums[(firstRow + r) * frame.columns + firstColumn]);
        }
        progress.add(rows);
    });
    return !cancelled;
}

} // namespace patchlight::detail
