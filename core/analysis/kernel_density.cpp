// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/kernel_density.h"

#include "core/analysis/selection.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <array>
#include <chrono>
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

namespace {

std::string labelOf(Kernel kernel) {
    for (const auto& [value, choice] : choicesOf<Kernel>())
        if (value == kernel) return choice.label;
    return {};
}

/// Fills what the user left open.
KernelDensityParameters completed(KernelDensityParameters parameters, const Box& extent, bool anonymised) {
    if (!parameters.cellSize) parameters.cellSize = suggestedCellSize(extent);
    if (!parameters.bandwidth) parameters.bandwidth = suggestedBandwidth(*parameters.cellSize, anonymised);
    return parameters;
}

Expected<void> check(const KernelDensityParameters& parameters) {
    const auto usable = [](Metres length) { return std::isfinite(length.value()) && length > Metres{0.0}; };
    if (!usable(*parameters.bandwidth))
        return fail(ErrorCode::invalidParameter,
                    "Bandwidth must be more than 0 m, not " + shortestDecimal(parameters.bandwidth->value()) + ".",
                    "bandwidth");
    if (!usable(*parameters.cellSize))
        return fail(ErrorCode::invalidParameter,
                    "Cell size must be more than 0 m, not " + shortestDecimal(parameters.cellSize->value()) + ".",
                    "cell-size");
    if (!std::isfinite(parameters.threshold) || parameters.threshold <= 0.0)
        return fail(ErrorCode::invalidParameter,
                    "Hotspot threshold must be more than 0, not " + shortestDecimal(parameters.threshold) + ".",
                    "threshold");
    return {};
}

/// Five classes at the mean and its multiples, as the incremental mean method has them.
std::vector<DensityClass> classesOf(double mean, double threshold) {
    std::vector<DensityClass> classes;
    if (mean <= 0.0) return classes;
    for (int multiple = 1; multiple <= 5; ++multiple) {
        DensityClass entry{.from = multiple * mean, .label = {}};
        entry.label = multiple < 5 ? readableNumber(entry.from) + " – " + readableNumber((multiple + 1) * mean)
                                   : "over " + readableNumber(entry.from);
        if (multiple == 1) entry.label += " above average";
        if (multiple == threshold) entry.label += " hotspot";
        classes.push_back(std::move(entry));
    }
    return classes;
}

/// Index of the cell that holds a point, if any; a point on an edge belongs to the cell east and north of it.
std::optional<std::size_t> cellAt(const GridFrame& frame, ProjectedPoint point) {
    const double column = std::floor((point.east - frame.west) / frame.cellSize.value());
    const double row = std::floor((point.north - frame.south) / frame.cellSize.value());
    if (!(column >= 0.0 && row >= 0.0 && column < static_cast<double>(frame.columns) &&
          row < static_cast<double>(frame.rows)))
        return std::nullopt;
    return static_cast<std::size_t>(row) * frame.columns + static_cast<std::size_t>(column);
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    auto given = parametersFrom<KernelDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    const Metres cell = suggestedCellSize(extentOf(input, *incidents));
    const Metres base = given->cellSize && check(completed(*given, extentOf(input, *incidents), incidents->anonymised))
                            ? *given->cellSize
                            : cell;
    std::string why = "Five cells, within 150 to 500 m";
    if (incidents->anonymised) why += "; not under 300 m on anonymised map points";
    return std::vector<Suggestion>{
        {"cell-size", cell.value(), "The shorter side of the area over 150 (Ratcliffe 1999), rounded."},
        {"bandwidth", suggestedBandwidth(base, incidents->anonymised).value(), why + "."}};
}

/// The frame, with the cells that belong to the study area.
Expected<GridFrame> frameOf(const AnalysisInput& input, const PreparedIncidents& incidents,
                            const KernelDensityParameters& parameters) {
    Box box = extentOf(input, incidents);
    if (input.area.everything()) box = grownBy(box, kernelMargin(parameters.kernel, *parameters.bandwidth));
    return alignedFrame(box, *parameters.cellSize);
}

void findAreas(Result& result, const AnalysisInput& input, double threshold,
               const std::optional<std::vector<ProjectedPoint>>& compared) {
    const DensitySurface& surface = *result.surface;
    const std::vector<CellCluster> clusters = clustersAbove(surface, threshold);
    const std::vector<std::uint32_t> clusterAt = clusterOfCell(surface, clusters);
    const auto areaOfPoint = [&](ProjectedPoint point) {
        const auto cell = cellAt(surface.frame, point);
        return cell ? clusterAt[*cell] : 0u;
    };
    const double cellKm2 =
        squareKilometres(SquareMetres{surface.frame.cellSize.value() * surface.frame.cellSize.value()});
    for (const CellCluster& cluster : clusters) {
        HotspotArea area;
        area.outline = cluster.outline;
        area.drawnOutline = contourOf(surface, cluster, threshold);
        area.areaKm2 = static_cast<double>(cluster.cells.size()) * cellKm2;
        if (compared) area.comparisonIncidents = 0;
        result.areas.push_back(std::move(area));
    }
    for (const std::uint32_t row : result.rows) result.areaOf.push_back(areaOfPoint(input.table->position[row]));
    if (compared)
        for (const ProjectedPoint point : *compared)
            if (const std::uint32_t area = areaOfPoint(point)) ++*result.areas[area - 1].comparisonIncidents;
    countAreas(result, *input.table);
    // A dense spot between incidents that holds none of them is no place to send anybody.
    std::vector<std::uint32_t> kept(result.areas.size() + 1, 0);
    std::vector<HotspotArea> areas;
    for (std::size_t i = 0; i < result.areas.size(); ++i) {
        if (result.areas[i].incidents == 0) continue;
        areas.push_back(std::move(result.areas[i]));
        kept[i + 1] = static_cast<std::uint32_t>(areas.size());
    }
    if (areas.size() < result.areas.size())
        result.notes.push_back(counted(result.areas.size() - areas.size(),
                                       "dense area without an incident of its own was",
                                       "dense areas without an incident of their own were") +
                               " left out.");
    result.areas = std::move(areas);
    for (std::uint32_t& area : result.areaOf) area = kept[area];
    rankAreas(result);
    nameAreas(result, *input.table);
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<KernelDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const KernelDensityParameters parameters = completed(*given, extentOf(input, *incidents), incidents->anonymised);
    if (auto usable = check(parameters); !usable) return fail(usable.error());
    if (auto treated = treatCoarse(*incidents, input, parameters.coarse, *parameters.bandwidth); !treated)
        return fail(treated.error());
    const auto frame = frameOf(input, *incidents, parameters);
    if (!frame) return fail(frame.error());

    Result result;
    result.analysis = "kernel-density";
    result.title = "Kernel density";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    const Places places = distinctPlaces(incidents->points);
    auto surface = kernelDensity(places.point, places.weight, *frame, parameters.kernel, *parameters.bandwidth, task);
    if (!surface) return fail(surface.error());
    if (input.area.polygon) surface->inside = cellsInside(*frame, *input.area.polygon);
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.surface = std::move(*surface);
    if (task.cancelled()) return failCancelled();
    task.report("Finding hotspots", 0.0);

    describeIncidents(result, input, *incidents);
    const double mean = meanOfPositiveCells(*result.surface, parameters.kernel);
    const double threshold = parameters.threshold * mean;
    const double cellKm2 = squareKilometres(SquareMetres{parameters.cellSize->value() * parameters.cellSize->value()});
    if (input.area.polygon) {
        result.studyAreaKm2 = squareKilometres(areaOf(*input.area.polygon));
    } else if (input.area.box) {
        result.studyAreaKm2 = static_cast<double>(frame->cells()) * cellKm2;
    } else {
        const auto above = std::count_if(result.surface->values.begin(), result.surface->values.end(),
                                         [](double value) { return value > 0.0; });
        result.studyAreaKm2 = static_cast<double>(above) * cellKm2;
        result.notes.push_back("Without a study area, shares of the area are of the cells above zero (" +
                               readableNumber(result.studyAreaKm2) + " km²).");
        const Box box = frame->box();
        const auto far = static_cast<std::size_t>(std::count_if(incidents->points.begin(), incidents->points.end(),
                                                                [&](ProjectedPoint p) { return !box.contains(p); }));
        if (far > 0)
            result.notes.push_back(counted(far, "incident lies", "incidents lie") +
                                   " far from the rest, outside the frame of the map.");
    }
    result.classes = classesOf(mean, parameters.threshold);
    result.statistics = {{"mean_of_positive_cells", mean},
                         {"threshold_per_km2", threshold},
                         {"rows", frame->rows},
                         {"columns", frame->columns}};
    const auto compared = comparisonPoints(input, result, coarsestOf(parameters.coarse, *parameters.bandwidth));
    if (!compared) return fail(compared.error());
    if (mean > 0.0)
        findAreas(result, input, threshold, *compared);
    else
        result.areaOf.assign(result.rows.size(), 0);
    result.method = labelOf(parameters.kernel) + " density, " +
                    (parameters.kernel == Kernel::gaussian ? "standard deviation " : "bandwidth ") +
                    readableNumber(parameters.bandwidth->value()) + " m, cells of " +
                    readableNumber(parameters.cellSize->value()) + " m; hotspots are areas above " +
                    readableNumber(parameters.threshold) + " times the mean of the cells above zero (" +
                    readableNumber(threshold) + " incidents per km²).";
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
            .run = &run};
}

} // namespace patchlight
