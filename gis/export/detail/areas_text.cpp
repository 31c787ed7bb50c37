// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/detail/areas_text.h"

#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/export/detail/styles.h"
#include "gis/export/detail/text_file.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

constexpr int wgs84 = 4326;

/// The outlines of all areas in WGS 84, with one transformation.
Expected<std::vector<MultiPolygon>> geographicOutlines(const Result& result, int epsg) {
    std::vector<MultiPolygon> outlines;
    for (const HotspotArea& area : result.areas) outlines.push_back(area.outline);
    const auto forEachRing = [&](auto&& visit) {
        for (MultiPolygon& outline : outlines)
            for (Polygon& part : outline.parts) {
                visit(part.outer);
                for (Ring& hole : part.holes) visit(hole);
            }
    };
    std::vector<ProjectedPoint> points;
    forEachRing([&](const Ring& ring) { points.insert(points.end(), ring.begin(), ring.end()); });
    if (points.empty()) return outlines;
    if (auto done = reproject(fmt::format("EPSG:{}", epsg), wgs84, points); !done) return fail(done.error());
    auto next = points.begin();
    forEachRing([&](Ring& ring) {
        for (ProjectedPoint& point : ring) point = *next++;
    });
    return outlines;
}

double rounded(double degrees) {
    return std::round(degrees * 1e7) / 1e7;
}

nlohmann::ordered_json ringJson(const Ring& ring) {
    auto json = nlohmann::ordered_json::array();
    for (const ProjectedPoint& point : ring) json.push_back({rounded(point.east), rounded(point.north)});
    return json;
}

nlohmann::ordered_json figure(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}
nlohmann::ordered_json countIf(bool said, std::size_t value) {
    return said ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

nlohmann::ordered_json propertiesOf(const HotspotArea& area, const Result& result) {
    const bool said = hasFigure(area.shown);
    nlohmann::ordered_json properties{{"rank", area.rank},
                                      {"name", area.name},
                                      {"incidents", countIf(said, area.incidents)},
                                      {"places", countIf(said && area.places > 0, area.places)},
                                      {"share", figure(area.share)},
                                      {"area_km2", area.areaKm2},
                                      {"area_share", area.areaShare},
                                      {"density_per_km2", figure(area.densityPerKm2)},
                                      {"pai", figure(area.pai)},
                                      {"largest_stack", countIf(said && area.largestStack > 0, area.largestStack)},
                                      {"comparison_incidents", nullptr}};
    if (area.comparisonIncidents && hasFigure(area.comparisonShown))
        properties["comparison_incidents"] = *area.comparisonIncidents;
    if (result.smallBelow > 0) {
        properties["incidents_shown"] = countText(area.incidents, area.shown, result);
        if (area.comparisonIncidents)
            properties["comparison_shown"] = countText(*area.comparisonIncidents, area.comparisonShown, result);
    }
    properties["id"] = area.id;
    if (area.peakMonth) properties["peak_month"] = isoDay(*area.peakMonth).substr(0, 7);
    if (area.peakHour) properties["peak_hour"] = *area.peakHour;
    if (area.weight) properties["weight"] = *area.weight;
    if (area.population) properties["population"] = *area.population;
    if (area.perThousand) properties["per_thousand"] = *area.perThousand;
    return properties;
}

std::string kmlRing(const Ring& ring) {
    std::string text = "<LinearRing><coordinates>";
    for (std::size_t i = 0; i < ring.size(); ++i)
        text += fmt::format("{}{:.7f},{:.7f}", i == 0 ? "" : " ", ring[i].east, ring[i].north);
    return text + "</coordinates></LinearRing>";
}

std::string kmlGeometry(const MultiPolygon& outline) {
    std::string text = "<MultiGeometry>";
    for (const Polygon& part : outline.parts) {
        text += "<Polygon><outerBoundaryIs>" + kmlRing(part.outer) + "</outerBoundaryIs>";
        for (const Ring& hole : part.holes) text += "<innerBoundaryIs>" + kmlRing(hole) + "</innerBoundaryIs>";
        text += "</Polygon>";
    }
    return text + "</MultiGeometry>";
}

/// Blue, green, red: KML's order.
std::string kmlColour(const Colour& colour) {
    return fmt::format("{:02x}{:02x}{:02x}", colour.blue, colour.green, colour.red);
}

std::string titleOf(const Result& result, const Recipe& recipe) {
    return recipe.layout.title.empty() ? result.title : recipe.layout.title;
}

} // namespace

Expected<std::string> areasAsGeoJson(const Result& result, const Recipe& recipe, int epsg) {
    const auto outlines = geographicOutlines(result, epsg);
    if (!outlines) return fail(outlines.error());
    nlohmann::ordered_json collection{{"type", "FeatureCollection"}, {"name", "hotspots"}};
    collection["patchlight_recipe"] = toJson(recipe);
    collection["patchlight_method"] = result.method;
    auto features = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < result.areas.size(); ++i) {
        auto polygons = nlohmann::ordered_json::array();
        for (const Polygon& part : (*outlines)[i].parts) {
            auto rings = nlohmann::ordered_json::array({ringJson(part.outer)});
            for (const Ring& hole : part.holes) rings.push_back(ringJson(hole));
            polygons.push_back(std::move(rings));
        }
        features.push_back({{"type", "Feature"},
                            {"properties", propertiesOf(result.areas[i], result)},
                            {"geometry", {{"type", "MultiPolygon"}, {"coordinates", std::move(polygons)}}}});
    }
    collection["features"] = std::move(features);
    return collection.dump() + "\n";
}

Expected<std::string> areasAsKml(const Result& result, const Recipe& recipe, int epsg) {
    const auto outlines = geographicOutlines(result, epsg);
    if (!outlines) return fail(outlines.error());
    std::string text =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document>\n";
    text += fmt::format("<name>{}</name>\n<description>{}</description>\n", xmlText(titleOf(result, recipe)),
                        xmlText(result.method));
    text += fmt::format("<Style id=\"hotspot\"><LineStyle><color>ff{}</color><width>2</width></LineStyle>"
                        "<PolyStyle><color>66{}</color></PolyStyle></Style>\n",
                        kmlColour(hotspotEdge), kmlColour(hotspotFill));
    text += fmt::format("<ExtendedData><Data name=\"patchlight_recipe\"><value>{}</value></Data></ExtendedData>\n",
                        xmlText(toJson(recipe).dump()));
    for (std::size_t i = 0; i < result.areas.size(); ++i) {
        const HotspotArea& area = result.areas[i];
        const std::string words =
            hasFigure(area.shown)        ? fmt::format("{}, {} of those mapped, {} per km\xC2\xB2",
                                                       counted(area.incidents, "incident", "incidents"), percent(area.share),
                                                       readableNumber(area.densityPerKm2))
            : area.shown == Shown::small ? fmt::format("fewer than {} incidents", result.smallBelow)
                                         : std::string("a count that is withheld");
        text += fmt::format("<Placemark><name>{}. {}</name><description>{}</description>"
                            "<styleUrl>#hotspot</styleUrl>\n<ExtendedData>",
                            area.rank, xmlText(area.name), words);
        const nlohmann::ordered_json properties = propertiesOf(area, result);
        for (const auto& [key, value] : properties.items())
            text += fmt::format("<Data name=\"{}\"><value>{}</value></Data>", key,
                                value.is_null() ? std::string{}
                                                : xmlText(value.is_string() ? value.get<std::string>() : value.dump()));
        text += "</ExtendedData>\n" + kmlGeometry((*outlines)[i]) + "</Placemark>\n";
    }
    return text + "</Document></kml>\n";
}

std::string areasAsCsv(const Result& result) {
    std::string text = "rank,name,incidents,places,share,area_km2,area_share,density_per_km2,pai,largest_stack,"
                       "comparison_incidents";
    text += result.smallBelow > 0 ? ",incidents_shown,comparison_shown\n" : "\n";
    const auto countOr = [](bool said, std::size_t value) { return said ? std::to_string(value) : std::string{}; };
    const auto number = [](double value) { return std::isfinite(value) ? shortestDecimal(value) : std::string{}; };
    for (const HotspotArea& area : result.areas) {
        const bool said = hasFigure(area.shown);
        text += fmt::format(
            "{},{},{},{},{},{},{},{},{},{},{}", area.rank, csvText(area.name), countOr(said, area.incidents),
            countOr(said && area.places > 0, area.places), number(area.share), number(area.areaKm2),
            number(area.areaShare), number(area.densityPerKm2), number(area.pai),
            countOr(said && area.largestStack > 0, area.largestStack),
            countOr(area.comparisonIncidents && hasFigure(area.comparisonShown), area.comparisonIncidents.value_or(0)));
        if (result.smallBelow > 0)
            text +=
                ',' + csvText(countText(area.incidents, area.shown, result)) + ',' +
                (area.comparisonIncidents ? csvText(countText(*area.comparisonIncidents, area.comparisonShown, result))
                                          : std::string{});
        text += '\n';
    }
    return text;
}

} // namespace patchlight::gis::detail
