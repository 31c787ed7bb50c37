// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/map/map_scene.h"
#include "tests/support/shared_data.h"

namespace patchlight::paint::test {

TEST_CASE("a layer is found beside its project, read in the project's CRS and drawn", "[map]") {
    const patchlight::test::TemporaryFolder folder;
    const auto file = folder.write("ground.geojson", R"({"type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}},
        "features": [{"type": "Feature", "properties": {"name": "Land"}, "geometry": {"type": "Polygon", "coordinates":
            [[[400000, 90000], [401000, 90000], [401000, 91000], [400000, 91000], [400000, 90000]]]}}]})");
    MapLayerInfo info;
    info.name = "Ground";
    info.path = "ground.geojson";
    info.role = "land";
    const auto layer = loadLayer(folder.path() / "project.gpkg", info, 27700);
    REQUIRE(layer.has_value());
    REQUIRE(layer->vector);
    CHECK(layer->box.width() == Approx(1000).margin(0.01));

    MapContent content;
    content.layers.push_back(*layer);
    const MapFrame frame = fitted(grownBy(layer->box, Metres{500}), QRectF(0, 0, 50, 50));
    const QImage image = rendered(content, frame, bareStyle());
    CHECK(colourAt(image, frame, bareStyle(), {400500, 90500}) != colourAt(image, frame, bareStyle(), {400500, 89800}));
}

TEST_CASE("a layer whose file is gone is named in the error", "[map][edge]") {
    const patchlight::test::TemporaryFolder folder;
    MapLayerInfo info;
    info.name = "Old wards";
    info.path = "wards.geojson";
    info.role = GENERATE(std::string{"boundaries"}, std::string{"picture"});
    const auto layer = loadLayer(folder.path() / "project.gpkg", info, 27700);
    REQUIRE_FALSE(layer.has_value());
    CHECK(layer.error().code == ErrorCode::fileNotFound);
    CHECK(layer.error().message.find("Map layer \"Old wards\"") == 0);
}

TEST_CASE("a picture that is gone when it is to be drawn is an error, not a hole", "[map][edge]") {
    patchlight::test::guiApplication();
    MapContent content;
    LoadedLayer layer;
    layer.info.role = "picture";
    layer.rasterFile = "no-such-picture.tif";
    layer.box = {0, 0, 1000, 1000};
    content.layers.push_back(layer);
    const auto image = renderMap(content, fitted(layer.box, QRectF(0, 0, 20, 20)), bareStyle());
    REQUIRE_FALSE(image.has_value());
    CHECK(image.error().code == ErrorCode::fileNotFound);
}

} // namespace patchlight::paint::test
