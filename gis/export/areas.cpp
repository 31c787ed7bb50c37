// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "core/base/text.h"
#include "gis/export/detail/areas_text.h"
#include "gis/export/detail/geopackage.h"
#include "gis/export/detail/text_file.h"

#include <cmath>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

using Columns = std::vector<detail::GeoPackageWriter::Column>;

/// Where counts may be withheld, a text column says how each is to be read: "12", "<5".
Columns withShown(Columns columns, const Result& result, std::initializer_list<const char*> names) {
    if (result.smallBelow > 0)
        for (const char* name : names) columns.push_back({name, OFTString});
    return columns;
}

/// The cells or boundaries that were counted in, as a layer of their own.
Expected<void> addRegions(detail::GeoPackageWriter& writer, const Result& result, int epsg) {
    if (result.regions.empty()) return {};
    const auto layer = writer.addLayer(epsg, "counts", wkbMultiPolygon,
                                       withShown({{"code", OFTString},
                                                  {"name", OFTString},
                                                  {"incidents", OFTInteger64},
                                                  {"population", OFTReal},
                                                  {"value", OFTReal},
                                                  {"lower_95", OFTReal},
                                                  {"upper_95", OFTReal}},
                                                 result, {"incidents_shown"}));
    if (!layer) return layer;
    for (const Region& region : result.regions) {
        const detail::FeatureHandle feature{OGR_F_Create(writer.definition())};
        OGRFeatureH raw = feature.get();
        const auto setNumber = [&](int field, const std::optional<double>& value) {
            if (value) OGR_F_SetFieldDouble(raw, field, *value);
        };
        OGR_F_SetFieldString(raw, 0, region.code.c_str());
        OGR_F_SetFieldString(raw, 1, region.name.c_str());
        if (hasFigure(region.shown)) OGR_F_SetFieldInteger64(raw, 2, static_cast<GIntBig>(region.incidents));
        if (result.smallBelow > 0)
            OGR_F_SetFieldString(raw, 7, countText(region.incidents, region.shown, result).c_str());
        setNumber(3, region.population);
        setNumber(4, region.value);
        setNumber(5, region.lower);
        setNumber(6, region.upper);
        OGR_F_SetGeometryDirectly(raw, detail::geometryOf(region.polygon).release());
        if (auto added = writer.add(raw); !added) return added;
    }
    return {};
}

Expected<void> writeGeoPackage(const Result& result, const Recipe& recipe, const ProjectCrs& crs,
                               const std::filesystem::path& file, const std::string& shown) {
    auto writer = detail::GeoPackageWriter::create(file, shown, crs.epsg, "hotspots", wkbMultiPolygon,
                                                   withShown({{"rank", OFTInteger64},
                                                              {"name", OFTString},
                                                              {"incidents", OFTInteger64},
                                                              {"places", OFTInteger64},
                                                              {"share", OFTReal},
                                                              {"area_km2", OFTReal},
                                                              {"area_share", OFTReal},
                                                              {"density_per_km2", OFTReal},
                                                              {"pai", OFTReal},
                                                              {"largest_stack", OFTInteger64},
                                                              {"comparison_incidents", OFTInteger64},
                                                              {"id", OFTString},
                                                              {"peak_month", OFTString},
                                                              {"peak_hour", OFTInteger64},
                                                              {"weight", OFTReal},
                                                              {"population", OFTReal},
                                                              {"per_thousand", OFTReal}},
                                                             result, {"incidents_shown", "comparison_shown"}));
    if (!writer) return fail(writer.error());
    writer->setMetadata("PATCHLIGHT_RECIPE", toJson(recipe).dump());
    writer->setMetadata("PATCHLIGHT_METHOD", result.method);
    for (const HotspotArea& area : result.areas) {
        const detail::FeatureHandle feature{OGR_F_Create(writer->definition())};
        OGRFeatureH raw = feature.get();
        const auto setCount = [&](int field, std::size_t value) {
            OGR_F_SetFieldInteger64(raw, field, static_cast<GIntBig>(value));
        };
        const auto setFigure = [&](int field, double value) {
            if (std::isfinite(value)) OGR_F_SetFieldDouble(raw, field, value);
        };
        const bool said = hasFigure(area.shown);
        OGR_F_SetFID(raw, static_cast<GIntBig>(area.rank));
        setCount(0, area.rank);
        OGR_F_SetFieldString(raw, 1, area.name.c_str());
        if (said) setCount(2, area.incidents);
        if (said && area.places > 0) setCount(3, area.places);
        setFigure(4, area.share);
        setFigure(5, area.areaKm2);
        setFigure(6, area.areaShare);
        setFigure(7, area.densityPerKm2);
        setFigure(8, area.pai);
        if (said && area.largestStack > 0) setCount(9, area.largestStack);
        if (area.comparisonIncidents && hasFigure(area.comparisonShown)) setCount(10, *area.comparisonIncidents);
        if (result.smallBelow > 0) {
            OGR_F_SetFieldString(raw, 17, countText(area.incidents, area.shown, result).c_str());
            if (area.comparisonIncidents)
                OGR_F_SetFieldString(raw, 18,
                                     countText(*area.comparisonIncidents, area.comparisonShown, result).c_str());
        }
        OGR_F_SetFieldString(raw, 11, area.id.c_str());
        if (area.peakMonth) OGR_F_SetFieldString(raw, 12, isoDay(*area.peakMonth).substr(0, 7).c_str());
        if (area.peakHour) setCount(13, static_cast<std::size_t>(*area.peakHour));
        if (area.weight) OGR_F_SetFieldDouble(raw, 14, *area.weight);
        if (area.population) OGR_F_SetFieldDouble(raw, 15, *area.population);
        if (area.perThousand) OGR_F_SetFieldDouble(raw, 16, *area.perThousand);
        OGR_F_SetGeometryDirectly(raw, detail::geometryOf(area.outline).release());
        if (auto added = writer->add(raw); !added) return added;
    }
    if (auto added = addRegions(*writer, result, crs.epsg); !added) return added;
    std::vector<detail::LayerStyle> styles{detail::hotspotStyle()};
    if (!result.regions.empty()) styles.push_back(detail::countsStyle(result));
    if (auto added = writer->addStyles(styles); !added) return added;
    return writer->finish();
}

} // namespace

Expected<void> writeAreas(const Result& result, const Recipe& recipe, const ProjectCrs& crs,
                          const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    const std::string ending = foldedCase(utf8Text(file.extension()));
    if (ending == ".gpkg")
        return writeThenRename(file, [&](const std::filesystem::path& aside) {
            return writeGeoPackage(result, recipe, crs, aside, shown);
        });
    Expected<std::string> text;
    if (ending == ".geojson" || ending == ".json")
        text = detail::areasAsGeoJson(result, recipe, crs.epsg);
    else if (ending == ".kml")
        text = detail::areasAsKml(result, recipe, crs.epsg);
    else if (ending == ".csv")
        text = detail::areasAsCsv(result);
    else
        return fail(
            ErrorCode::invalidParameter,
            fmt::format("Areas cannot be written to {}. Choose a name that ends in .gpkg, .geojson, .kml or .csv.",
                        shown),
            shown);
    if (!text) return fail(text.error());
    return writeThenRename(file,
                           [&](const std::filesystem::path& aside) { return detail::writeBytes(aside, *text, shown); });
}

} // namespace patchlight::gis
