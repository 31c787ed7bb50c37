// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/detail/compact_tile.h"
#include "core/density/detail/sums.h"

#include <atomic>
#include <utility>

namespace patchlight::detail {
namespace {

using Runs = std::span<const std::span<const ShapePlace>>;

template <class Shape> void addPlain(Tile& tile, Runs runs) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    addToTile<Shape, Lanes2, 4, 2>(tile, runs);
#else
    addToTile<Shape, double, 4, 4>(tile, runs);
#endif
}
#if PATCHLIGHT_HAS_VECTOR_COPIES
template <class Shape> PATCHLIGHT_AVX2 void addAvx2(Tile& tile, Runs runs) {
    addToTile<Shape, Lanes4, 4, 2>(tile, runs);
}
template <class Shape> PATCHLIGHT_AVX512 void addAvx512(Tile& tile, Runs runs) {
    addToTile<Shape, Lanes8, 8, 1>(tile, runs);
}
#endif

/// A kernel's shape and constant, for one path.
struct ShapeOnPath {
    void (*add)(Tile&, Runs);
    ShapePlace (*of)(const WeightedPlace&, double constant);
    double factor; ///< of 1/(pi h²), see kernels.cpp
};

template <class Shape> ShapeOnPath shapeOn([[maybe_unused]] VectorPath path, double factor) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return {&addAvx512<Shape>, &Shape::of, factor};
    if (path == VectorPath::avx2) return {&addAvx2<Shape>, &Shape::of, factor};
#endif
    return {&addPlain<Shape>, &Shape::of, factor};
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
    double chord = 0.0; ///< m
};
std::vector<BucketRow> bucketRowsNear(const PlaceBuckets& buckets, double south, double north, double reach) {
    std::vector<BucketRow> near;
    const double lowest = std::max((south - reach - buckets.south) / buckets.side - 1.0, 0.0);
    for (auto row = static_cast<std::size_t>(lowest); row < buckets.rows; ++row) {
        const double from = buckets.south + static_cast<double>(row) * buckets.side, to = from + buckets.side;
        if (from - reach > north) break;
        // A millionth of a side more: a place may lie that far outside its bucket by rounding.
        const double apart = std::max({from - north, south - to, 0.0}) - 1e-6 * buckets.side;
        const double left = apart > 0.0 ? reach * reach - apart * apart : reach * reach;
        if (left >= 0.0) near.push_back({row, std::sqrt(left) + 1e-6 * buckets.side});
    }
    return near;
}

/// The runs of places that may reach a tile's cells, one a row of buckets.
void findRuns(const PlaceBuckets& buckets, std::span<const BucketRow> near, std::span<const ShapePlace> places,
              const Tile& tile, std::vector<std::span<const ShapePlace>>& runs) {
    runs.clear();
    const auto column = [&](double east) {
        const double at = (east - buckets.west) / buckets.side;
        return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(buckets.columns - 1)));
    };
    for (const BucketRow& each : near) {
        const std::size_t row = each.row * buckets.columns;
        const std::size_t begin = buckets.first[row + column(tile.easts.front() - each.chord)];
        const std::size_t end = buckets.first[row + column(tile.easts.back() + each.chord) + 1];
        if (begin < end) runs.push_back(places.subspan(begin, end - begin));
    }
}

/// Some hundred thousand places at a time, so that a cancel is heard. False when cancelled.
bool addRuns(const ShapeOnPath& shape, Runs runs, Tile& tile, const TaskContext& task) {
    constexpr std::size_t placesBetweenPolls = 262144;
    std::vector<std::span<const ShapePlace>> part;
    for (std::size_t run = 0, offset = 0; run < runs.size();) {
        if (task.cancelled()) return false;
        part.clear();
        for (std::size_t room = placesBetweenPolls; run < runs.size() && room > 0;) {
            part.push_back(runs[run].subspan(offset, std::min(room, runs[run].size() - offset)));
            room -= part.back().size();
            offset += part.back().size();
            if (offset == runs[run].size()) ++run, offset = 0;
        }
        shape.add(tile, part);
    }
    return true;
}

std::vector<ShapePlace> shapePlaces(const PlaceBuckets& buckets, const ShapeOnPath& shape, KernelTerm term) {
    std::vector<ShapePlace> places(buckets.places.size());
    forEachBlock(places.size(), 65536, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
            const WeightedPlace& place = buckets.places[i];
            const double constant = constantPerKm2(shape.factor, place.bandwidth);
            places[i] = shape.of(place, term == KernelTerm::squared ? constant * constant : constant);
        }
    });
    return places;
}

} // namespace

bool addCompactKernel(const PlaceBuckets& buckets, const GridFrame& frame, Kernel kernel, KernelTerm term, double reach,
                      VectorPath path, const TaskContext& task, std::vector<double>& sums) {
    const ShapeOnPath shape = shapeOf(kernel, term, path);
    const std::vector<ShapePlace> places = shapePlaces(buckets, shape, term);
    std::atomic<bool> cancelled{false};
    SharedProgress progress(task, "density", frame.rows);
    forEachBlock((frame.rows + tileSide - 1) / tileSide, 1, [&](std::size_t tileRow, std::size_t) {
        Tile tile;
        const std::size_t firstRow = tileRow * tileSide, rows = std::min(tileSide, frame.rows - firstRow);
        for (std::size_t r = 0; r < tileSide; ++r) tile.norths[r] = frame.centre(firstRow + r, 0).north;
        const auto near = bucketRowsNear(buckets, tile.norths.front(), tile.norths.back(), reach);
        std::vector<std::span<const ShapePlace>> runs;
        for (std::size_t firstColumn = 0; firstColumn < frame.columns && !cancelled; firstColumn += tileSide) {
            for (std::size_t c = 0; c < tileSide; ++c) tile.easts[c] = frame.centre(0, firstColumn + c).east;
            findRuns(buckets, near, places, tile, runs);
            if (runs.empty()) continue;
            tile.sums.fill(0.0);
            if (!addRuns(shape, runs, tile, task)) cancelled = true;
            const std::size_t columns = std::min(tileSide, frame.columns - firstColumn);
            for (std::size_t r = 0; r < rows; ++r)
                std::copy_n(&tile.sums[r * tileSide], columns, &sums[(firstRow + r) * frame.columns + firstColumn]);
        }
        progress.add(rows);
    });
    return !cancelled;
}

} // namespace patchlight::detail
