// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/repeat_places.h"

#include "core/analysis/area_facts.h"
#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/repeats/repeats.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace patchlight {

namespace {

constexpr double circleRadius = 20.0; // m, what a place is drawn as

/// The reason to leave it, where the positions are not those of the incidents.
std::optional<std::string> unsuitable(const AnalysisInput& input) {
    const auto selection = select(*input.table, input.filter);
    if (!selection) return std::nullopt;
    const IncidentTable& table = *input.table;
    const bool anyFine = std::any_of(selection->rows.begin(), selection->rows.end(), [&](std::uint32_t row) {
        return table.mapped[row] && table.level[row] == LocationLevel::exact;
    });
    if (anyFine || selection->rows.empty()) return std::nullopt;
    return anySnapped(table, selection->rows)
               ? "These positions are anonymised map points, each standing for many addresses: a list of places with "
                 "most incidents would name streets where nothing need have happened. It needs exact positions."
               : "These incidents are placed by postcode, street or area alone: a list of places would be one of "
                 "postcodes. It needs exact positions.";
}

/// Only incidents whose own position is known can repeat at a place.
void keepExact(PreparedIncidents& incidents, const IncidentTable& table) {
    PreparedIncidents exact;
    for (std::size_t i = 0; i < incidents.rows.size(); ++i) {
        if (table.level[incidents.rows[i]] != LocationLevel::exact) {
            exact.tooCoarse += incidents.inside[i];
            continue;
        }
        exact.rows.push_back(incidents.rows[i]);
        exact.points.push_back(incidents.points[i]);
        exact.inside.push_back(incidents.inside[i]);
        exact.insideCount += incidents.inside[i];
    }
    exact.unmapped = incidents.unmapped;
    exact.notes = std::move(incidents.notes);
    if (exact.tooCoarse > 0)
        exact.notes.push_back(counted(exact.tooCoarse, "incident has", "incidents have") +
                              " no exact position (anonymised, or placed by postcode, street or area) and " +
                              (exact.tooCoarse == 1 ? "is" : "are") + " left out.");
    incidents = std::move(exact);
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput&) {
    return std::vector<Suggestion>{};
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    const auto parameters = parametersFrom<RepeatPlacesParameters>(input.parameters);
    if (!parameters) return fail(parameters.error());
    if (parameters->places < 1) return fail(ErrorCode::invalidParameter, "Places must be at least 1.", "places");
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    if (const auto reason = unsuitable(input)) return fail(ErrorCode::refused, *reason, "repeat-places");
    if (task.cancelled()) return failCancelled();
    keepExact(*incidents, *input.table);
    if (incidents->insideCount == 0)
        return fail(
            ErrorCode::emptyInput,
            "There are no incidents with an exact position inside the study area; widen the filter or the area.",
            "filter");

    Result result;
    result.analysis = "repeat-places";
    result.title = "Repeat locations";
    result.threads = threadLimit();
    result.parameters = toJson(*parameters);
    describeIncidents(result, input, *incidents);
    const Places places = distinctPlaces(*input.table, result.rows);
    const auto ranked = repeatLocations(places.point, places.weight);
    if (!ranked) return fail(ranked.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (task.cancelled()) return failCancelled();

    std::map<ProjectedPoint, std::uint32_t> areaAt;
    for (const RankedPlace& place : ranked->places) {
        if (result.areas.size() == parameters->places || place.count < static_cast<double>(parameters->least)) break;
        auto circle = hullOf(std::vector<ProjectedPoint>{place.point}, Metres{circleRadius});
        if (!circle) return fail(circle.error());
        HotspotArea& area = result.areas.emplace_back();
        area.outline = std::move(*circle);
        areaAt[place.point] = static_cast<std::uint32_t>(result.areas.size());
    }
    for (const std::uint32_t place : places.placeOf) {
        const auto area = areaAt.find(places.point[place]);
        result.areaOf.push_back(area == areaAt.end() ? 0 : area->second);
    }
    const auto compared = comparisonPoints(input, result);
    if (!compared) return fail(compared.error());
    if (*compared) {
        for (HotspotArea& area : result.areas) area.comparisonIncidents = 0;
        for (const ProjectedPoint point : **compared)
            if (const auto area = areaAt.find(point); area != areaAt.end())
                ++*result.areas[area->second - 1].comparisonIncidents;
    }
    countAreas(result, *input.table);
    rankAreas(result);
    nameAreas(result, *input.table);
    const auto concentration = concentrationOf(places.weight);
    result.statistics = {{"places", ranked->places.size()},
                         {"places_with_repeats", ranked->placesWithRepeats},
                         {"repeats", ranked->repeats},
                         {"repeat_share", ranked->repeatShare}};
    if (concentration) {
        result.statistics["gini"] = concentration->gini;
        for (const SmallestPlaces& smallest : concentration->smallest)
            if (smallest.wanted == 0.5)
                result.notes.push_back("Half of the incidents are at " + groupedCount(smallest.places) + " of the " +
                                       counted(concentration->placesWithIncidents, "place", "places") + " with any (" +
                                       percent(smallest.ofPlacesWithIncidents) + ").");
    }
    result.notes.push_back(percent(ranked->repeatShare) + " of the incidents are at a place that had one before.");
    result.method = "Places ranked by incidents at exactly the same position, those with " +
                    groupedCount(parameters->least) + " or more, at most " + groupedCount(parameters->places) +
                    "; each is drawn as a circle of " + readableNumber(circleRadius) + " m.";
    return result;
}

} // namespace

Analysis repeatPlacesAnalysis() {
    return {.id = "repeat-places",
            .title = "Repeat locations",
            .group = "Places",
            .summary = "Ranks places by how many incidents they had, by street name.",
            .source = "Levine (2015), CrimeStat, ch. 7 (mode); Bernasco & Steenbeek (2017) for the concentration",
            .parameters = &schemaOf<RepeatPlacesParameters>,
            .suggest = &suggest,
            .run = &run,
            .unsuitable = &unsuitable};
}

} // namespace patchlight
