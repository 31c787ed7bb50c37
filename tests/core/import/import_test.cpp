// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/import/import.h"

#include "tests/core/import/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <map>
#include <thread>

using namespace patchlight;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

/// A plain stand-in for PROJ: metres round (2 W, 50 N).
const ProjectorFactory flatEarth = [](std::optional<ProjectCrs> existing, std::optional<ProjectedPoint>,
                                      int) -> Expected<PositionProjector> {
    ProjectCrs crs = existing.value_or(ProjectCrs{});
    crs.operation = "flat earth";
    return PositionProjector{crs, [](int epsg, std::span<ProjectedPoint> points) -> Expected<void> {
                                 if (epsg == 4326)
                                     for (auto& p : points)
                                         p = {400000 + (p.east + 2) * 71000, (p.north - 50) * 111000};
                                 return {};
                             }};
};

const std::string header =
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime "
    "type,Last outcome category,Context\n";
std::string row(const std::string& id, const std::string& month, const std::string& category = "Burglary") {
    return id + "," + month + ",Invented Police,Invented Police,-1.87,50.72,On or near X,E01,X 001A," + category +
           ",,\n";
}

Expected<ImportReport> importInto(const fs::path& project, std::vector<ExtractSource> sources,
                                  const ImportOptions& options = {}, const TaskContext& task = {}) {
    return importExtracts(project, std::move(sources), flatEarth, options, task);
}

std::map<std::string, std::size_t> countsOf(const ImportReport& report) {
    std::map<std::string, std::size_t> counts;
    for (const Finding& finding : report.findings) counts[finding.kind] += finding.count;
    return counts;
}

std::string dataFile(const std::string& name) {
    return readFile(fs::path(PATCHLIGHT_SOURCE_DIR) / "tests/data/import" / name);
}

} // namespace

TEST_CASE("what an import reports is what the project holds", "[import]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    const auto report =
        importInto(project, {sourceOf("z.zip/2025-07/2025-07-x-street.csv",
                                      header + row("a", "2025-07") + row("", "2025-07", "ASB") + row("a", "2025-07")),
                             sourceOf("2025-08-x-street.csv", header + row("b", "2025-08"))});
    REQUIRE(report);
    CHECK(report->read == 4);
    CHECK(report->stored == 4);
    CHECK(report->mapped == 4);
    CHECK(report->datasets.at(0).name == "2025-07-x-street");
    CHECK(countsOf(*report) == std::map<std::string, std::size_t>{{"repeated-reference", 1}, {"identical-row", 1}});
    const auto opened = Project::open(project, OpenMode::readOnly);
    REQUIRE(opened);
    const auto table = opened->incidents();
    REQUIRE(table);
    REQUIRE(table->size() == 4);
    CHECK(table->category.at(1) == "ASB");
    CHECK(table->sourceRow == std::vector<std::uint32_t>{1, 2, 3, 1});
    CHECK(table->dataset.at(3) == "2025-08-x-street");
    CHECK(table->position[0].east == Approx(409230));
    CHECK(table->level[0] == LocationLevel::snapped);
    CHECK(periodOf(*table) == Period{*parseIsoDay("2025-07-01"), *parseIsoDay("2025-08-31")});
    const auto datasets = opened->datasets();
    REQUIRE(datasets);
    CHECK(datasets->at(0).source == "Invented Police");
    CHECK(datasets->at(0).firstMonth == "2025-07");
    CHECK(datasets->at(0).anonymised);
    CHECK(opened->findings()->at(0).rows == std::vector<std::uint32_t>{3});
    CHECK(opened->crs()->operation == "flat earth");
}

TEST_CASE("a file that is known byte for byte is skipped and the project stays as it is", "[import]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    const std::string file = header + row("a", "2025-07");
    REQUIRE(importInto(project, {sourceOf("2025-07-x-street.csv", file)}));
    const std::string before = readFile(project);
    auto unknownSize = sourceOf("other-name.csv", file);
    unknownSize.bytes = 0;
    for (const ExtractSource& source : {sourceOf("other-name.csv", file), unknownSize}) {
        const auto again = importInto(project, {source});
        INFO((again ? std::string{} : again.error().message));
        REQUIRE(again);
        CHECK(again->read == 0);
        CHECK(again->stored == 0);
        CHECK(countsOf(*again) == std::map<std::string, std::size_t>{{"already-imported", 1}});
        CHECK(readFile(project) == before);
    }
    // twice in one import, with and without a source that can begin again
    auto once = sourceOf("2025-08-x-street.csv", header + row("b", "2025-08"));
    once.rewind = {};
    const auto both = importInto(project, {sourceOf("2025-09-x-street.csv", header + row("c", "2025-09")), once,
                                           sourceOf("copy.csv", header + row("b", "2025-08"))});
    REQUIRE(both);
    CHECK(both->stored == 2);
    CHECK(countsOf(*both).at("already-imported") == 1);
}

TEST_CASE("a fresh download of known months is refused, replaced or kept beside", "[import]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    REQUIRE(importInto(project, {sourceOf("2025-07-x-street.csv", header + row("a", "2025-07")),
                                 sourceOf("2025-08-x-street.csv", header + row("b", "2025-08"))}));
    const std::string before = readFile(project);
    const auto fresh = [] {
        return sourceOf("2025-07-x-street.csv", header + row("a", "2025-07") + row("c", "2025-07"));
    };

    const auto refused = importInto(project, {fresh()});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::refused);
    CHECK(refused.error().message ==
          "2025-07-x-street.csv repeats Invented Police, July 2025, which 2025-07-x-street.csv brought with other "
          "content; choose whether an update replaces those rows or both are kept.");
    CHECK(readFile(project) == before);

    const auto trial = importInto(project, {fresh()}, {.update = true, .dryRun = true});
    REQUIRE(trial);
    CHECK(trial->stored == 2);
    CHECK(readFile(project) == before);

    const auto update = importInto(project, {fresh()}, {.update = true});
    REQUIRE(update);
    CHECK_THAT(update->notes.front(),
               Catch::Contains("Invented Police, July 2025: 1 row of 2025-07-x-street.csv replaced by 2 rows"));
    auto table = Project::open(project)->incidents();
    REQUIRE(table);
    CHECK(table->size() == 3);
    CHECK(select(*table, {.datasets = {"2025-07-x-street"}})->rows.size() == 2);

    const auto both =
        importInto(project, {sourceOf("2025-08-x-street.csv", header + row("d", "2025-08"))}, {.keepBoth = true});
    REQUIRE(both);
    CHECK(both->datasets.front().name == "2025-08-x-street (2)");
    CHECK(Project::open(project)->incidents()->size() == 4);

    CHECK_FALSE(importInto(project, {fresh()}, {.update = true, .keepBoth = true}));
}

TEST_CASE("an update replaces the months that it brings, leaves the others and says what changed", "[import]") {
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    // June and July in one file; then July again: a is as it was, b is now another crime, c is gone, d is new.
    REQUIRE(importInto(
        project, {sourceOf("half-year.csv", header + row("j", "2025-06") + row("a", "2025-07") + row("b", "2025-07") +
                                                row("c", "2025-07") + row("", "2025-07"))}));
    const std::string changed = row("b", "2025-07", "Robbery");
    const auto update =
        importInto(project, {sourceOf("half-year.csv", header + row("a", "2025-07") + changed + row("d", "2025-07"))},
                   {.update = true});
    INFO((update ? "" : update.error().message));
    REQUIRE(update);
    CHECK(update->notes.front() ==
          "Invented Police, July 2025: 4 rows of half-year.csv replaced by 3 rows of half-year.csv; by reference 1 as "
          "before, 1 changed, 1 new and 1 gone; 0 rows without a reference (before: 1).");
    CHECK(update->datasets.front().name == "half-year (2)"); // June still has the name
    const auto datasets = Project::open(project)->datasets();
    REQUIRE(datasets->size() == 2);
    CHECK(datasets->front().months == std::vector<MonthCount>{{"2025-06", 1, 1}});
    CHECK(datasets->front().stored == 1);
    CHECK(datasets->front().lastMonth == "2025-06");
    CHECK(datasets->back().months == std::vector<MonthCount>{{"2025-07", 3, 3}});
    const auto table = Project::open(project)->incidents();
    REQUIRE(table->size() == 4);
    CHECK(select(*table, {.datasets = {"half-year (2)"}})->rows.size() == 3);

    // Fresh files of all months leave nothing of the old ones.
    const auto whole = importInto(
        project, {sourceOf("half-year.csv", header + row("x", "2025-06") + row("y", "2025-07"))}, {.update = true});
    REQUIRE(whole);
    CHECK(whole->datasets.front().name == "half-year");
    CHECK(Project::open(project)->datasets()->size() == 1);
    CHECK(Project::open(project)->incidents()->size() == 2);
}

TEST_CASE("every kind of bad file is refused by name, and nothing of the import is left", "[import][bad-input]") {
    const auto [file, part] = GENERATE(table<const char*, const char*>(
        {{"empty.csv", "empty.csv is empty"},
         {"no_header.csv", "the first line looks like data"},
         {"other_columns.csv", "other_columns.csv: There is no pair of columns for the position: looked for longitude"},
         {"not_utf8.csv", "not_utf8.csv is not UTF-8: row 2, column \"Location\", holds the byte 0xE9"},
         {"nul_bytes.csv", "nul_bytes.csv: row 2, column \"Location\", holds a NUL byte"},
         {"open_quote.csv", "open_quote.csv: the quote that opens in row 2, column \"Location\", is never closed"},
         {"too_many_fields.csv", "too_many_fields.csv: row 2 has 13 fields where the header has 12"},
         {"too_few_fields.csv",
          "too_few_fields.csv: row 3 has 3 fields where the header has 12 and no line break at its end"},
         {"not_a_table.csv", "NUL byte"},
         {"download.zip", "is a ZIP or an Excel workbook, not CSV"}}));
    INFO(file);
    const TemporaryFolder folder;
    const fs::path project = folder.path() / "p.gpkg";
    const bool there = GENERATE(false, true);
    if (there) REQUIRE(importInto(project, {sourceOf("old.csv", header + row("a", "2024-01"))}));
    const std::string before = there ? readFile(project) : "";
    const auto report =
        importInto(project, {sourceOf("good.csv", header + row("b", "2025-07")), sourceOf(file, dataFile(file))});
    REQUIRE_FALSE(report);
    CHECK_THAT(report.error().message, Catch::Contains(part));
    CHECK(report.error().code == ErrorCode::fileFormat);
    CHECK(report.error().subject == file);
    CHECK(fs::exists(project) == there);
    if (there) CHECK(readFile(project) == before);
}

TEST_CASE("bad values are findings and their rows are stored", "[import][bad-input]") {
    const TemporaryFolder folder;
    const auto report = importInto(folder.path() / "p.gpkg",
                                   {sourceOf("latitude_out_of_range.csv", dataFile("latitude_out_of_range.csv")),
                                    sourceOf("bad_values.csv", dataFile("bad_values.csv")),
                                    sourceOf("header_only.csv", dataFile("header_only.csv")),
                                    sourceOf("semicolon_quotes.csv", dataFile("semicolon_quotes.csv"))},
                                   {.keepBoth = true});
    REQUIRE(report);
    CHECK(report->read == 11);
    CHECK(report->stored == 11);
    CHECK(report->mapped == 7);
    INFO(nlohmann::json(countsOf(*report)).dump());
    CHECK(countsOf(*report) == std::map<std::string, std::size_t>{{"position-out-of-range", 2},
                                                                  {"unreadable-position", 1},
                                                                  {"no-position", 1},
                                                                  {"unreadable-date", 1},
                                                                  {"no-date", 1},
                                                                  {"missing-category", 1},
                                                                  {"repeated-reference", 1},
                                                                  {"no-rows", 1}});
    const auto project = Project::open(folder.path() / "p.gpkg");
    REQUIRE(project);
    const auto table = project->incidents();
    REQUIRE(table);
    CHECK(table->precision.back() == TimePrecision::day);
    CHECK(isoMinute(table->from[table->size() - 2]) == "2025-07-13T21:30");
    const auto details = project->incidentDetails(table->id[table->size() - 2]);
    REQUIRE(details);
    CHECK(std::find(details->begin(), details->end(),
                    std::pair<std::string, std::string>{"Note", "said \"no\"\r\nand left"}) != details->end());
}

TEST_CASE("what a file is besides its rows is said: encoding, titles, a total that is not stored", "[import]") {
    const TemporaryFolder folder;
    const auto report =
        importInto(folder.path() / "p.gpkg",
                   {sourceOf("utf16.csv", dataFile("utf16.csv")),
                    sourceOf("cafes.csv",
                             "ASB in caf\xE9s\n\nRef,Type,Date,Lon,Lat\nA1,Noise,14/07/2025,-1.8,50.7\nTotal,1,,,\n")});
    REQUIRE(report);
    const DatasetInfo& cafes = report->datasets.at(1);
    CHECK(cafes.read == 2);
    CHECK(cafes.stored == 1);
    CHECK(cafes.mapped == 1);
    std::map<std::string, std::string> messages;
    for (const Finding& finding : report->findings) messages[finding.dataset + " " + finding.kind] = finding.message;
    CHECK(messages.at("utf16 encoding") == "The file is in UTF-16 (little-endian) and was converted to UTF-8.");
    CHECK(messages.at("cafes encoding") == "The file is in Windows-1252 and was converted to UTF-8.");
    CHECK(messages.at("cafes title-lines") == "1 line above the header was passed over: \"ASB in caf\u00E9s\".");
    CHECK(messages.count("cafes total-row") == 1);
    const auto project = Project::open(folder.path() / "p.gpkg");
    REQUIRE(project);
    CHECK(project->incidents()->size() == report->stored);
    // Known again, although its bytes were converted.
    const auto again = importInto(folder.path() / "p.gpkg", {sourceOf("other.csv", dataFile("utf16.csv"))});
    REQUIRE(again);
    CHECK(countsOf(*again).at("already-imported") == 1);
}

TEST_CASE("dates that are month first refuse the import unless it is told", "[import][bad-input]") {
    const TemporaryFolder folder;
    const std::string csv = "date,lon,lat\n12/31/2024,-1.8,50.7\n1/2/2025,-1.8,50.7\n";
    const auto refused = importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", csv)});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::fileFormat);
    CHECK_THAT(refused.error().message,
               Catch::Contains("a.csv: column \"date\" holds 1 date that is one only with the month "
                               "first (row 1: \"12/31/2024\"); say which it is"));
    CHECK_FALSE(fs::exists(folder.path() / "p.gpkg"));
    const auto told = importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", csv)}, {.dates = DateOrder::monthFirst});
    REQUIRE(told);
    CHECK(told->datasets.at(0).firstMonth == "2024-12");
    CHECK(told->datasets.at(0).lastMonth == "2025-01");
    CHECK(told->datasets.at(0).mapping["dates"] == "month-first");
}

TEST_CASE("a mapping can name the columns of a file that begins with data", "[import]") {
    const TemporaryFolder folder;
    const auto json = nlohmann::json::parse(R"({"header": ["x", "y", "date"],
        "columns": {"x": "easting", "y": "northing", "date": "from"}, "crs": 26971})");
    const auto report =
        importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", "359192.3,570510.8,2016-01-01\n")}, {.mapping = json});
    REQUIRE(report);
    CHECK(report->mapped == 1);
    CHECK(report->datasets.at(0).firstMonth == "2016-01");
    const auto wide =
        importInto(folder.path() / "p.gpkg", {sourceOf("b.csv", "1,2,2016-01-01,4\n")}, {.mapping = json});
    REQUIRE_FALSE(wide);
    CHECK_THAT(wide.error().message, Catch::Contains("b.csv: row 1 has 4 fields where the header has 3"));
}

TEST_CASE("rows without any position are kept and counted", "[import]") {
    const TemporaryFolder folder;
    const auto report =
        importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", "lon,lat,date\n,,2025-07-01\n,,2025-07-02\n")});
    REQUIRE(report);
    CHECK(report->stored == 2);
    CHECK(report->mapped == 0);
    CHECK_THAT(report->notes.front(), Catch::Contains("No row has a position"));
    CHECK(Project::open(folder.path() / "p.gpkg")->incidents()->size() == 2);
    CHECK_FALSE(importInto(folder.path() / "q.gpkg", {}));
}

TEST_CASE("a position far from the rest of its file is a finding and stays mapped", "[import]") {
    std::string csv = "lon,lat\n";
    for (int i = 0; i < 400; ++i)
        csv += "-1." + std::to_string(1000 + i % 97) + ",50." + std::to_string(1000 + i % 89) + "\n";
    csv += "-6.5,58\n";
    const TemporaryFolder folder;
    const auto report = importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", csv)});
    REQUIRE(report);
    CHECK(report->mapped == 401);
    REQUIRE(countsOf(*report).at("far-from-others") == 1);
    const auto finding = std::find_if(report->findings.begin(), report->findings.end(),
                                      [](const Finding& f) { return f.kind == "far-from-others"; });
    CHECK(finding->rows == std::vector<std::uint32_t>{401});
}

TEST_CASE("an import of many blocks keeps order and every row, and reports progress that never falls",
          "[import][property]") {
    std::string csv = "ref,category,lon,lat,note\n";
    const int rows = 40000;
    for (int i = 0; i < rows; ++i)
        csv += "r" + std::to_string(i) + ",c" + std::to_string(i % 7) + ",-1." + std::to_string(1000 + i % 97) +
               ",50.5,\"some, \"\"text\"\" " + std::to_string(i) + "\"\n";
    REQUIRE(csv.size() > (std::size_t{1} << 20));
    const TemporaryFolder folder;
    double last = 0.0;
    const auto caller = std::this_thread::get_id();
    TaskContext task;
    task.onProgress = [&](Progress progress) {
        CHECK(std::this_thread::get_id() == caller);
        if (progress.phase != "Importing") return;
        CHECK(progress.fraction >= last);
        last = progress.fraction;
    };
    const auto report = importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", csv, 70000)}, {}, task);
    REQUIRE(report);
    CHECK(last == Approx(1.0));
    const auto table = Project::open(folder.path() / "p.gpkg")->incidents();
    REQUIRE(table);
    REQUIRE(table->size() == rows);
    for (std::uint32_t i = 0; i < rows; ++i) {
        REQUIRE(table->sourceRow[i] == i + 1);
        REQUIRE(table->category.at(i) == "c" + std::to_string(i % 7));
    }
}

TEST_CASE("a cancelled import leaves no project behind", "[import]") {
    std::string csv = "lon,lat\n";
    for (int i = 0; i < 300000; ++i) csv += "-1.5,50.5\n";
    const TemporaryFolder folder;
    std::stop_source stop;
    TaskContext task{.stop = stop.get_token(), .onProgress = [&](Progress) { stop.request_stop(); }};
    const auto report = importInto(folder.path() / "p.gpkg", {sourceOf("a.csv", csv)}, {}, task);
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::cancelled);
    CHECK_FALSE(fs::exists(folder.path() / "p.gpkg"));
}

TEST_CASE("an error of the projector stops the import", "[import][bad-input]") {
    const TemporaryFolder folder;
    const ProjectorFactory none = [](std::optional<ProjectCrs>, std::optional<ProjectedPoint>,
                                     int) -> Expected<PositionProjector> {
        return fail(ErrorCode::unusableCrs, "No way there.");
    };
    const auto report =
        importExtracts(folder.path() / "p.gpkg", {sourceOf("a.csv", header + row("a", "2025-07"))}, none, {});
    REQUIRE_FALSE(report);
    CHECK(report.error().message == "No way there.");
    CHECK_FALSE(fs::exists(folder.path() / "p.gpkg"));
}
