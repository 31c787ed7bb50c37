// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/crs.h"

#include "core/base/path_text.h"
#include "gis/crs/detail/proj.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <cmath>
#include <thread>

using namespace patchlight;
using namespace patchlight::gis;

namespace {

/// PROJ's folders while it lives: with the OSTN15 grid beside the project, or without.
class SearchPaths {
public:
    explicit SearchPaths(const std::string& first) {
        std::vector<std::string> folders;
        if (!first.empty()) folders.push_back(first);
        for (const std::string& folder : detail::standardSearchPaths())
            if (!std::filesystem::exists(pathFromUtf8(folder) / "uk_os_OSTN15_NTv2_OSGBtoETRS.tif"))
                folders.push_back(folder);
        detail::useSearchPaths(folders);
    }
    ~SearchPaths() { detail::useSearchPaths(detail::standardSearchPaths()); }
    SearchPaths(const SearchPaths&) = delete;
    SearchPaths& operator=(const SearchPaths&) = delete;
};

struct CheckValue {
    const char* place;
    double latitude, longitude;
    ProjectedPoint without, with;
};
// Found with PROJ 9.1.1's own tools (cs2cs), with and without the grid.
const std::vector<CheckValue> checkValues{
    {"London", 51.5074, -0.1278, {530028.747, 180380.094}, {530027.006, 180379.894}},
    {"Birmingham", 52.4862, -1.8904, {407539.559, 287592.477}, {407539.243, 287590.860}},
    {"Manchester", 53.4808, -2.2426, {383997.434, 398258.316}, {383997.286, 398256.533}},
    {"Aberdeen", 57.1497, -2.0943, {394393.290, 806539.258}, {394393.736, 806541.030}},
    {"Penzance", 50.1188, -5.5376, {147213.041, 30296.813}, {147216.980, 30297.724}},
    {"Lerwick", 60.1530, -1.1450, {447570.300, 1141252.859}, {447570.700, 1141251.793}}};

void checkAll(bool withGrid) {
    for (const CheckValue& value : checkValues) {
        INFO(value.place);
        ProjectedPoint point{value.longitude, value.latitude};
        REQUIRE(reproject("EPSG:4326", 27700, std::span(&point, 1)));
        const ProjectedPoint expected = withGrid ? value.with : value.without;
        CHECK(point.east == Approx(expected.east).margin(0.001));
        CHECK(point.north == Approx(expected.north).margin(0.001));
        const auto back = toGeographic(27700, point);
        REQUIRE(back);
        CHECK(back->longitude == Approx(value.longitude).margin(1e-7));
        CHECK(back->latitude == Approx(value.latitude).margin(1e-7));
    }
}

} // namespace

TEST_CASE("six places across Great Britain come out to the millimetre with the OSTN15 grid", "[crs][oracle]") {
    const auto grids = test::sharedData("data/grids");
    if (!grids) return;
    const SearchPaths paths(utf8Text(*grids));
    REQUIRE(ostn15Grid());
    checkAll(true);
    std::thread(checkAll, true).join(); // another thread has its own context
    const auto projector = projectorFactory()(std::nullopt, ProjectedPoint{-1.88, 50.72}, 4326);
    REQUIRE(projector);
    CHECK(projector->crs.epsg == 27700);
    CHECK(projector->crs.warning.empty());
    CHECK_THAT(projector->crs.operation,
               Catch::Contains("OSGB36 to WGS 84 (9)") && Catch::Contains("(1 m, OSTN15 grid)"));
}

TEST_CASE("without the grid the same places are metres off, and a warning says so", "[crs][oracle]") {
    const SearchPaths paths("");
    CHECK_FALSE(ostn15Grid());
    checkAll(false);
    const auto projector = projectorFactory()(std::nullopt, ProjectedPoint{-1.88, 50.72}, 4326);
    REQUIRE(projector);
    CHECK_THAT(projector->crs.operation, Catch::Contains("OSGB36 to WGS 84 (6)") && Catch::Contains("(2 m)"));
    CHECK_THAT(projector->crs.warning, Catch::Contains("OSTN15") && Catch::Contains("up to 4 m"));
}

TEST_CASE("a warning of an earlier import stays with the project", "[crs]") {
    ProjectCrs existing = projectCrsFromEpsg(27700).value();
    existing.warning = "Rows of an earlier import are off.";
    const auto projector = projectorFactory()(existing, ProjectedPoint{400000, 90000}, 27700);
    REQUIRE(projector);
    CHECK(projector->crs.warning == existing.warning);
    CHECK(projector->crs.operation == "none, the source is in EPSG:27700");
    std::vector<ProjectedPoint> points{{400000, 90000}};
    REQUIRE(projector->project(27700, points));
    CHECK(points[0] == ProjectedPoint{400000, 90000});
}

TEST_CASE("the project CRS is the National Grid in Great Britain and else the UTM zone", "[crs]") {
    for (const GeographicPoint place : {GeographicPoint{-1.88, 50.72},
                                        {-6.3, 49.92},
                                        {-8.58, 57.81},
                                        {-0.85, 60.8},
                                        {1.38, 51.13},
                                        {1.75, 52.48},
                                        {-5.2, 49.96},
                                        {-5.3, 51.88},
                                        {-4.5, 54.2},
                                        {-6.4, 55.7},
                                        {-5.76, 55.31}})
        CHECK(projectCrsFor(place)->epsg == 27700);
    CHECK(projectCrsFor({-5.93, 54.6})->epsg == 32630);   // Belfast
    CHECK(projectCrsFor({-6.26, 53.35})->epsg == 32629);  // Dublin
    CHECK(projectCrsFor({1.85, 50.95})->epsg == 32631);   // Calais
    CHECK(projectCrsFor({-1.62, 49.63})->epsg == 32630);  // Cherbourg
    CHECK(projectCrsFor({-87.63, 41.88})->epsg == 32616); // Chicago
    CHECK(projectCrsFor({151.2, -33.9})->epsg == 32756);  // Sydney
    CHECK(projectCrsFor({180.0, 10.0})->epsg == 32660);
    CHECK(projectCrsFor({-1.88, 50.72})->name == "OSGB36 / British National Grid");
    CHECK_THAT(projectCrsFor({-1.88, 50.72})->wkt, Catch::StartsWith("PROJCS[\"OSGB36 / British National Grid\""));
    CHECK(projectorFactory()(std::nullopt, std::nullopt, 4326)->crs.epsg == 27700); // no position at all
    const auto chicago = projectorFactory()(std::nullopt, ProjectedPoint{350353.39, 578924.25}, 26971);
    REQUIRE(chicago);
    CHECK(chicago->crs.epsg == 32616);
    CHECK(chicago->crs.warning.empty());
}

TEST_CASE("there and back by another CRS returns every point", "[crs][property]") {
    std::vector<ProjectedPoint> points, original;
    for (int i = 0; i < 200; ++i) original.push_back({390000.0 + 137.0 * i, 80000.0 + 91.0 * i});
    points = original;
    const auto wkt = projectCrsFromEpsg(32630)->wkt;
    REQUIRE(reproject("27700", 32630, points));
    CHECK(std::abs(points[0].east - original[0].east) > 1000.0);
    REQUIRE(reproject(wkt, 27700, points));
    for (std::size_t i = 0; i < points.size(); ++i) {
        CHECK(points[i].east == Approx(original[i].east).margin(0.002));
        CHECK(points[i].north == Approx(original[i].north).margin(0.002));
    }
}

TEST_CASE("what cannot be projected becomes NaN, alone", "[crs][bad-input]") {
    std::vector<ProjectedPoint> points{{-1.88, 200.0}, {-1.88, 50.72}, {std::nan(""), 50.0}};
    REQUIRE(reproject("EPSG:4326", 27700, points));
    CHECK(std::isnan(points[0].east));
    CHECK(points[1].east == Approx(408570).margin(100));
    CHECK(std::isnan(points[2].north));
}

TEST_CASE("CRSs that do not do are refused by name", "[crs][bad-input]") {
    std::vector<ProjectedPoint> points{{0.0, 50.0}};
    const auto unknown = reproject("EPSG:999999", 27700, points);
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == ErrorCode::unusableCrs);
    CHECK_THAT(unknown.error().message, Catch::Contains("\"EPSG:999999\""));
    CHECK_FALSE(reproject("", 27700, points));
    CHECK_FALSE(reproject("rubbish", 27700, points));
    CHECK_THAT(projectCrsFromEpsg(4326).error().message, Catch::Contains("EPSG:4326 (WGS 84) is not a projected"));
    CHECK_FALSE(projectCrsFor({0.0, 89.0}));
    CHECK_FALSE(projectCrsFor({500000.0, 100000.0}));
}

TEST_CASE("grid references name the square and the metres in it", "[crs]") {
    CHECK(gridReference(27700, {408812.4, 91034.9}) == "SZ 08812 91034");
    CHECK(gridReference(27700, {530027.0, 180379.9}) == "TQ 30027 80379");  // London
    CHECK(gridReference(27700, {216650.0, 771250.0}) == "NN 16650 71250");  // Ben Nevis
    CHECK(gridReference(27700, {447570.7, 1141251.8}) == "HU 47570 41251"); // Lerwick
    CHECK(gridReference(27700, {0.0, 0.0}) == "SV 00000 00000");
    CHECK(gridReference(27700, {-1.0, 0.0}).empty());
    CHECK(gridReference(27700, {std::nan(""), 0.0}).empty());
    CHECK(gridReference(32630, {408812.0, 91034.0}).empty());
}

TEST_CASE("PROJ's database is found and the own data folder comes first", "[crs]") {
    REQUIRE(initialise());
    const auto own = dataFolder();
    if (!own.empty()) CHECK(detail::searchPaths().front() == utf8Text(own / "proj"));
    CHECK(std::filesystem::exists(own));
}
