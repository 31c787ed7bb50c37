// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/raster/raster.h"
#include "gis/sources/sources.h"

#include "core/base/path_text.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <fstream>
#include <random>

using namespace patchlight;
using patchlight::test::sharedData;
using patchlight::test::TemporaryFolder;

namespace {

constexpr const char* square = R"({"type": "FeatureCollection", "features": [{"type": "Feature",
    "properties": {"name": "Square", "code": "S1", "pop": "many"}, "geometry": {"type": "Polygon",
    "coordinates": [[[-1.9, 50.7], [-1.8, 50.7], [-1.8, 50.8], [-1.9, 50.8], [-1.9, 50.7]]]}}]})";

/// Every failure is one sentence that ends in what to do and names the file.
std::string messageOf(const Expected<gis::VectorLayer>& layer, const std::filesystem::path& file, ErrorCode code) {
    REQUIRE_FALSE(layer.has_value());
    CHECK(layer.error().code == code);
    CHECK(layer.error().message.find(utf8Text(file)) != std::string::npos);
    CHECK(layer.error().message.find('\n') == std::string::npos);
    CHECK(layer.error().message.ends_with("."));
    return layer.error().message;
}

} // namespace

TEST_CASE("a file that is not there, a folder and an empty file are named", "[sources]") {
    const TemporaryFolder folder;
    const auto read = [](const std::filesystem::path& file) { return gis::readVectorLayer(file, "", "", 27700); };
    const auto missing = folder.path() / "missing.gpkg";
    CHECK(messageOf(read(missing), missing, ErrorCode::fileNotFound).find("does not exist") != std::string::npos);
    CHECK(messageOf(read(folder.path()), folder.path(), ErrorCode::fileFormat).find("is a folder") !=
          std::string::npos);
    const auto name = GENERATE(std::string("empty.geojson"), std::string("empty.shp"), std::string("empty.gpkg"),
                               std::string("empty.zip"));
    const auto empty = folder.write(name, "");
    CHECK(messageOf(read(empty), empty, ErrorCode::fileFormat).find("is empty") != std::string::npos);
}

TEST_CASE("names that GDAL would take for something else than a file are not opened", "[sources]") {
    const auto name =
        GENERATE(std::string("http://localhost:1/a.geojson"), std::string("/vsicurl/http://localhost:1/a.geojson"),
                 std::string("<OGRVRTDataSource></OGRVRTDataSource>"), std::string("PG:dbname=x"),
                 std::string("{\"type\":\"FeatureCollection\",\"features\":[]}"));
    const auto layer = gis::readVectorLayer(pathFromUtf8(name), "", "", 27700);
    REQUIRE_FALSE(layer.has_value());
    CHECK(layer.error().code == ErrorCode::fileNotFound);
}

TEST_CASE("a virtual file that points elsewhere is not followed", "[sources]") {
    const TemporaryFolder folder;
    const auto target = folder.write("square.geojson", square);
    const auto file =
        folder.write("trick.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"square\"><SrcDataSource>" + utf8Text(target) +
                                      "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>");
    const auto renamed = folder.write("trick.geojson", test::readFile(file));
    for (const auto& one : {file, renamed})
        CHECK(messageOf(gis::readVectorLayer(one, "", "", 27700), one, ErrorCode::fileFormat).find("known format") !=
              std::string::npos);
}

TEST_CASE("text that is no map is not opened as one", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.write("notes.txt", "Just some words.\n");
    CHECK(messageOf(gis::readVectorLayer(file, "", "", 27700), file, ErrorCode::fileFormat).find("known format") !=
          std::string::npos);
    const auto summary = gis::describeFile(file);
    REQUIRE_FALSE(summary.has_value());
    CHECK(summary.error().message.find("is not a map file of a known format") != std::string::npos);
    const auto raster = gis::describeRaster(file, 27700);
    REQUIRE_FALSE(raster.has_value());
    CHECK(raster.error().message.find("is not a picture file of a known format") != std::string::npos);
}

TEST_CASE("a GeoJSON cut off anywhere is an error or a whole smaller layer, never a crash", "[sources]") {
    const TemporaryFolder folder;
    const std::string whole = square;
    for (std::size_t length = 1; length < whole.size(); length += 7) {
        const auto file = folder.write("cut.geojson", whole.substr(0, length));
        const auto layer = gis::readVectorLayer(file, "", "", 27700);
        if (!layer)
            CHECK(layer.error().message.find(utf8Text(file)) != std::string::npos);
        else
            CHECK(layer->features.size() == 1);
    }
}

TEST_CASE("damaged bytes in real files are errors or readable layers, never a crash", "[sources][fuzz]") {
    const auto name = GENERATE(std::string("bcp_wards.geojson"), std::string("bcp_wards_bng_shp.zip"),
                               std::string("nottingham_wards.gpkg"));
    const auto original = sharedData("data/boundaries/" + name);
    if (!original) return;
    const TemporaryFolder folder;
    const std::string whole = test::readFile(*original);
    std::mt19937 random{20251124};
    for (int round = 0; round < 12; ++round) {
        std::string damaged = whole;
        if (round % 3 == 0)
            damaged.resize(random() % damaged.size());
        else
            for (int i = 0; i < 20; ++i) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        const auto file = folder.write(name, damaged);
        const auto areas = gis::readAreas(file, "Wards", "", "", "", "", 27700);
        if (!areas) {
            CHECK_FALSE(areas.error().message.empty());
            CHECK(areas.error().message.find('\n') == std::string::npos);
        }
    }
}

TEST_CASE("a Shapefile without its companions, without a CRS or without records says so", "[sources]") {
    const TemporaryFolder folder;
    const auto alone = folder.write("alone.shp", std::string(100, '\0'));
    CHECK_FALSE(messageOf(gis::readVectorLayer(alone, "", "", 27700), alone, ErrorCode::fileFormat).empty());
    const auto zip = sharedData("data/boundaries/bcp_wards_bng_shp.zip");
    if (!zip) return;
    const auto cut = folder.write("cut.zip", test::readFile(*zip).substr(0, 20'000));
    CHECK(messageOf(gis::readVectorLayer(cut, "", "", 27700), cut, ErrorCode::fileFormat)
              .find("not a complete ZIP archive") != std::string::npos);
}

TEST_CASE("a layer or field that is not there is named with those that are", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.write("square.geojson", square);
    CHECK(messageOf(gis::readVectorLayer(file, "", "colour", 27700), file, ErrorCode::fileFormat) ==
          "Layer square of " + utf8Text(file) + " has no field \"colour\". It has name, code and pop.");
    CHECK(messageOf(gis::readVectorLayer(file, "circle", "", 27700), file, ErrorCode::fileFormat) ==
          utf8Text(file) + " has no layer \"circle\". It has square.");
    const auto population = gis::readAreas(file, "Squares", "", "", "", "pop", 27700);
    REQUIRE_FALSE(population.has_value());
    CHECK(population.error().message.find("holds \"many\" at area 1, which is not a number") != std::string::npos);
    const auto places = gis::readPlaces(file, "Squares", "", "", "", 27700);
    REQUIRE_FALSE(places.has_value());
    CHECK(places.error().message.find("has no points") != std::string::npos);
}

TEST_CASE("a file of several layers asks which one", "[sources]") {
    const auto file = sharedData("data/boundaries/dorset_force.gpkg");
    if (!file) return;
    CHECK(messageOf(gis::readVectorLayer(*file, "", "", 27700), *file, ErrorCode::fileFormat) ==
          utf8Text(*file) +
              " holds several layers (lsoa21, wards, local_authorities and force_outline). Say which one.");
}

TEST_CASE("a CSV without positions says which columns it needs and has", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.write("people.csv", "name,age\nA,1\n");
    const auto message = messageOf(gis::readVectorLayer(file, "", "", 27700), file, ErrorCode::fileFormat);
    CHECK(message.find("it needs columns easting and northing, or longitude and latitude. It has name and age.") !=
          std::string::npos);
}

TEST_CASE("lines are no study area", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.write("line.geojson", R"({"type": "Feature", "properties": {}, "geometry":
        {"type": "LineString", "coordinates": [[-1.9, 50.7], [-1.8, 50.7]]}})");
    const auto areas = gis::readAreas(file, "Lines", "", "", "", "", 27700);
    REQUIRE_FALSE(areas.has_value());
    CHECK(areas.error().message == "Layer line of " + utf8Text(file) + " has no polygons. Choose a file of areas.");
}
