// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/centre.h"

#include "core/analysis/area_facts.h"
#include "core/analysis/cluster_areas.h"
#include "core/base/parallel.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace patchlight {

template <> std::span<const std::pair<EllipseScaling, ParameterChoice>> choicesOf<EllipseScaling>() {
    static const std::array<std::pair<EllipseScaling, ParameterChoice>, 3> choices{
        {{EllipseScaling::oneDeviation, {"one-deviation", "One standard deviation (39 % of a normal spread)"}},
         {EllipseScaling::rootTwo, {"root-two", "Times root 2 (63 %)"}},
         {EllipseScaling::crimeStat, {"crimestat", "As CrimeStat (root 2, n - 2)"}}}};
    return choices;
}

namespace {

constexpr Metres hullMargin{100.0}; ///< round all incidents, where there is no study area
constexpr double leastAxis = 1.0;   ///< m; a thinner ellipse is a line

/// Middle and spread of one period.
struct Spread {
    ProjectedPoint mean, coordinatewise;
    MedianCentre median;
    Metres standardDistance;
    StandardEllipse ellipse;
};

Expected<Spread> spreadOf(std::span<const ProjectedPoint> points, std::span<const double> weights,
                          EllipseScaling scaling, const TaskContext& task) {
    const auto mean = meanCentre(points, weights);
    if (!mean) return fail(mean.error());
    const auto coordinatewise = coordinatewiseMedian(points, weights);
    if (!coordinatewise) return fail(coordinatewise.error());
    const auto median = medianCentre(points, weights, task);
    if (!median) return fail(median.error());
    const auto distance = standardDistance(points, weights);
    if (!distance) return fail(distance.error());
    const auto ellipse = standardEllipse(points, weights, scaling);
    if (!ellipse) return fail(ellipse.error());
    return Spread{*mean, *coordinatewise, *median, *distance, *ellipse};
}

nlohmann::json toJson(ProjectedPoint point) {
    return {point.east, point.north};
}
nlohmann::json toJson(const Spread& spread) {
    return {{"mean_centre", toJson(spread.mean)},
            {"median_centre", toJson(spread.median.at)},
            {"coordinatewise_median", toJson(spread.coordinatewise)},
            {"standard_distance_m", spread.standardDistance.value()},
            {"semi_major_m", spread.ellipse.semiMajor.value()},
            {"semi_minor_m", spread.ellipse.semiMinor.value()},
            {"angle_degrees", spread.ellipse.angle}};
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput&) {
    return std::vector<Suggestion>{};
}

/// The ellipse as the one area of the result, with the incidents in it.
void addEllipse(Result& result, const AnalysisInput& input, const Spread& spread,
                const std::optional<std::vector<ProjectedPoint>>& compared) {
    result.areaOf.assign(result.rows.size(), 0);
    if (spread.ellipse.semiMinor.value() < leastAxis) return;
    HotspotArea area;
    area.outline = MultiPolygon{{polygonOf(spread.ellipse)}};
    area.areaKm2 = squareKilometres(areaOf(area.outline));
    const PointInPolygon test(area.outline);
    for (std::size_t i = 0; i < result.rows.size(); ++i)
        result.areaOf[i] = test.contains(input.table->position[result.rows[i]]);
    if (compared)
        area.comparisonIncidents = static_cast<std::size_t>(std::count_if(
            compared->begin(), compared->end(), [&](ProjectedPoint point) { return test.contains(point); }));
    result.areas.push_back(std::move(area));
    countAreas(result, *input.table);
    rankAreas(result);
    result.areas.front().name = "Standard deviational ellipse";
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    const auto parameters = parametersFrom<CentreParameters>(input.parameters);
    if (!parameters) return fail(parameters.error());
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());

    if (task.cancelled()) return failCancelled();
    Result result;
    result.analysis = "centre";
    result.title = "Centre and spread";
    result.threads = threadLimit();
    result.parameters = patchlight::toJson(*parameters);
    describeIncidents(result, input, *incidents);
    const Places places = distinctPlaces(*input.table, result.rows);
    const auto spread = spreadOf(places.point, places.weight, parameters->scaling, task);
    if (!spread) return fail(spread.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    if (auto set = setClusterStudyArea(result, input, hullMargin); !set) return fail(set.error());
    result.marks.push_back({"mean centre", spread->mean});
    result.marks.push_back({"median centre", spread->median.at});
    result.statistics = toJson(*spread);
    const auto compared = comparisonPoints(input, result);
    if (!compared) return fail(compared.error());
    if (*compared && !(*compared)->empty()) {
        const auto before = spreadOf(**compared, {}, parameters->scaling, task);
        if (!before) return fail(before.error());
        result.statistics["comparison"] = toJson(*before);
        result.marks.push_back({"mean centre before", before->mean});
        if (before->ellipse.semiMinor.value() >= leastAxis)
            result.outlines.push_back({"ellipse of the comparison period", MultiPolygon{{polygonOf(before->ellipse)}}});
        const double moved = std::hypot(spread->mean.east - before->mean.east, spread->mean.north - before->mean.north);
        result.notes.push_back("The mean centre lies " + readableNumber(moved) + " m from that of " +
                               readablePeriod(*input.comparison) + ".");
    }
    addEllipse(result, input, *spread, *compared);
    if (result.areas.empty()) result.notes.push_back("The incidents lie on one line or place: there is no ellipse.");
    if (parameters->scaling == EllipseScaling::oneDeviation)
        result.notes.push_back(
            "The ellipse has axes of one standard deviation and holds about 39 % of a normal spread; "
            "others draw it root 2 times as long (63 %).");
    result.method =
        "Mean centre, median centre (least total distance), standard distance " +
        readableNumber(spread->standardDistance.value()) + " m (divided by n), standard deviational ellipse " +
        readableNumber(spread->ellipse.semiMajor.value()) + " by " + readableNumber(spread->ellipse.semiMinor.value()) +
        " m (half axes), " + fixedDecimal(spread->ellipse.angle, 0) + "° clockwise from north.";
    return result;
}

} // namespace

Analysis centreAnalysis() {
    return {.id = "centre",
            .title = "Centre and spread",
            .group = "Spread",
            .summary = "Where the middle of all incidents lies, how far and which way they spread, and how that moved.",
            .source = "Yuill (1971), The standard deviational ellipse; Wang, Shi & Miao (2015); Levine (2015) ch. 4",
            .parameters = &schemaOf<CentreParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
