// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/hotspots.h"

#include "core/base/parallel.h"
#include "core/hotspots/detail/rings_of_cells.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight {
namespace {

using detail::DirectedEdge;

/// The crossings between a region's cells and the rest, as nodes; a node lies between a cell and its east or north
/// neighbour. Cells are numbered in a frame with one more cell on every side, so that the region never meets its end.
class RegionContour {
public:
    RegionContour(const DensitySurface& surface, std::span<const std::size_t> cells, double level)
        : m_surface{surface}, m_cells{cells}, m_level{level}, m_columns{surface.frame.columns + 2} {}

    [[nodiscard]] Polygon polygon() {
        std::vector<DirectedEdge> edges;
        for (const std::uint64_t square : squares()) addSegments(square, edges);
        std::vector<Ring> rings;
        for (const auto& walk : detail::closedWalks(edges)) {
            std::vector<ProjectedPoint> crossings;
            for (const std::uint64_t node : walk) crossings.push_back(place(node));
            rings.push_back(rounded(std::move(crossings)));
        }
        return detail::polygonOfRings(std::move(rings));
    }

private:
    [[nodiscard]] std::uint64_t padded(std::size_t cell) const {
        return (cell / m_surface.frame.columns + 1) * m_columns + cell % m_surface.frame.columns + 1;
    }

    /// The index of a padded cell in the surface, or nothing beyond the frame.
    [[nodiscard]] std::optional<std::size_t> cellOf(std::uint64_t paddedCell) const {
        const std::size_t row = paddedCell / m_columns, column = paddedCell % m_columns;
        if (row == 0 || column == 0 || row > m_surface.frame.rows || column > m_surface.frame.columns)
            return std::nullopt;
        return (row - 1) * m_surface.frame.columns + column - 1;
    }

    [[nodiscard]] bool high(std::uint64_t paddedCell) const {
        const auto cell = cellOf(paddedCell);
        return cell && std::binary_search(m_cells.begin(), m_cells.end(), *cell);
    }

    /// The squares between four centres, named by their south-west one, that touch the region.
    [[nodiscard]] std::vector<std::uint64_t> squares() const {
        std::vector<std::uint64_t> all;
        for (const std::size_t cell : m_cells) {
            const std::uint64_t at = padded(cell);
            for (const std::uint64_t square : {at, at - 1, at - m_columns, at - m_columns - 1}) all.push_back(square);
        }
        std::sort(all.begin(), all.end());
        all.erase(std::unique(all.begin(), all.end()), all.end());
        return all;
    }

    /// One segment round each run of high corners, the region to its left. Going round the square counter-clockwise,
    /// a run of high corners is left over the side after it and entered over the side before it; two runs (high corners
    /// across the diagonal) give two segments, so they stay apart.
    void addSegments(std::uint64_t square, std::vector<DirectedEdge>& edges) const {
        const std::array corner{square, square + 1, square + m_columns + 1, square + m_columns};
        const std::array<std::uint64_t, 4> side{2 * square, 2 * (square + 1) + 1, 2 * (square + m_columns),
                                                2 * square + 1}; // between corner k and k + 1
        std::array<bool, 4> isHigh{};
        for (std::size_t k = 0; k < 4; ++k) isHigh[k] = high(corner[k]);
        for (std::size_t k = 0; k < 4; ++k) {
            if (!isHigh[k] || isHigh[(k + 1) % 4]) continue; // corner k ends a run
            std::size_t first = k;
            while (isHigh[(first + 3) % 4] && (first + 3) % 4 != k) first = (first + 3) % 4;
            edges.push_back({side[k], side[(first + 3) % 4]});
        }
    }

    /// Where the surface, taken as linear between the two centres, passes the level; half-way where the lower one has
    /// no value. A fiftieth of a cell from either centre at least, so that rings neither touch a centre nor themselves.
    [[nodiscard]] ProjectedPoint place(std::uint64_t node) const {
        const std::uint64_t a = node / 2, b = node % 2 ? a + m_columns : a + 1;
        const bool aHigh = high(a);
        const std::uint64_t highCell = aHigh ? a : b, lowCell = aHigh ? b : a;
        double share = 0.5;
        const auto low = cellOf(lowCell);
        if (low && m_surface.has(*low)) {
            const double above = m_surface.values[*cellOf(highCell)] - m_level;
            const double below = m_level - m_surface.values[*low];
            if (above + below > 0) share = std::clamp(above / (above + below), 0.02, 0.98);
        }
        const ProjectedPoint from = centre(highCell), to = centre(lowCell);
        return {from.east + share * (to.east - from.east), from.north + share * (to.north - from.north)};
    }

    [[nodiscard]] ProjectedPoint centre(std::uint64_t paddedCell) const {
        const double cell = m_surface.frame.cellSize.value();
        return {m_surface.frame.west + (static_cast<double>(paddedCell % m_columns) - 0.5) * cell,
                m_surface.frame.south + (static_cast<double>(paddedCell / m_columns) - 0.5) * cell};
    }

    /// Corners cut twice after Chaikin: a quadratic spline within a hair. A crossing and its two neighbours lie in the
    /// two squares beside its side, so what is cut off meets no line between centres except that side, strictly
    /// between its ends: no centre changes sides, and the two arcs of a diagonal square stay in their halves.
    [[nodiscard]] static Ring rounded(std::vector<ProjectedPoint> points) {
        constexpr int rounds = 2;
        for (int round = 0; round < rounds; ++round) {
            std::vector<ProjectedPoint> cut;
            cut.reserve(2 * points.size());
            for (std::size_t i = 0; i < points.size(); ++i) {
                const ProjectedPoint a = points[i], b = points[(i + 1) % points.size()];
                cut.push_back({0.75 * a.east + 0.25 * b.east, 0.75 * a.north + 0.25 * b.north});
                cut.push_back({0.25 * a.east + 0.75 * b.east, 0.25 * a.north + 0.75 * b.north});
            }
            points = std::move(cut);
        }
        points.push_back(points.front());
        return points;
    }

    const DensitySurface& m_surface;
    std::span<const std::size_t> m_cells;
    double m_level;
    std::uint64_t m_columns;
};

} // namespace

MultiPolygon contourOf(const DensitySurface& surface, const CellCluster& cluster, double level) {
    if (cluster.cells.empty()) return {};
    return {{RegionContour(surface, cluster.cells, level).polygon()}};
}

MultiPolygon contourAbove(const DensitySurface& surface, double level) {
    const std::vector<CellCluster> clusters = clustersAbove(surface, level);
    MultiPolygon all;
    all.parts.resize(clusters.size());
    forEachBlock(clusters.size(), 16, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            all.parts[i] = RegionContour(surface, clusters[i].cells, level).polygon();
    });
    return all;
}

} // namespace patchlight
