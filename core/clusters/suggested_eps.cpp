// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/clusters/detail/place_cells.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace patchlight {
namespace {

constexpr double least = 25.0, most = 500.0, step = 10.0; // m

/// Squared distances from one place to its nearest others, the k smallest kept.
class Nearest {
public:
    explicit Nearest(std::size_t k) : m_wanted{k} {}
    void add(double d2) {
        if (m_heap.size() == m_wanted && d2 >= m_heap.front()) return;
        m_heap.push_back(d2);
        std::push_heap(m_heap.begin(), m_heap.end());
        if (m_heap.size() <= m_wanted) return;
        std::pop_heap(m_heap.begin(), m_heap.end());
        m_heap.pop_back();
    }
    /// Infinite until there are k.
    [[nodiscard]] double furthest2() const { return m_heap.size() < m_wanted ? INFINITY : m_heap.front(); }

private:
    std::size_t m_wanted;
    std::vector<double> m_heap;
};

/// Distance to the k-th nearest other place, m; anything beyond `most` comes out as infinite.
double distanceToKth(const detail::PlaceCells& grid, std::size_t cell, std::uint32_t place, std::size_t k) {
    const ProjectedPoint p = grid.at(place);
    const detail::PlaceCells::Cell& own = grid.cells[cell];
    Nearest nearest(k);
    const auto lookAt = [&](const detail::PlaceCells::Cell& other) {
        if (squaredDistance(p, other.box) >= nearest.furthest2()) return;
        for (std::uint32_t i = other.begin; i < other.end; ++i)
            if (i != place) nearest.add(squaredDistance(p, grid.at(i)));
    };
    const auto lookAlong = [&](std::int64_t row, std::int64_t from, std::int64_t to) {
        auto c =
            std::lower_bound(grid.cells.begin(), grid.cells.end(), std::make_tuple(row, from),
                             [](const auto& each, const auto& key) { return std::tie(each.row, each.column) < key; });
        for (; c != grid.cells.end() && c->row == row && c->column <= to; ++c) lookAt(*c);
    };
    for (std::int64_t ring = 0;; ++ring) {
        // Everything in this ring is at least (ring - 1) sides away.
        const double apart = static_cast<double>(std::max<std::int64_t>(ring - 1, 0)) * grid.side;
        if (apart > most || apart * apart > nearest.furthest2()) break;
        for (std::int64_t row = own.row - ring; row <= own.row + ring; ++row) {
            if (row == own.row - ring || row == own.row + ring) {
                lookAlong(row, own.column - ring, own.column + ring);
            } else {
                lookAlong(row, own.column - ring, own.column - ring);
                lookAlong(row, own.column + ring, own.column + ring);
            }
        }
    }
    const double furthest = std::sqrt(nearest.furthest2());
    return furthest <= most ? furthest : INFINITY;
}

} // namespace

Metres suggestedEps(std::span<const ProjectedPoint> points, std::size_t neighbours) {
    std::vector<ProjectedPoint> places;
    for (const ProjectedPoint p : points)
        if (std::isfinite(p.east) && std::isfinite(p.north)) places.push_back(p);
    const std::size_t k = std::max<std::size_t>(neighbours, 1);
    if (places.size() <= k) return Metres{most};
    // Cells that hold about k places where the places lie evenly, and no more than a few rings up to the limit.
    const Box box = typicalBox(places);
    const double even = std::sqrt(std::max(box.width() * box.height(), 1.0) * static_cast<double>(k) /
                                  static_cast<double>(places.size()));
    const Box all = boxOf(places);
    const double side = std::max({std::clamp(even, 5.0, most), all.width() / 1e8, all.height() / 1e8});
    const detail::PlaceCells grid = detail::placeCells(places, side);

    std::vector<double> distances(places.size());
    forEachBlock(grid.cells.size(), 64, [&](std::size_t begin, std::size_t end) {
        for (std::size_t cell = begin; cell < end; ++cell)
            for (std::uint32_t i = grid.cells[cell].begin; i < grid.cells[cell].end; ++i)
                distances[i] = distanceToKth(grid, cell, i, k);
    });
    const auto median = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), median, distances.end());
    return Metres{std::clamp(std::round(std::min(*median, most) / step) * step, least, most)};
}

} // namespace patchlight
