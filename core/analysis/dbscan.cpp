// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/dbscan.h"

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
    Result result;
    result.analysis = "dbscan";
    result.title = "Groups (DBSCAN)";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    const Places places = distinctPlaces(*input.table, insideRows(*incidents));
    const auto labels = dbscan(places.point, places.weight, *parameters.eps, parameters.minPoints, task);
    if (!labels) return fail(labels.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    describeIncidents(result, input, *incidents);
    if (auto set = setClusterStudyArea(result, input, *parameters.eps); !set) return fail(set.error());
    std::vector<std::int32_t> clusterOf;
    for (const std::uint32_t place : places.placeOf) clusterOf.push_back(labels->cluster[place]);
    const auto added =
        addClusterAreas(result, input, clusterOf, labels->clusters, parameters.outline,
                        Metres{parameters.eps->value() / 2.0}, coarsestOf(parameters.coarse, *parameters.eps), task);
    if (!added) return fail(added.error());
    result.statistics = {{"clusters", labels->clusters},
                         {"noise", std::count(result.areaOf.begin(), result.areaOf.end(), 0u)}};
    result.method = "DBSCAN: groups of at least " + std::to_string(parameters.minPoints) + " incidents within " +
                    readableNumber(parameters.eps->value()) + " m of a core incident; each group is " +
                    outlineInWords(parameters.outline) +
                    ", and an incident near two groups counts with its nearest core.";
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
