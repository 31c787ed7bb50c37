// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"

/// What the analyses on density surfaces have in common: choices, the grid, classes, the shares' area.
namespace patchlight {

enum class AdaptiveBandwidth { fixed, abramson, nearest };
enum class EdgeCorrection { none, uniform, jonesDiggle };
enum class DensityOutput { perKm2, perCell, probability };

template <> std::span<const std::pair<Kernel, ParameterChoice>> choicesOf<Kernel>();
template <> std::span<const std::pair<ThresholdMethod, ParameterChoice>> choicesOf<ThresholdMethod>();
template <> std::span<const std::pair<AdaptiveBandwidth, ParameterChoice>> choicesOf<AdaptiveBandwidth>();
template <> std::span<const std::pair<EdgeCorrection, ParameterChoice>> choicesOf<EdgeCorrection>();
template <> std::span<const std::pair<DensityOutput, ParameterChoice>> choicesOf<DensityOutput>();

/// "Quartic kernel, bandwidth 300 m (the radius at which it ends)": a bandwidth is never said without its meaning.
[[nodiscard]] std::string kernelInWords(Kernel kernel, Metres bandwidth);

/// Bandwidth and cell size, filled in where the user left them open. errors: invalidParameter
struct SurfaceSizes {
    Metres bandwidth, cellSize;
};
[[nodiscard]] Expected<SurfaceSizes> sizesOf(std::optional<Metres> bandwidth, std::optional<Metres> cellSize,
                                             const Box& extent, bool anonymised);

/// The grid of the question; refuses one too large with how much memory and about how long it would take.
[[nodiscard]] Expected<GridFrame> frameOf(const AnalysisInput& input, const PreparedIncidents& incidents, Kernel kernel,
                                          const SurfaceSizes& sizes);

/// Five classes at the mean and its multiples, as the incremental mean method has them; none where the mean is 0.
[[nodiscard]] std::vector<DensityClass> densityClasses(double mean, double threshold);

/// Sets the area that shares are shares of, with a note where there is no study area.
void setStudyArea(Result& result, const AnalysisInput& input, const PreparedIncidents& incidents,
                  const DensitySurface& surface);

/// The rules that have a start for bandwidth and cell size; the further ones are slow.
[[nodiscard]] Expected<std::vector<Suggestion>> suggestSizes(const AnalysisInput& input, Kernel kernel,
                                                             std::optional<Metres> cellSize);
[[nodiscard]] Expected<std::vector<Suggestion>> suggestFurtherBandwidths(const AnalysisInput& input, Kernel kernel,
                                                                         const TaskContext& task);

} // namespace patchlight
