// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_density.h"

#include "core/analysis/area_facts.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace patchlight {

namespace {

/// The numbers of a surface, in the unit it is shown in.
struct Unit {
    std::string measure; ///< title of the legend
    std::string of;      ///< after a number: "incidents per km²"
    double factor = 1.0; ///< from per km²
};

Unit unitOf(DensityOutput output, const RowWeights& weights, const DensitySurface& surface) {
    const double cell = surface.frame.cellSize.value(), cellKm2 = squareKilometres(SquareMetres{cell * cell});
    const std::string what = weights.what.empty() ? "Incidents" : weights.what;
    const std::string small = weights.what.empty() ? "incidents" : weights.what;
    if (output == DensityOutput::perKm2) return {what + " per km²", small + " per km²", 1.0};
    const std::string cells = "cell of " + readableNumber(cell) + " m";
    if (output == DensityOutput::perCell) return {what + " per " + cells, small + " per cell", cellKm2};
    double sum = 0.0;
    for (std::size_t i = 0; i < surface.values.size(); ++i)
        if (surface.has(i)) sum += surface.values[i];
    return {"Probability per " + cells, "probability per cell", sum > 0.0 ? 1.0 / sum : 1.0};
}

Expected<void> check(const KernelDensityParameters& parameters, const AnalysisInput& input) {
    if (parameters.edge != EdgeCorrection::none && parameters.adaptive != AdaptiveBandwidth::fixed)
        return fail(ErrorCode::invalidParameter,
                    "An edge correction goes with a bandwidth that is the same everywhere; leave one of the two out.",
                    "edge");
    if (parameters.edge != EdgeCorrection::none && input.area.everything())
        return fail(ErrorCode::invalidParameter, "An edge correction needs a study area; choose one.", "edge");
    if (parameters.threshold)
        if (auto usable = hotspotThreshold({}, parameters.kernel, parameters.thresholdMethod, *parameters.threshold);
            !usable)
            return fail(usable.error());
    return {};
}

/// One bandwidth for each place, m.
Expected<std::vector<double>> bandwidthsOf(const KernelDensityParameters& parameters, const WeightedPlaces& places,
                                           const SurfaceSizes& sizes, const TaskContext& task) {
    if (parameters.adaptive == AdaptiveBandwidth::abramson)
        return abramsonBandwidths(places.point, places.weight, parameters.kernel, sizes.bandwidth, task);
    return nearestBandwidths(places.point, places.weight, parameters.neighbours, Metres{2 * sizes.cellSize.value()},
                             task);
}

Expected<DensitySurface> surfaceOf(const KernelDensityParameters& parameters, const AnalysisInput& input,
                                   const PreparedIncidents& incidents, const RowWeights& weights,
                                   const SurfaceSizes& sizes, const GridFrame& frame, const TaskContext& task) {
    const bool corrected = parameters.edge != EdgeCorrection::none;
    WeightedPlaces places = weightedPlaces(*input.table, incidents, weights,
                                           corrected ? std::span(incidents.inside) : std::span<const std::uint8_t>{});
    std::vector<std::uint8_t> inside;
    if (input.area.polygon) inside = cellsInside(frame, *input.area.polygon);
    if (parameters.adaptive != AdaptiveBandwidth::fixed) {
        const auto bandwidths = bandwidthsOf(parameters, places, sizes, task);
        if (!bandwidths) return fail(bandwidths.error());
        auto surface = adaptiveDensity(places.point, places.weight, *bandwidths, frame, parameters.kernel, task);
        if (surface) surface->inside = std::move(inside);
        return surface;
    }
    std::vector<double> shares;
    if (corrected) {
        const std::vector<std::uint8_t> all(frame.cells(), 1);
        auto found = edgeShares(frame, inside.empty() ? all : inside, parameters.kernel, sizes.bandwidth, task);
        if (!found) return fail(found.error());
        shares = std::move(*found);
    }
    if (parameters.edge == EdgeCorrection::jonesDiggle)
        for (std::size_t i = 0; i < places.point.size(); ++i)
            if (const auto cell = frame.cellAt(places.point[i]); cell && shares[*cell] > 0.0)
                places.weight[i] /= shares[*cell];
    auto surface = kernelDensity(places.point, places.weight, frame, parameters.kernel, sizes.bandwidth, task);
    if (!surface) return surface;
    if (parameters.edge == EdgeCorrection::uniform)
        for (std::size_t cell = 0; cell < shares.size(); ++cell)
            if (shares[cell] > 0.0) surface->values[cell] /= shares[cell];
    surface->inside = std::move(inside);
    return surface;
}

void leaveOutSmall(Result& result, std::size_t smallest) {
    if (smallest <= 1 || result.areas.empty()) return;
    const double cell = result.surface->frame.cellSize.value();
    const double least = (static_cast<double>(smallest) - 0.5) * squareKilometres(SquareMetres{cell * cell});
    if (const std::size_t small = keepAreas(result, [&](const HotspotArea& area) { return area.areaKm2 >= least; }))
        result.notes.push_back(counted(small, "hotspot", "hotspots") + " of fewer than " +
                               counted(smallest, "cell", "cells") + " left out.");
}

std::string methodOf(const KernelDensityParameters& parameters, const SurfaceSizes& sizes, const RowWeights& weights,
                     double value, double threshold, const Unit& unit) {
    std::string text = kernelInWords(parameters.kernel, sizes.bandwidth);
    if (parameters.adaptive == AdaptiveBandwidth::abramson) text += ", wider where incidents are few (Abramson)";
    if (parameters.adaptive == AdaptiveBandwidth::nearest)
        text = kernelInWords(parameters.kernel, sizes.bandwidth).substr(0, text.find(',')) +
               ", its bandwidth the distance within which " + groupedCount(parameters.neighbours) +
               " other incidents lie, not under two cells";
    text += ", cells of " + readableNumber(sizes.cellSize.value()) + " m";
    if (!weights.what.empty()) text += ", incidents weighted by " + weights.what;
    if (parameters.edge == EdgeCorrection::uniform) text += ", uniform edge correction";
    if (parameters.edge == EdgeCorrection::jonesDiggle) text += ", edge correction of Jones and Diggle";
    const std::string level = "(" + readableNumber(threshold) + " " + unit.of + ")";
    switch (parameters.thresholdMethod) {
    case ThresholdMethod::quantile:
        return text + "; hotspots are the cells that " + readableNumber(value) +
               " % of the cells above zero are below " + level + ".";
    case ThresholdMethod::topArea:
        return text + "; hotspots are the densest " + readableNumber(value) + " % of the area " + level + ".";
    case ThresholdMethod::absolute:
        return text + "; hotspots are areas above " + readableNumber(threshold) + " " + unit.of + ".";
    default:
        return text + "; hotspots are areas above " + readableNumber(value) +
               " times the mean of the cells above zero " + level + ".";
    }
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    auto given = parametersFrom<KernelDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    auto suggestions = suggestSizes(input, given->kernel, given->cellSize);
    if (!suggestions) return suggestions;
    // A start for a density would need the surface; the run fills it in.
    if (given->thresholdMethod != ThresholdMethod::absolute)
        suggestions->push_back({"threshold", usualThreshold(given->thresholdMethod, {}, given->kernel),
                                given->thresholdMethod == ThresholdMethod::incrementalMean
                                    ? "Three times the mean, as most published maps have it."
                                    : "A usual start; compare the hit rate of others."});
    return suggestions;
}

Expected<std::vector<Suggestion>> suggestFurther(const AnalysisInput& input, const TaskContext& task) {
    const auto given = parametersFrom<KernelDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    return suggestFurtherBandwidths(input, given->kernel, task);
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<KernelDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    KernelDensityParameters parameters = std::move(*given);
    if (auto usable = check(parameters, input); !usable) return fail(usable.error());
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto sizes =
        sizesOf(parameters.bandwidth, parameters.cellSize, extentOf(input, *incidents), incidents->anonymised);
    if (!sizes) return fail(sizes.error());
    parameters.bandwidth = sizes->bandwidth, parameters.cellSize = sizes->cellSize;
    if (auto treated = treatCoarse(*incidents, input, parameters.coarse, sizes->bandwidth); !treated)
        return fail(treated.error());
    const auto weights = weightsOf(input, *incidents, parameters.weight);
    if (!weights) return fail(weights.error());
    const auto frame = frameOf(input, *incidents, parameters.kernel, *sizes);
    if (!frame) return fail(frame.error());

    Result result;
    result.analysis = "kernel-density";
    result.title = "Kernel density";
    result.threads = threadLimit();
    auto surface = surfaceOf(parameters, input, *incidents, *weights, *sizes, *frame, task);
    if (!surface) return fail(surface.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (task.cancelled()) return failCancelled();
    task.report("Finding hotspots", 0.0);

    describeIncidents(result, input, *incidents);
    setStudyArea(result, input, *incidents, *surface);
    result.notes.insert(result.notes.end(), weights->notes.begin(), weights->notes.end());
    const Unit unit = unitOf(parameters.output, *weights, *surface);
    for (double& value : surface->values) value *= unit.factor;
    result.surface = std::move(*surface);
    result.measure = unit.measure;
    const double mean = meanOfPositiveCells(*result.surface, parameters.kernel);
    const double value =
        parameters.threshold.value_or(usualThreshold(parameters.thresholdMethod, *result.surface, parameters.kernel));
    parameters.threshold = value;
    const auto threshold = hotspotThreshold(*result.surface, parameters.kernel, parameters.thresholdMethod, value);
    if (!threshold) return fail(threshold.error());
    result.parameters = toJson(parameters);
    result.classes = densityClasses(mean, threshold->value_or(0.0));
    result.statistics = {{"mean_of_positive_cells", mean},
                         {"threshold_per_km2", threshold->value_or(0.0) / unit.factor},
                         {"threshold", threshold->value_or(0.0)},
                         {"rows", frame->rows},
                         {"columns", frame->columns}};
    const auto compared = comparisonPoints(input, result, coarsestOf(parameters.coarse, sizes->bandwidth));
    if (!compared) return fail(compared.error());
    std::vector<double> rowWeights; // of the rows inside alone
    for (std::size_t i = 0; i < weights->of.size(); ++i)
        if (incidents->inside[i]) rowWeights.push_back(weights->of[i]);
    if (*threshold)
        findHotspots(result, input, *result.surface, **threshold, *compared, rowWeights);
    else
        result.areaOf.assign(result.rows.size(), 0);
    leaveOutSmall(result, parameters.smallest);
    if (!parameters.population.empty()) {
        const auto layer = layerNamed(input, parameters.population, "population");
        if (!layer) return fail(layer.error());
        if (auto added = addPopulation(result, **layer, task); !added) return fail(added.error());
    }
    result.method = methodOf(parameters, *sizes, *weights, value, threshold->value_or(0.0), unit);
    return result;
}

} // namespace

Analysis kernelDensityAnalysis() {
    return {.id = "kernel-density",
            .title = "Kernel density",
            .group = "Where",
            .summary = "Smooths incidents into a surface; the classic hotspot map.",
            .source = "Silverman (1986), Density Estimation for Statistics and Data Analysis, ch. 4; Chainey, Reid & "
                      "Stuart (2002)",
            .parameters = &schemaOf<KernelDensityParameters>,
            .suggest = &suggest,
            .suggestFurther = &suggestFurther,
            .run = &run};
}

} // namespace patchlight
