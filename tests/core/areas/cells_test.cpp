// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/cells.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

using namespace patchlight;
using patchlight::test::Random;

namespace {

constexpr Box town{402000, 91000, 405500, 93200};

double distance(ProjectedPoint a, ProjectedPoint b) {
    return std::hypot(a.east - b.east, a.north - b.north);
}

/// Twice the area to the left of each side: none negative means inside or on the border.
double leastSide(const Ring& ring, ProjectedPoint p) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i < ring.size(); ++i) {
        const ProjectedPoint a = ring[i - 1], b = ring[i];
        least = std::min(least, (b.east - a.east) * (p.north - a.north) - (b.north - a.north) * (p.east - a.east));
    }
    return least;
}

MultiPolygon triangle() {
    return {{{{{402300, 91100}, {405200, 91900}, {403100, 93100}, {402300, 91100}}, {}}}};
}

} // namespace

TEST_CASE("every point belongs to one hexagon, the one whose centre is nearest and whose outline holds it",
          "[areas][property][oracle]") {
    const auto top = GENERATE(HexagonTop::flat, HexagonTop::pointed);
    const auto size = GENERATE(37.5, 250.0, 1000.0);
    const auto origin = GENERATE(ProjectedPoint{}, ProjectedPoint{13.7, -421.3});
    const auto frame = hexagonFrame(town, Metres{size}, top, origin);
    REQUIRE(frame);
    std::size_t outsideOutline = 0, notNearest = 0;
    for (const ProjectedPoint p : Random{1}.pointsIn(town, 400)) {
        const auto cell = cellOf(*frame, p);
        REQUIRE(cell);
        const double own = distance(p, centreOf(*frame, *cell));
        outsideOutline += leastSide(outlineOf(*frame, *cell).outer, p) < -1e-6 * size * size;
        for (std::size_t other = 0; other < frame->cells() && frame->cells() < 3000; ++other)
            notNearest += distance(p, centreOf(*frame, other)) < own - 1e-7;
    }
    CHECK(outsideOutline == 0);
    CHECK(notNearest == 0);
}

TEST_CASE("a hexagon covers the square of its size and shares its corners with its neighbours", "[areas][property]") {
    const auto top = GENERATE(HexagonTop::flat, HexagonTop::pointed);
    const auto frame = hexagonFrame(town, Metres{250.0}, top);
    REQUIRE(frame);
    std::map<ProjectedPoint, int> corners;
    for (std::size_t cell = 0; cell < frame->cells(); ++cell) {
        const Polygon outline = outlineOf(*frame, cell);
        CHECK(test::ringArea(outline.outer) == Approx(250.0 * 250.0).epsilon(1e-9));
        CHECK(outline.outer.front() == outline.outer.back());
        CHECK(cellOf(*frame, centreOf(*frame, cell)) == cell);
        for (std::size_t i = 1; i < outline.outer.size(); ++i) ++corners[outline.outer[i]];
    }
    // Each inner corner is three hexagons' to the last digit, so corners are few: about two a hexagon.
    std::size_t three = 0;
    for (const auto& [corner, hexagons] : corners) {
        CHECK(hexagons <= 3);
        three += hexagons == 3;
    }
    CHECK(three > frame->cells() * 3 / 2);
    CHECK(corners.size() < frame->cells() * 5 / 2);
}

TEST_CASE("a flat top has level sides, a pointed one upright sides", "[areas]") {
    const auto flat = hexagonFrame(town, Metres{250.0}, HexagonTop::flat);
    const auto pointed = hexagonFrame(town, Metres{250.0}, HexagonTop::pointed);
    const Box flatBox = boxOf(MultiPolygon{{outlineOf(*flat, 0)}});
    const Box pointedBox = boxOf(MultiPolygon{{outlineOf(*pointed, 0)}});
    CHECK(flatBox.width() > flatBox.height());
    CHECK(pointedBox.width() < pointedBox.height());
    CHECK(flatBox.width() == Approx(2 * 250.0 * std::sqrt(2 / (3 * std::sqrt(3.0)))));
}

TEST_CASE("the same place gets the same hexagon whatever the box", "[areas][property]") {
    const auto top = GENERATE(HexagonTop::flat, HexagonTop::pointed);
    const auto wide = hexagonFrame({390000, 80000, 420000, 110000}, Metres{300.0}, top);
    const auto narrow = hexagonFrame(town, Metres{300.0}, top);
    REQUIRE(wide);
    REQUIRE(narrow);
    for (const ProjectedPoint p : Random{2}.pointsIn(town, 500))
        CHECK(centreOf(*wide, cellOf(*wide, p).value()) == centreOf(*narrow, cellOf(*narrow, p).value()));
}

TEST_CASE("hexagons cover the whole box, its corners too, on either side of 0", "[areas][property]") {
    const auto top = GENERATE(HexagonTop::flat, HexagonTop::pointed);
    Random random{3};
    std::size_t lost = 0;
    for (int i = 0; i < 300; ++i) {
        const double west = random.between(-3000, 3000), south = random.between(-3000, 3000);
        const Box box{west, south, west + random.between(0, 900), south + random.between(0, 900)};
        const auto frame = hexagonFrame(box, Metres{random.between(20, 700)}, top);
        REQUIRE(frame);
        auto points = random.pointsIn(box, 40);
        for (const double east : {box.west, box.east})
            for (const double north : {box.south, box.north}) points.push_back({east, north});
        for (const ProjectedPoint p : points) lost += !cellOf(*frame, p);
    }
    CHECK(lost == 0);
}

TEST_CASE("a point on a border of hexagons belongs to one of those that meet there", "[areas][edge]") {
    const auto top = GENERATE(HexagonTop::flat, HexagonTop::pointed);
    const auto frame = hexagonFrame({-1000, -1000, 1000, 1000}, Metres{250.0}, top);
    REQUIRE(frame);
    const std::size_t middle = cellOf(*frame, {0, 0}).value();
    CHECK(centreOf(*frame, middle) == ProjectedPoint{0.0, 0.0});
    const Ring ring = outlineOf(*frame, middle).outer;
    for (std::size_t i = 1; i < ring.size(); ++i)
        for (const ProjectedPoint p : {ring[i], ProjectedPoint{(ring[i].east + ring[i - 1].east) / 2,
                                                               (ring[i].north + ring[i - 1].north) / 2}}) {
            const auto cell = cellOf(*frame, p);
            REQUIRE(cell);
            CHECK(leastSide(outlineOf(*frame, *cell).outer, p) > -1e-6);
        }
    // The side that touches the neighbour of the same line is the neighbour's: north of a flat one, east of a pointed.
    const Box box = boxOf(MultiPolygon{{outlineOf(*frame, middle)}});
    const ProjectedPoint side = top == HexagonTop::flat ? ProjectedPoint{0.0, box.north} : ProjectedPoint{box.east, 0};
    CHECK(cellOf(*frame, side) != middle);
    const ProjectedPoint opposite =
        top == HexagonTop::flat ? ProjectedPoint{0.0, box.south} : ProjectedPoint{box.west, 0};
    CHECK(cellOf(*frame, opposite) == middle);
}

TEST_CASE("squares own their western and southern border, and the frame's outer edge its last cells", "[areas][edge]") {
    const auto frame = alignedFrame({0, 0, 300, 200}, Metres{100.0});
    REQUIRE(frame);
    CHECK(cellOf(*frame, {0, 0}) == 0u);
    CHECK(cellOf(*frame, {100, 0}) == 1u);
    CHECK(cellOf(*frame, {99.9, 100}) == 3u);
    CHECK(cellOf(*frame, {300, 200}) == 5u);
    CHECK_FALSE(cellOf(*frame, {300.1, 0}));
    CHECK_FALSE(cellOf(*frame, {-0.1, 0}));
    CHECK_FALSE(cellOf(*frame, {std::numeric_limits<double>::quiet_NaN(), 0}));
    CHECK(test::ringArea(outlineOf(*frame, 4).outer) == 10000.0);
    CHECK(centreOf(*frame, 4) == ProjectedPoint{150, 150});
}

TEST_CASE("counts in cells are those of a look-up point by point, and nothing is lost", "[areas][oracle][property]") {
    Random random{4};
    const auto points = random.pointsIn({401500, 90500, 406000, 93700}, 3000);
    std::vector<double> weights(points.size());
    for (double& weight : weights) weight = static_cast<double>(random.below(5));
    const StudyArea area{"triangle", triangle(), {}};
    const auto check = [&](const auto& frame) {
        const auto result = countInCells(points, weights, frame, area);
        REQUIRE(result);
        std::vector<double> expected(frame.cells(), 0.0);
        std::vector<std::uint8_t> listed(frame.cells(), 0);
        const PointInPolygon test(*area.polygon);
        for (std::size_t cell = 0; cell < frame.cells(); ++cell) listed[cell] = test.contains(centreOf(frame, cell));
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto cell = cellOf(frame, points[i]);
            if (!test.contains(points[i]) || !cell) continue;
            expected[*cell] += weights[i];
            if (weights[i] > 0) listed[*cell] = 1;
        }
        CHECK(result->count == expected);
        CHECK(result->listed == listed);
        CHECK(result->counted == std::accumulate(expected.begin(), expected.end(), 0.0));
        CHECK(result->counted + result->outsideArea + result->outsideFrame ==
              std::accumulate(weights.begin(), weights.end(), 0.0));
        CHECK(result->outsideArea > 0);
        CHECK(result->outsideFrame > 0);
        // Cells beside the area are not listed.
        CHECK(std::accumulate(listed.begin(), listed.end(), 0) < static_cast<int>(frame.cells()));
    };
    const Box box{402000, 91000, 404000, 93200};
    check(alignedFrame(box, Metres{200.0}).value());
    check(hexagonFrame(box, Metres{200.0}, HexagonTop::flat).value());
    check(hexagonFrame(box, Metres{200.0}, HexagonTop::pointed).value());
}

TEST_CASE("without a study area all cells are listed and all points counted", "[areas][edge]") {
    const auto points = Random{5}.pointsIn(town, 500);
    const auto frame = hexagonFrame(boxOf(points), Metres{400.0});
    const auto result = countInCells(points, {}, *frame);
    REQUIRE(result);
    CHECK(result->counted == 500.0);
    CHECK(result->listed == std::vector<std::uint8_t>(frame->cells(), 1));
    const auto empty = countInCells({}, {}, *frame);
    REQUIRE(empty);
    CHECK(empty->counted == 0.0);
    const auto nothing = countInCells(points, {}, HexagonFrame{});
    REQUIRE(nothing);
    CHECK(nothing->outsideFrame == 500.0);
}

TEST_CASE("counts in cells are the same on any number of threads", "[areas][property]") {
    const auto points = Random{6}.pointsIn(town, 40000);
    std::vector<double> weights;
    for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(0.1 * static_cast<double>(i % 7));
    const StudyArea area{"triangle", triangle(), {}};
    const auto frame = hexagonFrame(town, Metres{100.0}).value();
    const auto run = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        return countInCells(points, weights, frame, area).value();
    };
    const CellCounts one = run(1);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        const CellCounts many = run(threads);
        CHECK(many.count == one.count);
        CHECK(many.listed == one.listed);
        CHECK(many.outsideArea == one.outsideArea);
    }
}

TEST_CASE("frames and counts that make no sense are refused with a sentence", "[areas][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    for (const double size : {0.0, -250.0, nan, infinity})
        CHECK(hexagonFrame(town, Metres{size}).error().message == "The cell size must be a positive number of metres.");
    CHECK(hexagonFrame(Box{}, Metres{250.0}).error().message ==
          "There is no area to lay hexagons over: the box is empty (west must not exceed east, nor south north).");
    CHECK(hexagonFrame({0, 0, nan, 1}, Metres{250.0}).error().subject == "bbox");
    CHECK(hexagonFrame({0, 0, 1e12, 1}, Metres{250.0}).error().subject == "bbox");
    CHECK(hexagonFrame(town, Metres{250.0}, HexagonTop::flat, {infinity, 0}).error().subject == "origin");
    CHECK(hexagonFrame({0, 0, 1e6, 1e6}, Metres{1.0}).error().message ==
          "Hexagons of 1 m make 1074571 lines of 930607 over this area, more than the 100,000,000 hexagons allowed: "
          "choose larger ones or a smaller area.");
    CHECK(hexagonFrame({1e9, 1e9, 1e9, 1e9}, Metres{1e-3}).error().subject == "cell-size");
    CHECK(hexagonFrame({5, 5, 5, 5}, Metres{1e9})); // one point, huge hexagons

    const auto frame = hexagonFrame(town, Metres{250.0}).value();
    const std::vector<ProjectedPoint> points{{402500, 92000}, {403000, 92000}};
    CHECK(countInCells(points, std::vector<double>{1.0}, frame).error().message ==
          "There are 1 weights for 2 points: give one for each point, or none.");
    CHECK(countInCells(points, std::vector<double>{1.0, -2.0}, frame).error().message ==
          "The weight of point 2 is -2: weights are numbers from 0 up.");
    CHECK(countInCells(points, std::vector<double>{nan, 1.0}, frame).error().subject == "weights");
    const std::vector<ProjectedPoint> broken{{402500, 92000}, {402500, nan}};
    CHECK(countInCells(broken, {}, frame).error().message ==
          "Point 2 has a coordinate that is not a number: leave points without a position out.");
    const std::vector<ProjectedPoint> far{{1e10, 92000}};
    CHECK(countInCells(far, {}, frame).error().message ==
          "Point 1 lies more than a million kilometres away: its coordinates are not metres of a projection.");
    const GridFrame huge{0, 0, Metres{1.0}, 1u << 20, 1u << 20};
    CHECK(countInCells(points, {}, huge).error().subject == "cell-size");
    CHECK(countInCells(points, {}, GridFrame{0, 0, Metres{0.0}, 1, 1}).error().subject == "cell-size");
}

TEST_CASE("cancelled counting in cells stops and says so", "[areas]") {
    std::stop_source source;
    source.request_stop();
    const auto frame = hexagonFrame(town, Metres{250.0}).value();
    const auto result = countInCells(Random{7}.pointsIn(town, 100), {}, frame, {}, {source.get_token(), {}});
    REQUIRE_FALSE(result);
    CHECK(result.error().code == ErrorCode::cancelled);
}
