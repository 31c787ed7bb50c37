// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>

using namespace patchlight;
using namespace patchlight::test;

namespace {

MultiPolygon square(double west, double south, double side) {
    Polygon polygon;
    polygon.outer = {
        {west, south}, {west + side, south}, {west + side, south + side}, {west, south + side}, {west, south}};
    return MultiPolygon{{polygon}};
}

} // namespace

TEST_CASE("a new project is a GeoPackage without features", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / pathFromUtf8("Straße an der Küste.gpkg");
    {
        const auto project = valueOf(Project::create(file));
        CHECK(project.path() == file);
        CHECK_FALSE(project.crs());
        CHECK(valueOf(project.datasets()).empty());
        CHECK(valueOf(project.findings()).empty());
        CHECK(valueOf(project.incidents()).size() == 0);
        CHECK(valueOf(project.mapLayers()).empty());
        CHECK(valueOf(project.areaLayers()).empty());
        CHECK(valueOf(project.areas("wards")).empty());
        CHECK(valueOf(project.places("")).empty());
        CHECK(valueOf(project.workspace()).is_null());
    }
    OtherProgram other{file};
    CHECK(other.value("PRAGMA application_id") == "1196444487"); // "GPKG"
    CHECK(other.value("PRAGMA user_version") == "10300");
    CHECK(other.value("PRAGMA journal_mode") == "delete");
    CHECK(other.value("SELECT group_concat(srs_id) FROM (SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY 1)") ==
          "-1,0,4326");
}

TEST_CASE("a project with incidents says what it holds in the GeoPackage's tables", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    std::vector<NewIncident> rows(3);
    rows[0].position = ProjectedPoint{400000.5, 90000.0};
    rows[1].position = ProjectedPoint{410000.0, 95000.25};
    importInto(file, "july", rows);
    OtherProgram other{file};
    CHECK(other.value(
              "SELECT group_concat(table_name || ' ' || data_type) FROM (SELECT * FROM gpkg_contents ORDER BY 1)") ==
          "areas features,incidents features,patchlight_dataset attributes,patchlight_finding attributes,places "
          "features");
    CHECK(other.value(
              "SELECT min_x || ' ' || min_y || ' ' || max_x || ' ' || max_y || ' ' || srs_id FROM gpkg_contents WHERE "
              "table_name = 'incidents'") == "400000.5 90000.0 410000.0 95000.25 27700");
    CHECK(other.value(
              "SELECT group_concat(table_name || ' ' || column_name || ' ' || extension_name) FROM (SELECT * FROM "
              "gpkg_extensions ORDER BY 1)") ==
          "areas geom gpkg_rtree_index,incidents geom gpkg_rtree_index,places geom gpkg_rtree_index");
    CHECK(other.value("SELECT hex(geom) FROM incidents WHERE fid = 1") ==
          "47500001346C0000" // "GP", version 0, little-endian without envelope, 27700
          "0101000000"       // WKB point
          "00000000026A18410000000000F9F540");
}

TEST_CASE("datasets and findings are kept", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    auto info = datasetNamed("2025-07-dorset-street");
    {
        auto import = valueOf(ImportTransaction::begin(file));
        valueOf(import.setCrs(britishGrid));
        valueOf(import.beginDataset(info));
        std::vector<NewIncident> rows(5);
        rows[2].position = ProjectedPoint{1.0, 2.0};
        valueOf(import.add(rows));
        info.read = 5;
        info.imported = "2025-11-24T09:00:00Z";
        valueOf(import.endDataset(
            info, {{"no-position", "Rows without coordinates", 4, {1, 2, 4, 5}, ""}, {"other", "x", 1, {}, "y"}}));
        valueOf(import.commit());
    }
    const auto project = valueOf(Project::open(file));
    const auto datasets = valueOf(project.datasets());
    REQUIRE(datasets.size() == 1);
    const auto& kept = datasets[0];
    CHECK(kept.id == 1);
    CHECK(kept.name == info.name);
    CHECK(kept.file == info.file);
    CHECK(kept.sha256 == info.sha256);
    CHECK(kept.bytes == info.bytes);
    CHECK(kept.source == info.source);
    CHECK(kept.firstMonth == "2025-07");
    CHECK(kept.lastMonth == "2025-09");
    CHECK(kept.anonymised);
    CHECK(kept.read == 5);
    CHECK(kept.stored == 5);
    CHECK(kept.mapped == 1);
    CHECK(kept.mapping == info.mapping);
    CHECK(kept.imported == info.imported);
    const auto findings = valueOf(project.findings());
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].kind == "no-position");
    CHECK(findings[0].message == "Rows without coordinates");
    CHECK(findings[0].count == 4);
    CHECK(findings[0].rows == std::vector<std::uint32_t>{1, 2, 4, 5});
    CHECK(findings[0].dataset == info.name);
    CHECK(findings[1].dataset == "y");
}

TEST_CASE("map layers, workspace and the record of exports are kept", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    {
        auto project = valueOf(Project::create(file));
        valueOf(project.setMapLayers({{"Old", "old.gpkg", "", "land", "", true, 0}}));
        valueOf(project.setMapLayers({{"Roads", "../maps/roads.gpkg", "road_link", "roads", "name1", false, 2},
                                      {"Land", "land.tif", "", "picture", "", true, 1}}));
        valueOf(project.saveWorkspace({{"filter", "first"}}));
        valueOf(project.saveWorkspace({{"filter", {{"category", "Burglary"}}}}));
        valueOf(project.recordExport("map.pdf", {{"analysis", "dbscan"}}, "public"));
    }
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    const auto layers = valueOf(project.mapLayers());
    REQUIRE(layers.size() == 2);
    CHECK(layers[0].name == "Land");
    CHECK(layers[0].visible);
    CHECK(layers[1].name == "Roads");
    CHECK(layers[1].path == "../maps/roads.gpkg");
    CHECK(layers[1].sourceLayer == "road_link");
    CHECK(layers[1].role == "roads");
    CHECK(layers[1].labelField == "name1");
    CHECK_FALSE(layers[1].visible);
    CHECK(layers[1].order == 2);
    CHECK(valueOf(project.workspace())["filter"]["category"] == "Burglary");
    CHECK(OtherProgram{file}.value("SELECT file || ' ' || profile || ' ' || recipe FROM patchlight_export") ==
          "map.pdf public {\"analysis\":\"dbscan\"}");
}

TEST_CASE("exports are recorded with what was withheld, in files of before that too", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    valueOf(Project::create(file));
    {
        OtherProgram older{file};
        older.run("ALTER TABLE patchlight_export DROP COLUMN withheld");
        older.run("ALTER TABLE patchlight_export DROP COLUMN checks");
        older.run("INSERT INTO patchlight_export(file, recipe, profile, exported) VALUES ('a.pdf', '{}', 'internal', "
                  "'2025-01-01T00:00:00Z')");
    }
    CHECK(valueOf(valueOf(Project::open(file, OpenMode::readOnly)).exports()).size() == 1);
    auto project = valueOf(Project::open(file));
    valueOf(project.recordExport("b.pdf", {{"analysis", "dbscan"}}, "public", {{{"id", "points"}}}, {"Two counts."}));
    valueOf(project.recordExport("c.pdf", {}, "public"));
    const auto exports = valueOf(project.exports());
    REQUIRE(exports.size() == 3);
    CHECK(exports[0].file == "a.pdf");
    CHECK(exports[0].withheld.empty());
    CHECK(exports[1].recipe["analysis"] == "dbscan");
    CHECK(exports[1].checks[0]["id"] == "points");
    CHECK(exports[1].withheld == std::vector<std::string>{"Two counts."});
    CHECK(exports[2].profile == "public");
    CHECK_FALSE(exports[2].exported.empty());
}

TEST_CASE("areas and places replace layers of the same name and are indexed", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    {
        auto project = valueOf(Project::create(file));
        const auto early = project.addAreas({{"wards", "W1", "Early", {}, square(0, 0, 1)}});
        REQUIRE_FALSE(early);
        CHECK(early.error().code == ErrorCode::unusableCrs);
    }
    importInto(file, "none", {});
    auto project = valueOf(Project::open(file));
    valueOf(project.addAreas(
        {{"wards", "W1", "First", 1000.0, square(0, 0, 10)}, {"beats", "B1", "Beat", {}, square(5, 5, 10)}}));
    auto holed = square(100, 200, 50);
    holed.parts[0].holes.push_back({{110, 210}, {110, 220}, {120, 220}, {120, 210}, {110, 210}});
    holed.parts.push_back(square(300, 300, 5).parts[0]);
    valueOf(project.addAreas({{"wards", "W2", "Second", {}, holed}}));
    CHECK(valueOf(project.areaLayers()) == std::vector<std::string>{"beats", "wards"});
    const auto wards = valueOf(project.areas("wards"));
    REQUIRE(wards.size() == 1);
    CHECK(wards[0].code == "W2");
    CHECK(wards[0].name == "Second");
    CHECK_FALSE(wards[0].population);
    REQUIRE(wards[0].polygon.parts.size() == 2);
    CHECK(wards[0].polygon.parts[0].outer == holed.parts[0].outer);
    CHECK(wards[0].polygon.parts[0].holes == holed.parts[0].holes);
    CHECK_FALSE(valueOf(project.areas("beats"))[0].population);

    valueOf(project.addPlaces({{"schools", "S1", "School", {12.5, 7.25}}, {"pubs", "P1", "Pub", {1.0, 2.0}}}));
    CHECK(valueOf(project.places("")).size() == 2);
    const auto schools = valueOf(project.places("schools"));
    REQUIRE(schools.size() == 1);
    CHECK(schools[0].point == ProjectedPoint{12.5, 7.25});

    OtherProgram other{file};
    CHECK(
        other.value(
            "SELECT group_concat(id || ' ' || minx || ' ' || maxx || ' ' || miny || ' ' || maxy) FROM rtree_areas_geom "
            "WHERE minx > 50") == "3 100.0 305.0 200.0 305.0");
    CHECK(other.value("SELECT max_x FROM gpkg_contents WHERE table_name = 'areas'") == "305.0");
    CHECK(other.value("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'areas'") == "2");
    CHECK(other.value("SELECT count(*) FROM rtree_places_geom") == "2");
    CHECK(other.value("SELECT rtreecheck('rtree_areas_geom')") == "ok");
}

TEST_CASE("an incident's details are its texts and the source's other columns in their order", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    std::vector<NewIncident> rows(2);
    rows[0].sourceRow = 7;
    rows[0].reference = "abc";
    rows[0].category = "Burglary";
    rows[0].precision = TimePrecision::month;
    rows[0].from = LocalDay{std::chrono::year{2025} / 7 / 1};
    rows[0].otherColumns = R"({"Zeta":"z","Alpha":"","Count":3})";
    importInto(file, "july", rows);
    const auto project = valueOf(Project::open(file));
    const std::vector<std::pair<std::string, std::string>> expected{
        {"Dataset", "july"},          {"Row", "7"},  {"Reference", "abc"}, {"Category", "Burglary"},
        {"Occurred from", "2025-07"}, {"Zeta", "z"}, {"Alpha", ""},        {"Count", "3"}};
    CHECK(valueOf(project.incidentDetails(1)) == expected);
    const auto none = project.incidentDetails(99);
    REQUIRE_FALSE(none);
    CHECK(none.error().message == utf8Text(file) + " has no incident 99.");
}

TEST_CASE("the fingerprint tells data apart, not the way it came in", "[store][property]") {
    const TemporaryFolder folder;
    const auto one = randomIncidents(1, 20);
    const auto two = randomIncidents(2, 30);
    const auto forward = folder.path() / "forward.gpkg";
    const auto backward = folder.path() / "backward.gpkg";
    importInto(forward, "one", one.rows);
    const auto half = valueOf(valueOf(Project::open(forward)).fingerprint());
    CHECK(half.size() == 64);
    importInto(forward, "two", two.rows);
    importInto(backward, "two", two.rows);
    importInto(backward, "one", one.rows);
    const auto whole = valueOf(valueOf(Project::open(forward)).fingerprint());
    CHECK(whole != half);
    CHECK(whole == valueOf(valueOf(Project::open(backward)).fingerprint()));
    OtherProgram{backward}.run("UPDATE incidents SET category = 'Drugs' WHERE fid = 1");
    CHECK(whole != valueOf(valueOf(Project::open(backward)).fingerprint()));
}

TEST_CASE("the look-up of a layer is kept, replaced by itself alone, and not there by default", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    {
        auto project = valueOf(Project::create(file));
        CHECK(valueOf(project.areaCodes("LSOA")).empty());
        valueOf(project.setAreaCodes("LSOA", {}));
        CHECK(OtherProgram{file}.value("SELECT count(*) FROM sqlite_master WHERE name = 'patchlight_area_code'") ==
              "0");
        valueOf(project.setAreaCodes("LSOA", {{"E2", "E1", "S"}, {"E3", "E1", "S"}}));
        valueOf(project.setAreaCodes("Wards", {{"W1", "W0", ""}}));
        valueOf(project.setAreaCodes("LSOA", {{"E2", "E1", "U"}}));
    }
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    CHECK(valueOf(project.areaCodes("LSOA")) == std::vector<AreaCode>{{"E2", "E1", "U"}});
    CHECK(valueOf(project.areaCodes("Wards")) == std::vector<AreaCode>{{"W1", "W0", ""}});
}
