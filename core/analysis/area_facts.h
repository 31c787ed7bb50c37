// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

#include <functional>

/// What is said of hotspots and clusters once their outlines and incidents are known.
namespace patchlight {

/// Counts each area's incidents, distinct places and largest stack from rows/areaOf (index + 1) of the result, and
/// finds its id, peak month (of several months) and peak hour (where at least half of its incidents have a time of day
/// and there are ten of those). `weights`: per row of the result, or empty.
void countAreas(Result& result, const IncidentTable& table, std::span<const double> weights = {});

/// Sets the area figures that follow from the others (share, areaShare, density, pai), sorts and numbers them.
/// areaOf holds on entry 1 + index in `areas`, on return ranks.
void rankAreas(Result& result);
/// Leaves out the areas that `stays` does not keep, and closes the gaps in ranks and `areaOf`. Returns how many.
std::size_t keepAreas(Result& result, const std::function<bool(const HotspotArea&)>& stays);
/// Names each area that has none by its most frequent place texts ("On or near " dropped, points of interest after
/// streets); equal names get the next street: "Ashley Road / Heron Court Road".
void nameAreas(Result& result, const IncidentTable& table);

/// People in each area, by the share of each boundary that lies inside it, and incidents per 1,000 of them; nothing
/// where the layer has no population there. errors: invalidParameter (no boundary of the layer has a population),
/// cancelled
[[nodiscard]] Expected<void> addPopulation(Result& result, const BoundaryLayer& layer, const TaskContext& task);

/// The layer of the input with this name. errors: invalidParameter (it was not loaded: names those that were)
[[nodiscard]] Expected<const BoundaryLayer*> layerNamed(const AnalysisInput& input, const std::string& name,
                                                        const std::string& parameter);

/// Areas of a surface's hotspot cells, counted, ranked and named; cells at or above the threshold. Dense areas that
/// hold no incident are left out with a note. `compared`: incidents of the comparison period, or nothing.
void findHotspots(Result& result, const AnalysisInput& input, const DensitySurface& surface, double threshold,
                  const std::optional<std::vector<ProjectedPoint>>& compared, std::span<const double> weights = {});

} // namespace patchlight
