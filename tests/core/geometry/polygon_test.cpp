// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/detail/geos.h"
#include "core/geometry/grid.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <thread>

using namespace patchlight;
using patchlight::test::Random;

namespace {

/// A star on whole metres with a hole, and a second part beside it: corners, level and upright edges meet cell centres.
MultiPolygon randomStar(Random& random) {
    const auto ringAround = [&](ProjectedPoint centre, double least, double most, int corners) {
        Ring ring;
        for (int i = 0; i < corners; ++i) {
            const double angle = 2 * std::numbers::pi * i / corners, radius = random.between(least, most);
            ring.push_back({std::round(centre.east + radius * std::cos(angle)),
                            std::round(centre.north + radius * std::sin(angle))});
        }
        ring.push_back(ring.front());
        return ring;
    };
    const ProjectedPoint centre{400000, 90000};
    MultiPolygon polygon;
    polygon.parts.push_back({ringAround(centre, 20, 50, 16), {ringAround(centre, 5, 15, 8)}});
    polygon.parts.push_back({ringAround({400120, 90010}, 10, 40, 9), {}});
    const auto valid = madeValid(polygon);
    REQUIRE(valid);
    return *valid;
}

bool geosCovers(const MultiPolygon& polygon, ProjectedPoint p) {
    const GEOSContextHandle_t geos = detail::geosOfThisThread().handle();
    const auto geometry = detail::toGeos(polygon);
    const detail::GeosGeometry point(GEOSGeom_createPointFromXY_r(geos, p.east, p.north));
    return GEOSCovers_r(geos, geometry->get(), point.get()) == 1;
}

} // namespace

TEST_CASE("point in polygon and the scan line agree with GEOS, border included", "[geometry][oracle]") {
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        Random random{seed};
        const MultiPolygon polygon = randomStar(random);
        const PointInPolygon index(polygon);
        // Centres on whole metres or halves, so that many lie on corners and edges.
        const GridFrame frame{399940, 89940, Metres{seed % 2 ? 2.0 : 3.0}, 50, 80};
        const auto cells = cellsInside(frame, polygon);
        std::size_t wrong = 0;
        for (std::size_t row = 0; row < frame.rows; ++row)
            for (std::size_t column = 0; column < frame.columns; ++column) {
                const ProjectedPoint centre = frame.centre(row, column);
                const bool expected = geosCovers(polygon, centre);
                wrong += index.contains(centre) != expected;
                wrong += (cells[row * frame.columns + column] != 0) != expected;
            }
        CHECK(wrong == 0);
    }
}

TEST_CASE("every corner and mid-edge of a polygon counts as inside", "[geometry][property]") {
    for (std::uint64_t seed = 20; seed < 40; ++seed) {
        Random random{seed};
        const MultiPolygon polygon = randomStar(random);
        const PointInPolygon index(polygon);
        for (const Polygon& part : polygon.parts)
            for (std::size_t i = 1; i < part.outer.size(); ++i) {
                const ProjectedPoint a = part.outer[i - 1], b = part.outer[i];
                CHECK(index.contains(b));
                if (a.east == std::floor(a.east) && b.east == std::floor(b.east)) // then the middle is exact
                    CHECK(index.contains({(a.east + b.east) / 2, (a.north + b.north) / 2}));
            }
    }
}

TEST_CASE("the scan line equals point in polygon where polygon and frame only partly meet", "[geometry][property]") {
    Random random{50};
    const MultiPolygon polygon = randomStar(random);
    const PointInPolygon index(polygon);
    for (const double shift : {-100.0, -37.0, 0.0, 41.0, 90.0, 1e6}) {
        const GridFrame frame{400000 + shift, 90000 + shift / 2, Metres{1.5}, 40, 30};
        const auto cells = cellsInside(frame, polygon);
        std::size_t wrong = 0;
        for (std::size_t i = 0; i < cells.size(); ++i)
            wrong += (cells[i] != 0) != index.contains(frame.centre(i / frame.columns, i % frame.columns));
        CHECK(wrong == 0);
    }
}

TEST_CASE("a polygon of thousands of corners answers as GEOS does, from many threads", "[geometry][oracle]") {
    Random random{60};
    Polygon coast;
    for (int i = 0; i < 4000; ++i) {
        const double angle = 2 * std::numbers::pi * i / 4000, radius = random.between(900, 1000);
        coast.outer.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    coast.outer.push_back(coast.outer.front());
    const MultiPolygon polygon{{coast}};
    const PointInPolygon index(polygon);
    const auto points = random.pointsIn({-1000, -1000, 1000, 1000}, 4000);
    std::vector<std::vector<std::uint8_t>> answers(4);
    std::vector<std::thread> threads;
    for (auto& answer : answers)
        threads.emplace_back([&] {
            for (const ProjectedPoint p : points) answer.push_back(index.contains(p));
        });
    for (std::thread& thread : threads) thread.join();
    for (const auto& answer : answers) CHECK(answer == answers[0]);
    std::size_t wrong = 0;
    for (std::size_t i = 0; i < points.size(); i += 20) wrong += geosCovers(polygon, points[i]) != (answers[0][i] != 0);
    CHECK(wrong == 0);
}

TEST_CASE("polygons of nothing, of a line and of broken numbers hold no open ground", "[geometry][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    CHECK_FALSE(PointInPolygon(MultiPolygon{}).contains({0, 0}));
    CHECK_FALSE(PointInPolygon(MultiPolygon{{Polygon{}}}).contains({0, 0}));
    const MultiPolygon line{{Polygon{{{0, 0}, {10, 0}, {0, 0}}, {}}}};
    CHECK(PointInPolygon(line).contains({5, 0}));
    CHECK_FALSE(PointInPolygon(line).contains({5, 1}));
    const MultiPolygon broken{{Polygon{{{0, 0}, {10, nan}, {infinity, 10}, {0, 10}, {0, 0}}, {}}}};
    CHECK_FALSE(PointInPolygon(broken).contains({20, 5}));
    const GridFrame frame{0, 0, Metres{1}, 4, 4};
    CHECK(cellsInside(frame, broken) == std::vector<std::uint8_t>(16, 0));
    CHECK(cellsInside(frame, MultiPolygon{}) == std::vector<std::uint8_t>(16, 0));
    CHECK(cellsInside(GridFrame{}, line).empty());
    const PointInPolygon square(polygonOf(Box{0, 0, 10, 10}));
    for (const double bad : {nan, infinity, -infinity}) {
        CHECK_FALSE(square.contains({bad, 5}));
        CHECK_FALSE(square.contains({5, bad}));
    }
    PointInPolygon moved = PointInPolygon(polygonOf(Box{0, 0, 1, 1}));
    moved = PointInPolygon(polygonOf(Box{5, 5, 6, 6}));
    CHECK(moved.contains({5.5, 5.5}));
}
