// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/base/task.h"
#include "core/hotspots/comparison.h"

/// The hotspots of two periods beside each other: what became of each.
namespace patchlight {

enum class Fate { fresh, grown, shrunk, steady, gone };
[[nodiscard]] std::string_view wordsOf(Fate fate); ///< "new", "grown", "shrunk", "about the same", "gone"

/// One hotspot through both periods.
struct HotspotChange {
    Fate fate = Fate::steady;
    std::optional<std::size_t> rankNow, rankBefore;
    std::string name;                  ///< of now, else of before
    std::size_t before = 0, now = 0;   ///< incidents of both periods on the same ground
    std::optional<double> probability; ///< adjusted; of a pair: that of a new or a gone one would be its own selection
    double overlap = 0.0;
    std::vector<std::string> merged, split; ///< names of further hotspots that went into it or came out of it
};

/// Pairs by matchHotspots. Counts of a pair are of the ground of both its outlines together, so that neither period
/// chose it alone (a hotspot's own outline is where that period was highest, and lower in any other); counts of a new
/// or a gone one are of its own outline. Pairs are judged together by judgedChanges, by the days of each period.
///
/// before, now   results of the same question in two periods, over rows of `table`
/// returns       by rank now, then the gone by rank before
/// errors        as matchHotspots and judgedChanges
[[nodiscard]] Expected<std::vector<HotspotChange>> hotspotChanges(const Result& before, const Period& beforePeriod,
                                                                  const Result& now, const Period& nowPeriod,
                                                                  const IncidentTable& table,
                                                                  const TaskContext& task = {});

/// What a summary of several recipes says of one.
struct RecipeChanges {
    std::string name; ///< the recipe's
    std::optional<Period> now, before;
    std::vector<HotspotChange> changes;
    std::string problem; ///< why there is nothing to compare, a sentence; else empty
};

} // namespace patchlight
