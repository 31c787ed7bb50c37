// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace patchlight::detail {
namespace {

/// Columns are taken eight at a time: whole vectors on every path, no left-over loop.
constexpr std::size_t lanes = 8;

struct Row {
    double north = 0.0;     ///< of its cells' centres, m
    const double* easts;    ///< centres, m; padded to whole lanes
    double* sums;           ///< padded alike
    double west = 0.0;      ///< first centre, m
    double perCell = 0.0;   ///< 1 / cell size
    double last = 0.0;      ///< last column's index
    double h2 = 0.0;        ///< bandwidth squared, m²
    double inverseH = 0.0;  ///< 1 / m
    double inverseH2 = 0.0; ///< 1 / m²
};

// Shapes of squared distance, 0 from the bandwidth on. Written so that every compiler makes them branch-free.
struct Quartic {
    static PATCHLIGHT_INLINE double at(double d2, const Row& row) {
        const double u = 1.0 - d2 * row.inverseH2;
        const double v = u > 0.0 ? u : 0.0;
        return v * v;
    }
};
struct Epanechnikov {
    static PATCHLIGHT_INLINE double at(double d2, const Row& row) {
        const double u = 1.0 - d2 * row.inverseH2;
        return u > 0.0 ? u : 0.0;
    }
};
struct Triangular {
    static PATCHLIGHT_INLINE double at(double d2, const Row& row) {
        const double u = 1.0 - std::sqrt(d2) * row.inverseH;
        return u > 0.0 ? u : 0.0;
    }
};
struct Uniform {
    static PATCHLIGHT_INLINE double at(double d2, const Row& row) { return d2 < row.h2 ? 1.0 : 0.0; }
};

template <class Shape>
PATCHLIGHT_INLINE void addToRow(const WeightedPlace* place, const WeightedPlace* end, const Row& row) {
    const double* const easts = row.easts;
    double* const sums = row.sums;
    for (; place != end; ++place) {
        const double dy = row.north - place->north, dy2 = dy * dy;
        const double left = row.h2 - dy2;
        if (!(left >= 0.0)) continue;
        // Half a cell more on either side than the circle's chord: the shape decides, not this rounding.
        const double chord = std::sqrt(left) * row.perCell + 0.5;
        const double middle = (place->east - row.west) * row.perCell;
        const double from = std::max(middle - chord, 0.0), to = std::min(middle + chord, row.last);
        if (!(from <= to)) continue;
        const std::size_t begin = static_cast<std::size_t>(from) / lanes * lanes;
        const std::size_t stop = (static_cast<std::size_t>(to) / lanes + 1) * lanes;
        const double east = place->east, weight = place->weight;
        for (std::size_t block = begin; block < stop; block += lanes) {
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const double dx = easts[block + lane] - east;
                sums[block + lane] += weight * Shape::at(dx * dx + dy2, row);
            }
        }
    }
}

using AddToRow = void (*)(const WeightedPlace*, const WeightedPlace*, const Row&);

template <class Shape> void addPlain(const WeightedPlace* begin, const WeightedPlace* end, const Row& row) {
    addToRow<Shape>(begin, end, row);
}
#if PATCHLIGHT_HAS_VECTOR_COPIES
template <class Shape>
PATCHLIGHT_AVX2 void addAvx2(const WeightedPlace* begin, const WeightedPlace* end, const Row& row) {
    addToRow<Shape>(begin, end, row);
}
template <class Shape>
PATCHLIGHT_AVX512 void addAvx512(const WeightedPlace* begin, const WeightedPlace* end, const Row& row) {
    addToRow<Shape>(begin, end, row);
}
#endif

template <class Shape> AddToRow copyFor([[maybe_unused]] VectorPath path) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return &addAvx512<Shape>;
    if (path == VectorPath::avx2) return &addAvx2<Shape>;
#endif
    return &addPlain<Shape>;
}

AddToRow copyFor(Kernel kernel, VectorPath path) {
    switch (kernel) {
    case Kernel::epanechnikov:
        return copyFor<Epanechnikov>(path);
    case Kernel::triangular:
        return copyFor<Triangular>(path);
    case Kernel::uniform:
        return copyFor<Uniform>(path);
    default:
        return copyFor<Quartic>(path);
    }
}

} // namespace

bool addCompactKernel(std::span<const WeightedPlace> places, const GridFrame& frame, Kernel kernel, double bandwidth,
                      VectorPath path, const TaskContext& task, std::vector<double>& sums) {
    const AddToRow add = copyFor(kernel, path);
    const double cell = frame.cellSize.value();
    const std::size_t padded = (frame.columns + lanes - 1) / lanes * lanes;
    std::vector<double> easts(padded);
    for (std::size_t column = 0; column < padded; ++column) easts[column] = frame.centre(0, column).east;

    const auto southOf = [](const WeightedPlace& place, double north) { return place.north < north; };
    std::atomic<bool> cancelled{false};
    SharedProgress progress(task, "density", frame.rows);
    constexpr std::size_t rowsAtATime = 8, placesBetweenPolls = 4096;
    forEachBlock(frame.rows, rowsAtATime, [&](std::size_t begin, std::size_t end) {
        std::vector<double> rowSums(padded);
        for (std::size_t r = begin; r < end; ++r) {
            std::fill(rowSums.begin(), rowSums.end(), 0.0);
            const double north = frame.centre(r, 0).north;
            const Row row{north,
                          easts.data(),
                          rowSums.data(),
                          easts[0],
                          1.0 / cell,
                          static_cast<double>(frame.columns - 1),
                          bandwidth * bandwidth,
                          1.0 / bandwidth,
                          1.0 / (bandwidth * bandwidth)};
            auto at = std::lower_bound(places.begin(), places.end(), north - bandwidth, southOf);
            const auto stop = std::lower_bound(at, places.end(), north + bandwidth, southOf);
            while (at != stop) {
                if (cancelled || task.cancelled()) {
                    cancelled = true;
                    return;
                }
                const auto next = at + std::min<std::ptrdiff_t>(stop - at, placesBetweenPolls);
                add(&*at, &*at + (next - at), row);
                at = next;
            }
            std::copy_n(rowSums.begin(), frame.columns, sums.begin() + static_cast<std::ptrdiff_t>(r * frame.columns));
        }
        progress.add(end - begin);
    });
    return !cancelled;
}

} // namespace patchlight::detail
