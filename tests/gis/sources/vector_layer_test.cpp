// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sources.h"

#include "core/base/path_text.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>

using namespace patchlight;
using patchlight::test::sharedData;
using patchlight::test::TemporaryFolder;

namespace {

double areaOfAll(const std::vector<AreaFeature>& areas) {
    double sum = 0.0;
    for (const AreaFeature& area : areas) sum += areaOf(area.polygon).value();
    return sum;
}

constexpr const char* twoKinds = R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"title": "A", "kind": "pub"}, "geometry":
        {"type": "MultiPoint", "coordinates": [[-1.88, 50.72], [-1.87, 50.72]]}},
    {"type": "Feature", "properties": {"title": "B", "kind": null}, "geometry":
        {"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [-1.86, 50.72]},
            {"type": "LineString", "coordinates": [[-1.88, 50.72], [-1.87, 50.73]]}]}},
    {"type": "Feature", "properties": {"title": "C"}, "geometry": null}]})";

} // namespace

TEST_CASE("roads come as lines with their kind", "[sources][oracle]") {
    const auto file = sharedData("data/basemap/bristol_osm_roads.geojson");
    if (!file) return;
    const auto layer = gis::readVectorLayer(*file, "", "ref", 27700);
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer.has_value());
    CHECK(layer->kind == gis::GeometryKind::line);
    CHECK(layer->features.size() == 6160); // ogrinfo
    std::size_t roads = 0, rails = 0;
    for (const auto& feature : layer->features) {
        roads += feature.kindField == "road" ? 1 : 0;
        rails += feature.kindField == "rail" ? 1 : 0;
    }
    CHECK(roads == 3422);
    CHECK(rails == 1017);
    // Bristol's Grid square is ST, about 358000 172000.
    CHECK(layer->box.contains({358000, 172000}));
    CHECK(layer->box.width() < 60'000);
}

TEST_CASE("wards come with names, codes and population, as large as GDAL finds them", "[sources][oracle]") {
    const auto file = sharedData("data/boundaries/bcp_wards.geojson");
    if (!file) return;
    const auto areas = gis::readAreas(*file, "Wards", "", "", "", "", 27700);
    INFO((areas ? "" : areas.error().message));
    REQUIRE(areas.has_value());
    REQUIRE(areas->size() == 33);
    // ogr2ogr, st_area(st_transform(geometry, 27700)): with the OSTN15 grid 162,077,073, without 162,079,406.
    CHECK(areaOfAll(*areas) == Approx(162'078'240).epsilon(1e-5));
    double people = 0.0;
    for (const AreaFeature& area : *areas) {
        CHECK(area.layer == "Wards");
        CHECK(area.code.substr(0, 3) == "E05");
        CHECK_FALSE(area.name.empty());
        people += area.population.value_or(0.0);
    }
    CHECK(people == Approx(400'247)); // Census 2021
}

TEST_CASE("a zipped Shapefile in the National Grid equals the GeoJSON", "[sources][oracle]") {
    const auto zip = sharedData("data/boundaries/bcp_wards_bng_shp.zip");
    const auto json = sharedData("data/boundaries/bcp_wards.geojson");
    if (!zip || !json) return;
    const auto fromZip = gis::readAreas(*zip, "Wards", "", "", "", "", 27700);
    INFO((fromZip ? "" : fromZip.error().message));
    const auto fromJson = gis::readAreas(*json, "Wards", "", "", "", "", 27700);
    REQUIRE(fromZip.has_value());
    REQUIRE(fromJson.has_value());
    REQUIRE(fromZip->size() == 33);
    for (std::size_t i = 0; i < 33; ++i) {
        CHECK((*fromZip)[i].name == (*fromJson)[i].name);
        const Box a = boxOf((*fromZip)[i].polygon), b = boxOf((*fromJson)[i].polygon);
        // Both were made from one source with the OSTN15 grid; without it the GeoJSON lies up to 4 m off.
        CHECK(std::abs(a.west - b.west) < 4.5);
        CHECK(std::abs(a.north - b.north) < 4.5);
    }
}

TEST_CASE("every kind of boundary file is read", "[sources]") {
    struct Case {
        const char* file;
        const char* layer;
        std::size_t features;
    };
    const auto one =
        GENERATE(Case{"southcoast_constituencies_2024_gpkg.zip", "", 119}, Case{"dorset_force.gpkg", "wards", 85},
                 Case{"dorset_force.gpkg", "lsoa21", 463}, Case{"bcp_outline.geojson", "", 1},
                 Case{"lancashire_districts.geojson", "", 14}, Case{"nottingham_wards.gpkg", "", 20});
    const auto file = sharedData(std::string("data/boundaries/") + one.file);
    if (!file) return;
    CAPTURE(one.file, one.layer);
    const auto layer = gis::readVectorLayer(*file, one.layer, "", 27700);
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer.has_value());
    CHECK(layer->kind == gis::GeometryKind::polygon);
    CHECK(layer->features.size() == one.features);
    CHECK_FALSE(layer->features.front().label.empty());
}

TEST_CASE("KML districts of Chicago land in their UTM zone", "[sources]") {
    const auto file = sharedData("data/boundaries/chicago_police_districts.kml");
    if (!file) return;
    const auto layer = gis::readVectorLayer(*file, "", "", 32616);
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer.has_value());
    CHECK(layer->features.size() == 25);
    CHECK(layer->box.contains({447000, 4636000})); // the Loop
}

TEST_CASE("land with a degenerate ring is read whole", "[sources]") {
    const auto file = sharedData("data/basemap/land_south_coast_districts.geojson");
    if (!file) return;
    std::vector<std::string> notes;
    const auto areas = gis::readAreas(*file, "Land", "", "", "", "", 27700, &notes);
    INFO((areas ? "" : areas.error().message));
    REQUIRE(areas.has_value());
    CHECK(areas->size() == 21);
}

TEST_CASE("a polygon that crosses itself is repaired and said so", "[sources]") {
    const TemporaryFolder folder;
    const auto file =
        folder.write("bowtie.geojson", R"({"type": "Feature", "properties": {"name": "Bow tie"}, "geometry":
        {"type": "Polygon", "coordinates": [[[-1.90, 50.70], [-1.80, 50.80], [-1.80, 50.70], [-1.90, 50.80], [-1.90, 50.70]]]}})");
    std::vector<std::string> notes;
    const auto areas = gis::readAreas(file, "Ties", "", "", "", "", 27700, &notes);
    INFO((areas ? "" : areas.error().message));
    REQUIRE(areas.has_value());
    REQUIRE(areas->size() == 1);
    CHECK(areas->front().polygon.parts.size() == 2);
    REQUIRE(notes.size() == 1);
    CHECK_THAT(notes[0], Catch::StartsWith("Repaired 1 polygon of layer bowtie with an outline that crosses or touches "
                                           "itself; its area changed by "));
    CHECK_THAT(notes[0], Catch::EndsWith(" km\u00B2."));
}

TEST_CASE("multipoints and collections come apart by kind, and features without a geometry are said", "[sources]") {
    const TemporaryFolder folder;
    const auto layer = gis::readVectorLayer(folder.write("mixed.geojson", twoKinds), "", "", 27700);
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer.has_value());
    CHECK(layer->kind == gis::GeometryKind::point);
    REQUIRE(layer->features.size() == 4);
    CHECK(layer->features[0].label == "A");
    CHECK(layer->features[0].kindField == "pub");
    CHECK(layer->features[2].kind == gis::GeometryKind::line);
    CHECK(layer->fields == std::vector<std::string>{"title", "kind"});
    REQUIRE(layer->notes.size() == 1);
    CHECK(layer->notes[0] == "Left out 1 feature of layer mixed without a geometry.");
}

TEST_CASE("places come from CSVs with eastings or longitudes", "[sources][oracle]") {
    const auto pubs = sharedData("data/basemap/bcp_pubs_clubs_sample.csv");
    const auto snaps = sharedData("data/basemap/dorset_snap_points_2024_2025.csv");
    if (!pubs || !snaps) return;
    const auto places = gis::readPlaces(*pubs, "Pubs", "", "", "", 27700);
    INFO((places ? "" : places.error().message));
    REQUIRE(places.has_value());
    CHECK(places->size() == 182);
    CHECK(places->front().name == "99 Perk Cocktail Bar");
    CHECK(places->front().code == "53878");
    CHECK(places->front().point == ProjectedPoint{408246, 91144});
    const auto points = gis::readPlaces(*snaps, "Snap points", "", "", "", 27700);
    INFO((points ? "" : points.error().message));
    REQUIRE(points.has_value());
    CHECK(points->size() == 8203);
    CHECK(points->front().name == "Canford Magna");
    CHECK(points->front().point.east == Approx(403249.492).margin(4)); // cs2cs with the OSTN15 grid; 4 m without
    CHECK(points->front().point.north == Approx(98435.044).margin(4));
}

TEST_CASE("a file says which layers it has", "[sources]") {
    const auto file = sharedData("data/boundaries/dorset_force.gpkg");
    if (!file) return;
    const auto summary = gis::describeFile(*file);
    REQUIRE(summary.has_value());
    CHECK(summary->vectorLayers == std::vector<std::string>{"lsoa21", "wards", "local_authorities", "force_outline"});
    CHECK_FALSE(summary->raster);
}

TEST_CASE("a layer's role is guessed from shape and names", "[sources]") {
    const TemporaryFolder folder;
    const auto project = folder.path() / "town" / "bcp.gpkg";
    std::filesystem::create_directories(project.parent_path());
    const auto geometry = [](const std::string& type, const std::string& coordinates, const std::string& field) {
        return R"({"type": "Feature", "properties": {")" + field + R"(": "x"}, "geometry": {"type": ")" + type +
               R"(", "coordinates": )" + coordinates + "}}";
    };
    const std::string polygon = "[[[-1.9, 50.7], [-1.8, 50.7], [-1.8, 50.8], [-1.9, 50.7]]]";
    const std::string line = "[[-1.9, 50.7], [-1.8, 50.7]]";
    struct Case {
        std::string file, content, role;
    };
    const auto one = GENERATE_COPY(Case{"land_districts.geojson", geometry("Polygon", polygon, "name"), "land"},
                                   Case{"Poole Harbour.geojson", geometry("Polygon", polygon, "name"), "water"},
                                   Case{"bcp_wards.geojson", geometry("Polygon", polygon, "name"), "boundaries"},
                                   Case{"inland_beats.geojson", geometry("Polygon", polygon, "name"), "boundaries"},
                                   Case{"lines.geojson", geometry("LineString", line, "highway"), "roads"},
                                   Case{"coastline.geojson", geometry("LineString", line, "name"), "water"},
                                   Case{"ward_borders.geojson", geometry("LineString", line, "name"), "boundaries"},
                                   Case{"schools.geojson", geometry("Point", "[-1.9, 50.7]", "name"), "places"});
    const auto layer = gis::mapLayerFor(project, folder.write("maps/" + one.file, one.content), "", "", "");
    CAPTURE(one.file);
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer.has_value());
    CHECK(layer->role == one.role);
    CHECK(layer->path == "../maps/" + one.file);
    CHECK(layer->name == utf8Text(std::filesystem::path(one.file).stem()));
    CHECK(layer->sourceLayer.empty());
    CHECK(std::filesystem::equivalent(gis::layerPath(project, *layer), folder.path() / "maps" / one.file));
}

TEST_CASE("a layer that has no folder in common with the project is stored from its root", "[sources]") {
    const TemporaryFolder folder;
    const auto project = folder.path() / "town.gpkg";
    const std::filesystem::path file =
        std::filesystem::path(PATCHLIGHT_SOURCE_DIR) / "resources" / "sample" / "wards.geojson";
    const auto first = [](const std::filesystem::path& path) { return *path.relative_path().begin(); };
    const auto layer = gis::mapLayerFor(project, file, "Wards", "", "");
    REQUIRE(layer.has_value());
    CHECK(pathFromUtf8(layer->path).is_absolute() == (first(folder.path()) != first(file)));
    CHECK(std::filesystem::equivalent(gis::layerPath(project, *layer), file));
}

TEST_CASE("reading stops when told to", "[sources]") {
    const TemporaryFolder folder;
    std::stop_source stop;
    stop.request_stop();
    const auto layer =
        gis::readVectorLayer(folder.write("mixed.geojson", twoKinds), "", "", 27700, {.stop = stop.get_token()});
    REQUIRE_FALSE(layer.has_value());
    CHECK(layer.error().code == ErrorCode::cancelled);
}
