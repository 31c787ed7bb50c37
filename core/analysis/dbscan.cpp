// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/dbscan.h"

#include "core/analysis/selection.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace patchlight {

namespace {

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto given = parametersFrom<DbscanParameters>(input.parameters);
    if (!given) return fail(given.error());
    return std::vector<Suggestion>{{"eps", suggestedEps(incidents->points, given->minPoints).value(),
                                    "The median distance to as many neighbours as the smallest group has."}};
}

/// Points of the incidents inside the study area: clusters are of those alone.
std::vector<ProjectedPoint> insidePoints(const PreparedIncidents& incidents) {
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < incidents.points.size(); ++i)
        if (incidents.inside[i]) points.push_back(incidents.points[i]);
    return points;
}

/// The places inside a box, and how many incidents lie outside.
std::pair<std::vector<ProjectedPoint>, std::size_t> partedBy(const Box& box, const Places& places) {
    std::vector<ProjectedPoint> within;
    double outside = 0.0;
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (box.contains(places.point[i]))
            within.push_back(places.point[i]);
        else
            outside += places.weight[i];
    }
    return {std::move(within), static_cast<std::size_t>(outside)};
}

Expected<void> findAreas(Result& result, const AnalysisInput& input, const Places& places, const DbscanLabels& labels,
                         const DbscanParameters& parameters, const TaskContext& task) {
    const Metres eps = *parameters.eps;
    std::vector<std::vector<ProjectedPoint>> members(labels.clusters);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (labels.cluster[i] >= 0) members[static_cast<std::size_t>(labels.cluster[i])].push_back(places.point[i]);
    const auto compared = comparisonPoints(input, result, coarsestOf(parameters.coarse, eps));
    if (!compared) return fail(compared.error());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Drawing groups", static_cast<double>(i) / static_cast<double>(members.size()));
        auto hull = hullOf(members[i], Metres{eps.value() / 2.0});
        if (!hull) return fail(hull.error());
        HotspotArea area;
        area.areaKm2 = squareKilometres(areaOf(*hull));
        if (*compared) {
            const PointInPolygon test(*hull);
            area.comparisonIncidents = static_cast<std::size_t>(std::count_if(
                (*compared)->begin(), (*compared)->end(), [&](ProjectedPoint point) { return test.contains(point); }));
        }
        area.drawnOutline = *hull;
        area.outline = std::move(*hull);
        result.areas.push_back(std::move(area));
    }
    for (const std::uint32_t place : places.placeOf)
        result.areaOf.push_back(static_cast<std::uint32_t>(labels.cluster[place] + 1));
    countAreas(result, *input.table);
    rankAreas(result);
    nameAreas(result, *input.table);
    return {};
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<DbscanParameters>(input.parameters);
    if (!given) return fail(given.error());
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    DbscanParameters parameters = *given;
    if (parameters.minPoints < 1)
        return fail(ErrorCode::invalidParameter, "Smallest group (min-points) must be at least 1.", "min-points");
    if (!parameters.eps) parameters.eps = suggestedEps(incidents->points, parameters.minPoints);
    if (!std::isfinite(parameters.eps->value()) || *parameters.eps <= Metres{0.0})
        return fail(ErrorCode::invalidParameter,
                    "Distance (eps) must be more than 0 m, not " + shortestDecimal(parameters.eps->value()) + ".",
                    "eps");
    if (auto treated = treatCoarse(*incidents, input, parameters.coarse, *parameters.eps); !treated)
        return fail(treated.error());
    const std::vector<ProjectedPoint> points = insidePoints(*incidents);

    Result result;
    result.analysis = "dbscan";
    result.title = "Groups (DBSCAN)";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    const Places places = distinctPlaces(points);
    const auto labels = dbscan(places.point, places.weight, *parameters.eps, parameters.minPoints, task);
    if (!labels) return fail(labels.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    describeIncidents(result, input, *incidents);
    if (input.area.polygon) {
        result.studyAreaKm2 = squareKilometres(areaOf(*input.area.polygon));
    } else if (input.area.box) {
        result.studyAreaKm2 = input.area.box->width() * input.area.box->height() / squareMetresPerSquareKilometre;
    } else {
        const auto [typical, far] = partedBy(typicalBox(points), places);
        const auto whole = hullOf(typical, *parameters.eps);
        if (!whole) return fail(whole.error());
        result.studyAreaKm2 = squareKilometres(areaOf(*whole));
        result.notes.push_back("Without a study area, shares of the area are of the hull of the incidents (" +
                               readableNumber(result.studyAreaKm2) + " km²).");
        if (far > 0)
            result.notes.push_back(counted(far, "incident lies", "incidents lie") +
                                   " far from the rest; the hull leaves " + (far == 1 ? "it" : "them") + " out.");
    }
    if (auto found = findAreas(result, input, places, *labels, parameters, task); !found) return fail(found.error());
    const auto grouped = static_cast<std::size_t>(
        std::count_if(result.areaOf.begin(), result.areaOf.end(), [](std::uint32_t area) { return area > 0; }));
    result.statistics = {{"clusters", labels->clusters}, {"noise", result.mapped - grouped}};
    if (!result.areas.empty() && result.areas.front().comparisonIncidents)
        result.notes.push_back("Comparison counts are of incidents inside each group's outline.");
    result.method = "DBSCAN: groups of at least " + std::to_string(parameters.minPoints) + " incidents within " +
                    readableNumber(parameters.eps->value()) +
                    " m of a core incident; each group is drawn as its convex hull, and an incident near two groups "
                    "counts with its nearest core.";
    return result;
}

} // namespace

Analysis dbscanAnalysis() {
    return {.id = "dbscan",
            .title = "Groups (DBSCAN)",
            .group = "Groups",
            .summary = "Finds groups of incidents close together; what lies alone is left out.",
            .source = "Ester, Kriegel, Sander & Xu (1996), A density-based algorithm for discovering clusters",
            .parameters = &schemaOf<DbscanParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
