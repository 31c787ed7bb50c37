// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/area_counts.h"

#include "core/analysis/area_facts.h"
#include "core/analysis/counting_areas.h"
#include "core/areas/rates.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/repeats/repeats.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace patchlight {

template <> std::span<const std::pair<CountingShape, ParameterChoice>> choicesOf<CountingShape>() {
    static const std::array<std::pair<CountingShape, ParameterChoice>, 3> choices{
        {{CountingShape::squares, {"squares", "Squares"}},
         {CountingShape::hexagons, {"hexagons", "Hexagons"}},
         {CountingShape::layer, {"layer", "Boundaries"}}}};
    return choices;
}

template <> std::span<const std::pair<AreaMeasure, ParameterChoice>> choicesOf<AreaMeasure>() {
    static const std::array<std::pair<AreaMeasure, ParameterChoice>, 6> choices{
        {{AreaMeasure::count, {"count", "Incidents"}},
         {AreaMeasure::perKm2, {"per-km2", "Incidents per km²"}},
         {AreaMeasure::perThousand, {"per-1000", "Incidents per 1,000 people"}},
         {AreaMeasure::smoothed, {"smoothed-rate", "Smoothed rate per 1,000 people (empirical Bayes)"}},
         {AreaMeasure::areaQuotient, {"area-quotient", "Location quotient by area"}},
         {AreaMeasure::offenceQuotient, {"offence-quotient", "Location quotient among all incidents"}}}};
    return choices;
}

namespace {

struct Value {
    std::optional<double> value, lower, upper;
};

/// The values of all areas, and the one of all together that hotspots are measured by.
struct Values {
    std::vector<Value> of;
    double overall = 0.0;
};

Value valueOf(const std::optional<Rate>& rate) {
    if (!rate) return {};
    return {rate->value, rate->interval.low, rate->interval.high};
}
Value valueOf(const std::optional<LocationQuotient>& quotient) {
    if (!quotient) return {};
    Value value{quotient->value, std::nullopt, std::nullopt};
    if (quotient->interval) value.lower = quotient->interval->low, value.upper = quotient->interval->high;
    return value;
}
template <class Found> Values valuesOf(const std::vector<Found>& found, double overall) {
    Values values{{}, overall};
    for (const auto& each : found) values.of.push_back(valueOf(each));
    return values;
}

Expected<Values> measured(AreaMeasure measure, const std::vector<CountingArea>& areas, std::size_t empty) {
    std::vector<double> counts, references;
    std::vector<std::optional<double>> people, ground;
    std::vector<SquareMetres> sizes;
    double sum = 0.0;
    for (const CountingArea& area : areas) {
        counts.push_back(area.count);
        references.push_back(area.reference);
        people.push_back(area.population);
        ground.push_back(area.ground.value());
        sizes.push_back(area.ground);
        sum += area.count;
    }
    const bool needsPeople = measure == AreaMeasure::perThousand || measure == AreaMeasure::smoothed;
    if (needsPeople && std::none_of(people.begin(), people.end(), [](const auto& p) { return p && *p > 0.0; }))
        return fail(ErrorCode::invalidParameter,
                    "None of the areas has a population, which rates need; choose a layer with one.", "population");
    switch (measure) {
    case AreaMeasure::perKm2: {
        const auto rates = ratesPerSquareKilometre(counts, sizes);
        if (!rates) return fail(rates.error());
        return valuesOf(rates->rate, rates->overall.value_or(0.0));
    }
    case AreaMeasure::perThousand: {
        const auto rates = ratesPerThousand(counts, people);
        if (!rates) return fail(rates.error());
        return valuesOf(rates->rate, rates->overall.value_or(0.0));
    }
    case AreaMeasure::smoothed: {
        const auto smoothed = smoothedRatesPerThousand(counts, people);
        if (!smoothed) return fail(smoothed.error());
        const auto rates = ratesPerThousand(counts, people);
        Values values{{}, rates ? rates->overall.value_or(0.0) : 0.0};
        for (const auto& rate : *smoothed) values.of.push_back({rate, std::nullopt, std::nullopt});
        return values;
    }
    case AreaMeasure::areaQuotient: {
        const auto quotients = areaLocationQuotients(counts, ground);
        if (!quotients) return fail(quotients.error());
        return valuesOf(*quotients, 1.0);
    }
    case AreaMeasure::offenceQuotient: {
        const auto quotients = offenceLocationQuotients(counts, references);
        if (!quotients) return fail(quotients.error());
        return valuesOf(*quotients, 1.0);
    }
    default: {
        Values values{{}, sum / static_cast<double>(areas.size() + empty)};
        for (const double count : counts) values.of.push_back({count, std::nullopt, std::nullopt});
        return values;
    }
    }
}

std::string measureTitle(const AreaCountsParameters& parameters) {
    std::string title;
    for (const auto& [value, choice] : choicesOf<AreaMeasure>())
        if (value == parameters.measure) title = choice.label;
    if (parameters.measure == AreaMeasure::count && parameters.shape != CountingShape::layer)
        title += parameters.shape == CountingShape::squares ? " per square" : " per hexagon";
    return title;
}

/// Below the value of all, and its multiples up to four times.
std::vector<DensityClass> classesOf(double overall, double threshold) {
    std::vector<DensityClass> classes{{.from = std::numeric_limits<double>::min(), .label = "below average"}};
    if (!(overall > 0.0)) return {};
    for (int multiple = 1; multiple <= 4; ++multiple) {
        DensityClass entry{.from = multiple * overall, .label = {}};
        entry.label = multiple < 4 ? readableNumber(entry.from) + " – " + readableNumber((multiple + 1) * overall)
                                   : "over " + readableNumber(entry.from);
        if (multiple == 1) entry.label += " above average";
        if (multiple == threshold) entry.label += " hotspot";
        classes.push_back(std::move(entry));
    }
    return classes;
}

/// Areas from the threshold on become hotspots.
void findHotAreas(Result& result, const AnalysisInput& input, const CountingAreas& found, double threshold,
                  const std::optional<std::vector<ProjectedPoint>>& compared) {
    std::vector<std::uint32_t> hotOf(result.regions.size() + 1, 0);
    for (std::size_t i = 0; i < result.regions.size(); ++i) {
        const Region& region = result.regions[i];
        if (!region.value || *region.value < threshold || region.incidents == 0) continue;
        HotspotArea area;
        area.outline = region.polygon;
        area.areaKm2 = squareKilometres(found.areas[i].ground);
        area.population = region.population;
        if (area.population && *area.population >= 1.0)
            area.perThousand = 1000.0 * static_cast<double>(region.incidents) / *area.population;
        if (compared) {
            const PointInPolygon test(region.polygon);
            area.comparisonIncidents = static_cast<std::size_t>(std::count_if(
                compared->begin(), compared->end(), [&](ProjectedPoint point) { return test.contains(point); }));
        }
        area.name = region.name; // a boundary keeps its name
        result.areas.push_back(std::move(area));
        hotOf[i + 1] = static_cast<std::uint32_t>(result.areas.size());
    }
    for (const std::uint32_t area : found.areaOf) result.areaOf.push_back(hotOf[area]);
    countAreas(result, *input.table);
    rankAreas(result);
    nameAreas(result, *input.table);
}

void addConcentration(Result& result, const CountingAreas& found, const std::string& what) {
    std::vector<double> counts;
    for (const CountingArea& area : found.areas) counts.push_back(area.count);
    const auto concentration = concentrationOf(counts, counts.size() + found.empty);
    if (!concentration) return;
    nlohmann::json lorenz = nlohmann::json::array();
    for (const LorenzPoint& point : concentration->lorenz) lorenz.push_back({point.places, point.incidents});
    result.statistics["gini"] = concentration->gini;
    result.statistics["generalised_gini"] = concentration->generalisedGini;
    result.statistics["lorenz"] = std::move(lorenz);
    for (const SmallestPlaces& smallest : concentration->smallest)
        if (smallest.wanted == 0.5 && smallest.ofAllPlaces)
            result.notes.push_back("Half of the incidents lie in " + percent(*smallest.ofAllPlaces) + " of the " +
                                   what + " (" + groupedCount(smallest.places) + " of " +
                                   groupedCount(counts.size() + found.empty) + ").");
}

/// Many small cells have none, so that their mean is low; boundaries are alike.
double usualThreshold(CountingShape shape) {
    return shape == CountingShape::layer ? 2.0 : 4.0;
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto given = parametersFrom<AreaCountsParameters>(input.parameters);
    if (!given) return fail(given.error());
    const double size = std::clamp(5 * suggestedCellSize(extentOf(input, *incidents)).value(), 100.0, 1000.0);
    return std::vector<Suggestion>{
        {"size", size, "Five cells of a density map, within 100 to 1,000 m: large enough to hold several incidents."},
        {"threshold", usualThreshold(given->shape),
         given->shape == CountingShape::layer ? "Twice the value of all boundaries together."
                                              : "Four times the mean of all cells, of which many have none."}};
}

/// All incidents of the question's period, whatever they are.
std::vector<std::uint32_t> rowsOfAllCategories(const AnalysisInput& input) {
    AnalysisInput all = input;
    all.filter.categories.clear();
    all.filter.groups.clear();
    const auto incidents = prepare(all);
    std::vector<std::uint32_t> rows;
    if (incidents)
        for (std::size_t i = 0; i < incidents->rows.size(); ++i)
            if (incidents->inside[i]) rows.push_back(incidents->rows[i]);
    return rows;
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<AreaCountsParameters>(input.parameters);
    if (!given) return fail(given.error());
    AreaCountsParameters parameters = std::move(*given);
    if (!parameters.threshold) parameters.threshold = usualThreshold(parameters.shape);
    if (!(*parameters.threshold > 0.0) || !std::isfinite(*parameters.threshold))
        return fail(ErrorCode::invalidParameter,
                    "Hotspot threshold must be more than 0, not " + shortestDecimal(*parameters.threshold) + ".",
                    "threshold");
    if (task.cancelled()) return failCancelled();
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const Box extent = extentOf(input, *incidents);
    if (!parameters.size && parameters.shape != CountingShape::layer)
        parameters.size = Metres{std::clamp(5 * suggestedCellSize(extent).value(), 100.0, 1000.0)};

    Result result;
    result.analysis = "area-counts";
    result.title = "Counts in areas";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    describeIncidents(result, input, *incidents);
    const bool againstAll = parameters.measure == AreaMeasure::offenceQuotient;
    const auto others = againstAll ? rowsOfAllCategories(input) : std::vector<std::uint32_t>{};
    const auto found = countingAreas(input, parameters, result.rows, others, extent, task);
    if (!found) return fail(found.error());
    const auto values = measured(parameters.measure, found->areas, found->empty);
    if (!values) return fail(values.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    const double threshold = *parameters.threshold * values->overall;
    result.measure = measureTitle(parameters);
    result.classes = classesOf(values->overall, *parameters.threshold);
    for (std::size_t i = 0; i < found->areas.size(); ++i) {
        const CountingArea& area = found->areas[i];
        const Value& value = values->of[i];
        Region region{area.code,       area.name,   area.polygon, static_cast<std::size_t>(area.count),
                      area.population, value.value, value.lower,  value.upper,
                      std::nullopt};
        for (std::size_t k = 0; k < result.classes.size(); ++k)
            if (value.value && *value.value >= result.classes[k].from) region.classIndex = k;
        result.studyAreaKm2 += squareKilometres(area.ground);
        result.regions.push_back(std::move(region));
    }
    if (parameters.size && parameters.shape != CountingShape::layer)
        result.studyAreaKm2 += static_cast<double>(found->empty) *
                               squareKilometres(SquareMetres{parameters.size->value() * parameters.size->value()});
    result.notes.insert(result.notes.end(), found->notes.begin(), found->notes.end());
    result.statistics = {
        {"areas", found->areas.size() + found->empty}, {"overall", values->overall}, {"threshold", threshold}};
    const std::string what = parameters.shape == CountingShape::squares    ? "squares"
                             : parameters.shape == CountingShape::hexagons ? "hexagons"
                                                                           : "areas of " + parameters.layer;
    addConcentration(result, *found, what);
    const auto compared = comparisonPoints(input, result);
    if (!compared) return fail(compared.error());
    findHotAreas(result, input, *found, threshold, *compared);
    result.method =
        measureTitle(parameters) + " in " + what +
        (parameters.shape == CountingShape::layer
             ? ""
             : " of " + readableNumber(parameters.size->value()) + " m" +
                   (parameters.shape == CountingShape::hexagons ? " (side of the square of equal area)" : "")) +
        "; hotspots have at least " + readableNumber(*parameters.threshold) + " times the value of all together (" +
        readableNumber(threshold) + ").";
    return result;
}

} // namespace

Analysis areaCountsAnalysis() {
    return {.id = "area-counts",
            .title = "Counts in areas",
            .group = "Where",
            .summary =
                "Counts incidents in squares, hexagons or boundaries; rates, smoothed rates, location quotients.",
            .source = "Marshall (1991) for smoothed rates; Brantingham & Brantingham (1998) for location quotients; "
                      "Bernasco & Steenbeek (2017) for the concentration",
            .parameters = &schemaOf<AreaCountsParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
