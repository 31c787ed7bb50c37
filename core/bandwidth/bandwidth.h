// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <optional>
#include <string>

/// Starts for a bandwidth: rules of thumb, cross-validation, distances between places. Each says why, and why not.
namespace patchlight {

enum class BandwidthMeaning {
    standardDeviation, ///< of a Gaussian kernel
    radius,            ///< where the kernel ends
};

struct SuggestedBandwidth {
    std::optional<Metres> bandwidth; ///< nothing where the rule cannot be used on these places
    BandwidthMeaning meaning = BandwidthMeaning::standardDeviation;
    std::string reason; ///< one sentence: what it rests on, or why there is none
};

/// The quartic kernel's radius that smooths as much as a Gaussian's standard deviation, and back: the same asymptotic
/// mean integrated squared error, times (2304/5)^(1/6) = 2.779. (The same variance would be times sqrt(8) = 2.828.)
[[nodiscard]] Metres quarticRadius(Metres standardDeviation);
[[nodiscard]] Metres gaussianDeviation(Metres quarticRadius);

// All of the following take places with counts:
//   points   m places or incidents, project CRS; equal ones are added up, so the order and the form do not matter
//   weights  empty (all 1) or m whole counts >= 0; places with 0 are left out
//   errors   invalidParameter (wrong number of weights, one that is negative, above 1e15 or not whole; a point that is
//            not finite or beyond 1e9 m), cancelled
// n is the number of incidents.

/// Scott's rule, in two dimensions also Silverman's:  s n^(-1/6),  s = min(mean SD, mean IQR/1.34) of both axes (the SD
/// alone where the IQR is 0). The best for one round normal cluster; a town has many, so it is too wide for one.
/// Quartiles as in R's type 7. MASS::bandwidth.nrd gives 4 standard deviations and the rate of one dimension, n^(-1/5).
/// source  Scott (1992), Multivariate Density Estimation; Silverman (1986), section 4.3
[[nodiscard]] Expected<SuggestedBandwidth> normalReferenceBandwidth(std::span<const ProjectedPoint> points,
                                                                    std::span<const double> weights = {});
/// The widest that any density of this spread can ask for: 1.085 s n^(-1/6).
/// source  Terrell (1990), The maximal smoothing principle in density estimation, JASA 85
[[nodiscard]] Expected<SuggestedBandwidth> oversmoothingBandwidth(std::span<const ProjectedPoint> points,
                                                                  std::span<const double> weights = {});
/// The median distance of places to their k-th nearest other place, as a kernel's radius. Counts do not matter.
/// errors  also invalidParameter (k = 0)
/// cost    O(m (k + log m) log k)
[[nodiscard]] Expected<SuggestedBandwidth> nearestPlaceBandwidth(std::span<const ProjectedPoint> points,
                                                                 std::span<const double> weights, std::size_t k,
                                                                 const TaskContext& task = {});

/// The bandwidth whose density, made of all other incidents, foretells each incident best: the largest
/// likelihoodCriterion. leastSquaresBandwidth: the least leastSquaresCriterion.
///
/// Searched between half the median distance of places to their nearest other place and the oversmoothing bandwidth:
/// 16 trial values in equal ratios, then golden section round the best to half a per cent.
/// None where the criterion is better still below that range: it then falls to the ties (several incidents at one
/// place, as in anonymised extracts), not to the density. Giving each place once (no weights) asks about the places.
///
/// With more than 10,000 places the criterion is taken at a sample of incidents, every n/k-th in a fixed order, each
/// against all places; the reason says so.
/// cost    at most 1e8 kernel values a trial up to 100,000 places, then 1,000 a place; small bandwidths far less
/// source  Habbema, Hermans & van den Broek (1974); Loader (1999), Local Regression and Likelihood;
///         Rudemo (1982); Bowman (1984)
[[nodiscard]] Expected<SuggestedBandwidth> likelihoodBandwidth(std::span<const ProjectedPoint> points,
                                                               std::span<const double> weights = {},
                                                               const TaskContext& task = {});
[[nodiscard]] Expected<SuggestedBandwidth> leastSquaresBandwidth(std::span<const ProjectedPoint> points,
                                                                 std::span<const double> weights = {},
                                                                 const TaskContext& task = {});

/// Mean log density at the incidents, each left out in turn, Gaussian kernel, no edge correction:
///   1/n sum_i w_i log f_-i(x_i),   f_-i(x_i) = ((w_i - 1) K_h(0) + sum_{j != i} w_j K_h(x_i - x_j))/(n - 1).
/// Other incidents at the same place count as such. Kernel values below e^-36 of a place's largest are left out.
/// returns  log of 1/m²
/// errors   also invalidParameter (bandwidth not positive and finite; fewer than two places)
[[nodiscard]] Expected<double> likelihoodCriterion(std::span<const ProjectedPoint> points,
                                                   std::span<const double> weights, Metres standardDeviation,
                                                   const TaskContext& task = {});
/// Integrated squared error but for a constant:  integral f² - 2/n sum_i w_i f_-i(x_i),  in closed form
///   1/n² sum_ij w_i w_j K_{sqrt(2) h}(x_i - x_j) - 2/(n (n - 1)) [sum_{i != j} w_i w_j K_h + sum_i w_i (w_i - 1)
///   K_h(0)].
/// returns  1/m²; errors as likelihoodCriterion
[[nodiscard]] Expected<double> leastSquaresCriterion(std::span<const ProjectedPoint> points,
                                                     std::span<const double> weights, Metres standardDeviation,
                                                     const TaskContext& task = {});

} // namespace patchlight
