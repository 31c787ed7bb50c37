// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/detail/rings_of_cells.h"

#include "core/geometry/detail/rings.h"

#include <algorithm>

namespace patchlight::detail {
namespace {

/// Corners of cells are numbered like cells of a frame one wider: corner (row, column) is the south-west one of a cell.
struct Corners {
    std::size_t columns; ///< of corners
    [[nodiscard]] std::uint64_t at(std::size_t row, std::size_t column) const { return row * columns + column; }
    [[nodiscard]] std::int64_t rowOf(std::uint64_t corner) const { return static_cast<std::int64_t>(corner / columns); }
    [[nodiscard]] std::int64_t columnOf(std::uint64_t corner) const {
        return static_cast<std::int64_t>(corner % columns);
    }
    /// > 0 where b turns left of a, < 0 right, 0 straight on.
    [[nodiscard]] std::int64_t turn(const DirectedEdge& a, const DirectedEdge& b) const {
        const std::int64_t ax = columnOf(a.to) - columnOf(a.from), ay = rowOf(a.to) - rowOf(a.from);
        const std::int64_t bx = columnOf(b.to) - columnOf(b.from), by = rowOf(b.to) - rowOf(b.from);
        return ax * by - ay * bx;
    }
};

} // namespace

std::vector<std::vector<std::uint64_t>> closedWalks(std::vector<DirectedEdge>& edges, const ChooseNext& choose) {
    std::sort(edges.begin(), edges.end());
    std::vector<std::uint8_t> used(edges.size(), 0);
    const auto after = [&](const DirectedEdge& edge) {
        const auto leaves = [](const DirectedEdge& e, std::uint64_t node) { return e.from < node; };
        const auto first = std::lower_bound(edges.begin(), edges.end(), edge.to, leaves);
        const auto last = std::lower_bound(first, edges.end(), edge.to + 1, leaves);
        const auto begin = static_cast<std::size_t>(first - edges.begin());
        return last - first > 1 && choose ? choose(edge, begin, static_cast<std::size_t>(last - edges.begin())) : begin;
    };
    std::vector<std::vector<std::uint64_t>> walks;
    for (std::size_t start = 0; start < edges.size(); ++start) {
        if (used[start]) continue;
        std::vector<std::uint64_t>& walk = walks.emplace_back();
        for (std::size_t at = start; !used[at]; at = after(edges[at])) {
            used[at] = 1;
            walk.push_back(edges[at].from);
        }
    }
    return walks;
}

Polygon polygonOfRings(std::vector<Ring> rings) {
    Polygon polygon;
    for (Ring& ring : rings) {
        if (signedArea(ring) > 0)
            polygon.outer = std::move(ring);
        else
            polygon.holes.push_back(std::move(ring));
    }
    return polygon;
}

MultiPolygon outlineOfCells(const GridFrame& frame, std::span<const std::size_t> cells) {
    const Corners corners{frame.columns + 1};
    const auto has = [&](std::size_t row, std::size_t column) { // steps below 0 wrap round to far beyond the frame
        return row < frame.rows && column < frame.columns &&
               std::binary_search(cells.begin(), cells.end(), row * frame.columns + column);
    };
    std::vector<DirectedEdge> edges; // the cell lies to the left
    for (const std::size_t cell : cells) {
        const std::size_t row = cell / frame.columns, column = cell % frame.columns;
        const std::uint64_t southWest = corners.at(row, column), southEast = corners.at(row, column + 1);
        const std::uint64_t northWest = corners.at(row + 1, column), northEast = corners.at(row + 1, column + 1);
        if (!has(row - 1, column)) edges.push_back({southWest, southEast});
        if (!has(row, column + 1)) edges.push_back({southEast, northEast});
        if (!has(row + 1, column)) edges.push_back({northEast, northWest});
        if (!has(row, column - 1)) edges.push_back({northWest, southWest});
    }
    // Two of the region's cells may meet at a corner alone, closing in a hole there: turning right keeps the hole a
    // ring of its own that touches the outer one, where turning left would make one ring touch itself.
    const auto walks = closedWalks(edges, [&](const DirectedEdge& edge, std::size_t first, std::size_t last) {
        return corners.turn(edge, edges[first]) < corners.turn(edge, edges[last - 1]) ? first : last - 1;
    });
    std::vector<Ring> rings;
    for (const auto& walk : walks) {
        Ring ring;
        for (std::size_t i = 0; i < walk.size(); ++i) {
            const std::uint64_t before = walk[(i + walk.size() - 1) % walk.size()], next = walk[(i + 1) % walk.size()];
            if (corners.turn({before, walk[i]}, {walk[i], next}) == 0) continue;
            const double cell = frame.cellSize.value();
            ring.push_back({frame.west + static_cast<double>(corners.columnOf(walk[i])) * cell,
                            frame.south + static_cast<double>(corners.rowOf(walk[i])) * cell});
        }
        ring.push_back(ring.front());
        rings.push_back(std::move(ring));
    }
    return {{polygonOfRings(std::move(rings))}};
}

} // namespace patchlight::detail
