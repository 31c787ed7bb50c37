// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/neighbourhood.h"

#include "core/base/lanes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight::detail {
namespace {

struct Columns {
    const double* east;
    const double* north;
    const std::int64_t* count; ///< null: all 1
};

#if PATCHLIGHT_HAS_VECTOR_COPIES
template <class V> struct CountsOf;
template <> struct CountsOf<Lanes8> { using Type = std::int64_t __attribute__((vector_size(64))); };
template <> struct CountsOf<Lanes4> { using Type = std::int64_t __attribute__((vector_size(32))); };
template <> struct CountsOf<Lanes2> { using Type = std::int64_t __attribute__((vector_size(16))); };

/// The counts of [begin, end) at most sqrt(distance2) away; the last vector's lanes past the end count nothing.
template <class V>
PATCHLIGHT_INLINE std::int64_t countNear(const Columns& columns, std::size_t begin, std::size_t end, double east,
                                         double north, double distance2) {
    using Counts = typename CountsOf<V>::Type;
    constexpr std::size_t n = lanesOf<V>;
    Counts sum{}, position{};
    for (std::size_t i = 0; i < n; ++i) position[i] = static_cast<std::int64_t>(begin + i);
    for (std::size_t i = begin; i < end; i += n) {
        const V dx = loaded<V>(columns.east + i) - east, dy = loaded<V>(columns.north + i) - north;
        const Counts near = (dx * dx + dy * dy <= distance2) & (position < static_cast<std::int64_t>(end));
        if (columns.count) {
            Counts counts;
            std::memcpy(&counts, columns.count + i, sizeof(Counts));
            sum += counts & near;
        } else {
            sum -= near; // true is -1
        }
        position += static_cast<std::int64_t>(n);
    }
    std::int64_t total = 0;
    for (std::size_t i = 0; i < n; ++i) total += sum[i];
    return total;
}

std::int64_t countPlain(const Columns& columns, std::size_t begin, std::size_t end, double east, double north,
                        double distance2) {
    return countNear<Lanes2>(columns, begin, end, east, north, distance2);
}
PATCHLIGHT_AVX2 std::int64_t countAvx2(const Columns& columns, std::size_t begin, std::size_t end, double east,
                                       double north, double distance2) {
    return countNear<Lanes4>(columns, begin, end, east, north, distance2);
}
PATCHLIGHT_AVX512 std::int64_t countAvx512(const Columns& columns, std::size_t begin, std::size_t end, double east,
                                           double north, double distance2) {
    return countNear<Lanes8>(columns, begin, end, east, north, distance2);
}
#else
std::int64_t countPlain(const Columns& columns, std::size_t begin, std::size_t end, double east, double north,
                        double distance2) {
    std::int64_t sum = 0;
    for (std::size_t i = begin; i < end; ++i) {
        const double dx = columns.east[i] - east, dy = columns.north[i] - north;
        if (dx * dx + dy * dy <= distance2) sum += columns.count ? columns.count[i] : 1;
    }
    return sum;
}
#endif

using CountNear = std::int64_t (*)(const Columns&, std::size_t, std::size_t, double, double, double);

CountNear copyFor([[maybe_unused]] VectorPath path) {
#if PATCHLIGHT_HAS_VECTOR_COPIES
    if (path == VectorPath::avx512) return &countAvx512;
    if (path == VectorPath::avx2) return &countAvx2;
#endif
    return &countPlain;
}

bool areCounts(std::span<const double> weights) {
    constexpr double mostCount = 1e9; // a few billion of them still fit
    return std::all_of(weights.begin(), weights.end(),
                       [](double weight) { return weight == std::floor(weight) && weight <= mostCount; });
}

} // namespace

Neighbourhood::Neighbourhood(const PlaceCells& grid, std::span<const double> weights, VectorPath path)
    : m_grid{grid}, m_weights{weights}, m_path{path} {
    if (weights.empty() || !areCounts(weights)) return;
    m_counts.assign(weights.size() + PlaceCells::padding, 0);
    for (std::size_t i = 0; i < weights.size(); ++i) m_counts[i] = static_cast<std::int64_t>(weights[i]);
}

Neighbourhood::Runs Neighbourhood::runsOf(const CellNeighbours& near, std::size_t cell) const {
    Runs runs;
    std::array<std::int64_t, 5> away{}; ///< in rows, by run
    const std::int64_t own = m_grid.cells[cell].row;
    const auto take = [&](std::size_t index) { // cells come in order, and the places of a row's with them
        const PlaceCells::Cell& each = m_grid.cells[index];
        if (runs.count > 0 && each.row - own == away[runs.count - 1]) {
            Run& run = runs.run[runs.count - 1];
            run = {run.begin, each.end, std::min(run.west, each.box.west), std::max(run.east, each.box.east)};
            return;
        }
        away[runs.count] = each.row - own;
        runs.run[runs.count++] = {each.begin, each.end, each.box.west, each.box.east};
    };
    bool taken = false;
    for (const std::uint32_t other : near.of(cell)) {
        if (!taken && other > cell) {
            take(cell);
            taken = true;
        }
        take(other);
    }
    if (!taken) take(cell);
    for (std::size_t i = 1; i < runs.count; ++i) // at most five: put each where it belongs
        for (std::size_t k = i; k > 0 && std::abs(away[k]) < std::abs(away[k - 1]); --k) {
            std::swap(away[k], away[k - 1]);
            std::swap(runs.run[k], runs.run[k - 1]);
        }
    return runs;
}

bool Neighbourhood::reaches(ProjectedPoint from, double distance2, double wanted, const Runs& runs) const {
    if (m_weights.empty() || !m_counts.empty()) {
        const CountNear count = copyFor(m_path);
        const Columns columns{m_grid.east.data(), m_grid.north.data(), m_counts.empty() ? nullptr : m_counts.data()};
        std::int64_t sum = 0;
        for (std::size_t r = 0; r < runs.count; ++r) {
            const Run& run = runs.run[r];
            const double apart = std::max({run.west - from.east, from.east - run.east, 0.0});
            if (apart * apart > distance2) continue;
            sum += count(columns, run.begin, run.end, from.east, from.north, distance2);
            if (static_cast<double>(sum) >= wanted) return true;
        }
        return false;
    }
    double sum = 0.0;
    for (std::size_t r = 0; r < runs.count; ++r)
        for (std::uint32_t i = runs.run[r].begin; i < runs.run[r].end; ++i)
            sum += squaredDistance(m_grid.at(i), from) <= distance2 ? m_weights[i] : 0.0;
    return sum >= wanted;
}

} // namespace patchlight::detail
