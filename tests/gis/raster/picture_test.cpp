// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/raster/raster.h"

#include "gis/detail/gdal.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <array>

using namespace patchlight;
using patchlight::test::TemporaryFolder;

namespace {

struct Made {
    int width = 4, height = 4, bands = 1;
    GDALDataType type = GDT_Byte;
    int epsg = 27700;
    bool placed = true;
    std::optional<double> noData;
    std::vector<GDALColorEntry> palette;
};

/// A GeoTIFF of 10 m pixels from (400000, 100000) down; value of band b at (row, column) from `value`.
template <class Value> std::filesystem::path make(const TemporaryFolder& folder, const Made& made, Value value) {
    gis::detail::registerDrivers();
    const auto file = folder.path() / "picture.tif";
    GDALDriverH driver = GDALGetDriverByName("GTiff");
    const gis::detail::DatasetHandle dataset{
        GDALCreate(driver, utf8Text(file).c_str(), made.width, made.height, made.bands, made.type, nullptr)};
    REQUIRE(dataset);
    if (made.placed) {
        std::array<double, 6> transform{400000, 10, 0, 100000, 0, -10};
        GDALSetGeoTransform(dataset.get(), transform.data());
    }
    if (made.epsg != 0) {
        const auto reference = gis::detail::spatialReference(made.epsg);
        REQUIRE(reference.has_value());
        GDALSetSpatialRef(dataset.get(), reference->get());
    }
    for (int b = 1; b <= made.bands; ++b) {
        GDALRasterBandH band = GDALGetRasterBand(dataset.get(), b);
        if (made.noData) GDALSetRasterNoDataValue(band, *made.noData);
        if (!made.palette.empty()) {
            GDALColorTableH table = GDALCreateColorTable(GPI_RGB);
            for (std::size_t i = 0; i < made.palette.size(); ++i)
                GDALSetColorEntry(table, static_cast<int>(i), &made.palette[i]);
            GDALSetRasterColorTable(band, table);
            GDALDestroyColorTable(table);
        }
        for (int row = 0; row < made.height; ++row)
            for (int column = 0; column < made.width; ++column) {
                double cell = value(b, row, column);
                REQUIRE(GDALRasterIO(band, GF_Write, column, row, 1, 1, &cell, 1, 1, GDT_Float64, 0, 0) == CE_None);
            }
    }
    return file;
}

constexpr Box whole{400000, 99960, 400040, 100000};

} // namespace

TEST_CASE("RGB pixels come as they are, north up", "[raster][oracle]") {
    const TemporaryFolder folder;
    const auto file =
        make(folder, {.bands = 3}, [](int b, int row, int column) { return 60 * (b - 1) + 10 * row + column; });
    const auto info = gis::describeRaster(file, 27700);
    REQUIRE(info.has_value());
    CHECK(info->box == whole);
    CHECK(info->bands == 3);
    const auto picture = gis::readPicture(file, 27700, whole, 4, 4);
    INFO((picture ? "" : picture.error().message));
    REQUIRE(picture.has_value());
    for (std::uint32_t row = 0; row < 4; ++row)
        for (std::uint32_t column = 0; column < 4; ++column) {
            const std::uint32_t red = 10 * row + column;
            CHECK(picture->argb[row * 4 + column] == (0xFF000000u | red << 16 | (red + 60) << 8 | (red + 120)));
        }
}

TEST_CASE("a palette gives its colours, without mixing codes", "[raster]") {
    const TemporaryFolder folder;
    const auto file =
        make(folder, {.palette = {{255, 0, 0, 255}, {0, 0, 255, 255}, {0, 255, 0, 0}}}, [](int, int row, int column) {
            return row == 0 ? 0 : column == 0 ? 2 : 1;
        });
    const auto picture = gis::readPicture(file, 27700, whole, 7, 7);
    REQUIRE(picture.has_value());
    for (const std::uint32_t pixel : picture->argb)
        CHECK((pixel == 0xFFFF0000u || pixel == 0xFF0000FFu || pixel == 0xFF00FF00u || pixel == 0u));
    CHECK(picture->argb.front() == 0xFFFF0000u);
    CHECK(picture->argb.back() == 0xFF0000FFu);
}

TEST_CASE("grey, no-data and wide numbers become grey and transparent pixels", "[raster]") {
    const TemporaryFolder folder;
    const auto type = GENERATE(GDT_Byte, GDT_UInt16, GDT_Int16, GDT_UInt32, GDT_Float32, GDT_Float64);
    const auto file = make(folder, {.type = type, .noData = 255.0}, [](int, int row, int column) {
        return row == 0 ? 255 : column == 0 ? 0 : 200;
    });
    const auto picture = gis::readPicture(file, 27700, whole, 4, 4);
    INFO((picture ? "" : picture.error().message));
    REQUIRE(picture.has_value());
    CHECK(picture->argb[0] == 0u);
    CHECK(picture->argb[3] == 0u);
    CHECK(picture->argb[12] == 0xFF000000u);
    const std::uint32_t bright = type == GDT_Byte ? 200 : 255; // stretched from least to greatest
    CHECK(picture->argb[15] == (0xFF000000u | bright << 16 | bright << 8 | bright));
}

TEST_CASE("a part is cut out, and what lies outside is transparent", "[raster]") {
    const TemporaryFolder folder;
    const auto file = make(folder, {.bands = 3}, [](int, int, int) { return 100; });
    const auto picture = gis::readPicture(file, 27700, {399980, 99960, 400020, 100000}, 4, 4);
    REQUIRE(picture.has_value());
    CHECK(picture->argb[0] == 0u);
    CHECK(picture->argb[1] == 0u);
    CHECK(picture->argb[2] == 0xFF646464u);
    const auto away = gis::readPicture(file, 27700, {500000, 99960, 500040, 100000}, 4, 4);
    REQUIRE(away.has_value());
    CHECK(std::all_of(away->argb.begin(), away->argb.end(), [](std::uint32_t pixel) { return pixel == 0; }));
}

TEST_CASE("a picture in another CRS lands within a pixel of its place", "[raster][oracle]") {
    const TemporaryFolder folder;
    // 400000 100000 in EPSG:32630 is in Brittany's waters; only the round trip matters.
    const auto file = make(folder, {.width = 40, .height = 40, .epsg = 32630},
                           [](int, int row, int column) { return row < 20 && column < 20 ? 255 : 0; });
    const auto box = gis::describeRaster(file, 32631);
    REQUIRE(box.has_value());
    const auto picture = gis::readPicture(file, 32631, box->box, 80, 80);
    INFO((picture ? "" : picture.error().message));
    REQUIRE(picture.has_value());
    std::size_t white = 0, black = 0;
    for (const std::uint32_t pixel : picture->argb) {
        white += pixel == 0xFFFFFFFFu ? 1 : 0;
        black += pixel == 0xFF000000u ? 1 : 0;
    }
    // A quarter of the picture is white, wherever it is turned to.
    CHECK(static_cast<double>(white) / static_cast<double>(white + black) == Approx(0.25).margin(0.03));
}

TEST_CASE("a picture that does not say where it lies is refused with what to do", "[raster]") {
    const TemporaryFolder folder;
    const auto unplaced = make(folder, {.placed = false}, [](int, int, int) { return 1; });
    const auto nowhere = gis::describeRaster(unplaced, 27700);
    REQUIRE_FALSE(nowhere.has_value());
    CHECK(nowhere.error().message.find("does not say where it lies. Give it a world file") != std::string::npos);
    const auto noCrs = gis::describeRaster(make(folder, {.epsg = 0}, [](int, int, int) { return 1; }), 27700);
    REQUIRE_FALSE(noCrs.has_value());
    CHECK(noCrs.error().code == ErrorCode::unusableCrs);
}

TEST_CASE("a damaged picture and an impossible size are refused", "[raster]") {
    const TemporaryFolder folder;
    const auto file =
        make(folder, {.width = 300, .height = 300, .bands = 3}, [](int, int row, int) { return row % 256; });
    const auto none = gis::readPicture(file, 27700, whole, 0, 4);
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == ErrorCode::invalidParameter);
    const std::string bytes = test::readFile(file);
    for (const std::size_t length : {std::size_t{20}, bytes.size() / 2, bytes.size() - 10}) {
        const auto cut = folder.write("cut.tif", bytes.substr(0, length));
        const auto picture = gis::readPicture(cut, 27700, {400000, 97000, 403000, 100000}, 30, 30);
        if (!picture) CHECK(picture.error().message.find(utf8Text(cut)) != std::string::npos);
    }
}
