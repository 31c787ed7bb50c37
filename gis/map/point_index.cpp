// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/map.h"

#include "core/base/parallel.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace patchlight::paint {

/// Distinct places in the cells of a regular grid, row by row, so that each row of a view is one run of places. The
/// grid covers the typical box; places beyond it belong to the nearest cell of its rim, so one wild position costs
/// nothing.
struct PointIndex::Cells {
    Box typical;
    double west = 0.0, south = 0.0, cell = 1.0; // m
    std::size_t rows = 0, columns = 0, total = 0;
    std::vector<std::size_t> start; // rows * columns + 1
    std::vector<ProjectedPoint> place;
    std::vector<std::uint32_t> weight;
    std::vector<std::size_t> before; // rows * columns + 1: incidents in the cells before each

    [[nodiscard]] std::size_t clipped(double cells, std::size_t count) const {
        if (!(cells > 0.0)) return 0;
        return cells < static_cast<double>(count) ? static_cast<std::size_t>(cells) : count - 1;
    }
    [[nodiscard]] std::size_t column(double east) const { return clipped((east - west) / cell, columns); }
    [[nodiscard]] std::size_t row(double north) const { return clipped((north - south) / cell, rows); }

    /// Calls visit(place, weight) for every place in the box.
    template <class Visit> void visit(const Box& box, Visit visit) const {
        if (place.empty() || box.empty()) return;
        const std::size_t first = column(box.west), last = column(box.east), top = row(box.north);
        for (std::size_t r = row(box.south); r <= top; ++r) visitRow(r, first, last, box, visit);
    }
    template <class Visit>
    void visitRow(std::size_t r, std::size_t first, std::size_t last, const Box& box, const Visit& visit) const {
        for (std::size_t i = start[r * columns + first]; i < start[r * columns + last + 1]; ++i)
            if (box.contains(place[i])) visit(place[i], weight[i]);
    }

    /// Incidents in the box; cells wholly inside are not looked into. The grid's rim holds places beyond it.
    [[nodiscard]] std::size_t countWithin(const Box& box) const {
        if (place.empty() || box.empty()) return 0;
        const std::size_t first = column(box.west), last = column(box.east), bottom = row(box.south),
                          top = row(box.north);
        std::size_t count = 0;
        const auto look = [&](std::size_t r, std::size_t from, std::size_t to) {
            visitRow(r, from, to, box, [&](ProjectedPoint, std::uint32_t w) { count += w; });
        };
        for (std::size_t r = bottom; r <= top; ++r) {
            const bool rim = r == bottom || r == top || r == 0 || r + 1 == rows;
            const std::size_t from = std::max<std::size_t>(first + 1, 1), to = std::min(last, columns - 1);
            if (rim || from >= to) {
                look(r, first, last);
                continue;
            }
            look(r, first, from - 1);
            count += before[r * columns + to] - before[r * columns + from];
            look(r, to, last);
        }
        return count;
    }
};

PointIndex::PointIndex(std::vector<ProjectedPoint> points) : m_cells{std::make_unique<Cells>()} {
    constexpr double placesPerCell = 8.0;
    constexpr double mostCells = 4e6;
    std::erase_if(points, [](ProjectedPoint p) { return !std::isfinite(p.east) || !std::isfinite(p.north); });
    Cells& cells = *m_cells;
    cells.total = points.size();
    if (points.empty()) return;
    cells.typical = typicalBox(points);
    const double width = std::max(cells.typical.width(), 1.0), height = std::max(cells.typical.height(), 1.0);
    const double wanted = std::clamp(static_cast<double>(points.size()) / placesPerCell, 1.0, mostCells);
    cells.cell = std::max({std::sqrt(width * height / wanted), width / 4096, height / 4096});
    cells.west = cells.typical.west;
    cells.south = cells.typical.south;
    cells.columns = static_cast<std::size_t>(width / cells.cell) + 1;
    cells.rows = static_cast<std::size_t>(height / cells.cell) + 1;

    // Counting sort into cells, then sorting and merging equal places within each.
    std::vector<std::uint32_t> cellOf(points.size());
    std::vector<std::size_t> begin(cells.rows * cells.columns + 1, 0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        cellOf[i] =
            static_cast<std::uint32_t>(cells.row(points[i].north) * cells.columns + cells.column(points[i].east));
        ++begin[cellOf[i] + 1];
    }
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    std::vector<ProjectedPoint> sorted(points.size());
    std::vector<std::size_t> next(begin.begin(), begin.end() - 1);
    for (std::size_t i = 0; i < points.size(); ++i) sorted[next[cellOf[i]]++] = points[i];
    cells.start.reserve(begin.size());
    for (std::size_t c = 0; c + 1 < begin.size(); ++c) {
        cells.start.push_back(cells.place.size());
        const auto from = sorted.begin() + static_cast<std::ptrdiff_t>(begin[c]);
        const auto to = sorted.begin() + static_cast<std::ptrdiff_t>(begin[c + 1]);
        std::sort(from, to);
        for (auto it = from; it != to; ++it) {
            if (cells.place.size() > cells.start.back() && cells.place.back() == *it) {
                ++cells.weight.back();
            } else {
                cells.place.push_back(*it);
                cells.weight.push_back(1);
            }
        }
    }
    cells.start.push_back(cells.place.size());
    cells.before.assign(cells.start.size(), 0);
    for (std::size_t c = 0; c + 1 < cells.start.size(); ++c) {
        cells.before[c + 1] = cells.before[c];
        for (std::size_t i = cells.start[c]; i < cells.start[c + 1]; ++i) cells.before[c + 1] += cells.weight[i];
    }
}

PointIndex::~PointIndex() = default;

std::vector<std::uint32_t> PointIndex::countsPerPixel(const Box& box, std::size_t width, std::size_t height) const {
    std::vector<std::uint32_t> counts(width * height, 0);
    if (counts.empty() || box.width() <= 0.0 || box.height() <= 0.0) return counts;
    const double perEast = static_cast<double>(width) / box.width();
    const double perNorth = static_cast<double>(height) / box.height();
    if (m_cells->place.empty() || box.empty()) return counts;
    const auto pixelRowOf = [&](ProjectedPoint p) {
        return std::min(height - 1, static_cast<std::size_t>((box.north - p.north) * perNorth));
    };
    const std::size_t first = m_cells->column(box.west), last = m_cells->column(box.east);
    // Bands of pixel rows, each by itself: a row of cells on the border of two is gone through for both.
    constexpr std::size_t rowsAtATime = 128;
    forEachBlock(height, rowsAtATime, [&](std::size_t begin, std::size_t end) {
        const double top = box.north - static_cast<double>(begin) / perNorth;
        const double bottom = box.north - static_cast<double>(end) / perNorth;
        const std::size_t south = m_cells->row(bottom), north = m_cells->row(top);
        for (std::size_t r = south > 0 ? south - 1 : 0; r <= std::min(north + 1, m_cells->rows - 1); ++r)
            m_cells->visitRow(r, first, last, box, [&](ProjectedPoint p, std::uint32_t weight) {
                const std::size_t y = pixelRowOf(p);
                if (y < begin || y >= end) return;
                const auto x = std::min(width - 1, static_cast<std::size_t>((p.east - box.west) * perEast));
                counts[y * width + x] += weight;
            });
    });
    return counts;
}

std::vector<ProjectedPoint> PointIndex::within(const Box& box) const {
    std::vector<ProjectedPoint> found;
    m_cells->visit(box, [&](ProjectedPoint p, std::uint32_t weight) { found.insert(found.end(), weight, p); });
    return found;
}

std::size_t PointIndex::countWithin(const Box& box) const {
    return m_cells->countWithin(box);
}

std::size_t PointIndex::size() const {
    return m_cells->total;
}
const Box& PointIndex::typical() const {
    return m_cells->typical;
}

} // namespace patchlight::paint
