// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/selection.h"

#include "core/base/text.h"
#include "core/incidents/week_hours.h"

#include <algorithm>
#include <array>

namespace patchlight {

template <> std::span<const std::pair<CoarsePositions, ParameterChoice>> choicesOf<CoarsePositions>() {
    static const std::array<std::pair<CoarsePositions, ParameterChoice>, 2> choices{
        {{CoarsePositions::keep, {"keep", "Keep, and say how many"}},
         {CoarsePositions::leaveOut, {"leave-out", "Leave out"}}}};
    return choices;
}

namespace {

std::string whatWasAsked(const IncidentFilter& filter) {
    std::string text;
    if (const auto names = namesAsked(filter); !names.empty()) text += " of " + listed(names);
    if (filter.period) text += " from " + readablePeriod(*filter.period);
    return text;
}

/// Months since year 0.
int monthNumber(LocalDay day) {
    const std::chrono::year_month_day date{day};
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1;
}

void countMonths(Result& result, const AnalysisInput& input) {
    const IncidentTable& table = *input.table;
    const auto whole = periodOf(table);
    IncidentFilter filter = input.filter;
    filter.period.reset();
    const auto selection = select(table, filter);
    if (!whole || !selection) return;
    const int first = monthNumber(whole->first);
    const std::size_t months = static_cast<std::size_t>(monthNumber(whole->last) - first) + 1;
    if (months > 1200) return; // a wild date would make a chart of nothing
    result.monthlyFirst = firstOfMonth(whole->first);
    result.monthly.assign(months, 0);
    result.monthlyCovered.assign(months, 0);
    const auto monthOf = [&](std::size_t row) {
        return static_cast<std::size_t>(monthNumber(std::chrono::floor<std::chrono::days>(table.from[row])) - first);
    };
    for (std::size_t row = 0; row < table.size(); ++row)
        if (table.precision[row] != TimePrecision::none) result.monthlyCovered[monthOf(row)] = 1;
    std::vector<std::uint32_t> rows;
    std::vector<ProjectedPoint> points;
    for (const std::uint32_t row : selection->rows) {
        if (table.precision[row] == TimePrecision::none) continue;
        if (input.area.everything()) {
            ++result.monthly[monthOf(row)];
        } else if (table.mapped[row]) {
            rows.push_back(row);
            points.push_back(table.position[row]);
        }
    }
    const auto isInside = inside(input.area, points);
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (isInside[i]) ++result.monthly[monthOf(rows[i])];
}

} // namespace

Expected<PreparedIncidents> prepare(const AnalysisInput& input) {
    const IncidentTable& table = *input.table;
    auto selection = select(table, input.filter);
    if (!selection) return fail(selection.error());
    PreparedIncidents prepared;
    prepared.notes = std::move(selection->notes);
    for (const std::uint32_t row : selection->rows) {
        if (!table.mapped[row]) {
            ++prepared.unmapped;
            continue;
        }
        prepared.rows.push_back(row);
        prepared.points.push_back(table.position[row]);
    }
    const Places places = distinctPlaces(table, prepared.rows);
    const std::vector<std::uint8_t> placeInside = inside(input.area, places.point);
    for (const std::uint32_t place : places.placeOf) prepared.inside.push_back(placeInside[place]);
    prepared.insideCount = static_cast<std::size_t>(std::count(prepared.inside.begin(), prepared.inside.end(), 1));
    prepared.anonymised = anySnapped(table, prepared.rows);
    if (prepared.insideCount == 0) {
        const std::string where =
            input.area.everything() ? "" : " inside " + (input.area.name.empty() ? "the study area" : input.area.name);
        const std::string why =
            selection->rows.empty() ? "There are no incidents" : "There are no incidents with a position";
        return fail(ErrorCode::emptyInput, why + whatWasAsked(input.filter) + where + "; widen the filter or the area.",
                    "filter");
    }
    return prepared;
}

Expected<void> treatCoarse(PreparedIncidents& incidents, const AnalysisInput& input, CoarsePositions choice,
                           Metres distance) {
    const IncidentTable& table = *input.table;
    PreparedIncidents fine = incidents;
    fine.rows.clear(), fine.points.clear(), fine.inside.clear();
    fine.insideCount = 0;
    std::size_t coarse = 0;
    for (std::size_t i = 0; i < incidents.rows.size(); ++i) {
        if (coarsenessInMetres(table.level[incidents.rows[i]]) > distance.value()) {
            coarse += incidents.inside[i];
            continue;
        }
        fine.rows.push_back(incidents.rows[i]);
        fine.points.push_back(incidents.points[i]);
        fine.inside.push_back(incidents.inside[i]);
        fine.insideCount += incidents.inside[i];
    }
    if (coarse == 0 && fine.rows.size() == incidents.rows.size()) return {};
    const std::string which = counted(coarse, "incident is", "incidents are") +
                              " placed by postcode, street or area, which is coarser than " +
                              readableNumber(distance.value()) + " m";
    if (choice == CoarsePositions::keep) {
        if (coarse > 0)
            incidents.notes.push_back(which + "; a stack of them is no place of its own. They can be left out.");
        return {};
    }
    if (fine.insideCount == 0)
        return fail(ErrorCode::emptyInput,
                    "None is left: " + which + "; take a longer distance or keep coarse positions.",
                    "coarse-positions");
    if (coarse > 0) fine.notes.push_back(which + "; left out.");
    fine.tooCoarse = coarse;
    incidents = std::move(fine);
    return {};
}

Box extentOf(const AnalysisInput& input, const PreparedIncidents& incidents) {
    return input.area.everything() ? typicalBox(incidents.points) : boxOf(input.area);
}

void describeIncidents(Result& result, const AnalysisInput& input, const PreparedIncidents& incidents) {
    result.mapped = incidents.insideCount;
    result.incidents = incidents.insideCount + incidents.unmapped + incidents.tooCoarse;
    for (std::size_t i = 0; i < incidents.rows.size(); ++i)
        if (incidents.inside[i]) result.rows.push_back(incidents.rows[i]);
    const Places places = distinctPlaces(*input.table, result.rows);
    result.places = places.size();
    result.largestStack = places.weight.empty()
                              ? 0
                              : static_cast<std::size_t>(*std::max_element(places.weight.begin(), places.weight.end()));
    result.notes.insert(result.notes.end(), incidents.notes.begin(), incidents.notes.end());
    if (incidents.unmapped > 0) {
        std::string note =
            counted(incidents.unmapped, "incident has", "incidents have") + " no position and could not be mapped";
        if (!input.area.everything()) note += "; whether they lie inside the study area is not known";
        result.notes.push_back(note + ".");
    }
    if (incidents.anonymised)
        result.notes.push_back("Positions are anonymised map points, not addresses: read hotspots as neighbourhoods, "
                               "not as single streets.");
    if (result.mapped < 50)
        result.notes.push_back("Only " + counted(result.mapped, "incident is", "incidents are") +
                               " mapped: under 50 a hotspot map rests on very little.");
    result.sensitive = anySensitive(*input.table, result.rows);
    result.weekHours = weekHours(*input.table, result.rows);
    countMonths(result, input);
}

Expected<std::optional<std::vector<ProjectedPoint>>> comparisonPoints(const AnalysisInput& input, Result& result,
                                                                      std::optional<Metres> coarsest) {
    if (!input.comparison) return std::nullopt;
    if (const auto missing = missingMonths(monthsWithRows(*input.table), *input.comparison); !missing.empty()) {
        const LocalDay first = missing.front();
        result.notes.push_back("There is no comparison with " + readablePeriod(*input.comparison) +
                               ": the project has no incident of any kind in " +
                               readablePeriod({first, addedMonths(first, 1) - std::chrono::days{1}}) +
                               (missing.size() > 1
                                    ? " and " + counted(missing.size() - 1, "other month", "other months") + " of it"
                                    : "") +
                               ", and a gap is not a zero.");
        return std::nullopt;
    }
    IncidentFilter filter = input.filter;
    filter.period = input.comparison;
    auto selection = select(*input.table, filter);
    if (!selection) return fail(selection.error());
    std::vector<ProjectedPoint> points;
    for (const std::uint32_t row : selection->rows)
        if (input.table->mapped[row] && (!coarsest || coarsenessInMetres(input.table->level[row]) <= coarsest->value()))
            points.push_back(input.table->position[row]);
    const auto isInside = inside(input.area, points);
    std::vector<ProjectedPoint> kept;
    for (std::size_t i = 0; i < points.size(); ++i)
        if (isInside[i]) kept.push_back(points[i]);
    return std::optional{std::move(kept)};
}

} // namespace patchlight
