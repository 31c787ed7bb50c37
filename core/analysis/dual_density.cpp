// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/dual_density.h"

#include "core/analysis/area_facts.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace patchlight {

template <> std::span<const std::pair<CompareWith, ParameterChoice>> choicesOf<CompareWith>() {
    static const std::array<std::pair<CompareWith, ParameterChoice>, 3> choices{
        {{CompareWith::period, {"period", "The comparison period"}},
         {CompareWith::category, {"category", "Another category"}},
         {CompareWith::population, {"population", "People"}}}};
    return choices;
}

template <> std::span<const std::pair<RelativeMeasure, ParameterChoice>> choicesOf<RelativeMeasure>() {
    static const std::array<std::pair<RelativeMeasure, ParameterChoice>, 3> choices{
        {{RelativeMeasure::difference, {"difference", "Difference per km²"}},
         {RelativeMeasure::ratio, {"ratio", "Times what is expected"}},
         {RelativeMeasure::logRatio, {"log-ratio", "Logarithm of times what is expected"}}}};
    return choices;
}

namespace {

/// What the incidents are compared with.
struct SecondSet {
    std::vector<ProjectedPoint> point;
    std::vector<double> weight;
    double scale = 0.0; ///< 0: brought to the first one's total
    std::string words;  ///< "the same per day from 1 April to 30 June 2025"
    std::vector<std::string> notes;
};

double daysOf(const Period& period) {
    return static_cast<double>((period.last - period.first).count() + 1);
}

Expected<SecondSet> incidentsOf(const AnalysisInput& input, const IncidentFilter& filter,
                                std::optional<Metres> coarsest) {
    AnalysisInput other{input.table, filter, std::nullopt, input.area, {}, {}, {}};
    auto incidents = prepare(other);
    if (!incidents) return fail(incidents.error());
    if (coarsest)
        if (auto treated = treatCoarse(*incidents, other, CoarsePositions::leaveOut, *coarsest); !treated)
            return fail(treated.error());
    Places places = distinctPlaces(*input.table, incidents->rows);
    return SecondSet{std::move(places.point), std::move(places.weight), 0.0, {}, {}};
}

Expected<SecondSet> otherPeriod(const AnalysisInput& input, std::optional<Metres> coarsest) {
    if (!input.comparison)
        return fail(ErrorCode::invalidParameter,
                    "There is no comparison period; choose one, or compare with something else (against).", "against");
    if (const auto missing = missingMonths(monthsWithRows(*input.table), *input.comparison); !missing.empty())
        return fail(ErrorCode::emptyInput,
                    "The project has no incident of any kind in " +
                        readablePeriod({missing.front(), addedMonths(missing.front(), 1) - std::chrono::days{1}}) +
                        ", a month of the comparison period, and a gap is not a zero; choose another period.",
                    "against");
    IncidentFilter filter = input.filter;
    filter.period = input.comparison;
    auto set = incidentsOf(input, filter, coarsest);
    if (!set) return set;
    const auto period = input.filter.period ? input.filter.period : periodOf(*input.table);
    set->words = readablePeriod(*input.comparison);
    if (period) {
        set->scale = daysOf(*period) / daysOf(*input.comparison);
        // Months and quarters differ by a day or two, which is no difference in crime.
        if (std::abs(set->scale - 1.0) < 0.04) set->scale = 1.0;
        if (set->scale != 1.0)
            set->notes.push_back("The periods differ in length: the density of " + set->words + " is multiplied by " +
                                 fixedDecimal(set->scale, 2) + ".");
    }
    return set;
}

Expected<SecondSet> otherCategory(const AnalysisInput& input, const std::string& category,
                                  std::optional<Metres> coarsest) {
    if (category.empty())
        return fail(ErrorCode::invalidParameter, "Name the category to compare with (category).", "category");
    IncidentFilter filter = input.filter;
    filter.groups.clear();
    filter.categories = {category};
    auto set = incidentsOf(input, filter, coarsest);
    if (set) set->words = category + ", brought to the same total";
    return set;
}

/// Each boundary's people spread evenly over the cells whose centre it holds; over its own middle where it holds none.
Expected<SecondSet> people(const AnalysisInput& input, const std::string& name, const GridFrame& frame,
                           const TaskContext& task) {
    const auto layer = layerNamed(input, name, "population");
    if (!layer) return fail(layer.error());
    SecondSet set;
    set.words = "the people of " + name + ", brought to the same total";
    std::size_t without = 0;
    std::vector<double> perCell(frame.cells(), 0.0);
    for (const Boundary& boundary : (*layer)->areas) {
        if (task.cancelled()) return failCancelled();
        if (!boundary.population) ++without;
        if (!boundary.population || !(*boundary.population > 0.0) || !boxOf(boundary.polygon).intersects(frame.box()))
            continue;
        // What of its ground lies beyond the frame takes its share of the people with it.
        const auto marks = cellsInside(frame, boundary.polygon);
        const double cell = frame.cellSize.value();
        const double cells = areaOf(boundary.polygon).value() / (cell * cell);
        const auto held = static_cast<double>(std::count(marks.begin(), marks.end(), 1));
        if (held == 0.0) {
            set.point.push_back(labelPoint(boundary.polygon));
            set.weight.push_back(*boundary.population);
            continue;
        }
        for (std::size_t i = 0; i < marks.size(); ++i)
            if (marks[i]) perCell[i] += *boundary.population / std::max(cells, held);
    }
    for (std::size_t row = 0; row < frame.rows; ++row)
        for (std::size_t column = 0; column < frame.columns; ++column)
            if (const double value = perCell[row * frame.columns + column]; value > 0.0) {
                set.point.push_back(frame.centre(row, column));
                set.weight.push_back(value);
            }
    if (set.point.empty())
        return fail(ErrorCode::invalidParameter,
                    "The boundary layer \"" + name + "\" has no population here; choose another.", "population");
    if (without > 0)
        set.notes.push_back(counted(without, "boundary", "boundaries") + " of " + name + " without a population.");
    return set;
}

/// Cold to hot: five each side of nothing, symmetric, at round shares of the largest deviation.
std::vector<DensityClass> classesOf(const std::vector<double>& values, RelativeMeasure measure) {
    if (measure != RelativeMeasure::difference) {
        const auto level = [&](double times) { return measure == RelativeMeasure::ratio ? times : std::log(times); };
        return {{level(0.25), "under a quarter of what is expected", true},
                {level(0.5), "a quarter to half", true},
                {level(2.0 / 3), "half to two thirds", true},
                {level(1.5), "1.5 to 2 times what is expected", false},
                {level(2.0), "2 to 4 times", false},
                {level(4.0), "over 4 times", false}};
    }
    double largest = 0.0;
    for (const double value : values) largest = std::max(largest, std::abs(value));
    if (!(largest > 0.0)) return {};
    const double unit = std::pow(10.0, std::floor(std::log10(largest / 5)));
    const double step = std::max(std::floor(largest / 5 / unit), 1.0) * unit;
    const auto words = [](double value) { return readableNumber(value); };
    return {{-4 * step, "over " + words(4 * step) + " fewer", true},
            {-2 * step, words(2 * step) + " to " + words(4 * step) + " fewer", true},
            {-step, words(step) + " to " + words(2 * step) + " fewer", true},
            {step, words(step) + " to " + words(2 * step) + " more", false},
            {2 * step, words(2 * step) + " to " + words(4 * step) + " more", false},
            {4 * step, "over " + words(4 * step) + " more", false}};
}

/// Where z is above (or below) what chance gives one cell in twenty, as outlines; the ones above become the areas.
void findTolerance(Result& result, const AnalysisInput& input, const RelativeRisk& risk,
                   const std::optional<std::vector<ProjectedPoint>>& compared) {
    DensitySurface z = risk.z;
    z.inside = result.surface->inside;
    for (std::size_t cell = 0; cell < z.values.size(); ++cell)
        if (!z.inside.empty() && !z.inside[cell]) z.values[cell] = 0.0;
    findHotspots(result, input, z, tolerance95, compared);
    for (double& value : z.values) value = -value;
    if (MultiPolygon fewer = contourAbove(z, tolerance95); !fewer.empty())
        result.outlines.push_back({"fewer than chance would have it (95 %)", std::move(fewer)});
}

/// A rise from one to three stands out by chance soon enough, and is nothing to publish.
void leaveOutFew(Result& result, std::size_t least) {
    if (const std::size_t few = keepAreas(result, [&](const HotspotArea& area) { return area.incidents >= least; }))
        result.notes.push_back(counted(few, "area", "areas") + " of fewer than " +
                               counted(least, "incident", "incidents") + " left out.");
}

Expected<SecondSet> secondSet(const AnalysisInput& input, const DualDensityParameters& parameters,
                              const GridFrame& frame, std::optional<Metres> coarsest, const TaskContext& task) {
    switch (parameters.against) {
    case CompareWith::category:
        return otherCategory(input, parameters.category, coarsest);
    case CompareWith::population:
        return people(input, parameters.population, frame, task);
    default:
        return otherPeriod(input, coarsest);
    }
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    auto given = parametersFrom<DualDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    return suggestSizes(input, given->kernel, given->cellSize);
}

Expected<std::vector<Suggestion>> suggestFurther(const AnalysisInput& input, const TaskContext& task) {
    const auto given = parametersFrom<DualDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    return suggestFurtherBandwidths(input, given->kernel, task);
}

std::string measureTitle(RelativeMeasure measure) {
    if (measure == RelativeMeasure::difference) return "Incidents per km², more or fewer";
    if (measure == RelativeMeasure::ratio) return "Times what is expected";
    return "Times what is expected (logarithm)";
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<DualDensityParameters>(input.parameters);
    if (!given) return fail(given.error());
    DualDensityParameters parameters = std::move(*given);
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto sizes =
        sizesOf(parameters.bandwidth, parameters.cellSize, extentOf(input, *incidents), incidents->anonymised);
    if (!sizes) return fail(sizes.error());
    parameters.bandwidth = sizes->bandwidth, parameters.cellSize = sizes->cellSize;
    if (auto treated = treatCoarse(*incidents, input, parameters.coarse, sizes->bandwidth); !treated)
        return fail(treated.error());
    const auto frame = frameOf(input, *incidents, parameters.kernel, *sizes);
    if (!frame) return fail(frame.error());
    const auto coarsest = coarsestOf(parameters.coarse, sizes->bandwidth);
    const auto second = secondSet(input, parameters, *frame, coarsest, task);
    if (!second) return fail(second.error());

    if (task.cancelled()) return failCancelled();
    Result result;
    result.analysis = "dual-density";
    result.title = "Compared density";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    const Places places = distinctPlaces(*input.table, incidents->rows);
    auto risk = relativeRisk(
        {places.point, places.weight}, {second->point, second->weight}, *frame,
        {.kernel = parameters.kernel,
         .bandwidth = sizes->bandwidth,
         .measure = parameters.measure,
         .reference = parameters.against == CompareWith::population ? Reference::population : Reference::incidents,
         .scale = second->scale,
         .epsilon = parameters.epsilon},
        task);
    if (!risk) return fail(risk.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (task.cancelled()) return failCancelled();

    describeIncidents(result, input, *incidents);
    if (input.area.polygon) risk->first.inside = cellsInside(*frame, *input.area.polygon);
    setStudyArea(result, input, *incidents, risk->first);
    result.notes.insert(result.notes.end(), second->notes.begin(), second->notes.end());
    risk->surface.inside = risk->first.inside;
    result.surface = risk->surface;
    result.measure = measureTitle(parameters.measure);
    result.ramp = Ramp::diverging;
    result.classes = classesOf(result.surface->values, parameters.measure);
    const auto compared = comparisonPoints(input, result, coarsest);
    if (!compared) return fail(compared.error());
    findTolerance(result, input, *risk, *compared);
    leaveOutFew(result, parameters.least);
    result.statistics = {
        {"scale", risk->scale},
        {"rows", frame->rows},
        {"columns", frame->columns},
        {"areas_above_chance", result.areas.size()},
        {"areas_below_chance", result.outlines.empty() ? 0 : result.outlines.front().polygon.parts.size()}};
    result.notes.push_back(
        "Outlines show where the share of incidents differs from that of the other set by more than "
        "chance would have it in one place of twenty, whatever the totals; over a whole map some such "
        "places come by chance.");
    result.method = kernelInWords(parameters.kernel, sizes->bandwidth) + ", cells of " +
                    readableNumber(sizes->cellSize.value()) + " m, for both sets; " +
                    (parameters.measure == RelativeMeasure::difference ? "the difference from " : "compared with ") +
                    second->words +
                    "; hotspots are areas with a larger share than chance would have (random labels, "
                    "95 %).";
    return result;
}

} // namespace

Analysis dualDensityAnalysis() {
    return {.id = "dual-density",
            .title = "Compared density",
            .group = "Where",
            .summary = "Shows where there is more or less than in another period, of another category, or per person.",
            .source = "Kelsall & Diggle (1995), Kernel estimation of relative risk; Hazelton & Davies (2009)",
            .parameters = &schemaOf<DualDensityParameters>,
            .suggest = &suggest,
            .suggestFurther = &suggestFurther,
            .run = &run};
}

} // namespace patchlight
