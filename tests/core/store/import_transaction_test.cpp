// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/store/store.h"
#include "tests/core/store/store_support.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <limits>

using namespace patchlight;
using namespace patchlight::test;

namespace {

LocalMinute at(int year, unsigned month, unsigned day, int hour = 0, int minute = 0) {
    return LocalDay{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)} +
           std::chrono::hours{hour} + std::chrono::minutes{minute};
}

std::size_t filesIn(const std::filesystem::path& folder) {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator{folder}, {}));
}

} // namespace

TEST_CASE("incidents come back as they were, from blocks and from rows", "[store][property]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    // More than one block of 65,536, and the edges of few.
    const auto count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{51}, std::size_t{52}, std::size_t{3000},
                                std::size_t{66000});
    const auto incidents = randomIncidents(static_cast<unsigned>(count), count);
    importInto(file, "july", incidents.rows);

    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    const auto fromBlocks = valueOf(project.incidents());
    CHECK(isConsistent(fromBlocks));
    checkTable(fromBlocks, incidents.rows, "july");

    OtherProgram{file}.run("DELETE FROM patchlight_column");
    const auto fromRows = valueOf(project.incidents());
    checkEqual(fromBlocks, fromRows);

    // Opened for writing, the blocks are made again.
    checkEqual(fromBlocks, valueOf(valueOf(Project::open(file)).incidents()));
    CHECK(OtherProgram{file}.value("SELECT count(*) > 0 FROM patchlight_column") == "1");
    checkEqual(fromBlocks, valueOf(project.incidents()));
    CHECK(filesIn(folder.path()) == 1); // no journal at rest
}

TEST_CASE("several imports give the same project as one", "[store][property]") {
    const TemporaryFolder folder;
    const auto together = folder.path() / "together.gpkg";
    const auto apart = folder.path() / "apart.gpkg";
    const auto incidents = randomIncidents(5, 4000);
    // The last part is small beside what is there, so that its points are inserted, not packed.
    const std::size_t first = 1500;
    const std::size_t second = 3990;
    const auto part = [&](std::size_t begin, std::size_t end) {
        return std::vector<NewIncident>(incidents.rows.begin() + static_cast<std::ptrdiff_t>(begin),
                                        incidents.rows.begin() + static_cast<std::ptrdiff_t>(end));
    };
    importInto(together, "july", incidents.rows);
    importInto(apart, "july", part(0, first));
    importInto(apart, "july", part(first, second));
    importInto(apart, "july", part(second, incidents.rows.size()));
    const auto table = valueOf(valueOf(Project::open(apart)).incidents());
    checkTable(table, incidents.rows, "july");
    checkEqual(table, valueOf(valueOf(Project::open(together)).incidents()));
    OtherProgram other{apart};
    CHECK(other.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
    CHECK(other.value("PRAGMA integrity_check") == "ok");
    for (const auto* sql : {"SELECT count(*) FROM rtree_incidents_geom",
                            "SELECT group_concat(min_x || ' ' || max_y) FROM "
                            "gpkg_contents WHERE table_name = 'incidents'",
                            "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'"})
        CHECK(other.value(sql) == OtherProgram{together}.value(sql));
}

TEST_CASE("only a project for many incidents has large pages", "[store]") {
    const TemporaryFolder folder;
    const auto pageOf = [&](const char* name, std::uint64_t expectedBytes) {
        auto import = valueOf(ImportTransaction::begin(folder.path() / name, expectedBytes));
        valueOf(import.setCrs(britishGrid));
        valueOf(import.beginDataset(datasetNamed("july")));
        valueOf(import.add(randomIncidents(1, 137).rows));
        valueOf(import.endDataset(datasetNamed("july"), {}));
        valueOf(import.commit());
        return OtherProgram{folder.path() / name}.value("PRAGMA page_size");
    };
    CHECK(pageOf("small.gpkg", 1000) == "4096");
    CHECK(pageOf("large.gpkg", std::uint64_t{100} << 20) == "16384");
    const auto large = valueOf(valueOf(Project::open(folder.path() / "large.gpkg")).incidents());
    checkEqual(large, valueOf(valueOf(Project::open(folder.path() / "small.gpkg")).incidents()));
    CHECK(OtherProgram{folder.path() / "large.gpkg"}.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
}

TEST_CASE("times are texts cut to what is known", "[store]") {
    struct Case {
        TimePrecision precision;
        LocalMinute from;
        std::optional<LocalMinute> to;
        const char* fromText;
        const char* toText;
        LocalMinute readTo;
    };
    const Case c = GENERATE(
        Case{TimePrecision::month, at(2025, 12, 1), {}, "2025-12", "", at(2026, 1, 1)},
        Case{TimePrecision::month, at(2025, 7, 1), at(2025, 8, 1), "2025-07", "", at(2025, 8, 1)},
        Case{TimePrecision::month, at(2025, 7, 1), at(2025, 10, 1), "2025-07", "2025-09", at(2025, 10, 1)},
        Case{TimePrecision::day, at(2024, 2, 29), {}, "2024-02-29", "", at(2024, 3, 1)},
        Case{TimePrecision::day, at(2025, 7, 14), at(2025, 7, 17), "2025-07-14", "2025-07-16", at(2025, 7, 17)},
        Case{TimePrecision::minute, at(2025, 7, 14, 21, 30), {}, "2025-07-14T21:30", "", at(2025, 7, 14, 21, 30)},
        Case{TimePrecision::minute, at(2025, 7, 14, 21, 30), at(2025, 7, 15, 0, 5), "2025-07-14T21:30",
             "2025-07-15T00:05", at(2025, 7, 15, 0, 5)},
        Case{TimePrecision::minute, at(1969, 12, 31, 23, 59), {}, "1969-12-31T23:59", "", at(1969, 12, 31, 23, 59)});
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    NewIncident incident;
    incident.precision = c.precision;
    incident.from = c.from;
    incident.to = c.to;
    importInto(file, "times", {incident});
    OtherProgram other{file};
    CHECK(other.value("SELECT occurred_from FROM incidents") == c.fromText);
    CHECK(other.value("SELECT occurred_to FROM incidents") == c.toText);
    const auto project = valueOf(Project::open(file, OpenMode::readOnly));
    for (const bool rows : {false, true}) {
        if (rows) other.run("DELETE FROM patchlight_column");
        const auto table = valueOf(project.incidents());
        CHECK((table.from.at(0) == c.from));
        CHECK((table.to.at(0) == c.readTo));
        CHECK((table.precision.at(0) == c.precision));
    }
}

TEST_CASE("positions that are no numbers are stored as none", "[store][edge]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    std::vector<NewIncident> rows(3);
    rows[0].position = ProjectedPoint{std::numeric_limits<double>::quiet_NaN(), 1.0};
    rows[1].position = ProjectedPoint{1.0, std::numeric_limits<double>::infinity()};
    rows[2].position = ProjectedPoint{-1e7, 1e7};
    importInto(file, "odd", rows);
    const auto project = valueOf(Project::open(file));
    CHECK(valueOf(project.incidents()).mapped == std::vector<std::uint8_t>{0, 0, 1});
    CHECK(valueOf(project.datasets()).at(0).mapped == 1);
    CHECK(OtherProgram{file}.value("SELECT count(*) FROM rtree_incidents_geom") == "1");
}

TEST_CASE("removing a dataset leaves the others and their order", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    const auto kept = randomIncidents(1, 300);
    const auto old = randomIncidents(2, 200);
    const auto fresh = randomIncidents(3, 250);
    importInto(file, "kept", kept.rows);
    importInto(file, "old", old.rows);
    {
        auto import = valueOf(ImportTransaction::begin(file));
        const auto datasets = valueOf(import.datasets());
        REQUIRE(datasets.size() == 2);
        CHECK(datasets[1].name == "old");
        CHECK(valueOf(import.removeDataset(datasets[1].id)) == 200);
        valueOf(import.beginDataset(datasetNamed("fresh")));
        valueOf(import.add(fresh.rows));
        valueOf(import.endDataset(datasetNamed("fresh"), {}));
        valueOf(import.commit());
    }
    const auto project = valueOf(Project::open(file));
    const auto table = valueOf(project.incidents());
    REQUIRE(table.size() == 550);
    CHECK(table.dataset.values == std::vector<std::string>{"", "kept", "fresh"});
    CHECK(std::is_sorted(table.id.begin(), table.id.end()));
    CHECK(table.id.at(299) == 300);
    CHECK(table.id.at(300) == 301); // ids go on behind the last row there is
    CHECK(table.place.at(10) == kept.rows[10].place);
    CHECK(table.place.at(310) == fresh.rows[10].place);
    OtherProgram other{file};
    CHECK(other.value("SELECT rtreecheck('rtree_incidents_geom')") == "ok");
    CHECK(other.value("SELECT count(*) FROM rtree_incidents_geom") == other.value("SELECT count(geom) FROM incidents"));
    CHECK(other.value("SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = 'incidents'") == "550");
}

TEST_CASE("an import that ends without commit leaves the file byte for byte", "[store][property]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    importInto(file, "before", randomIncidents(1, 500).rows);
    const auto before = readFile(file);
    const auto more = randomIncidents(2, 70000);
    {
        auto import = valueOf(ImportTransaction::begin(file));
        valueOf(import.removeDataset(1));
        valueOf(import.beginDataset(datasetNamed("more")));
        valueOf(import.add(more.rows));
        SECTION("given up in the middle of a dataset") {}
        SECTION("given up before the commit") {
            valueOf(import.endDataset(datasetNamed("more"), {}));
        }
        SECTION("cancelled while it was committed") {
            valueOf(import.endDataset(datasetNamed("more"), {}));
            std::stop_source stop;
            const TaskContext task{stop.get_token(), [&](Progress) { stop.request_stop(); }};
            const auto done = import.commit(task);
            REQUIRE_FALSE(done);
            CHECK(done.error().code == ErrorCode::cancelled);
        }
    }
    CHECK(readFile(file) == before);
    CHECK(filesIn(folder.path()) == 1);
}

TEST_CASE("an import that fails leaves no new file", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "new.gpkg";
    {
        auto import = valueOf(ImportTransaction::begin(file));
        valueOf(import.setCrs(britishGrid));
        valueOf(import.beginDataset(datasetNamed("july")));
        valueOf(import.add(randomIncidents(1, 10).rows));
        CHECK(std::filesystem::exists(file));
        auto moved = std::move(import); // the moved-from one must not remove or roll back a second time
        CHECK(valueOf(moved.datasets()).size() == 1);
    }
    CHECK(filesIn(folder.path()) == 0);
}

TEST_CASE("the coordinate system is fixed by the first import", "[store]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "project.gpkg";
    {
        auto import = valueOf(ImportTransaction::begin(file));
        CHECK_FALSE(import.crs());
        const auto early = import.beginDataset(datasetNamed("early"));
        REQUIRE_FALSE(early);
        CHECK(early.error().code == ErrorCode::unusableCrs);
    }
    importInto(file, "july", randomIncidents(1, 10).rows);
    {
        auto import = valueOf(ImportTransaction::begin(file));
        REQUIRE(import.crs());
        CHECK(import.crs()->epsg == 27700);
        auto same = britishGrid;
        same.operation = "another operation (2 m)";
        same.warning = "The grid is missing.";
        valueOf(import.setCrs(same));
        valueOf(import.commit());
    }
    {
        auto import = valueOf(ImportTransaction::begin(file));
        const auto other = import.setCrs({32630, "WGS 84 / UTM zone 30N", "", "", ""});
        REQUIRE_FALSE(other);
        CHECK(other.error().message == utf8Text(file) +
                                           " computes in EPSG:27700 (OSGB36 / British National Grid), which its first "
                                           "import fixed; EPSG:32630 needs a project of its own.");
    }
    const auto crs = valueOf(Project::open(file)).crs();
    REQUIRE(crs);
    CHECK(crs->name == britishGrid.name);
    CHECK(crs->wkt == britishGrid.wkt);
    CHECK(crs->operation == "another operation (2 m)");
    CHECK(crs->warning == "The grid is missing.");
}
