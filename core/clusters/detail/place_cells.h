// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/distances.h"

#include <cstdint>

namespace patchlight::detail {

/// Places sorted into the square cells of a grid; only cells with places are kept, row by row. A row is a strip from
/// south to north, so that the places of an incident table, which come by east and north, are nearly in order.
struct PlaceCells {
    struct Cell {
        std::int64_t row = 0, column = 0;
        std::uint32_t begin = 0, end = 0; ///< its places
        Box box;                          ///< of its places
    };
    double side = 0.0; ///< m
    std::vector<Cell> cells;
    /// The places in the order of the cells, within one in the order of the input; `padding` zeros behind them, so that
    /// a whole vector may be read at the last.
    std::vector<double> east, north;
    std::vector<std::uint32_t> input; ///< where each of them stood in the input
    static constexpr std::size_t padding = 8;

    [[nodiscard]] ProjectedPoint at(std::size_t place) const { return {east[place], north[place]}; }
    void set(std::size_t place, ProjectedPoint p) { east[place] = p.east, north[place] = p.north; }

    /// The widest row or column number an index of places may get: cells stay exact to a millionth of their side.
    static constexpr double mostCellsAcross = 1e9;
};

/// errors: invalidParameter (eps not positive and finite, or more than mostCellsAcross / 2 times in the box of the
/// points)
[[nodiscard]] Expected<void> checkedEps(std::span<const ProjectedPoint> points, double eps);

/// points  finite, fewer than 2^32; the box of them at most mostCellsAcross sides wide and high
/// cost    O(n), O(n log n) where the places are few for their grid
/// task    cancelled: no cells, and its caller asks the task itself
[[nodiscard]] PlaceCells placeCells(std::span<const ProjectedPoint> points, double side, const TaskContext& task = {});

/// For each cell the others within `reach` rows and columns, in the order of cells: offsets into `cells`.
struct CellNeighbours {
    std::vector<std::size_t> first; ///< cells + 1
    std::vector<std::uint32_t> cells;
    [[nodiscard]] std::span<const std::uint32_t> of(std::size_t cell) const {
        return std::span(cells).subspan(first[cell], first[cell + 1] - first[cell]);
    }
};
/// task    cancelled: all neighbours are not there, and its caller asks the task itself
[[nodiscard]] CellNeighbours neighboursWithin(const PlaceCells& places, std::int64_t reach,
                                              const TaskContext& task = {});

} // namespace patchlight::detail
