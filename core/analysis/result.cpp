// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/result.h"

#include "core/base/text.h"

#include <cmath>

namespace patchlight {

namespace {

using nlohmann::json;

json figure(double value) {
    return std::isfinite(value) ? json(value) : json(nullptr);
}
json count(std::size_t value, bool said) {
    return said ? json(value) : json(nullptr);
}

} // namespace

std::string countText(std::size_t count, Shown shown, const Result& result) {
    if (shown == Shown::small) return "<" + std::to_string(result.smallBelow);
    return shown == Shown::hidden ? std::string("–") : groupedCount(count);
}

nlohmann::json toJson(const Result& result) {
    nlohmann::json areas = nlohmann::json::array();
    for (const HotspotArea& area : result.areas) {
        const bool said = hasFigure(area.shown);
        nlohmann::json entry{
            {"rank", area.rank},
            {"name", area.name},
            {"incidents", count(area.incidents, said)},
            {"places", count(area.places, said && (!result.forPublic || area.places > 0))},
            {"largest_stack", count(area.largestStack, said && (!result.forPublic || area.largestStack > 0))},
            {"share", figure(area.share)},
            {"area_km2", area.areaKm2},
            {"area_share", area.areaShare},
            {"density_per_km2", figure(area.densityPerKm2)},
            {"pai", figure(area.pai)}};
        entry["id"] = area.id;
        if (!said) entry["incidents_shown"] = countText(0, area.shown, result);
        if (area.comparisonIncidents)
            entry["comparison_incidents"] = count(*area.comparisonIncidents, hasFigure(area.comparisonShown));
        if (area.comparisonIncidents && !hasFigure(area.comparisonShown))
            entry["comparison_shown"] = countText(0, area.comparisonShown, result);
        if (area.weight) entry["weight"] = *area.weight;
        if (area.peakMonth) entry["peak_month"] = isoDay(*area.peakMonth).substr(0, 7);
        if (area.peakHour) entry["peak_hour"] = *area.peakHour;
        if (area.population) entry["population"] = *area.population;
        if (area.perThousand) entry["per_thousand"] = *area.perThousand;
        areas.push_back(std::move(entry));
    }
    nlohmann::json regions = nlohmann::json::array();
    for (const Region& region : result.regions) {
        nlohmann::json entry{{"code", region.code},
                             {"name", region.name},
                             {"incidents", count(region.incidents, hasFigure(region.shown))}};
        if (!hasFigure(region.shown)) entry["incidents_shown"] = countText(0, region.shown, result);
        if (region.population) entry["population"] = *region.population;
        if (region.value) entry["value"] = *region.value;
        if (region.lower) entry["lower"] = *region.lower;
        if (region.upper) entry["upper"] = *region.upper;
        regions.push_back(std::move(entry));
    }
    nlohmann::json marks = nlohmann::json::array();
    for (const NamedPoint& mark : result.marks)
        marks.push_back({{"label", mark.label}, {"east", mark.point.east}, {"north", mark.point.north}});
    nlohmann::json object = {{"analysis", result.analysis},
                             {"incidents", count(result.incidents, hasFigure(result.incidentsShown))},
                             {"mapped", result.mapped},
                             {"places", count(result.places, !result.forPublic)},
                             {"largest_stack", count(result.largestStack, !result.forPublic)},
                             {"seconds", result.seconds},
                             {"threads", result.threads},
                             {"study_area_km2", result.studyAreaKm2},
                             {"parameters", result.parameters},
                             {"areas", std::move(areas)},
                             {"statistics", result.statistics},
                             {"notes", result.notes},
                             {"measure", result.measure}};
    if (!regions.empty()) object["regions"] = std::move(regions);
    if (!marks.empty()) object["marks"] = std::move(marks);
    return object;
}

} // namespace patchlight
