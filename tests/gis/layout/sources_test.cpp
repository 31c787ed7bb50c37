// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/sources.h"

#include "tests/gis/layout/page_scene.h"

using namespace patchlight;
using namespace patchlight::paint;
using namespace patchlight::paint::test;

namespace {

LoadedLayer drawn(const char* name, const char* path, LayerLicence licence = {}, bool visible = true) {
    MapLayerInfo info;
    info.name = name;
    info.path = path;
    info.licence = std::move(licence);
    info.visible = visible;
    return {info, nullptr, {}, {}};
}

} // namespace

TEST_CASE("a page acknowledges the layers drawn and the boundaries it rests on", "[layout][sources]") {
    Scene scene = sceneWith(1);
    scene.recipe.analysis = "area-counts";
    scene.recipe.parameters = {{"shape", "boundaries"}, {"layer", "Neighbourhoods"}};
    scene.recipe.area = {StudyAreaSpec::Kind::layer, "Wards", {}, "Boscombe West", {}};
    scene.map.layers = {drawn("Roads", "../maps/oproad_gb_2024.gpkg"), drawn("Shops", "dorset.osm.pbf"),
                        drawn("Hidden", "MasterMap 2024.gpkg", {}, false), drawn("Coast", "coast.gpkg"),
                        drawn("Beats", "beats.gpkg", {"© Dorset Police", "", ""})};
    const std::vector<LayerOrigin> origins{{"Wards", "bdline_gpkg_2025.gpkg", {}},
                                           {"Neighbourhoods", "LSOA_2021_EW_BFC.shp", {}},
                                           {"Other", "codepo_gb_2025.csv", {}}};
    const BoardMap page =
        boardMapOf(scene.recipe, scene.result, scene.map, scene.datasets, scene.crs, scene.area, origins);
    const QString all = page.sources.join('\n');
    INFO(all.toStdString());
    CHECK(all.contains("(data.police.uk)"));
    CHECK(all.contains("Contains OS data © Crown copyright and database right 2021, 2024 and 2025."));
    CHECK(all.contains("Source: Office for National Statistics licensed"));
    CHECK(all.contains("© OpenStreetMap contributors"));
    CHECK(all.contains("© Dorset Police."));
    CHECK(all.contains("Map layers: Coast."));
    CHECK_FALSE(all.contains("Ordnance Survey"));
    CHECK_FALSE(all.contains("Royal Mail"));
    CHECK_FALSE(all.contains("Boundaries:"));
}

TEST_CASE("boundaries of which nothing is known are named", "[layout][sources]") {
    Recipe recipe;
    recipe.area = {StudyAreaSpec::Kind::layer, "Wards", {}, {}, {}};
    CHECK(layerSourcesOf(layersUsed(recipe, {}, {})) == QStringList{"Boundaries: Wards."});
    recipe.area = {StudyAreaSpec::Kind::file, "/data/areas/town.geojson", {}, {}, {}};
    CHECK(layerSourcesOf(layersUsed(recipe, {}, {})) == QStringList{"Boundaries: town.geojson."});
    MapContent map;
    map.layers = {drawn("Wards", "wards.gpkg")};
    recipe.area = {StudyAreaSpec::Kind::layer, "Wards", {}, {}, {}};
    CHECK(layerSourcesOf(layersUsed(recipe, map, {})) == QStringList{"Map layers: Wards."}); // named once
    CHECK(layerSourcesOf(layersUsed(Recipe{}, {}, {})).isEmpty());
}
