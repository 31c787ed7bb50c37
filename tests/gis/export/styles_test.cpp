// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/detail/styles.h"

#include "gis/detail/gdal.h"
#include "gis/export/export.h"
#include "gis/map/detail/hotspots.h"
#include "gis/sources/sources.h"
#include "tests/gis/export/sample_result.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <limits>

using namespace patchlight;

namespace {

Result withCounts() {
    Result result = test::sampleResult();
    result.surface.reset();
    result.classes = {{std::numeric_limits<double>::min(), "below <average>", false},
                      {10.0, "1 to 2 times", false},
                      {20.0, "above", false}};
    for (int i = 0; i < 4; ++i) {
        Region region;
        region.code = std::to_string(i);
        region.polygon = polygonOf(Box{408000.0 + 50 * i, 91000, 408050.0 + 50 * i, 91050});
        region.incidents = std::size_t(i);
        region.value = 10.0 * i;
        if (i > 0) region.classIndex = std::size_t(i - 1);
        result.regions.push_back(region);
    }
    return result;
}

bool parses(const std::string& xml) {
    CPLXMLNode* tree = CPLParseXMLString(xml.c_str());
    const bool good = tree != nullptr;
    CPLDestroyXMLNode(tree);
    return good;
}

} // namespace

TEST_CASE("files have the map's colours", "[export][styles]") {
    for (const std::size_t count : {0u, 1u, 2u, 3u, 5u, 8u})
        for (const Ramp ramp : {Ramp::sequential, Ramp::diverging})
            for (std::size_t below = 0; below <= (ramp == Ramp::diverging ? count : 0); ++below) {
                Result result;
                result.ramp = ramp;
                for (std::size_t i = 0; i < count; ++i) result.classes.push_back({double(i), "", i < below});
                const auto drawn = paint::classColours(result);
                const auto written = gis::classColours(result);
                REQUIRE(drawn.size() == written.size());
                for (std::size_t i = 0; i < count; ++i) CHECK(drawn[i].name().toStdString() == written[i].hex());
            }
}

TEST_CASE("classes have ColorBrewer's colours, as published", "[export][styles]") {
    const auto hexOf = [](Ramp ramp, std::size_t count, std::size_t below) {
        Result result;
        result.ramp = ramp;
        for (std::size_t i = 0; i < count; ++i) result.classes.push_back({double(i), "", i < below});
        std::vector<std::string> colours;
        for (const gis::Colour& one : gis::classColours(result)) colours.push_back(one.hex());
        return colours;
    };
    CHECK(hexOf(Ramp::sequential, 5, 0) ==
          std::vector<std::string>{"#ffffb2", "#fecc5c", "#fd8d3c", "#f03b20", "#bd0026"}); // YlOrRd, five
    CHECK(hexOf(Ramp::diverging, 6, 3) ==
          std::vector<std::string>{"#4393c3", "#92c5de", "#d1e5f0", "#f4a582", "#d6604d", "#b2182b"}); // RdBu
    CHECK(hexOf(Ramp::sequential, 0, 0).empty());
}

TEST_CASE("a GeoPackage has its styles where QGIS looks, without a clock", "[export][styles]") {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "counts.gpkg";
    const Result result = withCounts();
    REQUIRE(gis::writeAreas(result, test::sampleRecipe(), ProjectCrs{}, file));
    const gis::detail::DatasetHandle dataset{
        GDALOpenEx(utf8Text(file).c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(dataset);
    OGRLayerH styles = GDALDatasetGetLayerByName(dataset.get(), "layer_styles");
    REQUIRE(styles != nullptr);
    REQUIRE(OGR_L_GetFeatureCount(styles, 1) == 2);
    const auto text = [](OGRFeatureH feature, const char* field) {
        return std::string(OGR_F_GetFieldAsString(feature, OGR_F_GetFieldIndex(feature, field)));
    };
    for (const char* layer : {"hotspots", "counts"}) {
        const gis::detail::FeatureHandle style{OGR_L_GetNextFeature(styles)};
        CHECK(text(style.get(), "f_table_name") == layer);
        CHECK(text(style.get(), "f_geometry_column") == "geom");
        CHECK(text(style.get(), "useAsDefault") == "1");
        CHECK(text(style.get(), "update_time").starts_with("2000/01/01"));
        CHECK(parses(text(style.get(), "styleQML")));
        CHECK(parses(text(style.get(), "styleSLD")));
        // The layer it is for is there, with the field it colours by.
        OGRLayerH styled = GDALDatasetGetLayerByName(dataset.get(), layer);
        REQUIRE(styled != nullptr);
        CHECK(std::string(OGR_L_GetGeometryColumn(styled)) == "geom");
    }
    const std::string qml = gis::detail::countsStyle(result).qml;
    CHECK(qml.find("attr=\"value\"") != std::string::npos);
    CHECK(qml.find("lower=\"10\" upper=\"20\" symbol=\"1\" label=\"1 to 2 times\"") != std::string::npos);
    CHECK(qml.find("below &lt;average&gt;") != std::string::npos);
}

TEST_CASE("styles are no layer to choose", "[export][styles]") {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "hotspots.gpkg";
    REQUIRE(gis::writeAreas(test::sampleResult(), test::sampleRecipe(), ProjectCrs{}, file));
    CHECK(gis::describeFile(file)->vectorLayers == std::vector<std::string>{"hotspots"});
    CHECK(gis::readVectorLayer(file, "", "", 27700)->features.size() == 2);
    CHECK_FALSE(gis::readVectorLayer(file, "layer_styles", "", 27700));
}

TEST_CASE("a GeoTIFF says its classes with their colours", "[export][styles]") {
    const test::TemporaryFolder folder;
    const auto file = folder.path() / "density.tif";
    Result result = test::sampleResult();
    result.classes = {{0.5, "below average", false}, {300.0, "above average", false}};
    REQUIRE(gis::writeSurface(result, test::sampleRecipe(), ProjectCrs{}, file));
    const gis::detail::DatasetHandle dataset{GDALOpen(utf8Text(file).c_str(), GA_ReadOnly)};
    REQUIRE(dataset);
    CHECK(GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset.get(), 1)) == GCI_GrayIndex);
    const auto classes =
        nlohmann::json::parse(GDALGetMetadataItem(dataset.get(), "PATCHLIGHT_CLASSES", nullptr), nullptr, false);
    REQUIRE(classes.size() == 2);
    CHECK(classes[0]["colour"] == "#ffffb2");
    CHECK(classes[1]["from"] == 300.0);
}
