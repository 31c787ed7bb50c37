// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/density/density.h"

/// Dual kernel density: where one set of incidents is denser than a second set, or a population, leads one to expect.
namespace patchlight {

enum class RelativeMeasure { difference, ratio, logRatio };

/// Weighted places; no weights: all 1.
struct WeightedPoints {
    std::span<const ProjectedPoint> points;
    std::span<const double> weights;
};

/// What the second set is, and so what chance would do.
enum class Reference {
    incidents,  ///< other incidents: every incident of both sets might as well have been of the other (random labels)
    population, ///< people or dwellings: each incident falls on one of them, all alike
};

struct RelativeRiskParameters {
    Kernel kernel = Kernel::quartic;
    Metres bandwidth{300.0}; ///< the same for both, so that their biases cancel
    RelativeMeasure measure = RelativeMeasure::logRatio;
    Reference reference = Reference::incidents;
    double scale = 0.0;    ///< what the second density is multiplied by; 0: brought to the first one's total
    double epsilon = 0.01; ///< added to both sides of a ratio, of the largest expected density: 1 where both are thin
};

struct RelativeRisk {
    DensitySurface surface;         ///< the measure: per km², times, or natural logarithm of times
    DensitySurface first, expected; ///< per km²: the first set, the second one scaled
    DensitySurface z; ///< standard deviations by which the first set's share is above (below 0: under) that by chance;
                      ///< 0 where fewer than `leastNear` incidents are near enough to say
    double scale = 1.0;
};
inline constexpr double leastNear = 10.0;       ///< (sum K)² / sum K² of the incidents round a cell
inline constexpr double tolerance95 = 1.959964; ///< |z| beyond which one cell in twenty is by chance, both sides

/// difference f - s g;  ratio (f + d)/(s g + d), d = epsilon max(s g);  its logarithm.  f, g the kernel densities.
///
/// z compares shares, whatever the totals n1 and n2, with the exact mean and variance at each cell over all labellings:
/// (f/n1 - g/n2) / sqrt(N/(n1 n2) S²), S² the variance of K_h(c - x_i) over the N incidents of both; for a population
/// (f - n1 m)/sqrt(n1 v), m and v the mean and variance of K_h(c - x) over the people. Cells are tested one by one.
///
/// weights  counts of incidents or people at each place
/// returns  surfaces on the frame; no NaN anywhere
/// errors   as kernelDensity(); emptyInput (one set is empty or has no weight); invalidParameter (scale or epsilon not
///          finite or below 0)
/// cost     four densities
/// source   Kelsall & Diggle (1995); Hazelton & Davies (2009) for epsilon and tolerance contours; Hájek (1961) for the
///          moments under random labels; same bandwidth: METHODS D6
[[nodiscard]] Expected<RelativeRisk> relativeRisk(const WeightedPoints& first, const WeightedPoints& second,
                                                  const GridFrame& frame, const RelativeRiskParameters& parameters,
                                                  const TaskContext& task = {});

} // namespace patchlight
