// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "gis/crs/crs.h"
#include "gis/detail/gdal.h"
#include "tests/gis/sources/written_rows.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"
#include "tests/support/zip_bomb.h"

#include <chrono>
#include <cpl_http.h>
#include <cpl_vsi.h>
#include <fstream>
#include <random>

using namespace patchlight;
using namespace patchlight::gis;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

/// The message of an import that is refused; it leaves no project behind.
std::string refusal(const fs::path& input) {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    auto extracts = openExtracts({input});
    if (!extracts) return extracts.error().message;
    const auto report = importExtracts(project, std::move(extracts->sources), projectorFactory(), {});
    if (report) return {};
    CHECK_FALSE(fs::exists(project));
    return report.error().message;
}

/// Runs SQL on a GeoPackage as whoever made it could have.
void alter(const fs::path& file, const std::vector<std::string>& statements) {
    detail::registerDrivers();
    const detail::DatasetHandle dataset{
        GDALOpenEx(utf8Text(file).c_str(), GDAL_OF_UPDATE | GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(dataset);
    for (const std::string& sql : statements) {
        const detail::GdalMessages messages;
        if (OGRLayerH result = GDALDatasetExecuteSQL(dataset.get(), sql.c_str(), nullptr, nullptr))
            GDALDatasetReleaseResultSet(dataset.get(), result);
        INFO(sql << ": " << messages.text());
        CHECK_FALSE(messages.failed());
    }
}

constexpr std::uint64_t gigabyte = 1'000'000'000;

} // namespace

TEST_CASE("a ZIP that inflates to 100 GB is refused before it is unpacked", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "bomb.zip";
    writeZipBomb(file, "2025-07-x-street.csv", 100 * gigabyte, 100 * gigabyte);
    CHECK(refusal(file) == utf8Text(file) +
                               " would unpack to 100 GB from 97 MB, which no honest extract does; if you trust it, "
                               "unpack it yourself and choose the files in it.");
}

TEST_CASE("a ZIP that inflates to more than it says is stopped there", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto zip = folder.path() / "liar.zip";
    writeZipBomb(zip, "rows.csv", 100 * gigabyte, 1'000'000);
    const auto start = std::chrono::steady_clock::now();
    CHECK_THAT(refusal(zip), Catch::Contains("liar.zip/rows.csv is damaged: "));
    const auto book = folder.path() / "liar.xlsx";
    writeZipBomb(book, "xl/workbook.xml", 100 * gigabyte, 1'000'000);
    CHECK_THAT(refusal(book), Catch::Contains("xl/workbook.xml in " + utf8Text(book) + " is damaged: "));
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("a workbook that inflates a thousandfold is refused", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "bomb.xlsx";
    writeZipBomb(file, "xl/workbook.xml", 2 * gigabyte, 2 * gigabyte);
    CHECK(refusal(file) == utf8Text(file) +
                               " would unpack to 2.0 GB from 1.9 MB, which no honest extract does; if you trust it, "
                               "unpack it yourself and choose the files in it.");
}

TEST_CASE("a file that is not what its ending says is named for what it is", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const std::string rest = "; give it the ending of what it is, or fetch or save it again.";
    const auto refused = [&](const std::string& name, const std::string& bytes) {
        const auto file = folder.write(name, bytes);
        std::string message = refusal(file);
        const std::string start = utf8Text(file) + " is not ";
        return message.starts_with(start) && message.ends_with(rest)
                   ? message.substr(start.size(), message.size() - start.size() - rest.size())
                   : message;
    };
    const std::string text = "a,b\n1,2\n", vrt = "<OGRVRTDataSource><OGRVRTLayer name=\"x\"/></OGRVRTDataSource>";
    CHECK(refused("a.xlsx", text) == "an Excel workbook (.xlsx) but plain text");
    CHECK(refused("a.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
          "an Excel workbook (.xlsx) but an old Excel or Word file");
    CHECK(refused("a.ods", "<html><body>Sign in</body></html>") ==
          "an OpenDocument spreadsheet (.ods) but a web page, perhaps of a sign-in");
    CHECK(refused("a.gpkg", text) == "a GeoPackage (.gpkg) but plain text");
    CHECK(refused("a.gpkg", vrt) == "a GeoPackage (.gpkg) but a virtual file (VRT) that points to other files");
    CHECK(refused("a.geojson", vrt) == "a GeoJSON file but a virtual file (VRT) that points to other files");
    CHECK(refused("a.shp", text) == "a Shapefile (.shp) but plain text");
    CHECK(refused("a.fgb", "") == "a FlatGeobuf file (.fgb) but empty");
    CHECK(refused("a.kml", "{}") == "a KML file but JSON");
    CHECK(refused("a.csv", "%PDF-1.7") == "a text file but a PDF");
    CHECK(refused("a.csv", std::string("SQLite format 3\0", 16)) == "a text file but an SQLite database");
    writeWithGdal(folder.path() / "b.xlsx", "XLSX");
    const std::string workbook = readFile(folder.path() / "b.xlsx");
    CHECK(refused("a.csv", workbook) == "a text file but a ZIP archive of something else");
    CHECK(refused("a.ods", workbook) == "an OpenDocument spreadsheet (.ods) but a ZIP archive of something else");
    CHECK_THAT(refused("a.gdb", text), Catch::Contains("lacks its catalogue"));
}

TEST_CASE("a file cut off anywhere is refused in one sentence or whole, never half-imported", "[sources][bad-input]") {
    const auto [driver, name] = GENERATE(std::pair{"XLSX", "rows.xlsx"}, std::pair{"ODS", "rows.ods"},
                                         std::pair{"GPKG", "rows.gpkg"}, std::pair{"FlatGeobuf", "rows.fgb"},
                                         std::pair{"GeoJSON", "rows.geojson"}, std::pair{"LIBKML", "rows.kml"});
    if (skipsWithout(driver)) return;
    const TemporaryFolder folder;
    writeWithGdal(folder.path() / name, driver);
    const std::string whole = readFile(folder.path() / name);
    for (int part = 0; part < 24; ++part) {
        CAPTURE(driver, part);
        const auto file = folder.write(std::string("cut") + std::string(name).substr(4),
                                       whole.substr(0, whole.size() * static_cast<std::size_t>(part) / 24));
        const std::string message = refusal(file);
        CHECK_FALSE(message.empty());
        CHECK(message.find('\n') == std::string::npos);
        CHECK(message.ends_with("."));
    }
}

TEST_CASE("damaged bytes are refused or read, never a crash", "[sources][fuzz]") {
    const auto [driver, name] =
        GENERATE(std::pair{"XLSX", "rows.xlsx"}, std::pair{"ODS", "rows.ods"}, std::pair{"GPKG", "rows.gpkg"},
                 std::pair{"FlatGeobuf", "rows.fgb"}, std::pair{"GeoJSON", "rows.geojson"},
                 std::pair{"LIBKML", "rows.kml"}, std::pair{"ESRI Shapefile", "rows.shp"});
    if (skipsWithout(driver)) return;
    const TemporaryFolder folder;
    writeWithGdal(folder.path() / name, driver);
    const std::string whole = readFile(folder.path() / name);
    std::mt19937 random{20261124};
    for (int round = 0; round < 30; ++round) {
        std::string damaged = whole;
        for (int i = 0; i < 1 + round; ++i) damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
        const std::string message = openError(folder.write(name, damaged));
        CAPTURE(driver, round, message);
        CHECK(message.find('\n') == std::string::npos);
    }
}

TEST_CASE("triggers and views of a GeoPackage are not run", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "tricky.gpkg";
    writeLayers(file, {{"points", 1}});
    alter(file, {"CREATE TABLE trap(x)", "INSERT INTO trap VALUES (0)",
                 "CREATE TRIGGER spring AFTER UPDATE ON gpkg_contents BEGIN UPDATE trap SET x = 1; END",
                 "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS "
                 "fid, 'x' AS name, NULL AS geom FROM n",
                 "INSERT INTO gpkg_contents(table_name, identifier, data_type, srs_id) VALUES ('endless', 'endless', "
                 "'features', 4326)",
                 "INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POINT', 4326, 0, 0)"});
    const std::string before = readFile(file);
    const auto extracts = openExtracts({file});
    INFO((extracts ? "" : extracts.error().message));
    REQUIRE(extracts);
    REQUIRE(extracts->sources.size() == 1);
    CHECK(extracts->sources[0].name == "tricky.gpkg/points");
    CHECK(extracts->skipped == std::vector<std::string>{"tricky.gpkg/endless", "tricky.gpkg/trap"});
    CHECK(recordsOf(extracts->sources[0])->rows.size() == 1);
    CHECK(openError(file, "endless") ==
          utf8Text(file) + "/endless is a view, a stored query, which is not run; save it as a table of its own.");
    CHECK(readFile(file) == before);
    CHECK(std::distance(fs::directory_iterator(folder.path()), {}) == 1); // no journal beside it
}

TEST_CASE("a GeoPackage that would open another file or load code is refused or harmless", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "tricky.gpkg";
    writeLayers(file, {{"points", 1}});
    const auto target = folder.write("secret.csv", "name\nsecret\n");
    alter(file, {"CREATE TABLE bait(a TEXT)"});
    alter(file, {"CREATE VIEW stolen AS SELECT load_extension('evil') AS name",
                 "CREATE VIEW fetched AS SELECT ogr_geocode('x') AS name",
                 "INSERT INTO gpkg_contents(table_name, identifier, data_type) VALUES ('stolen', 'stolen', "
                 "'attributes'), ('fetched', 'fetched', 'attributes')"});
    const std::string message = openError(file);
    CAPTURE(message);
    if (message.empty()) {
        const auto extracts = openExtracts({file});
        REQUIRE(extracts->sources.size() == 1);
        CHECK(extracts->sources[0].name == "tricky.gpkg/points");
    } else {
        CHECK(message.find(utf8Text(file)) != std::string::npos);
    }
}

TEST_CASE("nothing in a file makes GDAL fetch from a network", "[sources][bad-input]") {
    detail::registerDrivers();
    const std::string url = "http://127.0.0.1:9/points.geojson";
    const TemporaryFolder folder;
    CPLSetConfigOption("CPL_VSIL_NETWORK_STATS_ENABLED", "YES");
    VSINetworkStatsReset();
    const std::vector<fs::path> files{
        folder.write("url.geojson", "\"" + url + "\""),
        folder.write("link.geojson", R"({"type": "FeatureCollection", "next": ")" + url +
                                         R"(", "links": [{"rel": "next", "href": ")" + url +
                                         R"("}], "features": [{"type": "Feature", "properties": {"url": ")" + url +
                                         R"("}, "geometry": {"type": "Point", "coordinates": [-1.8, 50.7]}}]})"),
        folder.write("link.kml", "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><NetworkLink><Link><href>" +
                                     url + "</href></Link></NetworkLink><Placemark><styleUrl>" + url +
                                     "#s</styleUrl><Point><coordinates>-1.8,50.7</coordinates></Point></Placemark>"
                                     "</Document></kml>"),
        folder.write("link.vrt", "<OGRVRTDataSource><OGRVRTLayer name=\"points\"><SrcDataSource>" + url +
                                     "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"),
        fs::path(url),
        fs::path("/vsicurl/" + url),
        fs::path("PG:host=127.0.0.1 port=9")};
    for (const fs::path& file : files) {
        const std::string message = openError(file);
        INFO(utf8Text(file) << ": " << message);
        CHECK(message.find('\n') == std::string::npos);
    }
    char* text = VSINetworkStatsGetAsSerializedJSON(nullptr);
    const std::string requests = text == nullptr ? "" : text;
    CAPTURE(requests);
    CHECK(requests.find("\"count\"") == std::string::npos);
    VSIFree(text);
    CPLSetConfigOption("CPL_VSIL_NETWORK_STATS_ENABLED", nullptr);
    CPLHTTPResult* result = CPLHTTPFetch(url.c_str(), nullptr); // the door itself
    REQUIRE(result != nullptr);
    CHECK(std::string(result->pszErrBuf) == "nothing is fetched over a network");
    CPLHTTPDestroyResult(result);
    CHECK_FALSE(recordsOf(files[1])->rows.empty());
}

TEST_CASE("links are not followed out of a folder, and are named", "[sources][bad-input]") {
    const TemporaryFolder outside, folder;
    const auto secret = outside.write("secret.csv", "a\n");
    REQUIRE(fs::exists(folder.write("own.csv", "a\n")));
    std::error_code problem;
    fs::create_symlink(secret, folder.path() / "link.csv", problem);
    fs::create_directory_symlink(outside.path(), folder.path() / "linked", problem);
    if (problem) return; // a system without links
    const auto extracts = openExtracts({folder.path()});
    REQUIRE(extracts);
    REQUIRE(extracts->sources.size() == 1);
    CHECK(extracts->sources[0].name == "own.csv");
    CHECK(extracts->skipped == std::vector<std::string>{"link.csv"});
}

TEST_CASE("a folder of 10,000 files is listed in a moment", "[sources]") {
    const TemporaryFolder folder;
    for (int i = 0; i < 10'000; ++i)
        std::ofstream(folder.path() / (std::to_string(i) + ".csv")) << "a,b\n" << i << ",2\n";
    const auto start = std::chrono::steady_clock::now();
    const auto extracts = openExtracts({folder.path()});
    REQUIRE(extracts);
    CHECK(extracts->sources.size() == 10'000);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
}
