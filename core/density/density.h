// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/grid.h"

#include <optional>
#include <string_view>

/// Kernels, density surfaces, suggested cell size and bandwidth, hotspot areas and contours.
namespace patchlight {

enum class Kernel { quartic, epanechnikov, triangular, uniform, gaussian };

/// K_h(d) with unit volume over the plane, per m² (METHODS: quartic 3/(pi h²)(1 - d²/h²)², d < h, and so on).
/// bandwidth is the radius at which the kernel ends; for the Gaussian its standard deviation.
[[nodiscard]] double kernelPerSquareMetre(Kernel kernel, Metres distance, Metres bandwidth);
/// Distance at which the sum stops: the bandwidth; 8.5 bandwidths for the Gaussian.
[[nodiscard]] Metres kernelReach(Kernel kernel, Metres bandwidth);
/// By how much a frame is grown round the incidents: one bandwidth; 3 for the Gaussian.
[[nodiscard]] Metres kernelMargin(Kernel kernel, Metres bandwidth);

struct DensitySurface {
    GridFrame frame;
    std::vector<double> perKm2;       ///< rows x columns, row 0 southernmost; incidents per km²
    std::vector<std::uint8_t> inside; ///< 1 where the cell belongs to the study area; empty: all of them
    [[nodiscard]] bool has(std::size_t cell) const { return inside.empty() || inside[cell] != 0; }
};

/// Kernel density of weighted places on a grid:  f(c) = 1e6 sum_i w_i K_h(|c - x_i|),  c = cell centre, per km².
///
/// points     m places, project CRS; m = 0 gives a surface of zeros
/// weights    empty (all 1) or m values >= 0
/// frame      rows x columns
/// returns    the surface; equal to the brute-force sum to 1e-12 of its maximum; the same bytes on any number of
/// threads errors     invalidParameter (bandwidth not positive and finite; wrong number of weights, a negative or not
/// finite
///            one; a point that is not finite), cancelled
/// cost       O(m x cells within reach); the Gaussian is separable: O(m x (rows + columns) + matrix products)
/// source     Silverman (1986), Density Estimation, sections 4.2 to 4.3; Bailey & Gatrell (1995)
[[nodiscard]] Expected<DensitySurface> kernelDensity(std::span<const ProjectedPoint> points,
                                                     std::span<const double> weights, const GridFrame& frame,
                                                     Kernel kernel, Metres bandwidth, const TaskContext& task = {});

/// Ratcliffe's rule: the shorter side of the box over 150, rounded to the nearest of 10, 25, 50, 100, 250, 500, 1000 m,
/// enlarged until the grid stays under 500,000 cells.
[[nodiscard]] Metres suggestedCellSize(const Box& box);
/// Five cells, kept within 150 to 500 m (METHODS 1.4); on anonymised data not under 300 m.
[[nodiscard]] Metres suggestedBandwidth(Metres cellSize, bool anonymised);

/// Mean of the cells above 0 inside the study area (Gaussian: above 1e-6 of the maximum); 0 if there is none.
/// The incremental mean method counts in multiples of it. source: Chainey, Reid & Stuart (2002); METHODS 3.7
[[nodiscard]] double meanOfPositiveCells(const DensitySurface& surface, Kernel kernel);

/// One connected set of cells (by edges) with density >= threshold inside the study area.
struct CellCluster {
    std::vector<std::size_t> cells; ///< ascending cell indices
    MultiPolygon outline;           ///< edges of the cells: what the numbers are counted on
};
/// Hotspot cells grouped, in order of their first cell. cost O(cells)
[[nodiscard]] std::vector<CellCluster> clustersAbove(const DensitySurface& surface, double threshold);
/// For each cell 1 + index of its cluster, 0 for none: rows x columns.
[[nodiscard]] std::vector<std::uint32_t> clusterOfCell(const DensitySurface& surface,
                                                       std::span<const CellCluster> clusters);

/// The region where the surface, interpolated between cell centres (marching squares, corners then rounded), is >=
/// level; next to cells outside the study area and beyond the frame the border runs half-way, on the cell's edge. It
/// contains exactly the centres of the cells >= level, and each border point lies within one cell of one of them on
/// either axis. Diagonal neighbours are not joined (as in clustersAbove). This is what maps draw. Valid: outer rings
/// counter-clockwise, holes clockwise, one part for each cluster and in their order. cost O(c log c) for c cells above
[[nodiscard]] MultiPolygon contourAbove(const DensitySurface& surface, double level);
/// The same for the cells of one cluster alone.
[[nodiscard]] MultiPolygon contourOf(const DensitySurface& surface, const CellCluster& cluster, double level);

} // namespace patchlight
