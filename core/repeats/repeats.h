// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/geometry/geometry.h"

#include <array>
#include <optional>

/// Places with more than one incident, and how concentrated incidents are on few places.
namespace patchlight {

/// One place of the list that CrimeStat calls the mode.
struct RankedPlace {
    ProjectedPoint point;
    std::size_t rank = 0; ///< 1 for the most incidents; equal counts share a rank and the next is left out: 1, 2, 2, 4
    double count = 0.0;   ///< incidents
    double share = 0.0;   ///< of all incidents
    double sharesSum = 0.0; ///< of this place and those before it in the list
};
struct RepeatLocations {
    std::vector<RankedPlace> places; ///< most incidents first; equal counts from west to east, then south to north
    double incidents = 0.0;
    std::size_t placesWithRepeats = 0; ///< places with two incidents or more
    double repeats = 0.0;              ///< incidents at a place that had one before: the sum of count - 1
    double repeatShare = 0.0;          ///< of all incidents; 0 without any
};
/// Ranks places by their incidents. Positions are the same place when both coordinates are equal; that says nothing of
/// anonymised extracts, whose points stand for many addresses each.
///
/// points   m places or incidents, project CRS; equal ones are added up
/// weights  empty (all 1) or m whole counts >= 0; places with 0 are left out
/// errors   invalidParameter (wrong number of weights, one that is negative, above 1e15 or not whole; a point that is
///          not finite)
/// cost     O(m log m)
[[nodiscard]] Expected<RepeatLocations> repeatLocations(std::span<const ProjectedPoint> points,
                                                        std::span<const double> weights = {});

struct LorenzPoint {
    double places = 0.0;    ///< share of places, those with the fewest incidents first
    double incidents = 0.0; ///< share of incidents they hold
};
/// The fewest places that hold at least a share of all incidents.
struct SmallestPlaces {
    double wanted = 0.0; ///< 0.5: half of all incidents
    double held = 0.0;   ///< what these places hold, at least `wanted`
    std::size_t places = 0;
    double ofPlacesWithIncidents = 0.0;
    std::optional<double> ofAllPlaces; ///< where their number is known
};
struct Concentration {
    double incidents = 0.0;
    std::size_t placesWithIncidents = 0;
    std::optional<std::size_t> allPlaces;
    std::vector<LorenzPoint> lorenz; ///< from (0, 0) to (1, 1), straight between; a point wherever the count changes
    double gini = 0.0;               ///< 0 when all places have as many incidents, towards 1 when one has all
    double generalisedGini = 0.0;    ///< 0 when incidents are as spread as their number allows
    std::array<SmallestPlaces, 3> smallest; ///< for 25, 50 and 80 % of the incidents
};
/// How concentrated incidents are, over all n places where their number is known, else over those with an incident:
///   G  = (2 sum_i i y_i - n - 1)/n,      y_i = the places' shares of the c incidents, ascending,
///   G' = max(1/c, 1/n) (2 sum_i i y_i - n - 1) - max(n/c, 1) + 1.
/// With fewer incidents than places some places must stay empty and G cannot be 0; G' compares with the most even
/// spread that c incidents allow. From c = n on they are one.
///
/// counts     per place, whole numbers >= 0
/// allPlaces  how many places there are: addresses, street segments, cells; at least counts.size(). Absent: not known,
///            and places with 0 are left out
/// errors     invalidParameter (a count that is negative, above 1e15 or not whole; fewer places than counts or more
/// than
///            1e15), emptyInput (no incident)
/// cost       O(m log m)
/// source     Bernasco & Steenbeek (2017), More places than crimes, Journal of Quantitative Criminology 33
[[nodiscard]] Expected<Concentration> concentrationOf(std::span<const double> counts,
                                                      std::optional<std::size_t> allPlaces = std::nullopt);

} // namespace patchlight
