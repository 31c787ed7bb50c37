// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "core/base/text.h"
#include "gis/export/detail/areas_text.h"
#include "gis/export/detail/geopackage.h"
#include "gis/export/detail/text_file.h"

#include <fmt/format.h>

namespace patchlight::gis {

namespace {

/// The cells or boundaries that were counted in, as a layer of their own.
Expected<void> addRegions(detail::GeoPackageWriter& writer, const Result& result, int epsg) {
    if (result.regions.empty()) return {};
    const auto layer = writer.addLayer(epsg, "counts", wkbMultiPolygon,
                                       {{"code", OFTString},
                                        {"name", OFTString},
                                        {"incidents", OFTInteger64},
                                        {"population", OFTReal},
                                        {"value", OFTReal},
                                        {"lower_95", OFTReal},
                                        {"upper_95", OFTReal}});
    if (!layer) return layer;
    for (const Region& region : result.regions) {
        const detail::FeatureHandle feature{OGR_F_Create(writer.definition())};
        OGRFeatureH raw = feature.get();
        const auto setNumber = [&](int field, const std::optional<double>& value) {
            if (value) OGR_F_SetFieldDouble(raw, field, *value);
        };
        OGR_F_SetFieldString(raw, 0, region.code.c_str());
        OGR_F_SetFieldString(raw, 1, region.name.c_str());
        OGR_F_SetFieldInteger64(raw, 2, static_cast<GIntBig>(region.incidents));
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
                                                   {{"rank", OFTInteger64},
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
                                                    {"per_thousand", OFTReal}});
    if (!writer) return fail(writer.error());
    writer->setMetadata("PATCHLIGHT_RECIPE", toJson(recipe).dump());
    writer->setMetadata("PATCHLIGHT_METHOD", result.method);
    for (const HotspotArea& area : result.areas) {
        const detail::FeatureHandle feature{OGR_F_Create(writer->definition())};
        OGRFeatureH raw = feature.get();
        const auto setCount = [&](int field, std::size_t value) {
            OGR_F_SetFieldInteger64(raw, field, static_cast<GIntBig>(value));
        };
        OGR_F_SetFID(raw, static_cast<GIntBig>(area.rank));
        setCount(0, area.rank);
        OGR_F_SetFieldString(raw, 1, area.name.c_str());
        setCount(2, area.incidents);
        setCount(3, area.places);
        OGR_F_SetFieldDouble(raw, 4, area.share);
        OGR_F_SetFieldDouble(raw, 5, area.areaKm2);
        OGR_F_SetFieldDouble(raw, 6, area.areaShare);
        OGR_F_SetFieldDouble(raw, 7, area.densityPerKm2);
        OGR_F_SetFieldDouble(raw, 8, area.pai);
        setCount(9, area.largestStack);
        if (area.comparisonIncidents) setCount(10, *area.comparisonIncidents);
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
