// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <map>

using namespace patchlight;
using namespace patchlight::gis;
using namespace patchlight::test;
namespace fs = std::filesystem;

namespace {

fs::path dataFile(const std::string& name) {
    return fs::path(PATCHLIGHT_SOURCE_DIR) / "tests/data/import" / name;
}

std::vector<std::string> namesOf(const Extracts& extracts) {
    std::vector<std::string> names;
    for (const ExtractSource& source : extracts.sources) names.push_back(source.name);
    return names;
}

Expected<std::string> contentOf(ExtractSource& source) {
    std::string text;
    std::vector<char> buffer(777);
    while (true) {
        const auto got = source.read(buffer);
        if (!got) return fail(got.error());
        if (*got == 0) return text;
        text.append(buffer.data(), *got);
    }
}

Expected<ImportReport> importPaths(const fs::path& project, const std::vector<fs::path>& paths) {
    auto extracts = openExtracts(paths);
    if (!extracts) return fail(extracts.error());
    return importExtracts(project, std::move(extracts->sources), projectorFactory(), {});
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("a folder is searched deeply, in name order, and other tables of the police are named", "[sources]") {
    const TemporaryFolder folder;
    for (const auto& [name, content] : std::map<std::string, std::string>{{"b/2.csv", "two"},
                                                                          {"a/2025-07-x-street.csv", "one"},
                                                                          {"a/2025-07-x-outcomes.csv", ""},
                                                                          {"a/2025-07-x-stop-and-search.csv", ""},
                                                                          {"readme.txt", ""},
                                                                          {"Große Straße.TAB", "three"},
                                                                          {".hidden.csv", ""}})
        REQUIRE(fs::exists(folder.write(name, content)));
    auto extracts = openExtracts({folder.path()});
    REQUIRE(extracts);
    CHECK(namesOf(*extracts) == Names{"Große Straße.TAB", "a/2025-07-x-street.csv", "b/2.csv"});
    CHECK(extracts->skipped == Names{"a/2025-07-x-outcomes.csv", "a/2025-07-x-stop-and-search.csv"});
    CHECK(extracts->sources[0].bytes == 5);
    CHECK(contentOf(extracts->sources[0]) == "three");
    CHECK(contentOf(extracts->sources[0])->empty()); // at the end it stays there
    REQUIRE(extracts->sources[0].rewind());
    CHECK(contentOf(extracts->sources[0]) == "three");
}

TEST_CASE("a ZIP is read as it was downloaded", "[sources]") {
    auto extracts = openExtracts({dataFile("download.zip")});
    REQUIRE(extracts);
    CHECK(namesOf(*extracts) == Names{"download.zip/2025-06/2025-06-invented-street.csv",
                                      "download.zip/2025-07/2025-07-invented-street.csv"});
    CHECK(extracts->skipped.size() == 2);
    const auto text = contentOf(extracts->sources[1]);
    REQUIRE(text);
    CHECK(text->size() == extracts->sources[1].bytes);
    CHECK(std::count(text->begin(), text->end(), '\n') == 401);
}

TEST_CASE("what cannot be opened is refused by name", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto messageOf = [](const fs::path& path) {
        const auto extracts = openExtracts({path});
        return extracts ? std::string{} : extracts.error().message;
    };
    CHECK_THAT(messageOf(folder.path() / "missing.csv"), Catch::Contains("missing.csv does not exist"));
    CHECK_THAT(messageOf(folder.path()), Catch::Contains("holds no extracts"));
    CHECK_THAT(messageOf(dataFile("no_extracts.zip")), Catch::Contains("no_extracts.zip holds no extracts"));
    CHECK_THAT(messageOf(dataFile("truncated.zip")), Catch::Contains("truncated.zip is not a ZIP that can be read"));
    CHECK_THAT(messageOf(folder.write("empty.zip", "")), Catch::Contains("empty.zip is not a ZIP that can be read"));
}

TEST_CASE("a ZIP with a damaged member is refused and leaves no project", "[sources][bad-input]") {
    const TemporaryFolder folder;
    const auto report = importPaths(folder.path() / "p.gpkg", {dataFile("damaged_member.zip")});
    REQUIRE_FALSE(report);
    CHECK(report.error().code == ErrorCode::fileFormat);
    CHECK_THAT(report.error().message, Catch::Contains("2025-07-invented-street.csv is damaged"));
    CHECK_FALSE(fs::exists(folder.path() / "p.gpkg"));
}

TEST_CASE("all Dorset months come in with the counts of their description", "[import][sources][slow]") {
    const auto dorset = sharedData("data/police_uk/dorset");
    if (!dorset) return;
    struct Month {
        std::size_t rows, unmapped;
    };
    // rows and rows without coordinates, from the data's description
    const std::map<std::string, Month> expected{
        {"2018-10", {6440, 271}}, {"2018-11", {5898, 230}}, {"2018-12", {5807, 225}}, {"2019-01", {5745, 223}},
        {"2019-02", {5445, 225}}, {"2024-01", {4802, 14}},  {"2024-02", {4620, 13}},  {"2024-03", {5047, 14}},
        {"2024-04", {5150, 10}},  {"2025-01", {4156, 6}},   {"2025-02", {4146, 17}},  {"2025-03", {4759, 10}},
        {"2025-04", {4873, 18}},  {"2025-05", {5253, 15}},  {"2025-06", {4985, 23}},  {"2025-07", {5931, 17}},
        {"2025-08", {5009, 12}},  {"2025-09", {4215, 14}}};
    const std::map<std::string, std::size_t> repeated{
        {"2018-10", 30}, {"2019-01", 32}, {"2019-02", 55}, {"2025-07", 186}};
    const TemporaryFolder folder;
    const auto report = importPaths(folder.path() / "p.gpkg", {*dorset});
    REQUIRE(report);
    CHECK(report->read == 92281);
    CHECK(report->stored == 92281);
    REQUIRE(report->datasets.size() == expected.size());
    for (const DatasetInfo& dataset : report->datasets) {
        INFO(dataset.name);
        const Month& month = expected.at(dataset.firstMonth);
        CHECK(dataset.read == month.rows);
        CHECK(dataset.mapped == month.rows - month.unmapped);
        CHECK(dataset.source == "Dorset Police");
        CHECK(dataset.lastMonth == dataset.firstMonth);
        const auto count = [&](const char* kind) {
            const auto found = std::find_if(report->findings.begin(), report->findings.end(), [&](const Finding& f) {
                return f.dataset == dataset.name && f.kind == kind;
            });
            return found == report->findings.end() ? 0 : found->count;
        };
        CHECK(count("no-position") == month.unmapped);
        if (repeated.count(dataset.firstMonth)) CHECK(count("repeated-reference") == repeated.at(dataset.firstMonth));
        CHECK(count("unreadable-date") + count("missing-category") + count("position-out-of-range") == 0);
    }
    const auto project = Project::open(folder.path() / "p.gpkg", OpenMode::readOnly);
    REQUIRE(project);
    const auto table = project->incidents();
    REQUIRE(table);
    CHECK(table->size() == 92281);
    CHECK(categoriesOf(*table).size() == 14);
    CHECK(select(*table, {.categories = {"anti-social behaviour"}})->rows.size() == 22923);
    CHECK(project->crs()->epsg == 27700);
    const auto again = importPaths(folder.path() / "p.gpkg", {*dorset});
    REQUIRE(again);
    CHECK(again->stored == 0);
    CHECK(again->findings.size() == expected.size());
}

TEST_CASE("the downloaded ZIP equals the loose files", "[import][sources]") {
    const auto zip = sharedData("data/police_uk/download_2025-07_to_09.zip");
    if (!zip) return;
    std::vector<fs::path> loose;
    for (const char* month : {"07", "08", "09"})
        for (const std::string force : {"dorset", "wiltshire"})
            loose.push_back(zip->parent_path() / force / ("2025-" + std::string(month) + "-" + force + "-street.csv"));
    const TemporaryFolder folder;
    const auto fromZip = importPaths(folder.path() / "zip.gpkg", {*zip});
    const auto fromFiles = importPaths(folder.path() / "files.gpkg", loose);
    REQUIRE(fromZip);
    REQUIRE(fromFiles);
    CHECK(fromZip->stored == 5931 + 5009 + 4215 + 5083 + 4535 + 4114);
    REQUIRE(fromZip->datasets.size() == fromFiles->datasets.size());
    for (std::size_t i = 0; i < loose.size(); ++i) {
        CHECK(fromZip->datasets[i].sha256 == fromFiles->datasets[i].sha256);
        CHECK(fromZip->datasets[i].name == fromFiles->datasets[i].name);
        CHECK(fromZip->datasets[i].mapped == fromFiles->datasets[i].mapped);
    }
    const auto a = Project::open(folder.path() / "zip.gpkg")->incidents(),
               b = Project::open(folder.path() / "files.gpkg")->incidents();
    REQUIRE(a);
    REQUIRE(b);
    CHECK(a->position == b->position);
    CHECK(a->category.code == b->category.code);
    CHECK(importPaths(folder.path() / "files.gpkg", {*zip})->stored == 0); // known by their bytes
}

TEST_CASE("files of other shapes come in with what they hold", "[import][sources]") {
    const auto data = sharedData("data");
    if (!data) return;
    const TemporaryFolder folder;
    const auto wiltshire = importPaths(folder.path() / "w.gpkg", {*data / "police_uk/wiltshire"});
    REQUIRE(wiltshire);
    CHECK(wiltshire->stored == 52005);
    CHECK(wiltshire->mapped == 52005);
    const auto extracts = importPaths(folder.path() / "e.gpkg", {*data / "police_uk/extracts"});
    REQUIRE(extracts);
    CHECK(extracts->stored == 5217 + 56434 + 1795 + 555);
    const auto messy = importPaths(folder.path() / "m.gpkg", {*data / "synthetic/messy_council_export.csv"});
    REQUIRE(messy);
    CHECK(messy->read == 2022); // with the row of the total
    CHECK(messy->stored == 2021);
    const auto cp1252 =
        importPaths(folder.path() / "m.gpkg", {*data / "synthetic/messy_council_export_cp1252_semicolon.csv"});
    REQUIRE(cp1252);
    CHECK(cp1252->stored == 300);
    const auto medellin =
        importPaths(folder.path() / "c.gpkg", {*data / "incidents_timed/medellin_homicides_2010_2019.csv"});
    REQUIRE(medellin);
    CHECK(medellin->stored == 9360);
    CHECK(medellin->mapped == 9360 - 81);
    CHECK(Project::open(folder.path() / "c.gpkg")->crs()->epsg == 32618);
}
