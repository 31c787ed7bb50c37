// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>

namespace patchlight::detail {
namespace {

/// Columns are taken eight at a time: whole vectors on every path, no left-over loop. Rows are taken four at a time: a
/// place's reach along them and its squared distances east are worked out once for the four.
constexpr std::size_t lanes = 8, band = 4;

struct Band {
    std::array<double, band> norths{}; ///< of the rows' centres, ascending, m
    const double* easts;               ///< of the columns' centres, m; padded to whole lanes
    double* sums;                      ///< band x padded columns
    std::size_t padded = 0;
    double perCell = 0.0; ///< 1 / cell size
    double last = 0.0;    ///< last column's index
};

struct Constants {
    double h2 = 0.0;        ///< bandwidth squared, m²
    double inverseH = 0.0;  ///< 1 / m
    double inverseH2 = 0.0; ///< 1 / m²
};

// Shapes of squared distance, 0 from the bandwidth on. Written so that every compiler makes them branch-free.
struct Quartic {
    static PATCHLIGHT_INLINE double at(double d2, const Constants& k) {
        const double u = 1.0 - d2 * k.inverseH2;
        const double v = u > 0.0 ? u : 0.0;
        return v * v;
    }
};
struct Epanechnikov {
    static PATCHLIGHT_INLINE double at(double d2, const Constants& k) {
        const double u = 1.0 - d2 * k.inverseH2;
        return u > 0.0 ? u : 0.0;
    }
};
struct Triangular {
    static PATCHLIGHT_INLINE double at(double d2, const Constants& k) {
        const double u = 1.0 - std::sqrt(d2) * k.inverseH;
        return u > 0.0 ? u : 0.0;
    }
};
struct Uniform {
    static PATCHLIGHT_INLINE double at(double d2, const Constants& k) { return d2 < k.h2 ? 1.0 : 0.0; }
};

template <class Shape>
PATCHLIGHT_INLINE void addToBand(const WeightedPlace* place, const WeightedPlace* end, const Band& rows,
                                 const Constants k) {
    for (; place != end; ++place) {
        const double north = place->north, east = place->east, weight = place->weight;
        const double nearest = std::clamp(north, rows.norths.front(), rows.norths.back()) - north;
        const double left = k.h2 - nearest * nearest;
        if (!(left >= 0.0)) continue;
        // Half a cell more on either side than the circle's chord: the shape decides, not this rounding.
        const double chord = std::sqrt(left) * rows.perCell + 0.5;
        const double middle = (east - rows.easts[0]) * rows.perCell;
        const double from = std::max(middle - chord, 0.0), to = std::min(middle + chord, rows.last);
        if (!(from <= to)) continue;
        const auto firstBlock = static_cast<std::size_t>(static_cast<std::int32_t>(from)) / lanes;
        const auto lastBlock = static_cast<std::size_t>(static_cast<std::int32_t>(to)) / lanes;
        const std::size_t first = firstBlock * lanes, count = (lastBlock + 1 - firstBlock) * lanes;

        std::array<double, band> dy2{};
        for (std::size_t r = 0; r < band; ++r) dy2[r] = (rows.norths[r] - north) * (rows.norths[r] - north);
        const double* PATCHLIGHT_RESTRICT const easts = rows.easts + first;
        double* PATCHLIGHT_RESTRICT const sums0 = rows.sums + first;
        double* PATCHLIGHT_RESTRICT const sums1 = sums0 + rows.padded;
        double* PATCHLIGHT_RESTRICT const sums2 = sums1 + rows.padded;
        double* PATCHLIGHT_RESTRICT const sums3 = sums2 + rows.padded;
        for (std::size_t column = 0; column < count; ++column) {
            const double dx = easts[column] - east, dx2 = dx * dx;
            sums0[column] += weight * Shape::at(dx2 + dy2[0], k);
            sums1[column] += weight * Shape::at(dx2 + dy2[1], k);
            sums2[column] += weight * Shape::at(dx2 + dy2[2], k);
            sums3[column] += weight * Shape::at(dx2 + dy2[3], k);
        }
    }
}

using AddToBand = void (*)(const WeightedPlace*, const WeightedPlace*, const Band&, const Constants&);

template <class Shape>
void addPlain(const WeightedPlace* begin, const WeightedPlace* end, const Band& rows, const Constants& k) {
    addToBand<Shape>(begin, end, rows, k);
}
#if PATCHLIGHT_HAS_VECTOR_COPIES
template <class Shape>
PATCHLIGHT_AVX2 void addAvx2(const WeightedPlace* begin, const WeightedPlace* end, const Band& rows,
                             const Constants& k) {
    addToBand<Shape>(begin, end, rows, k);
}
template <class Shape>
PATCHLIGHT_AVX512 void addAvx512(const WeightedPlace* begin, const WeightedPlace* end, const Band& rows,
                                 const Constants& k) {
    addToBand<Shape>(begin, end, rows, k);
}
#endif

template <class Shape> AddToBand copyFor([[maybe_unused]] VectorPath path) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return &addAvx512<Shape>;
    if (path == VectorPath::avx2) return &addAvx2<Shape>;
#endif
    return &addPlain<Shape>;
}

AddToBand copyFor(Kernel kernel, VectorPath path) {
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
    const AddToBand add = copyFor(kernel, path);
    const double cell = frame.cellSize.value();
    const std::size_t padded = (frame.columns + lanes - 1) / lanes * lanes;
    std::vector<double> easts(padded);
    for (std::size_t column = 0; column < padded; ++column) easts[column] = frame.centre(0, column).east;

    const Constants constants{bandwidth * bandwidth, 1.0 / bandwidth, 1.0 / (bandwidth * bandwidth)};
    const auto southOf = [](const WeightedPlace& place, double north) { return place.north < north; };
    std::atomic<bool> cancelled{false};
    SharedProgress progress(task, "density", frame.rows);
    constexpr std::size_t placesBetweenPolls = 4096;
    forEachBlock(frame.rows, band, [&](std::size_t begin, std::size_t end) {
        std::vector<double> bandSums(band * padded, 0.0);
        Band rows{{}, easts.data(), bandSums.data(), padded, 1.0 / cell, static_cast<double>(frame.columns - 1)};
        for (std::size_t r = 0; r < band; ++r) rows.norths[r] = frame.centre(begin + r, 0).north;
        auto at = std::lower_bound(places.begin(), places.end(), rows.norths.front() - bandwidth, southOf);
        const auto stop = std::lower_bound(at, places.end(), rows.norths.back() + bandwidth, southOf);
        while (at != stop) {
            if (cancelled || task.cancelled()) {
                cancelled = true;
                return;
            }
            const auto next = at + std::min<std::ptrdiff_t>(stop - at, placesBetweenPolls);
            add(&*at, &*at + (next - at), rows, constants);
            at = next;
        }
        for (std::size_t r = begin; r < end; ++r)
            std::copy_n(bandSums.begin() + static_cast<std::ptrdiff_t>((r - begin) * padded), frame.columns,
                        sums.begin() + static_cast<std::ptrdiff_t>(r * frame.columns));
        progress.add(end - begin);
    });
    return !cancelled;
}

} // namespace patchlight::detail
