// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/hdbscan.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"

#include <algorithm>
#include <chrono>

namespace patchlight {

namespace {

constexpr Metres drawnRadius{25.0}; ///< of a group at one or two places
constexpr Metres mapPointResolution{50.0};
constexpr Metres hullMargin{100.0}; ///< round all incidents, where there is no study area

Expected<std::vector<Suggestion>> suggest(const AnalysisInput&) {
    return std::vector<Suggestion>{};
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    const auto parameters = parametersFrom<HdbscanAnalysisParameters>(input.parameters);
    if (!parameters) return fail(parameters.error());
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());

    if (task.cancelled()) return failCancelled();
    Result result;
    result.analysis = "hdbscan";
    result.title = "Groups of any density (HDBSCAN)";
    result.threads = threadLimit();
    result.parameters = toJson(*parameters);
    const Places places = distinctPlaces(*input.table, insideRows(*incidents));
    // Anonymised map points stand for addresses some fifty metres round: below that their distances say nothing.
    const Metres resolution = incidents->anonymised ? mapPointResolution : Metres{1.0};
    const auto labels = hdbscan(
        places.point, places.weight,
        {.minPoints = parameters->minPoints, .minClusterSize = parameters->minClusterSize, .resolution = resolution},
        task);
    if (!labels) return fail(labels.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    describeIncidents(result, input, *incidents);
    if (auto set = setClusterStudyArea(result, input, hullMargin); !set) return fail(set.error());
    std::vector<std::int32_t> clusterOf;
    for (const std::uint32_t place : places.placeOf) clusterOf.push_back(labels->cluster[place]);
    const auto added = addClusterAreas(result, input, clusterOf, labels->clusters(), parameters->outline, drawnRadius,
                                       std::nullopt, task);
    if (!added) return fail(added.error());
    // Found per cluster; told by rank, like everything else.
    std::vector<double> stability(result.areas.size(), 0.0);
    for (std::size_t i = 0; i < clusterOf.size(); ++i)
        if (clusterOf[i] >= 0)
            stability[result.areaOf[i] - 1] = labels->stability[static_cast<std::size_t>(clusterOf[i])];
    result.statistics = {{"clusters", labels->clusters()},
                         {"noise", std::count(result.areaOf.begin(), result.areaOf.end(), 0u)},
                         {"stability", stability},
                         {"tree_weight_m", labels->treeWeight}};
    result.method =
        "HDBSCAN: the groups of at least " + std::to_string(parameters->minClusterSize) +
        " incidents that last longest as the distance falls, density by the distance within which there are " +
        std::to_string(parameters->minPoints) + " incidents" +
        (incidents->anonymised ? ", distances under " + readableNumber(mapPointResolution.value()) +
                                     " m between anonymised map points taken as one"
                               : "") +
        "; each group is " + outlineInWords(parameters->outline) + ".";
    return result;
}

} // namespace

Analysis hdbscanAnalysis() {
    return {.id = "hdbscan",
            .title = "Groups of any density (HDBSCAN)",
            .group = "Groups",
            .summary = "Finds groups dense in their own surroundings, without a distance to choose.",
            .source = "Campello, Moulavi & Sander (2013), Density-based clustering based on hierarchical density "
                      "estimates",
            .parameters = &schemaOf<HdbscanAnalysisParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
