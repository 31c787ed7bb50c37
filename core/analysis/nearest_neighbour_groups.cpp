// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/nearest_neighbour_groups.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace patchlight {

template <> std::span<const std::pair<NeighbourDistance, ParameterChoice>> choicesOf<NeighbourDistance>() {
    static const std::array<std::pair<NeighbourDistance, ParameterChoice>, 2> choices{
        {{NeighbourDistance::random, {"random", "What chance would do"}},
         {NeighbourDistance::fixed, {"fixed", "Fixed"}}}};
    return choices;
}

namespace {

constexpr Metres hullMargin{100.0}; ///< round all incidents, where there is no study area
constexpr Metres drawnRadius{25.0}; ///< of a group at one or two places

/// The area that chance strews incidents over: without one, the hull of the incidents that are not far off.
Expected<StudyArea> areaForChance(const AnalysisInput& input, std::span<const ProjectedPoint> places) {
    if (!input.area.everything()) return input.area;
    const Box box = typicalBox(places);
    std::vector<ProjectedPoint> typical;
    for (const ProjectedPoint place : places)
        if (box.contains(place)) typical.push_back(place);
    auto hull = hullOf(typical, hullMargin);
    if (!hull) return fail(hull.error());
    return StudyArea{{}, std::move(*hull), {}};
}

/// Hulls of what the groups of an order hold, all together.
Expected<MultiPolygon> hullsOfOrder(const NnhClusters& found, std::size_t order, std::span<const ProjectedPoint> places,
                                    const TaskContext& task) {
    std::vector<std::vector<ProjectedPoint>> members(found.orders[order].centres.size());
    for (std::size_t place = 0; place < places.size(); ++place) {
        std::int32_t at = found.orders[0].cluster[place];
        for (std::size_t above = 1; above <= order && at >= 0; ++above)
            at = found.orders[above].cluster[static_cast<std::size_t>(at)];
        if (at >= 0) members[static_cast<std::size_t>(at)].push_back(places[place]);
    }
    MultiPolygon hulls;
    for (const auto& points : members) {
        if (task.cancelled()) return failCancelled();
        if (points.empty()) continue;
        auto hull = hullOf(points, drawnRadius);
        if (!hull) return fail(hull.error());
        hulls.parts.insert(hulls.parts.end(), hull->parts.begin(), hull->parts.end());
    }
    return hulls;
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto given = parametersFrom<NearestNeighbourParameters>(input.parameters);
    if (!given) return fail(given.error());
    return std::vector<Suggestion>{{"distance", suggestedEps(incidents->points, given->minPoints).value(),
                                    "The median distance to as many neighbours as the smallest group has."}};
}

Expected<void> addSimulation(Result& result, const StudyArea& area, Metres distance,
                             const NearestNeighbourParameters& parameters, std::size_t observed,
                             const TaskContext& task) {
    const auto simulated = simulatedNearestNeighbourClusters(result.mapped, area, distance, parameters.minPoints,
                                                             observed, parameters.replications, parameters.seed, task);
    if (!simulated) return fail(simulated.error());
    constexpr double usual = 0.95;
    result.statistics["p_value"] = simulated->pValue;
    result.statistics["by_chance_95"] = simulated->percentile(usual);
    result.statistics["simulations"] = parameters.replications;
    result.notes.push_back("Strewn over the area by chance, as many incidents make " +
                           counted(simulated->percentile(usual), "group", "groups") + " or fewer in 95 of 100 of " +
                           groupedCount(parameters.replications) + " simulations; here there are " +
                           groupedCount(observed) + " (p = " + fixedDecimal(simulated->pValue, 3) + ").");
    return {};
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<NearestNeighbourParameters>(input.parameters);
    if (!given) return fail(given.error());
    NearestNeighbourParameters parameters = *given;
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    if (task.cancelled()) return failCancelled();
    if (!parameters.distance) parameters.distance = suggestedEps(incidents->points, parameters.minPoints);

    Result result;
    result.analysis = "nearest-neighbour-groups";
    result.title = "Nearest-neighbour groups";
    result.threads = threadLimit();
    const Places places = distinctPlaces(*input.table, insideRows(*incidents));
    const auto area = areaForChance(input, places.point);
    if (!area) return fail(area.error());
    const bool fixed = parameters.by == NeighbourDistance::fixed;
    const auto found = nearestNeighbourClusters(places.point, places.weight, *area,
                                                {.distance = fixed ? parameters.distance : std::nullopt,
                                                 .probability = parameters.probability,
                                                 .minPoints = parameters.minPoints},
                                                task);
    if (!found) return fail(found.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    result.parameters = toJson(parameters);
    const NnhOrder& first = found->orders.front();

    describeIncidents(result, input, *incidents);
    if (auto set = setClusterStudyArea(result, input, hullMargin); !set) return fail(set.error());
    std::vector<std::int32_t> clusterOf;
    for (const std::uint32_t place : places.placeOf) clusterOf.push_back(first.cluster[place]);
    const auto added = addClusterAreas(result, input, clusterOf, first.centres.size(), parameters.outline, drawnRadius,
                                       std::nullopt, task);
    if (!added) return fail(added.error());
    nlohmann::json orders = nlohmann::json::array();
    for (std::size_t order = 0; order < found->orders.size(); ++order) {
        orders.push_back(
            {{"groups", found->orders[order].centres.size()}, {"distance_m", found->orders[order].distance.value()}});
        if (order == 0) continue;
        auto hulls = hullsOfOrder(*found, order, places.point, task);
        if (!hulls) return fail(hulls.error());
        result.outlines.push_back({"groups of groups, order " + std::to_string(order + 1), std::move(*hulls)});
    }
    result.statistics = {{"clusters", first.centres.size()},
                         {"noise", std::count(result.areaOf.begin(), result.areaOf.end(), 0u)},
                         {"distance_m", first.distance.value()},
                         {"orders", std::move(orders)},
                         {"seed", parameters.seed}};
    if (auto simulated = addSimulation(result, *area, first.distance, parameters, first.centres.size(), task);
        !simulated)
        return fail(simulated.error());
    result.method =
        "Nearest-neighbour hierarchical clustering: groups of at least " + std::to_string(parameters.minPoints) +
        " incidents within " + readableNumber(first.distance.value()) + " m of the middle one" +
        (fixed ? "" : " (nearer than chance has it, probability " + shortestDecimal(parameters.probability) + ")") +
        "; each group is " + outlineInWords(parameters.outline) + ".";
    return result;
}

} // namespace

Analysis nearestNeighbourGroupsAnalysis() {
    return {.id = "nearest-neighbour-groups",
            .title = "Nearest-neighbour groups",
            .group = "Groups",
            .summary = "CrimeStat's hierarchical clusters, with a test of whether chance makes as many.",
            .source = "Levine (2015), CrimeStat IV, ch. 7; Clark & Evans (1954)",
            .parameters = &schemaOf<NearestNeighbourParameters>,
            .suggest = &suggest,
            .run = &run};
}

} // namespace patchlight
