// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

TEST_CASE("what was said of a layer's licence stays with the project", "[store][licences]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    MapLayerInfo roads, land;
    roads.name = "Roads";
    roads.licence = {"os-psga", "2025", "AC0000812345"};
    land.name = "Land";
    land.order = 1;
    {
        auto project = valueOf(Project::create(file));
        CHECK(valueOf(project.layerOrigins()).empty());
        valueOf(project.setMapLayers({land}));
        CHECK(OtherProgram{file}.value("SELECT count(*) FROM sqlite_master WHERE name = 'patchlight_origin'") == "0");
        valueOf(project.setMapLayers({roads, land}));
        valueOf(project.setLayerOrigin({"Wards", "bdline.gpkg", {}}));
        valueOf(project.setLayerOrigin({"Wards", "wards.shp", {"\xC2\xA9 Council", "", ""}}));
        valueOf(project.setLayerOrigin({"Roads", "places.csv", {}})); // boundaries and map layers do not meet
    }
    {
        const auto project = valueOf(Project::open(file, OpenMode::readOnly));
        const auto layers = valueOf(project.mapLayers());
        REQUIRE(layers.size() == 2);
        CHECK(layers[0].licence == roads.licence);
        CHECK(layers[1].licence == LayerLicence{});
        const auto origins = valueOf(project.layerOrigins());
        REQUIRE(origins.size() == 2);
        CHECK(origins[1].layer == "Wards");
        CHECK(origins[1].file == "wards.shp");
        CHECK(origins[1].said.licence == "\xC2\xA9 Council");
    }
    auto project = valueOf(Project::open(file));
    valueOf(project.setMapLayers({land}));
    CHECK(valueOf(project.mapLayers()).front().licence == LayerLicence{});
    CHECK(valueOf(project.layerOrigins()).size() == 2);
}

TEST_CASE("a project from before licences is read, and opens for writing", "[store][licences][migration]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    MapLayerInfo roads;
    roads.name = "Roads";
    {
        auto project = valueOf(Project::create(file));
        valueOf(project.setMapLayers({roads}));
    }
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    CHECK(valueOf(project.mapLayers()).size() == 1);
    CHECK(valueOf(project.layerOrigins()).empty());
}
