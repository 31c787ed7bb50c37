// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/grid.h"

#include <optional>
#include <string_view>

/// Kernels, density surfaces, adaptive bandwidths, edge correction, suggested cell size and bandwidth.
namespace patchlight {

enum class Kernel { quartic, epanechnikov, triweight, triangular, uniform, gaussian, negativeExponential };

/// Where the endless kernels are cut off, in bandwidths: what is beyond is under 1e-15 of one incident's peak.
inline constexpr double gaussianReach = 8.5, negativeExponentialReach = 40.0;

/// K_h(d) with unit volume over the plane, per m² (METHODS: quartic 3/(pi h²)(1 - d²/h²)², d < h, and so on).
/// bandwidth is the radius at which the kernel ends; for the Gaussian its standard deviation, for the negative
/// exponential, exp(-d/h)/(2 pi h²), its scale.
[[nodiscard]] double kernelPerSquareMetre(Kernel kernel, Metres distance, Metres bandwidth);
/// Distance at which the sum stops: the bandwidth, or where an endless kernel is cut off.
[[nodiscard]] Metres kernelReach(Kernel kernel, Metres bandwidth);
/// By how much a frame is grown round the incidents: one bandwidth; 3 for the Gaussian, 5 for the negative exponential.
[[nodiscard]] Metres kernelMargin(Kernel kernel, Metres bandwidth);
/// Gaussian and negative exponential.
[[nodiscard]] constexpr bool isEndless(Kernel kernel) {
    return kernel == Kernel::gaussian || kernel == Kernel::negativeExponential;
}
/// Standard deviation on one axis of the kernel with bandwidth 1: kernels of equal width have bandwidths in the inverse
/// ratio (a quartic of radius sqrt(8) s is as wide as a Gaussian of standard deviation s).
[[nodiscard]] double deviationOnAxis(Kernel kernel);

struct DensitySurface {
    GridFrame frame;
    std::vector<double> values;       ///< rows x columns, row 0 southernmost; weight (incidents) per km²
    std::vector<std::uint8_t> inside; ///< 1 where the cell belongs to the study area; empty: all of them
    [[nodiscard]] bool has(std::size_t cell) const { return inside.empty() || inside[cell] != 0; }
};

/// Kernel density of weighted places on a grid:  f(c) = 1e6 sum_i w_i K_h(|c - x_i|),  c = cell centre, per km².
///
/// points     m places, project CRS; m = 0 gives a surface of zeros; equal ones are summed as one
/// weights    empty (all 1) or m values >= 0
/// frame      rows x columns
/// returns    the surface; equal to the brute-force sum to 1e-12 of its maximum; the same bytes on any number of
///            threads and whatever the order of the points
/// errors     invalidParameter (bandwidth not positive and finite; wrong number of weights, a negative or not finite
///            one; a point that is not finite), cancelled
/// cost       O(m x cells within reach); the Gaussian O(m + cells), whatever the bandwidth
/// source     Silverman (1986), Density Estimation, sections 4.2 to 4.3; Bailey & Gatrell (1995)
[[nodiscard]] Expected<DensitySurface> kernelDensity(std::span<const ProjectedPoint> points,
                                                     std::span<const double> weights, const GridFrame& frame,
                                                     Kernel kernel, Metres bandwidth, const TaskContext& task = {});

/// The same with a bandwidth for each place, m values in metres > 0.
[[nodiscard]] Expected<DensitySurface> adaptiveDensity(std::span<const ProjectedPoint> points,
                                                       std::span<const double> weights,
                                                       std::span<const double> bandwidths, const GridFrame& frame,
                                                       Kernel kernel, const TaskContext& task = {});

/// sum_i w_i (1e6 K_h(|c - x_i|))²: what the variance of a density under random labels is made of.
[[nodiscard]] Expected<DensitySurface> squaredKernelDensity(std::span<const ProjectedPoint> points,
                                                            std::span<const double> weights, const GridFrame& frame,
                                                            Kernel kernel, Metres bandwidth,
                                                            const TaskContext& task = {});

/// A bandwidth for each of m places, wide where incidents are few:  h_i = h0 min(f_i^(-1/2) / g, 5),  f_i the density
/// at the place by a quartic as wide as the kernel with h0, g the geometric mean of f^(-1/2) over the incidents.
/// weights    empty or m values > 0. errors: invalidParameter, cancelled. cost O(m x places within h0)
/// source     Abramson (1982); Hall & Marron (1988); the limit of 5: Davies & Baddeley (2018)
[[nodiscard]] Expected<std::vector<double>> abramsonBandwidths(std::span<const ProjectedPoint> points,
                                                               std::span<const double> weights, Kernel kernel,
                                                               Metres bandwidth, const TaskContext& task = {});
/// The distance from each of m places to the k-th nearest other incident, `least` where that is less (as where a place
/// has more than k incidents itself). errors: invalidParameter (k is 0 or not under the number of incidents), cancelled
/// source     Breiman, Meisel & Purcell (1977); Loftsgaarden & Quesenberry (1965)
[[nodiscard]] Expected<std::vector<double>> nearestBandwidths(std::span<const ProjectedPoint> points,
                                                              std::span<const double> weights, std::size_t neighbours,
                                                              Metres least, const TaskContext& task = {});

/// The share of the kernel at each cell's centre that lies inside the study area, on the grid's own cells: 1 where the
/// area fills the reach, half at a straight border. Dividing the surface by it is the uniform edge correction; dividing
/// each incident's weight by that of its cell is the one of Jones and Diggle, which keeps the number of incidents.
/// inside     rows x columns, 1 or 0. errors: invalidParameter, cancelled
/// source     Diggle (1985); Jones (1993)
[[nodiscard]] Expected<std::vector<double>> edgeShares(const GridFrame& frame, std::span<const std::uint8_t> inside,
                                                       Kernel kernel, Metres bandwidth, const TaskContext& task = {});

/// Ratcliffe's rule: the shorter side of the box over 150, rounded to the nearest of 10, 25, 50, 100, 250, 500, 1000 m,
/// enlarged until the grid stays under 500,000 cells.
[[nodiscard]] Metres suggestedCellSize(const Box& box);
/// Five cells, kept within 150 to 500 m (METHODS 1.4); on anonymised data not under 300 m.
[[nodiscard]] Metres suggestedBandwidth(Metres cellSize, bool anonymised);

} // namespace patchlight
