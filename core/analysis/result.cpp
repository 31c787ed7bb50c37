// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/result.h"

namespace patchlight {

nlohmann::json toJson(const Result& result) {
    nlohmann::json areas = nlohmann::json::array();
    for (const HotspotArea& area : result.areas) {
        nlohmann::json entry{{"rank", area.rank},
                             {"name", area.name},
                             {"incidents", area.incidents},
                             {"places", area.places},
                             {"largest_stack", area.largestStack},
                             {"share", area.share},
                             {"area_km2", area.areaKm2},
                             {"area_share", area.areaShare},
                             {"density_per_km2", area.densityPerKm2},
                             {"pai", area.pai}};
        entry["id"] = area.id;
        if (area.comparisonIncidents) entry["comparison_incidents"] = *area.comparisonIncidents;
        if (area.weight) entry["weight"] = *area.weight;
        if (area.peakMonth) entry["peak_month"] = isoDay(*area.peakMonth).substr(0, 7);
        if (area.peakHour) entry["peak_hour"] = *area.peakHour;
        if (area.population) entry["population"] = *area.population;
        if (area.perThousand) entry["per_thousand"] = *area.perThousand;
        areas.push_back(std::move(entry));
    }
    nlohmann::json regions = nlohmann::json::array();
    for (const Region& region : result.regions) {
        nlohmann::json entry{{"code", region.code}, {"name", region.name}, {"incidents", region.incidents}};
        if (region.population) entry["population"] = *region.population;
        if (region.value) entry["value"] = *region.value;
        if (region.lower) entry["lower"] = *region.lower;
        if (region.upper) entry["upper"] = *region.upper;
        regions.push_back(std::move(entry));
    }
    nlohmann::json marks = nlohmann::json::array();
    for (const NamedPoint& mark : result.marks)
        marks.push_back({{"label", mark.label}, {"east", mark.point.east}, {"north", mark.point.north}});
    nlohmann::json object = {
        {"analysis", result.analysis}, {"incidents", result.incidents},         {"mapped", result.mapped},
        {"places", result.places},     {"largest_stack", result.largestStack},  {"seconds", result.seconds},
        {"threads", result.threads},   {"study_area_km2", result.studyAreaKm2}, {"parameters", result.parameters},
        {"areas", std::move(areas)},   {"statistics", result.statistics},       {"notes", result.notes},
        {"measure", result.measure}};
    if (!regions.empty()) object["regions"] = std::move(regions);
    if (!marks.empty()) object["marks"] = std::move(marks);
    return object;
}

} // namespace patchlight
