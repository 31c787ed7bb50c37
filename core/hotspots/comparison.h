// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <optional>
#include <span>
#include <vector>

/// Hotspots of two periods: which later one is which earlier one, and whether its count has changed by more than chance
/// does.
namespace patchlight {

/// A hotspot from period to period; indices are those of the lists given, which are in order of rank.
struct HotspotMatch {
    std::optional<std::size_t> before, now; ///< both: the same hotspot; one: gone, or new
    double overlap = 0.0;                   ///< shared ground over the smaller outline's, of a pair
    std::vector<std::size_t> merged;        ///< of a pair: further earlier ones that went into it
    std::vector<std::size_t> split;         ///< of a pair: further later ones that came out of it
};

/// Two outlines can be one hotspot where the ground they share is at least `leastOverlap` of the smaller one. Of all
/// that can, the pair that shares most ground comes first, and each outline is in one pair at most; equal ground: the
/// better rank now, then before. An outline left over that could have been paired is named as merged or split, and is
/// gone or new beside that.
///
/// before, now   outlines by rank; empty ones match nothing
/// returns       pairs and new ones by rank now, then the gone by rank before
/// errors        invalidParameter (leastOverlap not above 0 and at most 1), fileFormat (GEOS), cancelled
/// cost          intersections of those whose boxes meet
[[nodiscard]] Expected<std::vector<HotspotMatch>> matchHotspots(std::span<const MultiPolygon> before,
                                                                std::span<const MultiPolygon> now,
                                                                double leastOverlap = 0.3,
                                                                const TaskContext& task = {});

/// Probability of two Poisson counts as unlike as these or more so, were their rates the same:
///   given n = a + b, a is binomial(n, q) with q = ta / (ta + tb);  p = sum of P(k) over k with P(k) <= P(a).
/// Exact and two-sided by least likelihood, without mid-p; 1 where both counts are 0. Takes incidents to be
/// independent: series and repeats make it too ready to call a change.
///
/// exposures   lengths of the two periods, in any unit; above 0
/// source      Przyborowski & Wilenski (1940), Biometrika 31:313-323; two-sided as R's poisson.test
/// cost        O(n)
[[nodiscard]] double equalRatesProbability(std::size_t a, std::size_t b, double exposureA = 1.0,
                                           double exposureB = 1.0);

/// Probabilities adjusted so that with any number of them true, one or more is called wrongly at most as often as the
/// level: ordered ascending, max over j <= i of min(1, (m - j + 1) p_j).   source Holm (1979), Scand. J. Stat. 6:65-70
[[nodiscard]] std::vector<double> holmAdjusted(std::span<const double> probabilities);

enum class Change { grown, shrunk, steady };
struct CountChange {
    std::size_t before = 0, now = 0;
    double probability = 1.0, adjusted = 1.0;
    Change change = Change::steady; ///< grown or shrunk only where adjusted < 0.05
};
/// Counts of the same ground in both periods, judged together.
/// errors   invalidParameter (lists of different length; a period of no days)
[[nodiscard]] Expected<std::vector<CountChange>>
judgedChanges(std::span<const std::size_t> before, std::span<const std::size_t> now, double daysBefore, double daysNow);

} // namespace patchlight
