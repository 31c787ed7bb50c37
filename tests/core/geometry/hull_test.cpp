// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/geometry.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <geos_c.h>

using namespace patchlight;
using patchlight::test::Random;

namespace {

const bool bends = GEOS_VERSION_MAJOR > 3 || (GEOS_VERSION_MAJOR == 3 && GEOS_VERSION_MINOR >= 11);

/// Places along a half ring of 100 to 140 m about (400000, 90000).
std::vector<ProjectedPoint> crescent(std::size_t count) {
    Random random{8};
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < count; ++i) {
        const double turn = random.between(0, std::numbers::pi), radius = random.between(100, 140);
        points.push_back({400000 + radius * std::cos(turn), 90000 + radius * std::sin(turn)});
    }
    return points;
}

} // namespace

TEST_CASE("a concave hull holds all points, is valid, and shrinks with its ratio", "[geometry][property]") {
    const auto points = crescent(600);
    double before = areaOf(*hullOf(points, Metres{25})).value() * (1 + 1e-9);
    for (const double ratio : {1.0, 0.6, 0.3, 0.1, 0.0}) {
        const auto hull = concaveHullOf(points, ratio, Metres{25});
        REQUIRE(hull);
        CHECK(test::whyInvalid(*hull).empty());
        CHECK(hull->parts.size() == 1);
        CHECK(hull->parts[0].holes.empty());
        CHECK(test::ringArea(hull->parts[0].outer) > 0);
        CHECK(areaOf(*hull).value() <= before);
        before = areaOf(*hull).value();
        const PointInPolygon inside(*hull);
        CHECK(std::all_of(points.begin(), points.end(), [&](ProjectedPoint p) { return inside.contains(p); }));
    }
    const PointInPolygon bent(*concaveHullOf(points, 0.3, Metres{25}));
    CHECK(bent.contains({400000, 90030}) != bends); // the bay
    CHECK(areaOf(*concaveHullOf(points, 1.0, Metres{25})).value() ==
          Approx(areaOf(*hullOf(points, Metres{25})).value()));
}

TEST_CASE("points without a hull get the same buffer, concave or not", "[geometry][edge]") {
    const std::vector<ProjectedPoint> one{{400000, 90000}}, two{{400000, 90000}, {400100, 90000}}, same(20, one[0]),
        line{{0, 0}, {10, 10}, {20, 20}, {50, 50}};
    for (const auto& points : {one, two, same, line}) {
        const auto convex = hullOf(points, Metres{25}), concave = concaveHullOf(points, 0.2, Metres{25});
        REQUIRE(convex);
        REQUIRE(concave);
        CHECK(concave->parts.size() == 1);
        CHECK(areaOf(*concave) == areaOf(*convex));
        CHECK(areaOf(*concave).value() > 1900);
    }
    const std::vector<ProjectedPoint> triangle{{0, 0}, {10, 0}, {0, 10}};
    CHECK(areaOf(*concaveHullOf(triangle, 0.0, Metres{25})) == SquareMetres{50});
    // All but on a line: whatever can be drawn holds them and has an area.
    const std::vector<ProjectedPoint> flat{{400000, 90000}, {400100, 90000.0000001}, {400200, 90000}, {400300, 90000}};
    const auto hull = concaveHullOf(flat, 0.1, Metres{25});
    REQUIRE(hull);
    CHECK(areaOf(*hull).value() > 0);
    std::vector<ProjectedPoint> lattice;
    for (int i = 0; i < 100; ++i) lattice.push_back({i % 10 * 10.0, i / 10 * 10.0});
    CHECK(areaOf(*concaveHullOf(lattice, 0.5, Metres{25})) == SquareMetres{8100});
}

TEST_CASE("a concave hull that makes no sense is refused with a sentence", "[geometry][edge]") {
    const std::vector<ProjectedPoint> points{{0, 0}, {10, 0}, {0, 10}};
    for (const double ratio : {-0.1, 1.1, std::nan(""), HUGE_VAL})
        CHECK(concaveHullOf(points, ratio, Metres{25}).error().message ==
              "The ratio of a concave hull must lie from 0 to 1.");
    CHECK(concaveHullOf({}, 0.5, Metres{25}).error().code == ErrorCode::emptyInput);
    CHECK(concaveHullOf(std::vector<ProjectedPoint>{{0, std::nan("")}}, 0.5, Metres{25}).error().message ==
          "A point has a coordinate that is not a number.");
    CHECK(concaveHullOf(std::vector<ProjectedPoint>{{0, 0}}, 0.5, Metres{0}).error().subject == "radius");
}
