// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/crs.h"
#include "gis/detail/gdal.h"
#include "gis/export/export.h"
#include "gis/sources/sources.h"
#include "tests/gis/export/sample_result.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <cstring>

using namespace patchlight;
using patchlight::test::TemporaryFolder;

namespace {

std::vector<Ring> ringsOf(const MultiPolygon& outline) {
    std::vector<Ring> rings;
    for (const Polygon& part : outline.parts) {
        rings.push_back(part.outer);
        rings.insert(rings.end(), part.holes.begin(), part.holes.end());
    }
    return rings;
}

std::filesystem::path written(const TemporaryFolder& folder, const std::string& name, const Result& result) {
    const auto file = folder.path() / name;
    const auto done = gis::writeAreas(result, test::sampleRecipe(), ProjectCrs{}, file);
    INFO((done ? "" : done.error().message));
    REQUIRE(done.has_value());
    return file;
}

} // namespace

TEST_CASE("areas in a GeoPackage keep exact outlines, fields and the recipe", "[export][oracle]") {
    const TemporaryFolder folder;
    const Result result = test::sampleResult();
    const auto file = written(folder, "hotspots.gpkg", result);
    gis::detail::registerDrivers();
    const gis::detail::DatasetHandle dataset{
        GDALOpenEx(utf8Text(file).c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(dataset);
    CHECK(nlohmann::json::parse(GDALGetMetadataItem(dataset.get(), "PATCHLIGHT_RECIPE", nullptr)) ==
          toJson(test::sampleRecipe()));
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset.get(), "hotspots");
    REQUIRE(layer != nullptr);
    CHECK(std::strcmp(OSRGetAuthorityCode(OGR_L_GetSpatialRef(layer), nullptr), "27700") == 0);
    CHECK(OGR_L_GetFeatureCount(layer, 1) == 2);
    CHECK(OGR_L_TestCapability(layer, OLCFastSpatialFilter) != 0); // a spatial index

    const gis::detail::FeatureHandle feature{OGR_L_GetNextFeature(layer)};
    REQUIRE(feature);
    const auto number = [&](const char* field) {
        return OGR_F_GetFieldAsDouble(feature.get(), OGR_F_GetFieldIndex(feature.get(), field));
    };
    const HotspotArea& area = result.areas[0];
    CHECK(OGR_F_GetFieldAsString(feature.get(), OGR_F_GetFieldIndex(feature.get(), "name")) == area.name);
    CHECK(number("rank") == 1);
    CHECK(number("incidents") == 2);
    CHECK(number("places") == 1);
    CHECK(number("share") == area.share);
    CHECK(number("area_km2") == area.areaKm2);
    CHECK(number("area_share") == area.areaShare);
    CHECK(number("density_per_km2") == area.densityPerKm2);
    CHECK(number("pai") == area.pai);
    CHECK(number("largest_stack") == 2);
    CHECK(number("comparison_incidents") == 7);

    const auto layerRead = gis::readVectorLayer(file, "", "", 27700);
    REQUIRE(layerRead.has_value());
    REQUIRE(layerRead->features.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(layerRead->features[i].label == result.areas[i].name);
        CHECK(layerRead->features[i].lines == ringsOf(result.areas[i].outline));
    }
}

TEST_CASE("areas as GeoJSON and KML lie in WGS 84 and come back to where they were", "[export][property]") {
    const TemporaryFolder folder;
    const Result result = test::sampleResult();
    const auto name = GENERATE(std::string("hotspots.geojson"), std::string("hotspots.kml"));
    const auto file = written(folder, name, result);
    const auto back = gis::readVectorLayer(file, "", "", 27700);
    INFO((back ? "" : back.error().message));
    REQUIRE(back.has_value());
    REQUIRE(back->features.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        const auto rings = ringsOf(result.areas[i].outline);
        REQUIRE(back->features[i].lines.size() == rings.size());
        for (std::size_t r = 0; r < rings.size(); ++r) {
            REQUIRE(back->features[i].lines[r].size() == rings[r].size());
            double furthest = 0.0;
            // A reader may start or turn a ring elsewhere: each corner is there.
            for (const ProjectedPoint& corner : rings[r]) {
                double nearest = 1e9;
                for (const ProjectedPoint& point : back->features[i].lines[r])
                    nearest = std::min(nearest, std::hypot(point.east - corner.east, point.north - corner.north));
                furthest = std::max(furthest, nearest);
            }
            CHECK(furthest < 0.02);
        }
    }
}

TEST_CASE("GeoJSON follows RFC 7946 and carries the recipe", "[export]") {
    const TemporaryFolder folder;
    const auto json = nlohmann::json::parse(test::readFile(written(folder, "a.geojson", test::sampleResult())));
    CHECK(json["type"] == "FeatureCollection");
    CHECK_FALSE(json.contains("crs"));
    CHECK(json["patchlight_recipe"] == toJson(test::sampleRecipe()));
    CHECK(json["features"][0]["properties"]["incidents"] == 2);
    CHECK(json["features"][1]["properties"]["comparison_incidents"].is_null());
    // Outer rings run counter-clockwise, holes clockwise.
    const auto signedArea = [](const nlohmann::json& ring) {
        double sum = 0.0;
        for (std::size_t i = 0; i + 1 < ring.size(); ++i)
            sum += ring[i][0].get<double>() * ring[i + 1][1].get<double>() -
                   ring[i + 1][0].get<double>() * ring[i][1].get<double>();
        return sum;
    };
    const auto& polygon = json["features"][0]["geometry"]["coordinates"][0];
    CHECK(signedArea(polygon[0]) > 0.0);
    CHECK(signedArea(polygon[1]) < 0.0);
}

TEST_CASE("no cell of a CSV can start a formula", "[export]") {
    const TemporaryFolder folder;
    Result result = test::sampleResult();
    const auto start = GENERATE(std::string("="), std::string("+"), std::string("-"), std::string("@"),
                                std::string("\t"), std::string("\r"));
    result.areas[0].name = start + "cmd";
    const std::string text = test::readFile(written(folder, "hotspots.csv", result));
    CHECK(text.find("'" + start + "cmd") != std::string::npos);
    CHECK(text.find("," + start) == std::string::npos);
    CHECK(text.find("\n" + start) == std::string::npos);
}

TEST_CASE("areas as CSV read as plain numbers and quoted names", "[export]") {
    const TemporaryFolder folder;
    Result result = test::sampleResult();
    const std::string text = test::readFile(written(folder, "hotspots.csv", result));
    CHECK(
        text.find(
            "rank,name,incidents,places,share,area_km2,area_share,density_per_km2,pai,largest_stack,"
            "comparison_incidents\n1,\"'=HYPERLINK(\"\"http://example.org\"\") <&>\",2,1,0.6666666666666666,0.0225,") ==
        0);
    CHECK(text.find("\n2,\"Ffordd \xC5\xB4r, \"\"Top\"\"\",1,1,0.3333333333333333,0.0025,") != std::string::npos);
    CHECK(text.ends_with(",400,3.6666666666666665,1,\n"));
}

TEST_CASE("the same areas are the same bytes whatever their name", "[export][property]") {
    const TemporaryFolder folder;
    const auto ending =
        GENERATE(std::string(".gpkg"), std::string(".geojson"), std::string(".kml"), std::string(".csv"));
    const std::string first = test::readFile(written(folder, "one" + ending, test::sampleResult()));
    CHECK(first == test::readFile(written(folder, "another name" + ending, test::sampleResult())));
    CHECK(first == test::readFile(written(folder, "one" + ending, test::sampleResult()))); // over the old one
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2);
}

TEST_CASE("no hotspots are an empty layer, not an error", "[export]") {
    const TemporaryFolder folder;
    Result result = test::sampleResult();
    result.areas.clear();
    const auto ending =
        GENERATE(std::string(".gpkg"), std::string(".geojson"), std::string(".kml"), std::string(".csv"));
    CHECK(std::filesystem::file_size(written(folder, "none" + ending, result)) > 0);
}

TEST_CASE("an ending that holds no areas is refused with those that do", "[export]") {
    const TemporaryFolder folder;
    const auto done =
        gis::writeAreas(test::sampleResult(), test::sampleRecipe(), ProjectCrs{}, folder.path() / "a.shp");
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().message.find("ends in .gpkg, .geojson, .kml or .csv") != std::string::npos);
}
