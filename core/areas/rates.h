// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/units.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Rates of areas with their uncertainty, smoothed rates and location quotients.
namespace patchlight {

inline constexpr double usualConfidence = 0.95;

struct ConfidenceInterval {
    double low = 0.0;
    double high = 0.0;
};

/// Exact two-sided interval for the mean of a Poisson count k: half of chi-square quantiles,
///   low = chi2(alpha/2, 2k)/2 (0 for k = 0),  high = chi2(1 - alpha/2, 2k + 2)/2,  alpha = 1 - confidence.
/// It covers the mean in at least the share asked for.
/// errors  invalidParameter (count negative, above 1e15 or not whole; confidence not between 0 and 1)
/// cost    O(sqrt(k)); above 1e8 by Wilson and Hilferty's cube, which by then is exact to 1e-10
/// source  Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28
[[nodiscard]] Expected<ConfidenceInterval> poissonInterval(double count, double confidence = usualConfidence);

struct Rate {
    double value = 0.0;
    ConfidenceInterval interval;
};
struct Rates {
    std::vector<std::optional<Rate>> rate; ///< per area; nothing without a denominator
    std::size_t without = 0;               ///< areas whose denominator is missing or 0
    std::optional<double> overall;         ///< of the areas with a denominator together
};
/// Incidents per 1,000 people:  1000 c_i / p_i, with Garwood's interval for c_i over the same p_i.
///
/// counts   n whole numbers >= 0
/// people   n residents, or dwellings, visits and so on; missing or 0 (below 1e-9): no rate
/// errors   invalidParameter (another number of denominators than counts; a count that is negative, above 1e15 or not
///          whole; a denominator that is negative, not finite or above 1e15; confidence not between 0 and 1)
[[nodiscard]] Expected<Rates> ratesPerThousand(std::span<const double> counts,
                                               std::span<const std::optional<double>> people,
                                               double confidence = usualConfidence);
/// Incidents per km²; otherwise as ratesPerThousand.
[[nodiscard]] Expected<Rates> ratesPerSquareKilometre(std::span<const double> counts,
                                                      std::span<const SquareMetres> areas,
                                                      double confidence = usualConfidence);

/// Marshall's empirical Bayes rates per 1,000: each area's rate r_i = c_i/p_i is drawn towards the mean rate m the
/// more, the fewer people it has,
///   theta_i = m + A/(A + m/p_i) (r_i - m),   m = sum c/sum p,   A = max(0, sum p (r - m)²/sum p - m/mean p).
/// Without `neighbours` the sums run over all areas with people; with them over the area itself and those listed for
/// it (local smoothing). A = 0 (no more difference than chance makes) gives m.
///
/// neighbours  empty, or n lists of indices, the area itself not among them
/// returns     per area; nothing where people are missing or 0
/// errors      as ratesPerThousand; invalidParameter (another number of lists than areas; an index that is none)
/// source      Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators, Appl. Stat. 40
[[nodiscard]] Expected<std::vector<std::optional<double>>>
smoothedRatesPerThousand(std::span<const double> counts, std::span<const std::optional<double>> people,
                         std::span<const std::vector<std::uint32_t>> neighbours = {});

struct LocationQuotient {
    double value = 0.0;                         ///< 1: its fair share; 2: twice that
    std::optional<ConfidenceInterval> interval; ///< nothing where the approximation has nothing to stand on
};
/// An area's share of incidents over its share of a measure (area, dwellings, people):  (c_i/c)/(a_i/a). With areas
/// this is the area location quotient, numerically the PAI of that area.
///
/// The interval is the delta method's on the logarithm, c multinomial over the areas:
///   LQ exp(-/+ z sqrt(1/c_i - 1/c)).
/// It needs 0 < c_i < c and is a large-sample one: at 5 expected incidents it covers about what it says, below it is
/// rough. Moineddin, Beyene & Boyle take the same variance on LQ itself, where the lower end may fall below 0.
///
/// counts    n whole numbers >= 0
/// measure   n values; missing or 0: no quotient, and the area's incidents are left out of c
/// errors    as ratesPerThousand
/// source    Brantingham & Brantingham (1998); Moineddin, Beyene & Boyle (2003), On the location quotient confidence
///           interval, Geographical Analysis 35
[[nodiscard]] Expected<std::vector<std::optional<LocationQuotient>>>
areaLocationQuotients(std::span<const double> counts, std::span<const std::optional<double>> measure,
                      double confidence = usualConfidence);

/// What is an area's share of one kind of incident among all its incidents, over the same share everywhere:
///   (c_i/C_i)/(c/C).
///
/// The interval is the delta method's on the logarithm with c_j binomial out of C_j, areas independent (p_j = c_j/C_j):
///   variance = (1 - p_i)/c_i - 2 (1 - p_i)/c + sum_j C_j p_j (1 - p_j)/c².
/// It needs 0 < c_i < C_i, otherwise there is none.
///
/// counts      n whole numbers >= 0: incidents of one kind
/// reference   n whole numbers >= counts: all incidents; 0: no quotient
/// errors      invalidParameter (as above; a reference below its count)
/// source      as areaLocationQuotients
[[nodiscard]] Expected<std::vector<std::optional<LocationQuotient>>>
offenceLocationQuotients(std::span<const double> counts, std::span<const double> reference,
                         double confidence = usualConfidence);

} // namespace patchlight
