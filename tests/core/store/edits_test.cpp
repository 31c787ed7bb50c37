// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

using namespace patchlight;
using namespace patchlight::test;

namespace {

std::string stamps(OtherProgram& other) {
    return other.value(
        "SELECT (SELECT edits FROM patchlight_stamp) || ' ' || (SELECT group_concat(DISTINCT stamp) FROM "
        "patchlight_column)");
}

} // namespace

TEST_CASE("what another program edits is seen", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    const auto incidents = randomIncidents(9, 500);
    importInto(file, "july", incidents.rows);
    OtherProgram other{file};
    CHECK(stamps(other) == "0 0");
    const auto mode = GENERATE(OpenMode::readOnly, OpenMode::readWrite);
    const auto project = valueOf(Project::open(file, mode));
    const auto before = valueOf(project.incidents());

    SECTION("a text") {
        other.run("UPDATE incidents SET category = 'Kept by hand', occurred_from = '2025-03-04 05:06:07', occurred_to "
                  "= NULL, "
                  "precision = 'minute' WHERE fid = 17");
        const auto table = valueOf(project.incidents());
        CHECK(table.category.at(16) == "Kept by hand");
        CHECK((table.from.at(16) == LocalDay{std::chrono::year{2025} / 3 / 4} + std::chrono::minutes{5 * 60 + 6}));
        CHECK((table.to.at(16) == table.from.at(16)));
        CHECK(table.size() == before.size());
        CHECK(table.place.at(18) == before.place.at(18));
    }
    SECTION("a time that is none") {
        other.run("UPDATE incidents SET occurred_from = 'last summer' WHERE fid = 17");
        CHECK((valueOf(project.incidents()).precision.at(16) == TimePrecision::none));
    }
    SECTION("rows taken away and put in") {
        other.run("DELETE FROM incidents WHERE fid <= 100; "
                  "INSERT INTO incidents(fid, category, geom) SELECT 900, 'New', geom FROM incidents WHERE geom NOT "
                  "NULL LIMIT 1; "
                  "INSERT INTO incidents(fid) VALUES (901);");
        CHECK(other.value("SELECT count(*) FROM rtree_incidents_geom") ==
              other.value("SELECT count(geom) FROM incidents"));
        CHECK(other.value("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'") == "402");
        const auto table = valueOf(project.incidents());
        REQUIRE(table.size() == 402);
        CHECK(table.id.front() == 101);
        CHECK(table.category.at(400) == "New");
        CHECK(table.category.at(401).empty());
    }
    SECTION("the triggers are lost and the last row goes") {
        other.run("DROP TRIGGER patchlight_stamp_incidents_DELETE; DELETE FROM incidents WHERE fid = 500");
        CHECK(valueOf(project.incidents()).size() == 499);
    }
    SECTION("the blocks are damaged") {
        other.run("UPDATE patchlight_column SET data = x'01' WHERE name = 'position'");
        checkEqual(valueOf(project.incidents()), before);
        other.run("DELETE FROM patchlight_column WHERE name = 'from'");
        checkEqual(valueOf(project.incidents()), before);
        other.run("UPDATE patchlight_column SET data = x'FFFFFFFF' WHERE name = 'category' AND block = -1");
        checkEqual(valueOf(project.incidents()), before);
    }
    // A project opened for writing has brought its blocks up to date; one opened for reading has left them.
    const auto current =
        other.value("SELECT count(*) FROM patchlight_column WHERE stamp IS NOT (SELECT edits FROM patchlight_stamp)");
    if (mode == OpenMode::readWrite) CHECK(current == "0");
    const auto again = valueOf(project.incidents());
    checkEqual(again, valueOf(valueOf(Project::open(file, OpenMode::readOnly)).incidents()));
}

TEST_CASE("an import after edits keeps them", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    importInto(file, "july", randomIncidents(9, 300).rows);
    {
        OtherProgram other{file};
        other.run("CREATE TABLE seen(fid INTEGER); CREATE TRIGGER own AFTER INSERT ON incidents BEGIN INSERT INTO seen "
                  "VALUES (NEW.fid); END; UPDATE incidents SET category = 'Edited' WHERE fid = 3;");
    }
    importInto(file, "august", randomIncidents(10, 200).rows);
    const auto table = valueOf(valueOf(Project::open(file, OpenMode::readOnly)).incidents());
    REQUIRE(table.size() == 500);
    CHECK(table.category.at(2) == "Edited");
    OtherProgram other{file};
    CHECK(stamps(other) == "1 1");
    CHECK(other.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
    CHECK(other.value("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'incidents'") == "12");
}

TEST_CASE("a reader sees the project as it was while an import runs", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    importInto(file, "july", randomIncidents(9, 300).rows);
    const auto reader = valueOf(Project::open(file, OpenMode::readOnly));
    auto import = valueOf(ImportTransaction::begin(file));
    valueOf(import.beginDataset(datasetNamed("august")));
    valueOf(import.add(randomIncidents(10, 200).rows));
    CHECK(valueOf(reader.incidents()).size() == 300);
    valueOf(import.endDataset(datasetNamed("august"), {}));
    valueOf(import.commit());
    CHECK(valueOf(reader.incidents()).size() == 500);
}
