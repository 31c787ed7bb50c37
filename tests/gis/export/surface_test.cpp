// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/detail/gdal.h"
#include "gis/export/export.h"
#include "tests/gis/export/sample_result.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <array>
#include <cmath>
#include <cstring>

using namespace patchlight;
using patchlight::test::TemporaryFolder;

TEST_CASE("a surface reads back cell by cell with north up and no-data outside the study area", "[export][oracle]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "density.tif";
    const Result result = test::sampleResult();
    const auto written = gis::writeSurface(result, test::sampleRecipe(), ProjectCrs{}, file);
    INFO((written ? "" : written.error().message));
    REQUIRE(written.has_value());

    gis::detail::registerDrivers();
    const gis::detail::DatasetHandle dataset{GDALOpen(utf8Text(file).c_str(), GA_ReadOnly)};
    REQUIRE(dataset);
    CHECK(GDALGetRasterXSize(dataset.get()) == 4);
    CHECK(GDALGetRasterYSize(dataset.get()) == 3);
    std::array<double, 6> transform{};
    GDALGetGeoTransform(dataset.get(), transform.data());
    CHECK(transform == std::array<double, 6>{408000, 50, 0, 91150, 0, -50});
    CHECK(std::strcmp(OSRGetAuthorityCode(GDALGetSpatialRef(dataset.get()), nullptr), "27700") == 0);
    CHECK(std::string(GDALGetMetadataItem(dataset.get(), "LAYOUT", "IMAGE_STRUCTURE")) == "COG");
    CHECK(nlohmann::json::parse(GDALGetMetadataItem(dataset.get(), "PATCHLIGHT_RECIPE", nullptr)) ==
          toJson(test::sampleRecipe()));

    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    CHECK(GDALGetRasterDataType(band) == GDT_Float64);
    CHECK(std::string(GDALGetDescription(band)) == "incidents per km2");
    int hasNoData = 0;
    CHECK(std::isnan(GDALGetRasterNoDataValue(band, &hasNoData)));
    CHECK(hasNoData != 0);
    std::array<double, 12> cells{};
    REQUIRE(GDALRasterIO(band, GF_Read, 0, 0, 4, 3, cells.data(), 4, 3, GDT_Float64, 0, 0) == CE_None);
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t column = 0; column < 4; ++column) {
            const std::size_t ours = (2 - row) * 4 + column;
            CAPTURE(row, column);
            if (ours == 5)
                CHECK(std::isnan(cells[row * 4 + column]));
            else
                CHECK(cells[row * 4 + column] == result.surface->values[ours]);
        }
}

TEST_CASE("a surface larger than a tile with overviews still reads back exactly", "[export]") {
    const TemporaryFolder folder;
    const auto file = folder.path() / "large.tif";
    Result result = test::sampleResult();
    result.surface->frame.rows = 700;
    result.surface->frame.columns = 1100;
    result.surface->inside.clear();
    result.surface->values.resize(700 * 1100);
    for (std::size_t i = 0; i < result.surface->values.size(); ++i)
        result.surface->values[i] = std::sin(static_cast<double>(i));
    REQUIRE(gis::writeSurface(result, test::sampleRecipe(), ProjectCrs{}, file).has_value());
    gis::detail::registerDrivers();
    const gis::detail::DatasetHandle dataset{GDALOpen(utf8Text(file).c_str(), GA_ReadOnly)};
    REQUIRE(dataset);
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    CHECK(GDALGetOverviewCount(band) > 0);
    std::vector<double> cells(700 * 1100);
    REQUIRE(GDALRasterIO(band, GF_Read, 0, 0, 1100, 700, cells.data(), 1100, 700, GDT_Float64, 0, 0) == CE_None);
    std::size_t different = 0;
    for (std::size_t row = 0; row < 700; ++row)
        for (std::size_t column = 0; column < 1100; ++column)
            if (cells[row * 1100 + column] != result.surface->values[(699 - row) * 1100 + column]) ++different;
    CHECK(different == 0);
}

TEST_CASE("the same surface is the same bytes whatever its name", "[export][property]") {
    const TemporaryFolder folder;
    for (const char* name : {"one.tif", "another name.tif"})
        REQUIRE(gis::writeSurface(test::sampleResult(), test::sampleRecipe(), ProjectCrs{}, folder.path() / name)
                    .has_value());
    CHECK(test::readFile(folder.path() / "one.tif") == test::readFile(folder.path() / "another name.tif"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 2); // nothing left beside them
}

TEST_CASE("an analysis without a surface says so", "[export]") {
    const TemporaryFolder folder;
    Result result = test::sampleResult();
    result.title = "DBSCAN";
    result.surface.reset();
    const auto written = gis::writeSurface(result, test::sampleRecipe(), ProjectCrs{}, folder.path() / "a.tif");
    REQUIRE_FALSE(written.has_value());
    CHECK(written.error().code == ErrorCode::invalidParameter);
    CHECK(written.error().message.find("DBSCAN has no surface to write to ") == 0);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "a.tif"));
}
