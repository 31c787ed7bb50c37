// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/geometry.h"

#include "core/geometry/study_area.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>
#include <numbers>

using namespace patchlight;
using patchlight::test::Random;

namespace {
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
MultiPolygon square(double west, double south, double side) {
    return polygonOf(Box{west, south, west + side, south + side});
}
} // namespace

TEST_CASE("boxes hold their points, unite and grow; an empty box stays empty", "[geometry]") {
    const std::vector<ProjectedPoint> points{{3, 4}, {-1, 9}, {notANumber, 2}, {2, 5}};
    CHECK(boxOf(points) == Box{-1, 4, 3, 9});
    CHECK(boxOf(std::vector<ProjectedPoint>{}).empty());
    CHECK(united(Box{}, Box{0, 0, 1, 1}) == Box{0, 0, 1, 1});
    CHECK(united(Box{0, 0, 1, 1}, Box{}) == Box{0, 0, 1, 1});
    CHECK(united(Box{0, 0, 1, 1}, Box{5, -5, 6, -4}) == Box{0, -5, 6, 1});
    CHECK(grownBy(Box{0, 0, 1, 1}, Metres{2}) == Box{-2, -2, 3, 3});
    CHECK(grownBy(Box{}, Metres{100}).empty());
    CHECK(polygonOf(Box{}).empty());
}

TEST_CASE("a handful of wild positions does not stretch the typical box", "[geometry]") {
    auto points = Random{1}.pointsIn({400000, 90000, 410000, 95000}, 5000);
    const Box before = boxOf(points);
    CHECK(typicalBox(points) == before);
    for (int i = 0; i < 10; ++i) points.push_back({0.0, 0.0});
    points.push_back({650000.0, 1200000.0});
    CHECK(typicalBox(points) == before);
    points.push_back({415000.0, 92000.0}); // outside, but within a width of the middle: stays
    CHECK(typicalBox(points).east == 415000.0);
}

TEST_CASE("the typical box of fewer than a hundred points, or of one place, is their box", "[geometry][edge]") {
    auto points = Random{2}.pointsIn({0, 0, 10, 10}, 98);
    points.push_back({1e6, 1e6});
    CHECK(typicalBox(points) == boxOf(points));
    const std::vector<ProjectedPoint> same(300, ProjectedPoint{7, 8});
    CHECK(typicalBox(same) == Box{7, 8, 7, 8});
    CHECK(typicalBox({}).empty());
}

TEST_CASE("area, box and label point of a square with a hole", "[geometry]") {
    MultiPolygon polygon = square(400000, 90000, 100);
    polygon.parts[0].holes.push_back(
        {{400010, 90010}, {400010, 90090}, {400090, 90090}, {400090, 90010}, {400010, 90010}});
    CHECK(areaOf(polygon).value() == 3600.0);
    CHECK(boxOf(polygon) == Box{400000, 90000, 400100, 90100});
    CHECK(PointInPolygon(polygon).contains(labelPoint(polygon))); // not the centre: that is the hole
    CHECK(areaOf(MultiPolygon{}).value() == 0.0);
    CHECK(boxOf(MultiPolygon{}).empty());
}

TEST_CASE("label points lie inside whatever the shape", "[geometry][property]") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        Random random{seed};
        Polygon star;
        for (int i = 0; i < 40; ++i) {
            const double angle = 2 * std::numbers::pi * i / 40, radius = random.between(5, 500);
            star.outer.push_back({400000 + radius * std::cos(angle), 90000 + radius * std::sin(angle)});
        }
        star.outer.push_back(star.outer.front());
        const MultiPolygon polygon{{star}};
        CHECK(PointInPolygon(polygon).contains(labelPoint(polygon)));
    }
}

TEST_CASE("a bow tie is repaired into its two triangles", "[geometry]") {
    const MultiPolygon bowTie{{Polygon{{{0, 0}, {10, 10}, {10, 0}, {0, 10}, {0, 0}}, {}}}};
    CHECK(test::whyInvalid(bowTie).find("Self-intersection") != std::string::npos);
    const auto valid = madeValid(bowTie);
    REQUIRE(valid);
    CHECK(valid->parts.size() == 2);
    CHECK(areaOf(*valid).value() == 50.0);
    CHECK(test::whyInvalid(*valid) == "");
    for (const Polygon& part : valid->parts) CHECK(test::ringArea(part.outer) > 0);
}

TEST_CASE("union and intersection have the areas of two overlapping squares", "[geometry]") {
    const std::vector<MultiPolygon> two{square(0, 0, 10), square(5, 5, 10)};
    CHECK(areaOf(*unionOf(two)).value() == 175.0);
    CHECK(areaOf(*intersectionOf(two[0], two[1])).value() == 25.0);
    CHECK(intersectionOf(square(0, 0, 10), square(20, 20, 5))->empty());
    CHECK(intersectionOf(square(0, 0, 10), square(10, 0, 10))->empty()); // a shared side is no polygon
    CHECK(unionOf({})->empty());
    CHECK(intersectionOf(MultiPolygon{}, two[0])->empty());
    CHECK(madeValid(MultiPolygon{})->empty());
}

TEST_CASE("broken rings are refused in GEOS's own words", "[geometry][edge]") {
    const MultiPolygon open{{Polygon{{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, {}}}};
    const auto refused = madeValid(open);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::fileFormat);
    CHECK(refused.error().message.find("Part 1 of the polygon cannot be read: IllegalArgumentException") == 0);
    CHECK(refused.error().message.find("closed") != std::string::npos);
    const MultiPolygon infinite{{Polygon{{{0, 0}, {10, 0}, {10, notANumber}, {0, 0}}, {}}}};
    CHECK(unionOf(std::vector<MultiPolygon>{square(0, 0, 1), infinite}).error().message ==
          "Part 2 of the polygon has a coordinate that is not a number.");
    CHECK_FALSE(intersectionOf(square(0, 0, 1), infinite));
}

TEST_CASE("the hull holds its points; points without one get a buffer", "[geometry]") {
    const auto points = Random{3}.pointsIn({400000, 90000, 400500, 90300}, 200);
    const auto hull = hullOf(points, Metres{10});
    REQUIRE(hull);
    CHECK(test::whyInvalid(*hull) == "");
    const PointInPolygon inside(*hull);
    for (const ProjectedPoint p : points) CHECK(inside.contains(p));

    const double circle = std::numbers::pi * 100; // m², radius 10 m
    const std::vector<ProjectedPoint> one(5, ProjectedPoint{400000, 90000});
    CHECK(areaOf(*hullOf(one, Metres{10})).value() == Approx(circle).epsilon(0.01));
    const std::vector<ProjectedPoint> line{{0, 0}, {50, 0}, {100, 0}};
    CHECK(areaOf(*hullOf(line, Metres{10})).value() == Approx(circle + 2000).epsilon(0.01));

    CHECK(hullOf({}, Metres{10}).error().code == ErrorCode::emptyInput);
    for (const double radius : {0.0, -1.0, notANumber}) {
        const auto refused = hullOf(one, Metres{radius});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().subject == "radius");
    }
    CHECK_FALSE(hullOf(std::vector<ProjectedPoint>{{0, 0}, {notANumber, 1}}, Metres{10}));
}

TEST_CASE("a study area takes points inside its polygon or its box, or all of them", "[geometry]") {
    const std::vector<ProjectedPoint> points{{5, 5}, {10, 10}, {11, 5}, {notANumber, 5}};
    CHECK(inside(StudyArea{}, points) == std::vector<std::uint8_t>{1, 1, 1, 1});
    CHECK(inside(StudyArea{"square", square(0, 0, 10), {}}, points) == std::vector<std::uint8_t>{1, 1, 0, 0});
    CHECK(inside(StudyArea{"box", {}, Box{0, 0, 10, 10}}, points) == std::vector<std::uint8_t>{1, 1, 0, 0});
    CHECK(inside(StudyArea{"nothing", MultiPolygon{}, {}}, points) == std::vector<std::uint8_t>{0, 0, 0, 0});
    CHECK(boxOf(StudyArea{}).empty());
    CHECK(boxOf(StudyArea{"square", square(0, 0, 10), {}}) == Box{0, 0, 10, 10});
    CHECK(boxOf(StudyArea{"box", {}, Box{1, 2, 3, 4}}) == Box{1, 2, 3, 4});
}
