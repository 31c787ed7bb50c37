// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include "core/base/path_text.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using patchlight::test::sharedData;
using patchlight::test::TemporaryFolder;

namespace {

StudyAreaSpec fileSpec(const std::filesystem::path& file, const std::string& layer = {}) {
    return {.kind = StudyAreaSpec::Kind::file, .source = utf8Text(file), .sublayer = layer, .feature = {}, .box = {}};
}

StudyAreaSpec layerSpec(const std::string& layer, const std::string& feature = {}) {
    return {.kind = StudyAreaSpec::Kind::layer, .source = layer, .sublayer = {}, .feature = feature, .box = {}};
}

/// A project in the National Grid, as an import leaves it.
Project newProject(const TemporaryFolder& folder) {
    const auto file = folder.path() / "project.gpkg";
    {
        auto import = ImportTransaction::begin(file);
        REQUIRE(import.has_value());
        const auto crs = gis::projectCrsFromEpsg(27700);
        REQUIRE(crs.has_value());
        REQUIRE(import->setCrs(*crs).has_value());
        REQUIRE(import->commit().has_value());
    }
    auto project = Project::open(file);
    INFO((project ? "" : project.error().message));
    REQUIRE(project.has_value());
    return std::move(*project);
}

MultiPolygon squareAt(double west, double south, double side) {
    return polygonOf(Box{west, south, west + side, south + side});
}

} // namespace

TEST_CASE("the outline of BCP is as large as its wards together, to a thousandth", "[sources][oracle]") {
    const auto outline = sharedData("data/boundaries/bcp_outline.geojson");
    const auto wards = sharedData("data/boundaries/bcp_wards.geojson");
    if (!outline || !wards) return;
    const TemporaryFolder folder;
    const Project project = newProject(folder);
    const auto area = gis::resolveStudyArea(fileSpec(*outline), project);
    INFO((area ? "" : area.error().message));
    REQUIRE(area.has_value());
    REQUIRE(area->polygon.has_value());
    CHECK(area->name == "Bournemouth, Christchurch and Poole");
    const auto parts = gis::readAreas(*wards, "Wards", "", "", "", "", 27700);
    REQUIRE(parts.has_value());
    double sum = 0.0;
    for (const AreaFeature& ward : *parts) sum += areaOf(ward.polygon).value();
    CHECK(areaOf(*area->polygon).value() == Approx(sum).epsilon(0.001));
    // All polygons of a file are united: the wards are the outline again.
    const auto united = gis::resolveStudyArea(fileSpec(*wards), project);
    REQUIRE(united.has_value());
    CHECK(areaOf(*united->polygon).value() == Approx(sum).epsilon(0.001));
    CHECK(united->name == "bcp_wards");
}

TEST_CASE("one layer of several is chosen by its name", "[sources]") {
    const auto force = sharedData("data/boundaries/dorset_force.gpkg");
    if (!force) return;
    const TemporaryFolder folder;
    const Project project = newProject(folder);
    const auto area = gis::resolveStudyArea(fileSpec(*force, "force_outline"), project);
    REQUIRE(area.has_value());
    CHECK(areaOf(*area->polygon).value() == Approx(2'653'082'265).epsilon(1e-6)); // ogr2ogr, st_area
    const auto unnamed = gis::resolveStudyArea(fileSpec(*force), project);
    REQUIRE_FALSE(unnamed.has_value());
    CHECK(unnamed.error().message.find("lsoa21, wards, local_authorities and force_outline") != std::string::npos);
}

TEST_CASE("a map layer of the project, or one feature of it, is a study area", "[sources]") {
    const TemporaryFolder folder;
    const auto square = [](const std::string& name, const std::string& code, double west) {
        const std::string w = std::to_string(west), e = std::to_string(west + 0.1);
        return R"({"type": "Feature", "properties": {"name": ")" + name + R"(", "code": ")" + code +
               R"("}, "geometry": {"type": "Polygon", "coordinates": [[[)" + w + ", 50.7], [" + e + ", 50.7], [" + e +
               ", 50.8], [" + w + ", 50.8], [" + w + ", 50.7]]]}}";
    };
    const auto file = folder.write("squares.geojson", R"({"type": "FeatureCollection", "features": [)" +
                                                          square("Boscombe West", "W1", -2.0) + ", " +
                                                          square("Canford Cliffs", "W2", -1.9) + "]}");
    Project project = newProject(folder);
    const auto info = gis::mapLayerFor(project.path(), file, "Wards", "", "");
    REQUIRE(info.has_value());
    CHECK(info->path == "squares.geojson");
    REQUIRE(project.setMapLayers({*info}).has_value());

    const auto all = gis::resolveStudyArea(layerSpec("wards"), project);
    INFO((all ? "" : all.error().message));
    REQUIRE(all.has_value());
    CHECK(all->name == "Wards");
    const auto feature = GENERATE(std::string("boscombe west"), std::string("W1"));
    const auto one = gis::resolveStudyArea(layerSpec("Wards", feature), project);
    REQUIRE(one.has_value());
    CHECK(one->name == "Boscombe West");
    CHECK(areaOf(*all->polygon).value() == Approx(2 * areaOf(*one->polygon).value()).epsilon(1e-3));

    const auto unknown = gis::resolveStudyArea(layerSpec("Wards", "Soho"), project);
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == ErrorCode::invalidParameter);
    CHECK(unknown.error().message ==
          "Layer Wards has no area named \"Soho\". It has Boscombe West and Canford Cliffs.");
    const auto noLayer = gis::resolveStudyArea(layerSpec("Beats"), project);
    REQUIRE_FALSE(noLayer.has_value());
    CHECK(noLayer.error().message == "\"Beats\" is neither a file nor a layer of the project. The project has Wards.");
}

TEST_CASE("an area layer of the project, or one feature of it, is a study area", "[sources]") {
    const TemporaryFolder folder;
    Project project = newProject(folder);
    const auto added = project.addAreas({{"Wards", "W1", "Boscombe West", {}, squareAt(400000, 90000, 100)},
                                         {"Wards", "W2", "Canford Cliffs", {}, squareAt(400100, 90000, 100)}});
    INFO((added ? "" : added.error().message));
    REQUIRE(added.has_value());
    const auto all = gis::resolveStudyArea(layerSpec("wards"), project);
    INFO((all ? "" : all.error().message));
    REQUIRE(all.has_value());
    CHECK(all->name == "Wards");
    CHECK(areaOf(*all->polygon).value() == Approx(20'000));
    const auto feature = GENERATE(std::string("boscombe west"), std::string("W1"));
    const auto one = gis::resolveStudyArea(layerSpec("Wards", feature), project);
    REQUIRE(one.has_value());
    CHECK(one->name == "Boscombe West");
    CHECK(areaOf(*one->polygon).value() == Approx(10'000));

    const auto unknown = gis::resolveStudyArea(layerSpec("Wards", "Soho"), project);
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().code == ErrorCode::invalidParameter);
    CHECK(unknown.error().message ==
          "Layer Wards has no area named \"Soho\". It has Boscombe West and Canford Cliffs.");
    const auto noLayer = gis::resolveStudyArea(layerSpec("Beats"), project);
    REQUIRE_FALSE(noLayer.has_value());
    CHECK(noLayer.error().message == "\"Beats\" is neither a file nor a layer of the project. The project has Wards.");
}

TEST_CASE("a box is taken as it is, an empty one refused, everything has no border", "[sources]") {
    const TemporaryFolder folder;
    const Project project = newProject(folder);
    StudyAreaSpec spec{
        .kind = StudyAreaSpec::Kind::box, .source = {}, .sublayer = {}, .feature = {}, .box = Box{1, 2, 3, 4}};
    const auto box = gis::resolveStudyArea(spec, project);
    REQUIRE(box.has_value());
    CHECK(box->box == Box{1, 2, 3, 4});
    spec.box = Box{3, 2, 1, 4};
    const auto empty = gis::resolveStudyArea(spec, project);
    REQUIRE_FALSE(empty.has_value());
    CHECK(empty.error().subject == "bbox");
    const auto everything = gis::resolveStudyArea({}, project);
    REQUIRE(everything.has_value());
    CHECK(everything->everything());
}
