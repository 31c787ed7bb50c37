// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <cmath>
#include <optional>

namespace patchlight {

/// A raster's place on the ground. Row 0 is the southernmost, column 0 the westernmost; cells are square and their
/// edges lie on whole multiples of the cell size in the project CRS.
struct GridFrame {
    double west = 0.0; ///< metres, outer edge
    double south = 0.0;
    Metres cellSize{50.0};
    std::size_t rows = 0;
    std::size_t columns = 0;

    [[nodiscard]] std::size_t cells() const { return rows * columns; }
    [[nodiscard]] ProjectedPoint centre(std::size_t row, std::size_t column) const {
        const double cell = cellSize.value();
        return {west + (static_cast<double>(column) + 0.5) * cell, south + (static_cast<double>(row) + 0.5) * cell};
    }
    [[nodiscard]] Box box() const {
        const double cell = cellSize.value();
        return {west, south, west + static_cast<double>(columns) * cell, south + static_cast<double>(rows) * cell};
    }
    /// The cell that holds a point, if any; a point on an edge belongs to the cell east and north of it.
    [[nodiscard]] std::optional<std::size_t> cellAt(ProjectedPoint point) const {
        const double column = std::floor((point.east - west) / cellSize.value());
        const double row = std::floor((point.north - south) / cellSize.value());
        if (!(column >= 0.0 && row >= 0.0 && column < static_cast<double>(columns) && row < static_cast<double>(rows)))
            return std::nullopt;
        return static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column);
    }
    bool operator==(const GridFrame&) const = default;
};

inline constexpr std::size_t maximumCells = 100'000'000;

/// The smallest frame with aligned edges that covers the box (a box on cell edges is taken as it is).
/// errors: invalidParameter (cell size not positive and finite; empty box; more than maximumCells, said with the size,
/// the memory and the time they would take)
[[nodiscard]] Expected<GridFrame> alignedFrame(const Box& box, Metres cellSize);

/// Which cells have their centre inside the polygon: rows x columns, 1 or 0. A scan line a row, O(cells + edges x
/// rows).
[[nodiscard]] std::vector<std::uint8_t> cellsInside(const GridFrame& frame, const MultiPolygon& polygon);

} // namespace patchlight
