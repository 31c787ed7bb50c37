// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/density_choices.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace patchlight {

template <> std::span<const std::pair<Kernel, ParameterChoice>> choicesOf<Kernel>() {
    static const std::array<std::pair<Kernel, ParameterChoice>, 7> choices{
        {{Kernel::quartic, {"quartic", "Quartic"}},
         {Kernel::epanechnikov, {"epanechnikov", "Epanechnikov"}},
         {Kernel::triweight, {"triweight", "Triweight"}},
         {Kernel::triangular, {"triangular", "Triangular"}},
         {Kernel::uniform, {"uniform", "Uniform"}},
         {Kernel::gaussian, {"gaussian", "Gaussian"}},
         {Kernel::negativeExponential, {"negative-exponential", "Negative exponential"}}}};
    return choices;
}

template <> std::span<const std::pair<ThresholdMethod, ParameterChoice>> choicesOf<ThresholdMethod>() {
    static const std::array<std::pair<ThresholdMethod, ParameterChoice>, 4> choices{
        {{ThresholdMethod::incrementalMean, {"mean", "Times the mean of cells"}},
         {ThresholdMethod::quantile, {"quantile", "Over most cells (%)"}},
         {ThresholdMethod::topArea, {"top-area", "Densest % of the area"}},
         {ThresholdMethod::absolute, {"absolute", "Density"}}}};
    return choices;
}

template <> std::span<const std::pair<AdaptiveBandwidth, ParameterChoice>> choicesOf<AdaptiveBandwidth>() {
    static const std::array<std::pair<AdaptiveBandwidth, ParameterChoice>, 3> choices{
        {{AdaptiveBandwidth::fixed, {"fixed", "The same everywhere"}},
         {AdaptiveBandwidth::abramson, {"abramson", "Wider where incidents are few (Abramson)"}},
         {AdaptiveBandwidth::nearest, {"nearest", "To the k-th nearest incident"}}}};
    return choices;
}

template <> std::span<const std::pair<EdgeCorrection, ParameterChoice>> choicesOf<EdgeCorrection>() {
    static const std::array<std::pair<EdgeCorrection, ParameterChoice>, 3> choices{
        {{EdgeCorrection::none, {"none", "None; incidents outside count near the border"}},
         {EdgeCorrection::uniform, {"uniform", "Uniform (Diggle 1985)"}},
         {EdgeCorrection::jonesDiggle, {"jones-diggle", "Jones-Diggle; keeps the number of incidents"}}}};
    return choices;
}

template <> std::span<const std::pair<DensityOutput, ParameterChoice>> choicesOf<DensityOutput>() {
    static const std::array<std::pair<DensityOutput, ParameterChoice>, 3> choices{
        {{DensityOutput::perKm2, {"per-km2", "Per km²"}},
         {DensityOutput::perCell, {"per-cell", "Expected number per cell"}},
         {DensityOutput::probability, {"probability", "Probability per cell (adds up to 1)"}}}};
    return choices;
}

std::string kernelInWords(Kernel kernel, Metres bandwidth) {
    std::string label;
    for (const auto& [value, choice] : choicesOf<Kernel>())
        if (value == kernel) label = choice.label;
    const std::string length = readableNumber(bandwidth.value()) + " m";
    if (kernel == Kernel::gaussian) return label + " kernel, standard deviation " + length;
    if (kernel == Kernel::negativeExponential) return label + " kernel, scale " + length;
    return label + " kernel, bandwidth " + length + " (the radius at which it ends)";
}

Expected<SurfaceSizes> sizesOf(std::optional<Metres> bandwidth, std::optional<Metres> cellSize, const Box& extent,
                               bool anonymised) {
    const auto check = [](Metres length, const char* label, const char* key) -> Expected<void> {
        if (std::isfinite(length.value()) && length > Metres{0.0}) return {};
        return fail(ErrorCode::invalidParameter,
                    std::string(label) + " must be more than 0 m, not " + shortestDecimal(length.value()) + ".", key);
    };
    const Metres cell = cellSize.value_or(suggestedCellSize(extent));
    const Metres radius = bandwidth.value_or(suggestedBandwidth(cell, anonymised));
    if (auto usable = check(radius, "Bandwidth", "bandwidth"); !usable) return fail(usable.error());
    if (auto usable = check(cell, "Cell size", "cell-size"); !usable) return fail(usable.error());
    return SurfaceSizes{radius, cell};
}

Expected<GridFrame> frameOf(const AnalysisInput& input, const PreparedIncidents& incidents, Kernel kernel,
                            const SurfaceSizes& sizes) {
    Box box = extentOf(input, incidents);
    if (input.area.everything()) box = grownBy(box, kernelMargin(kernel, sizes.bandwidth));
    return alignedFrame(box, sizes.cellSize);
}

std::vector<DensityClass> densityClasses(double mean, double threshold) {
    std::vector<DensityClass> classes;
    if (mean <= 0.0) return classes;
    for (int multiple = 1; multiple <= 5; ++multiple) {
        DensityClass entry{.from = multiple * mean, .label = {}};
        entry.label = multiple < 5 ? readableNumber(entry.from) + " – " + readableNumber((multiple + 1) * mean)
                                   : "over " + readableNumber(entry.from);
        if (multiple == 1) entry.label += " above average";
        if (multiple * mean == threshold) entry.label += " hotspot";
        classes.push_back(std::move(entry));
    }
    return classes;
}

void setStudyArea(Result& result, const AnalysisInput& input, const PreparedIncidents& incidents,
                  const DensitySurface& surface) {
    const double cell = surface.frame.cellSize.value(), cellKm2 = squareKilometres(SquareMetres{cell * cell});
    if (input.area.polygon) {
        result.studyAreaKm2 = squareKilometres(areaOf(*input.area.polygon));
        return;
    }
    if (input.area.box) {
        result.studyAreaKm2 = static_cast<double>(surface.frame.cells()) * cellKm2;
        return;
    }
    const auto above =
        std::count_if(surface.values.begin(), surface.values.end(), [](double value) { return value > 0.0; });
    result.studyAreaKm2 = static_cast<double>(above) * cellKm2;
    result.notes.push_back("Without a study area, shares of the area are of the cells above zero (" +
                           readableNumber(result.studyAreaKm2) + " km²).");
    const Box box = surface.frame.box();
    const auto far = static_cast<std::size_t>(std::count_if(incidents.points.begin(), incidents.points.end(),
                                                            [&](ProjectedPoint p) { return !box.contains(p); }));
    if (far > 0)
        result.notes.push_back(counted(far, "incident lies", "incidents lie") +
                               " far from the rest, outside the frame of the map.");
}

} // namespace patchlight
