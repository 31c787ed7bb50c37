// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/k_means.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"

#include <chrono>

namespace patchlight {

namespace {

constexpr Metres drawnRadius{25.0}; ///< of a group at one or two places
constexpr Metres hullMargin{100.0}; ///< round all incidents, where there is no study area

Expected<std::vector<Suggestion>> suggest(const AnalysisInput&) {
    return std::vector<Suggestion>{};
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    const auto parameters = parametersFrom<KMeansAnalysisParameters>(input.parameters);
    if (!parameters) return fail(parameters.error());
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());

    if (task.cancelled()) return failCancelled();
    Result result;
    result.analysis = "k-means";
    result.title = "Parts (k-means)";
    result.threads = threadLimit();
    result.parameters = toJson(*parameters);
    const Places places = distinctPlaces(*input.table, insideRows(*incidents));
    const auto found =
        kMeans(places.point, places.weight, {.clusters = parameters->clusters, .seed = parameters->seed}, task);
    if (!found) return fail(found.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    describeIncidents(result, input, *incidents);
    if (auto set = setClusterStudyArea(result, input, hullMargin); !set) return fail(set.error());
    std::vector<std::int32_t> clusterOf;
    for (const std::uint32_t place : places.placeOf) clusterOf.push_back(found->cluster[place]);
    const auto added = addClusterAreas(result, input, clusterOf, found->centres.size(), parameters->outline,
                                       drawnRadius, std::nullopt, task);
    if (!added) return fail(added.error());
    for (const ProjectedPoint centre : found->centres) result.marks.push_back({"", centre});
    result.statistics = {{"clusters", found->centres.size()},
                         {"within_squares_m2", found->withinSquares},
                         {"silhouette", found->silhouette},
                         {"rounds", found->rounds},
                         {"seed", parameters->seed}};
    if (found->centres.size() < parameters->clusters)
        result.notes.push_back("There are only " + counted(found->centres.size(), "distinct place", "distinct places") +
                               ", and no more groups than that.");
    if (!found->converged)
        result.notes.push_back("The groups were still changing when the search ended; another seed may give others.");
    result.notes.push_back("Every incident is in a group: these are parts of the area, not hotspots. Mean silhouette " +
                           fixedDecimal(found->silhouette, 2) + " (1: well apart, 0: touching).");
    result.method = "K-means: incidents parted among " + std::to_string(found->centres.size()) +
                    " centres, the best of ten random starts (seed " + std::to_string(parameters->seed) +
                    "); each group is " + outlineInWords(parameters->outline) + ".";
    return result;
}

} // namespace

Analysis kMeansAnalysis() {
    return {.id = "k-means",
            .title = "Parts (k-means)",
            .group = "Groups",
            .summary = "Parts all incidents among a number of centres, such as beats; not a hotspot method.",
            .source = "Arthur & Vassilvitskii (2007), k-means++; Lloyd (1982); Rousseeuw (1987) for the silhouette",
            .parameters = &schemaOf<KMeansAnalysisParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
