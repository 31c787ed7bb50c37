// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace patchlight::detail {
namespace {

constexpr std::size_t lanes = 8; ///< columns come in whole vectors
constexpr std::size_t depth = 8; ///< places added to a row in one pass

/// row[c] += sum over eight places of factor[k] x across[k][c], each cell in the order of k.
PATCHLIGHT_INLINE void addEight(double* PATCHLIGHT_RESTRICT row, const double* PATCHLIGHT_RESTRICT across,
                                std::size_t stride, const double* factor, std::size_t columns) {
    const double f0 = factor[0], f1 = factor[1], f2 = factor[2], f3 = factor[3];
    const double f4 = factor[4], f5 = factor[5], f6 = factor[6], f7 = factor[7];
    const std::size_t count = columns / lanes * lanes; // columns are whole lanes; now the compiler knows
    for (std::size_t c = 0; c < count; ++c) {
        double sum = row[c];
        sum += f0 * across[c];
        sum += f1 * across[c + stride];
        sum += f2 * across[c + 2 * stride];
        sum += f3 * across[c + 3 * stride];
        sum += f4 * across[c + 4 * stride];
        sum += f5 * across[c + 5 * stride];
        sum += f6 * across[c + 6 * stride];
        sum += f7 * across[c + 7 * stride];
        row[c] = sum;
    }
}

using AddEight = void (*)(double*, const double*, std::size_t, const double*, std::size_t);

void addPlain(double* row, const double* across, std::size_t stride, const double* factor, std::size_t columns) {
    addEight(row, across, stride, factor, columns);
}
#if PATCHLIGHT_HAS_VECTOR_COPIES
PATCHLIGHT_AVX2 void addAvx2(double* row, const double* across, std::size_t stride, const double* factor,
                             std::size_t columns) {
    addEight(row, across, stride, factor, columns);
}
PATCHLIGHT_AVX512 void addAvx512(double* row, const double* across, std::size_t stride, const double* factor,
                                 std::size_t columns) {
    addEight(row, across, stride, factor, columns);
}
#endif

AddEight copyFor([[maybe_unused]] VectorPath path) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return &addAvx512;
    if (path == VectorPath::avx2) return &addAvx2;
#endif
    return &addPlain;
}

/// The cells whose centres lie within reach of places between two coordinates, one more on either side.
struct Range {
    std::size_t begin = 0, end = 0;
};
Range cellsWithin(double low, double high, double origin, double cell, std::size_t count) {
    const auto most = static_cast<double>(count);
    const double begin = std::clamp(std::floor((low - origin) / cell - 0.5), 0.0, most);
    const double end = std::clamp(std::ceil((high - origin) / cell + 0.5), 0.0, most);
    return {static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

/// Places that lie together come together, so that a batch covers few cells: squares of two bandwidths, row by row.
std::vector<WeightedPlace> inSquares(std::span<const WeightedPlace> places, const GridFrame& frame, double bandwidth) {
    struct Keyed {
        double row, column;
        WeightedPlace place;
        auto operator<=>(const Keyed&) const = default;
    };
    std::vector<Keyed> keyed;
    const double side = 2 * bandwidth, reach = 8.5 * bandwidth;
    const Box needed = grownBy(frame.box(), Metres{reach});
    for (const WeightedPlace& place : places)
        if (needed.contains({place.east, place.north}))
            keyed.push_back({std::floor((place.north - needed.south) / side),
                             std::floor((place.east - needed.west) / side), place});
    std::sort(keyed.begin(), keyed.end());
    std::vector<WeightedPlace> sorted;
    sorted.reserve(keyed.size());
    for (const Keyed& each : keyed) sorted.push_back(each.place);
    return sorted;
}

} // namespace

bool addGaussianKernel(std::span<const WeightedPlace> places, const GridFrame& frame, double bandwidth, VectorPath path,
                       const TaskContext& task, std::vector<double>& sums) {
    const AddEight add = copyFor(path);
    const std::vector<WeightedPlace> sorted = inSquares(places, frame, bandwidth);
    const double cell = frame.cellSize.value(), reach = 8.5 * bandwidth;
    const double exponent = -0.5 / (bandwidth * bandwidth);
    const std::size_t padded = (frame.columns + lanes - 1) / lanes * lanes;
    std::vector<double> rows(frame.rows * padded, 0.0);
    // Places whose factors are held at once, the depth of the matrix product: 128, fewer on a frame so long that they
    // would take more than 256 MB.
    const std::size_t affordable = (std::size_t{256} << 20) / sizeof(double) / (frame.rows + padded);
    const std::size_t batch = std::clamp<std::size_t>(affordable / depth * depth, depth, 128);
    // across: place x column; up: row x place, times the weight. Unused places of a last batch have factors 0.
    std::vector<double> across(batch * padded), up(frame.rows * batch);
    std::atomic<bool> cancelled{false};

    for (std::size_t first = 0; first < sorted.size(); first += batch) {
        const std::span part = std::span(sorted).subspan(first, std::min(batch, sorted.size() - first));
        Box box;
        for (const WeightedPlace& place : part) box = united(box, {place.east, place.north, place.east, place.north});
        Range columns = cellsWithin(box.west - reach, box.east + reach, frame.west, cell, frame.columns);
        columns.begin = columns.begin / lanes * lanes;
        columns.end = (columns.end + lanes - 1) / lanes * lanes;
        const Range span = cellsWithin(box.south - reach, box.north + reach, frame.south, cell, frame.rows);
        if (columns.begin >= columns.end || span.begin >= span.end) continue;
        const std::size_t width = columns.end - columns.begin;

        forEachBlock(batch, depth, [&](std::size_t begin, std::size_t end) {
            for (std::size_t k = begin; k < end; ++k) {
                const bool used = k < part.size();
                for (std::size_t c = 0; c < width; ++c) {
                    const double dx = used ? frame.centre(0, columns.begin + c).east - part[k].east : reach * 2;
                    across[k * width + c] = std::abs(dx) <= reach ? std::exp(exponent * dx * dx) : 0.0;
                }
                for (std::size_t r = span.begin; r < span.end; ++r) {
                    const double dy = used ? frame.centre(r, 0).north - part[k].north : reach * 2;
                    up[r * batch + k] = std::abs(dy) <= reach ? part[k].weight * std::exp(exponent * dy * dy) : 0.0;
                }
            }
        });
        forEachBlock(span.end - span.begin, 16, [&](std::size_t begin, std::size_t end) {
            // Eight places' factors stay in the nearest cache while the block's rows take them up.
            for (std::size_t k = 0; k < part.size(); k += depth) {
                if (cancelled || task.cancelled()) {
                    cancelled = true;
                    return;
                }
                for (std::size_t r = span.begin + begin; r < span.begin + end; ++r)
                    add(&rows[r * padded + columns.begin], &across[k * width], width, &up[r * batch + k], width);
            }
        });
        if (cancelled) return false;
        task.report("density", static_cast<double>(first + part.size()) / static_cast<double>(sorted.size()));
    }
    for (std::size_t r = 0; r < frame.rows; ++r)
        std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(r * padded), frame.columns,
                    sums.begin() + static_cast<std::ptrdiff_t>(r * frame.columns));
    return true;
}

} // namespace patchlight::detail
