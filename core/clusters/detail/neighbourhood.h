// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/vector_path.h"
#include "core/clusters/detail/place_cells.h"

#include <array>

namespace patchlight::detail {

/// Counts what lies near the places of a grid, whole vectors at a time.
class Neighbourhood {
public:
    /// grid     outlives it
    /// weights  one for each place in the grid's order; empty: all 1
    Neighbourhood(const PlaceCells& grid, std::span<const double> weights, VectorPath path = widestPath());

    /// The places of a cell and those around it: at most one run for each row of cells, the nearest rows first.
    struct Run {
        std::uint32_t begin = 0, end = 0;
        double west = 0.0, east = 0.0; ///< of its places, m
    };
    struct Runs {
        std::array<Run, 5> run{};
        std::size_t count = 0;
    };
    [[nodiscard]] Runs runsOf(const CellNeighbours& near, std::size_t cell) const;

    /// True when the weights at most sqrt(distance2) away, those of the place itself among them, reach `wanted`.
    [[nodiscard]] bool reaches(ProjectedPoint from, double distance2, double wanted, const Runs& runs) const;

private:
    const PlaceCells& m_grid;
    std::vector<std::int64_t> m_counts; ///< where weights are whole: sums of them do not depend on their order
    std::span<const double> m_weights;  ///< empty: all 1
    VectorPath m_path;
};

} // namespace patchlight::detail
