// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/detail/gdal.h"
#include "gis/export/export.h"
#include "tests/gis/export/sample_result.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <fstream>

using namespace patchlight;
using patchlight::test::TemporaryFolder;

namespace {

/// All rows of a sheet as texts, read by GDAL's own XLSX reader; formulas would come as their values.
std::vector<std::vector<std::string>> sheet(const std::filesystem::path& file, const char* name) {
    gis::detail::registerDrivers();
    const gis::detail::GdalMessages quiet;
    const gis::detail::DatasetHandle book{
        GDALOpenEx(utf8Text(file).c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(book);
    OGRLayerH layer = GDALDatasetGetLayerByName(book.get(), name);
    REQUIRE(layer != nullptr);
    std::vector<std::vector<std::string>> rows;
    while (const gis::detail::FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        rows.emplace_back();
        for (int i = 0; i < OGR_F_GetFieldCount(feature.get()); ++i)
            rows.back().emplace_back(OGR_F_GetFieldAsString(feature.get(), i));
    }
    return rows;
}

bool anyRow(const std::vector<std::vector<std::string>>& rows, const std::string& key, const std::string& value) {
    return std::any_of(rows.begin(), rows.end(),
                       [&](const auto& row) { return row.size() > 1 && row[0] == key && row[1] == value; });
}

} // namespace

TEST_CASE("the spreadsheet holds the hotspot table and how it was made", "[export][oracle]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "hotspots.xlsx";
    const auto done = gis::writeTable(test::sampleResult(), test::sampleRecipe(), file);
    INFO((done ? "" : done.error().message));
    REQUIRE(done.has_value());
    const auto table = sheet(file, "Hotspots");
    bool found = false;
    for (const auto& row : table)
        if (row.size() > 5 && row[0] == "1") {
            found = true;
            CHECK(row[1] == "=HYPERLINK(\"http://example.org\") <&>"); // as text
            CHECK(row[2] == "2");
            CHECK(row[5].substr(0, 8) == "0.666666");
        }
    CHECK(found);
    const auto made = sheet(file, "How this was made");
    CHECK(anyRow(made, "Method", test::sampleResult().method));
    CHECK(anyRow(made, "Categories", "Anti-social behaviour"));
    CHECK(anyRow(made, "Note", "Positions are snapped."));
    CHECK(anyRow(made, "Recipe (JSON)", toJson(test::sampleRecipe()).dump()));
}

TEST_CASE("the same table is the same bytes whatever its name", "[export][property]") {
    const TemporaryFolder folder;
    for (const char* name : {"one.xlsx", "another.xlsx"})
        REQUIRE(gis::writeTable(test::sampleResult(), test::sampleRecipe(), folder.path() / name).has_value());
    CHECK(test::readFile(folder.path() / "one.xlsx") == test::readFile(folder.path() / "another.xlsx"));
}

TEST_CASE("a table without hotspots says so", "[export]") {
    const TemporaryFolder folder;
    Result result = test::sampleResult();
    result.areas.clear();
    REQUIRE(gis::writeTable(result, test::sampleRecipe(), folder.path() / "none.xlsx").has_value());
    const auto rows = sheet(folder.path() / "none.xlsx", "Hotspots");
    CHECK(std::any_of(rows.begin(), rows.end(), [](const auto& row) { return row[1] == "No hotspots found."; }));
}

TEST_CASE("incidents are written as shortest decimals that read back the same", "[export][oracle]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "incidents.csv";
    REQUIRE(gis::writeIncidents(test::sampleResult(), test::sampleTable(), ProjectCrs{}, file).has_value());
    CHECK(test::readFile(file) == "dataset,row,x,y,area\n"
                                  "2025-07-dorset-street,10,408010.1,91010.3,1\n"
                                  "2025-07-dorset-street,11,408010.1,91010.3,1\n"
                                  "\"'@sum, 2025\",13,408160.3333333333,91020,2\n");
}

TEST_CASE("incidents in a GeoPackage are points with the same columns and repeat their bytes", "[export][oracle]") {
    const TemporaryFolder folder;
    for (const char* name : {"one.gpkg", "another.gpkg"})
        REQUIRE(gis::writeIncidents(test::sampleResult(), test::sampleTable(), ProjectCrs{}, folder.path() / name)
                    .has_value());
    CHECK(test::readFile(folder.path() / "one.gpkg") == test::readFile(folder.path() / "another.gpkg"));
    const gis::detail::DatasetHandle dataset{
        GDALOpenEx(utf8Text(folder.path() / "one.gpkg").c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(dataset);
    OGRLayerH layer = GDALDatasetGetLayerByName(dataset.get(), "incidents");
    REQUIRE(layer != nullptr);
    CHECK(OGR_L_GetFeatureCount(layer, 1) == 3);
    const gis::detail::FeatureHandle last{OGR_L_GetFeature(layer, 3)};
    REQUIRE(last);
    CHECK(std::string(OGR_F_GetFieldAsString(last.get(), 0)) == "@sum, 2025");
    CHECK(OGR_F_GetFieldAsInteger64(last.get(), 1) == 13);
    CHECK(OGR_F_GetFieldAsDouble(last.get(), 2) == 408160.0 + 1.0 / 3.0);
    CHECK(OGR_F_GetFieldAsInteger64(last.get(), 4) == 2);
    CHECK(OGR_G_GetX(OGR_F_GetGeometryRef(last.get()), 0) == 408160.0 + 1.0 / 3.0);
}

TEST_CASE("a failed write leaves the old file and nothing beside it", "[export]") {
    const TemporaryFolder folder;
    const auto file = folder.write("kept.csv", "old");
    const auto done = gis::writeThenRename(file, [](const std::filesystem::path& aside) -> Expected<void> {
        std::ofstream(aside) << "half";
        std::ofstream(aside.string() + "-journal") << "journal";
        return fail(ErrorCode::fileNotWritable, "Cannot.");
    });
    REQUIRE_FALSE(done.has_value());
    CHECK(done.error().message == "Cannot.");
    CHECK(test::readFile(file) == "old");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
}

TEST_CASE("places that cannot be written to are named", "[export]") {
    const TemporaryFolder folder;
    const auto write = [&](const std::filesystem::path& file) {
        const auto done = gis::writeTable(test::sampleResult(), test::sampleRecipe(), file);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().code == ErrorCode::fileNotWritable);
        CHECK(done.error().subject == utf8Text(file));
        return done.error().message;
    };
    CHECK(write(folder.path() / "no such" / "a.xlsx").find("its folder does not exist") != std::string::npos);
    std::filesystem::create_directory(folder.path() / "folder.xlsx");
    CHECK(write(folder.path() / "folder.xlsx").find("it is a folder") != std::string::npos);

    namespace fs = std::filesystem;
    const fs::path locked = folder.path() / "locked";
    fs::create_directory(locked);
    fs::permissions(locked, fs::perms::owner_read | fs::perms::owner_exec);
    if (!std::ofstream(locked / "probe")) // an administrator may write everywhere
        CHECK(write(locked / "a.xlsx").find("no file can be made in its folder") != std::string::npos);
    fs::permissions(locked, fs::perms::owner_all);
}
