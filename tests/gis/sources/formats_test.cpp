// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "tests/gis/sources/written_rows.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <cmath>
#include <ogr_core.h>

using namespace patchlight;
using namespace patchlight::gis;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

struct Written {
    const char* driver;
    const char* file;
};

using Texts = std::vector<std::string>;

Expected<ImportReport> importFile(const fs::path& project, const fs::path& file) {
    auto extracts = openExtracts({file});
    if (!extracts) return fail(extracts.error());
    return importExtracts(project, std::move(extracts->sources), projectorFactory(), {});
}

/// The rows as they stand in a file that GDAL wrote: dates in a FlatGeobuf have times, and the GDAL of Debian 12 leaves
/// out its rows without a position.
TextTable rowsFor(const std::string& driver, const fs::path& file) {
    TextTable table = writtenRows().table;
    if (driver != "FlatGeobuf") return table;
    if (featuresIn(file) < table.rows.size())
        std::erase_if(table.rows, [](const Texts& row) { return row.back().empty(); });
    for (Texts& row : table.rows)
        if (!row[3].empty()) row[3] += "T00:00:00";
    return table;
}

/// dBASE cuts names to ten characters; a geodatabase has no blanks in them and no words of SQL.
std::string nameIn(const TextTable& table, const std::string& name) {
    std::string underscored = name;
    std::replace(underscored.begin(), underscored.end(), ' ', '_');
    for (const std::string& have : table.header)
        if (have == name || have == underscored || have == name + "_") return have;
    return name.substr(0, 10);
}

/// The same numbers to within a millionth of a metre: a geodatabase keeps coordinates on a grid.
void checkNear(const Texts& a, const Texts& b) {
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        CHECK(a[i].empty() == b[i].empty());
        CHECK(parseDecimal(a[i]).value_or(0.0) == Approx(parseDecimal(b[i]).value_or(0.0)).epsilon(0).margin(1e-9));
    }
}

} // namespace

TEST_CASE("each format gives the records that a CSV of the same rows gives", "[sources][oracle]") {
    const auto [driver, name] =
        GENERATE(Written{"XLSX", "rows.xlsx"}, Written{"ODS", "rows.ods"}, Written{"GPKG", "rows.gpkg"},
                 Written{"ESRI Shapefile", "incidents.shp"}, Written{"GeoJSON", "rows.geojson"},
                 Written{"FlatGeobuf", "rows.fgb"}, Written{"LIBKML", "rows.kml"}, Written{"OpenFileGDB", "rows.gdb"});
    CAPTURE(driver);
    if (skipsWithout(driver)) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / name;
    writeWithGdal(file, driver);
    const auto csv = recordsOf(folder.write("rows.csv", csvOf(rowsFor(driver, file))));
    REQUIRE(csv);
    const auto records = recordsOf(file);
    INFO((records ? "" : records.error().message));
    REQUIRE(records);
    REQUIRE(records->rows.size() == csv->rows.size());
    for (const std::string& column : csv->header) {
        CAPTURE(column);
        CHECK(records->column(nameIn(*records, column)) == csv->column(column));
    }
    if (records->header.back() == "geometry_y") {
        checkNear(records->column("geometry_x"), csv->column("Longitude"));
        checkNear(records->column("geometry_y"), csv->column("Latitude"));
    }
}

TEST_CASE("each format imports to the incidents of the CSV of the same rows", "[sources][import][oracle]") {
    const auto [driver, name] =
        GENERATE(Written{"XLSX", "rows.xlsx"}, Written{"ODS", "rows.ods"}, Written{"GPKG", "rows.gpkg"},
                 Written{"ESRI Shapefile", "incidents.shp"}, Written{"GeoJSON", "rows.geojson"},
                 Written{"FlatGeobuf", "rows.fgb"}, Written{"LIBKML", "rows.kml"}, Written{"OpenFileGDB", "rows.gdb"});
    CAPTURE(driver);
    if (skipsWithout(driver)) return;
    const TemporaryFolder folder;
    const fs::path file = folder.path() / name;
    writeWithGdal(file, driver);
    const TextTable rows = rowsFor(driver, file);
    const auto fromCsv = importFile(folder.path() / "csv_project.gpkg", folder.write("rows.csv", csvOf(rows)));
    INFO((fromCsv ? "" : fromCsv.error().message));
    REQUIRE(fromCsv);
    const auto report = importFile(folder.path() / "project.gpkg", file);
    INFO((report ? "" : report.error().message));
    REQUIRE(report);
    CHECK(report->read == rows.rows.size());
    CHECK(report->mapped == 7);
    const auto a = Project::open(folder.path() / "csv_project.gpkg")->incidents(),
               b = Project::open(folder.path() / "project.gpkg")->incidents();
    REQUIRE(a);
    REQUIRE(b);
    REQUIRE(a->size() == b->size());
    for (std::size_t i = 0; i < a->size(); ++i) {
        CAPTURE(i);
        CHECK(a->mapped[i] == b->mapped[i]);
        CHECK((!a->mapped[i] || std::hypot(a->position[i].east - b->position[i].east,
                                           a->position[i].north - b->position[i].north) < 0.001));
        CHECK(a->precision[i] == b->precision[i]);
        CHECK((a->precision[i] == TimePrecision::none || a->from[i] == b->from[i]));
        CHECK((a->precision[i] == TimePrecision::none || a->to[i] == b->to[i]));
        CHECK(a->category.at(i) == b->category.at(i));
    }
    // the same rows once more are known, though the file has other bytes
    fs::remove_all(file);
    writeWithGdal(file, driver);
    const auto again = importFile(folder.path() / "project.gpkg", file);
    INFO((again ? "" : again.error().message));
    REQUIRE(again);
    CHECK(again->stored == 0);
}

TEST_CASE("a point layer in the National Grid is placed by its geometry", "[sources][import]") {
    const TemporaryFolder folder;
    writeWithGdal(folder.path() / "rows.gpkg", "GPKG", 27700);
    const auto records = recordsOf(folder.path() / "rows.gpkg");
    REQUIRE(records);
    CHECK(parseDecimal(records->column("geometry_x")[0]).value() == Approx(409107).margin(20));
    const auto report = importFile(folder.path() / "p.gpkg", folder.path() / "rows.gpkg");
    INFO((report ? "" : report.error().message));
    REQUIRE(report);
    CHECK(report->mapped == 7);
    CHECK(report->datasets[0].mapping["crs"] == 27700);
    CHECK(report->datasets[0].mapping["columns"]["geometry_x"] == "easting");
    CHECK_FALSE(report->datasets[0].mapping["columns"].contains("Longitude"));
}

TEST_CASE("a zipped Shapefile is read like the loose one", "[sources]") {
    const TemporaryFolder folder;
    writeWithGdal(folder.path() / "incidents.shp", "ESRI Shapefile", 27700);
    const char* ending = GENERATE(".zip", ".shz");
    const fs::path archive = folder.path() / ("packed" + std::string(ending));
    zipFiles(archive,
             {folder.path() / "incidents.shp", folder.path() / "incidents.dbf", folder.path() / "incidents.shx",
              folder.path() / "incidents.prj", folder.path() / "incidents.cpg"});
    const auto zipped = recordsOf(archive), loose = recordsOf(folder.path() / "incidents.shp");
    INFO((zipped ? "" : zipped.error().message));
    REQUIRE(zipped);
    REQUIRE(loose);
    CHECK(zipped->header == loose->header);
    CHECK(zipped->rows == loose->rows);
    CHECK(openExtracts({archive})->sources[0].name == utf8Text(archive.filename()) + "/incidents.shp");
}

TEST_CASE("a Shapefile without .prj is placed by what its coordinates are", "[sources][import]") {
    const TemporaryFolder folder;
    const int epsg = GENERATE(4326, 27700);
    writeWithGdal(folder.path() / "incidents.shp", "ESRI Shapefile", epsg);
    fs::remove(folder.path() / "incidents.prj");
    const auto report = importFile(folder.path() / "p.gpkg", folder.path() / "incidents.shp");
    REQUIRE(report);
    CHECK(report->mapped == 7);
    CHECK(report->datasets[0].mapping["crs"] == epsg);
}

TEST_CASE("of several layers each of points is an extract, and one can be chosen", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "several.gpkg";
    writeLayers(file, {{"day", wkbPoint}, {"areas", wkbPolygon}, {"night", wkbMultiPoint}, {"list", wkbNone}});
    const auto extracts = openExtracts({file});
    INFO((extracts ? "" : extracts.error().message));
    REQUIRE(extracts);
    REQUIRE(extracts->sources.size() == 2);
    CHECK(extracts->sources[0].name == "several.gpkg/day");
    CHECK(extracts->sources[1].name == "several.gpkg/night");
    CHECK(extracts->skipped == Texts{"several.gpkg/areas", "several.gpkg/list"});
    const auto night = recordsOf(extracts->sources[1]);
    REQUIRE(night);
    CHECK(night->rows == std::vector<Texts>{{"night 1", "-1.8", "50.7"}}); // a multipoint of one point
    CHECK(recordsOf(file, "LIST")->rows == std::vector<Texts>{{"list 1"}});
    CHECK(openError(file, "areas") ==
          utf8Text(file) + "/areas holds lines or areas, and an incident is one point; choose a layer of points.");
    CHECK(openError(file, "noon") ==
          utf8Text(file) + " has no layer or sheet \"noon\"; it has day, areas, night and list.");
    const auto csv = folder.write("rows.csv", "a,b\n");
    CHECK(openError(csv, "noon") == utf8Text(csv) + " has no layers to choose \"noon\" from; leave the choice out.");
}

TEST_CASE("shapes that are no single point are refused with their row, never by their middle", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto withShape = [&](const std::string& geometry) {
        const auto file = folder.write("mixed.geojson", R"({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"ref": "1"}, "geometry": {"type": "Point", "coordinates": [-1.8, 50.7]}},
            {"type": "Feature", "properties": {"ref": "2"}, "geometry": )" +
                                                            geometry + "}]}");
        const auto project = folder.path() / "p.gpkg";
        const auto report = importFile(project, file);
        CHECK_FALSE(fs::exists(project));
        return report ? std::string{} : report.error().message;
    };
    const std::string rest = " in record 2, and an incident is one point: its middle would be a made-up place; choose "
                             "a layer of points, or add it as boundaries.";
    CHECK(withShape(R"({"type": "LineString", "coordinates": [[-1.8, 50.7], [-1.9, 50.7]]})") ==
          "mixed.geojson has a line" + rest);
    CHECK(withShape(
              R"({"type": "Polygon", "coordinates": [[[-1.8, 50.7], [-1.9, 50.7], [-1.9, 50.8], [-1.8, 50.7]]]})") ==
          "mixed.geojson has an area" + rest);
    CHECK(withShape(R"({"type": "MultiPoint", "coordinates": [[-1.8, 50.7], [-1.9, 50.7]]})") ==
          "mixed.geojson has several points" + rest);
    const auto areas = folder.path() / "areas.gpkg";
    writeLayers(areas, {{"areas", wkbPolygon}});
    CHECK(openError(areas) == utf8Text(areas) +
                                  " has no layer of points: areas holds lines, areas or a view, and an incident is one "
                                  "point; choose another file, or add this one as boundaries.");
}

TEST_CASE("dates, numbers and lists of GeoJSON stay as they are written", "[sources]") {
    const TemporaryFolder folder;
    const auto records = recordsOf(folder.write("a.geojson", R"({"type": "Feature", "properties":
        {"when": "2025-07-14T21:30:00+01:00", "day": "14/07/2025", "n": 0.1, "big": 100012345678, "yes": true,
         "tags": ["a", "b"], "none": null, "zero": "007"},
        "geometry": {"type": "Point", "coordinates": [-1.8, 50.7, 12.0]}})"));
    INFO((records ? "" : records.error().message));
    REQUIRE(records);
    CHECK(records->rows == std::vector<Texts>{{"2025-07-14T21:30:00+01:00", "14/07/2025", "0.1", "100012345678", "true",
                                               R"([ "a", "b" ])", "", "007", "-1.8", "50.7"}});
}

TEST_CASE("a header under a title, text that looks like numbers and cells of formulas come as they are", "[sources]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "book.xlsx";
    writeWorkbook(file, {{"Report", R"(<row r="1"><c r="A1" t="inlineStr"><is><t>Reports of July</t></is></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>Ref</t></is></c><c r="B3" t="inlineStr"><is><t>Type</t></is></c>
            <c r="C3" t="inlineStr"><is><t>UPRN</t></is></c><c r="D3" t="inlineStr"><is><t>Yes</t></is></c></row>
        <row r="4"><c r="A4" t="inlineStr"><is><t>00123</t></is></c><c r="B4" t="str"><f>TEXT(7,"000")</f><v>007</v></c>
            <c r="C4"><v>100012345678</v></c><c r="D4" t="b"><v>1</v></c></row>
        <row r="6"><c r="A6"><v>1.1000000000000001</v></c><c r="B6" t="e"><v>#N/A</v></c><c r="C6"><v>1.5E+20</v></c></row>
        <row r="7"><c r="A7"/></row><row r="8"/>)"},
                         {"Other", R"(<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>
                             <row r="2"><c r="A2"><v>2</v></c></row>)"},
                         {"Empty", ""}});
    const auto extracts = openExtracts({file});
    INFO((extracts ? "" : extracts.error().message));
    REQUIRE(extracts);
    REQUIRE(extracts->sources.size() == 2);
    CHECK(extracts->sources[0].name == "book.xlsx/Report");
    CHECK(extracts->sources[0].title == "book Report"); // the sheets of two workbooks are two sources
    CHECK(recordsOf(extracts->sources[1])->rows == std::vector<Texts>{{"2"}});
    const auto records = recordsOf(extracts->sources[0]);
    REQUIRE(records);
    CHECK(records->header == Texts{"Ref", "Type", "UPRN", "Yes"});
    CHECK(records->rows == std::vector<Texts>{{"00123", "007", "100012345678", "1"}, {"1.1", "#N/A", "1.5e+20", ""}});
    CHECK(recordsOf(file, "other")->rows == std::vector<Texts>{{"2"}});
}

TEST_CASE("a workbook that counts from 1904 is refused, for its dates would be four years off",
          "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mac.xlsx";
    writeWorkbook(file, {{"A", R"(<row r="1"><c r="A1"><v>1</v></c></row>)"}}, "<workbookPr date1904=\"1\"/>");
    CHECK(openError(file) ==
          utf8Text(file) + " counts its days from 1904, so that its dates would come four years early; turn \"Use "
                           "1904 date system\" off in Excel's options and save it again.");
}

TEST_CASE("workbooks and layers in a folder or ZIP are found", "[sources]") {
    const TemporaryFolder folder;
    writeWithGdal(folder.path() / "b.xlsx", "XLSX");
    writeWithGdal(folder.path() / "c.gpkg", "GPKG");
    REQUIRE(fs::exists(folder.write("a.csv", "x,y\n1,2\n")));
    const auto all = openExtracts({folder.path()});
    REQUIRE(all);
    REQUIRE(all->sources.size() == 2);
    CHECK(all->sources[1].name == "b.xlsx");
    CHECK(all->skipped == Texts{"c.gpkg"});
    const TemporaryFolder other;
    zipFiles(other.path() / "z.zip", {folder.path() / "b.xlsx"});
    const auto zipped = recordsOf(other.path() / "z.zip");
    INFO((zipped ? "" : zipped.error().message));
    REQUIRE(zipped);
    CHECK(zipped->rows == recordsOf(folder.path() / "b.xlsx")->rows);
    zipFiles(other.path() / "y.zip", {folder.path() / "c.gpkg"});
    const auto layer = recordsOf(other.path() / "y.zip");
    INFO((layer ? "" : layer.error().message));
    REQUIRE(layer);
    CHECK(layer->rows == recordsOf(folder.path() / "c.gpkg")->rows);
}

TEST_CASE("our CSV reader and GDAL's agree on every shared CSV, field by field", "[sources][oracle][slow]") {
    const auto data = sharedData("data");
    if (!data) return;
    std::size_t compared = 0;
    for (const auto& entry : fs::recursive_directory_iterator(*data)) {
        const std::string ending = utf8Text(entry.path().extension());
        if (!entry.is_regular_file() || (ending != ".csv" && ending != ".tab")) continue;
        CAPTURE(utf8Text(entry.path()));
        auto ours = recordsOf(entry.path());
        INFO((ours ? "" : ours.error().message));
        REQUIRE(ours);
        TextTable theirs = gdalCsv(entry.path());
        if (theirs.rows.back().front().starts_with("Total records")) theirs.rows.pop_back(); // we take totals off
        ours->rows.insert(ours->rows.begin(), ours->header); // GDAL is told that there is no header
        REQUIRE(ours->rows.size() == theirs.rows.size());
        std::size_t different = 0;
        for (std::size_t i = 0; i < theirs.rows.size(); ++i) {
            const auto& row = theirs.rows[i]; // GDAL leaves Windows-1252 as it is
            if (std::any_of(row.begin(), row.end(),
                            [](const auto& text) { return firstInvalidUtf8(text).has_value(); }))
                continue;
            different += ours->rows[i] != row ? 1 : 0;
        }
        CHECK(different == 0);
        ++compared;
    }
    CHECK(compared >= 70);
}
