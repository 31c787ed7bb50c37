// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"

/// What the analyses that find groups have in common: their incidents, outlines, the area that shares are shares of.
namespace patchlight {

enum class ClusterOutline { convex, concave, ellipse };
template <> std::span<const std::pair<ClusterOutline, ParameterChoice>> choicesOf<ClusterOutline>();
/// "drawn as its convex hull"
[[nodiscard]] std::string outlineInWords(ClusterOutline outline);

/// The rows inside the study area: clusters are of those alone.
[[nodiscard]] std::vector<std::uint32_t> insideRows(const PreparedIncidents& incidents);

/// Adds one area a cluster, counted, ranked and named. `cluster`: per row of the result, -1 for none. Clusters of fewer
/// than three places, or on one line, are drawn as a buffer of `radius`. errors: cancelled, as hullOf
[[nodiscard]] Expected<void> addClusterAreas(Result& result, const AnalysisInput& input,
                                             std::span<const std::int32_t> cluster, std::size_t clusters,
                                             ClusterOutline outline, Metres radius, std::optional<Metres> coarsest,
                                             const TaskContext& task);

/// Without a study area: that of the hull of the incidents, without far-off ones, grown by `margin`; notes say so.
[[nodiscard]] Expected<void> setClusterStudyArea(Result& result, const AnalysisInput& input, Metres margin);

} // namespace patchlight
