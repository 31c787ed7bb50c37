// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/grid.h"
#include "core/geometry/study_area.h"

#include <optional>

/// Squares and hexagons: which one a point lies in, their outlines, and counts in them.
namespace patchlight {

enum class HexagonTop { flat, pointed };

/// Hexagons over a box, rows x columns like a GridFrame: row 0 the southernmost, column 0 the westernmost, each second
/// line of them shifted by half a hexagon. The lattice is fixed to the project CRS (one hexagon has its centre at
/// `origin`), so the same place gets the same hexagon whatever the data.
struct HexagonFrame {
    HexagonTop top = HexagonTop::flat;
    Metres size{250.0};      ///< side of the square of equal area: a hexagon covers size²
    ProjectedPoint origin{}; ///< moves the lattice, to see whether a result hangs on where the hexagons lie
    std::int64_t firstRow = 0;
    std::int64_t firstColumn = 0;
    std::size_t rows = 0;
    std::size_t columns = 0;

    [[nodiscard]] std::size_t cells() const { return rows * columns; }
    bool operator==(const HexagonFrame&) const = default;
};

/// The hexagons that the box touches, in whole rows and columns.
/// errors  invalidParameter (size not positive and finite; box empty, not finite or beyond 1e9 m; origin not finite or
///         beyond 1e9 m; a size too small for the coordinates; more than maximumCells)
[[nodiscard]] Expected<HexagonFrame> hexagonFrame(const Box& box, Metres size, HexagonTop top = HexagonTop::flat,
                                                  ProjectedPoint origin = {});

/// The cell that a point belongs to, row x columns + column; nothing outside the frame. Index arithmetic, O(1).
/// Squares: a point on a border belongs to the cell east and north of it; on the frame's own east and north edge to the
/// last one.
[[nodiscard]] std::optional<std::size_t> cellOf(const GridFrame& frame, ProjectedPoint point);
/// Hexagons: the one whose centre is nearest; a point on a border belongs to the eastern hexagon (flat tops; of two in
/// one column the northern) or to the northern (pointed tops; of two in one row the eastern). Borders are no round
/// numbers, so on them the rule holds to within rounding.
[[nodiscard]] std::optional<std::size_t> cellOf(const HexagonFrame& frame, ProjectedPoint point);

[[nodiscard]] ProjectedPoint centreOf(const GridFrame& frame, std::size_t cell);
[[nodiscard]] ProjectedPoint centreOf(const HexagonFrame& frame, std::size_t cell);
/// Counter-clockwise and closed. Neighbours share their corners to the last digit, so that cells leave no gap.
[[nodiscard]] Polygon outlineOf(const GridFrame& frame, std::size_t cell);
[[nodiscard]] Polygon outlineOf(const HexagonFrame& frame, std::size_t cell);

struct CellCounts {
    std::vector<double> count;        ///< rows x columns: incidents inside the study area
    std::vector<std::uint8_t> listed; ///< 1: the cell's centre lies in the study area, or it holds an incident of it
    double counted = 0.0;
    double outsideArea = 0.0;  ///< incidents outside the study area, not counted
    double outsideFrame = 0.0; ///< incidents inside the study area but beyond the frame, not counted
};
/// Counts weighted places in cells. A cell cut by the study area's border counts only what lies inside.
///
/// points   m places, project CRS; weights empty (all 1) or m values >= 0
/// area     everything: all cells are listed
/// returns  sums in the order of the points: the same bytes on any number of threads
/// errors   invalidParameter (wrong number of weights, a negative or not finite one; a point that is not finite or
///          beyond 1e9 m; a frame of more than maximumCells), cancelled
/// cost     O(m + cells) point-in-polygon tests
[[nodiscard]] Expected<CellCounts> countInCells(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                                const GridFrame& frame, const StudyArea& area = {},
                                                const TaskContext& task = {});
[[nodiscard]] Expected<CellCounts> countInCells(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                                const HexagonFrame& frame, const StudyArea& area = {},
                                                const TaskContext& task = {});

} // namespace patchlight
