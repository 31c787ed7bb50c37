// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/density/density.h"

/// Hotspots: where a density is at or above a threshold, as cells and as outlines.
namespace patchlight {

/// Mean of the cells above 0 inside the study area (of endless kernels: above 1e-6 of the maximum); 0 if there is none.
/// The incremental mean method counts in multiples of it. source: Chainey, Reid & Stuart (2002); METHODS 3.7
[[nodiscard]] double meanOfPositiveCells(const DensitySurface& surface, Kernel kernel);

/// What makes a cell a hotspot's.
enum class ThresholdMethod {
    incrementalMean, ///< so many times the mean of the cells above zero
    quantile,        ///< so many per cent of the cells above zero are below it
    topArea,         ///< the densest so many per cent of the study area
    absolute,        ///< so many incidents per km²
};
/// A start for each: 3 times the mean, 95 %, 2 % of the area; three times the mean as a rounded density.
[[nodiscard]] double usualThreshold(ThresholdMethod method, const DensitySurface& surface, Kernel kernel);
/// The density from which on a cell belongs to a hotspot; nothing where no cell is above zero. `topArea` never takes
/// more than its share: cells of one density come together or not at all, unless the densest alone are more.
/// errors   invalidParameter (not above 0; a percentage of 100 or more; not finite)
/// source   Chainey, Reid & Stuart (2002) for the incremental mean; Chainey (2013)
[[nodiscard]] Expected<std::optional<double>> hotspotThreshold(const DensitySurface& surface, Kernel kernel,
                                                               ThresholdMethod method, double value);

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
