// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/space_time_groups.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/clusters/clusters.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace patchlight {

namespace {

bool hasDay(const IncidentTable& table, std::uint32_t row) {
    return table.precision[row] == TimePrecision::day || table.precision[row] == TimePrecision::minute;
}

/// The reason to leave it, where dates are months alone.
std::optional<std::string> unsuitable(const AnalysisInput& input) {
    const auto selection = select(*input.table, input.filter);
    if (!selection || selection->rows.empty()) return std::nullopt;
    if (std::any_of(selection->rows.begin(), selection->rows.end(),
                    [&](std::uint32_t row) { return hasDay(*input.table, row); }))
        return std::nullopt;
    return "These incidents are dated by month alone, as police open data is: which of them came days apart is not "
           "known. Groups in space and time need days.";
}

/// Only incidents with a day can be days apart.
void keepDated(PreparedIncidents& incidents, const IncidentTable& table) {
    PreparedIncidents dated;
    for (std::size_t i = 0; i < incidents.rows.size(); ++i) {
        if (!hasDay(table, incidents.rows[i])) {
            dated.tooCoarse += incidents.inside[i];
            continue;
        }
        dated.rows.push_back(incidents.rows[i]);
        dated.points.push_back(incidents.points[i]);
        dated.inside.push_back(incidents.inside[i]);
        dated.insideCount += incidents.inside[i];
    }
    dated.unmapped = incidents.unmapped;
    dated.anonymised = incidents.anonymised;
    dated.notes = std::move(incidents.notes);
    if (dated.tooCoarse > 0)
        dated.notes.push_back(counted(dated.tooCoarse, "incident without a day is", "incidents without a day are") +
                              " left out.");
    incidents = std::move(dated);
}

Expected<std::vector<Suggestion>> suggest(const AnalysisInput& input) {
    const auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    const auto given = parametersFrom<SpaceTimeParameters>(input.parameters);
    if (!given) return fail(given.error());
    return std::vector<Suggestion>{{"eps", suggestedEps(incidents->points, given->minPoints).value(),
                                    "The median distance to as many neighbours as the smallest group has."}};
}

/// First and last day of each group, by rank.
nlohmann::json spansOf(const Result& result, const IncidentTable& table) {
    std::vector<std::optional<Period>> spans(result.areas.size());
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        if (result.areaOf[i] == 0) continue;
        const LocalDay day = std::chrono::floor<std::chrono::days>(table.from[result.rows[i]]);
        auto& span = spans[result.areaOf[i] - 1];
        if (!span) span = Period{day, day};
        span->first = std::min(span->first, day);
        span->last = std::max(span->last, day);
    }
    nlohmann::json array = nlohmann::json::array();
    for (const auto& span : spans)
        array.push_back(span ? nlohmann::json{isoDay(span->first), isoDay(span->last)} : nlohmann::json(nullptr));
    return array;
}

Expected<Result> run(const AnalysisInput& input, const TaskContext& task) {
    const auto start = std::chrono::steady_clock::now();
    auto given = parametersFrom<SpaceTimeParameters>(input.parameters);
    if (!given) return fail(given.error());
    SpaceTimeParameters parameters = *given;
    if (!(parameters.days > 0.0) || !(parameters.days <= 36525.0))
        return fail(ErrorCode::invalidParameter,
                    "Days apart must be more than 0 and at most 36,525, not " + shortestDecimal(parameters.days) + ".",
                    "days");
    auto incidents = prepare(input);
    if (!incidents) return fail(incidents.error());
    if (const auto reason = unsuitable(input)) return fail(ErrorCode::refused, *reason, "space-time-groups");
    keepDated(*incidents, *input.table);
    if (incidents->insideCount == 0)
        return fail(ErrorCode::emptyInput,
                    "There are no incidents with a day inside the study area; widen the filter or the area.", "filter");
    if (!parameters.eps) parameters.eps = suggestedEps(incidents->points, parameters.minPoints);

    if (task.cancelled()) return failCancelled();
    Result result;
    result.analysis = "space-time-groups";
    result.title = "Groups in space and time";
    result.threads = threadLimit();
    result.parameters = toJson(parameters);
    std::vector<ProjectedPoint> points;
    std::vector<LocalMinute> times;
    for (const std::uint32_t row : insideRows(*incidents)) {
        points.push_back(input.table->position[row]);
        times.push_back(input.table->from[row]);
    }
    constexpr double minutesADay = 24.0 * 60.0;
    const std::chrono::minutes apart{static_cast<std::int64_t>(std::llround(parameters.days * minutesADay))};
    const auto labels = spaceTimeDbscan(points, times, {}, *parameters.eps, apart, parameters.minPoints, task);
    if (!labels) return fail(labels.error());
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();

    describeIncidents(result, input, *incidents);
    if (auto set = setClusterStudyArea(result, input, *parameters.eps); !set) return fail(set.error());
    const auto added = addClusterAreas(result, input, labels->cluster, labels->clusters, parameters.outline,
                                       Metres{parameters.eps->value() / 2.0}, std::nullopt, task);
    if (!added) return fail(added.error());
    result.statistics = {{"clusters", labels->clusters},
                         {"noise", std::count(result.areaOf.begin(), result.areaOf.end(), 0u)},
                         {"days", spansOf(result, *input.table)}};
    result.method = "Space-time DBSCAN: groups of at least " + std::to_string(parameters.minPoints) +
                    " incidents within " + readableNumber(parameters.eps->value()) + " m and " +
                    readableNumber(parameters.days) + " days of a core incident; each group is " +
                    outlineInWords(parameters.outline) + ".";
    return result;
}

} // namespace

Analysis spaceTimeGroupsAnalysis() {
    return {.id = "space-time-groups",
            .title = "Groups in space and time",
            .group = "Groups",
            .summary = "Finds incidents close together and close in time: series and outbreaks.",
            .source = "Birant & Kut (2007), ST-DBSCAN: an algorithm for clustering spatial-temporal data",
            .parameters = &schemaOf<SpaceTimeParameters>,
            .suggest = &suggest,
            .run = &run,
            .unsuitable = &unsuitable};
}

} // namespace patchlight
