// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/area_facts.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

namespace patchlight {

void rankAreas(Result& result) {
    for (HotspotArea& area : result.areas) {
        area.share = result.mapped > 0 ? static_cast<double>(area.incidents) / static_cast<double>(result.mapped) : 0.0;
        area.areaShare = result.studyAreaKm2 > 0.0 ? area.areaKm2 / result.studyAreaKm2 : 0.0;
        area.densityPerKm2 = area.areaKm2 > 0.0 ? static_cast<double>(area.incidents) / area.areaKm2 : 0.0;
        area.pai = area.areaShare > 0.0 ? area.share / area.areaShare : 0.0;
    }
    std::vector<std::size_t> order(result.areas.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> west(order.size());
    for (const std::size_t i : order) west[i] = boxOf(result.areas[i].outline).west;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const HotspotArea& x = result.areas[a];
        const HotspotArea& y = result.areas[b];
        if (x.incidents != y.incidents) return x.incidents > y.incidents;
        if (x.densityPerKm2 != y.densityPerKm2) return x.densityPerKm2 > y.densityPerKm2;
        return west[a] < west[b];
    });
    std::vector<std::uint32_t> rankOf(order.size() + 1, 0);
    std::vector<HotspotArea> ranked;
    ranked.reserve(order.size());
    for (const std::size_t i : order) {
        ranked.push_back(std::move(result.areas[i]));
        ranked.back().rank = ranked.size();
        rankOf[i + 1] = static_cast<std::uint32_t>(ranked.size());
    }
    result.areas = std::move(ranked);
    for (std::uint32_t& area : result.areaOf) area = rankOf[area];
}

namespace {

/// Places of data.police.uk that are not streets: they name a kind of place, not a place.
bool isKindOfPlace(std::string_view text) {
    static constexpr std::array kinds{"Parking Area",
                                      "Supermarket",
                                      "Shopping Area",
                                      "Petrol Station",
                                      "Nightclub",
                                      "Sports/Recreation Area",
                                      "Hospital",
                                      "Bus/Coach Station",
                                      "Theatre/Concert Hall",
                                      "Police Station",
                                      "Park/Open Space",
                                      "Pedestrian Subway",
                                      "Conference/Exhibition Centre",
                                      "Further/Higher Educational Building",
                                      "Prison",
                                      "Airport/Airfield",
                                      "Ferry Terminal",
                                      "Race Track",
                                      "Fire Station",
                                      "Motorway Service Area",
                                      "Superstore",
                                      "No Location"};
    return std::any_of(kinds.begin(), kinds.end(), [&](const char* kind) { return equalIgnoringCase(text, kind); });
}

std::string_view withoutPrefix(std::string_view place) {
    constexpr std::string_view prefix = "On or near ";
    if (place.size() > prefix.size() && equalIgnoringCase(place.substr(0, prefix.size()), prefix))
        place.remove_prefix(prefix.size());
    return trimmed(place);
}

} // namespace

void nameAreas(Result& result, const IncidentTable& table) {
    // Texts of each area by how often they occur: streets first, kinds of place after them.
    std::vector<std::map<std::uint32_t, std::size_t>> counts(result.areas.size());
    for (std::size_t i = 0; i < result.rows.size(); ++i)
        if (const std::uint32_t rank = result.areaOf[i]; rank > 0) ++counts[rank - 1][table.place.code[result.rows[i]]];
    std::map<std::string, std::size_t> taken;
    for (std::size_t i = 0; i < result.areas.size(); ++i) {
        std::map<std::string, std::size_t> byName;
        for (const auto& [code, count] : counts[i])
            if (const std::string_view text = withoutPrefix(table.place.values[code]); !text.empty())
                byName[std::string(text)] += count;
        std::vector<std::pair<std::string, std::size_t>> names(byName.begin(), byName.end());
        std::stable_sort(names.begin(), names.end(), [](const auto& a, const auto& b) {
            const bool kindA = isKindOfPlace(a.first), kindB = isKindOfPlace(b.first);
            return kindA != kindB ? kindB : a.second > b.second;
        });
        HotspotArea& area = result.areas[i];
        if (!area.name.empty()) continue;
        if (names.empty()) {
            const ProjectedPoint at = labelPoint(area.outline);
            area.name = "Around " + fixedDecimal(at.east, 0) + " E, " + fixedDecimal(at.north, 0) + " N";
            continue;
        }
        area.name = names.front().first;
        for (std::size_t next = 1; taken.contains(area.name) && next < names.size(); ++next)
            area.name = names.front().first + " / " + names[next].first;
        const std::size_t times = ++taken[area.name];
        if (times > 1) area.name += " (" + std::to_string(times) + ")";
    }
}

} // namespace patchlight
