// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/centrography/centrography.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/polygons.h"
#include "tests/support/random.h"
#include "tests/support/shared_data.h"
#include "tests/support/tables.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace patchlight;
using patchlight::test::Random;

namespace {

double distance(ProjectedPoint a, ProjectedPoint b) {
    return std::hypot(a.east - b.east, a.north - b.north);
}

struct Sample {
    std::vector<ProjectedPoint> points;
    std::vector<double> weights;
    std::vector<ProjectedPoint> incidents; // one by one
};

/// Places in British coordinates with counts, stretched to the north-east.
Sample sample(std::uint64_t seed, std::size_t count, std::size_t mostWeight = 4) {
    Random random{seed};
    Sample result;
    for (std::size_t i = 0; i < count; ++i) {
        const double along = random.between(-3000, 3000), across = random.between(-800, 800);
        result.points.push_back({407000 + 0.8 * along - 0.6 * across, 92000 + 0.6 * along + 0.8 * across});
        result.weights.push_back(static_cast<double>(1 + random.below(mostWeight)));
        result.incidents.insert(result.incidents.end(), static_cast<std::size_t>(result.weights.back()),
                                result.points.back());
    }
    return result;
}

double sumOfDistances(const Sample& s, ProjectedPoint p) {
    double sum = 0.0;
    for (const ProjectedPoint incident : s.incidents) sum += distance(incident, p);
    return sum;
}

/// How much more the sum of distances would fall per metre than places at p hold: at most 0 at the median.
double unbalanced(const Sample& s, ProjectedPoint p) {
    double east = 0.0, north = 0.0, here = 0.0;
    for (const ProjectedPoint q : s.incidents) {
        const double d = distance(p, q);
        if (d == 0.0) {
            here += 1.0;
            continue;
        }
        east += (q.east - p.east) / d;
        north += (q.north - p.north) / d;
    }
    return std::hypot(east, north) - here;
}

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN(),
                 infinity = std::numeric_limits<double>::infinity();

} // namespace

TEST_CASE("counts at places are incidents one by one", "[centrography][property]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Sample s = sample(seed, 80);
        const auto close = [](ProjectedPoint a, ProjectedPoint b) { return distance(a, b) < 1e-7; };
        CHECK(close(*meanCentre(s.points, s.weights), *meanCentre(s.incidents)));
        CHECK(*coordinatewiseMedian(s.points, s.weights) == *coordinatewiseMedian(s.incidents));
        CHECK(distance(medianCentre(s.points, s.weights)->at, medianCentre(s.incidents)->at) < 1e-3);
        CHECK(standardDistance(s.points, s.weights)->value() == Approx(standardDistance(s.incidents)->value()));
        const auto scaling = GENERATE(EllipseScaling::oneDeviation, EllipseScaling::rootTwo, EllipseScaling::crimeStat);
        const auto a = standardEllipse(s.points, s.weights, scaling), b = standardEllipse(s.incidents, {}, scaling);
        CHECK(a->semiMajor.value() == Approx(b->semiMajor.value()));
        CHECK(a->semiMinor.value() == Approx(b->semiMinor.value()));
        CHECK(a->angle == Approx(b->angle));
        const auto c = nearestNeighbourIndex(s.points, s.weights, SquareMetres{4e7});
        const auto d = nearestNeighbourIndex(s.incidents, {}, SquareMetres{4e7});
        CHECK(c->mean.value() == Approx(d->mean.value()));
        CHECK(c->z == Approx(d->z));
        CHECK(c->samePlace == d->samePlace);
    }
}

TEST_CASE("the median of an even number lies between the two middle ones", "[centrography]") {
    const std::vector<ProjectedPoint> points{{0, 0}, {10, 3}, {20, 1}, {40, 2}};
    CHECK(*coordinatewiseMedian(points) == ProjectedPoint{15, 1.5});
    CHECK(*coordinatewiseMedian(points, std::vector<double>{1, 1, 1, 3}) == ProjectedPoint{30, 2});
    CHECK(*coordinatewiseMedian(points, std::vector<double>{1, 1, 1, 4}) == ProjectedPoint{40, 2});
}

TEST_CASE("no point has a smaller sum of distances than the median centre", "[centrography][oracle]") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const Sample s = sample(seed, 3 + seed % 9, seed % 3 == 0 ? 12 : 2);
        const auto centre = medianCentre(s.points, s.weights);
        REQUIRE(centre);
        CHECK(unbalanced(s, centre->at) < 1e-4 * static_cast<double>(s.incidents.size()));
        const double least = sumOfDistances(s, centre->at);
        CHECK(centre->meanDistance.value() == Approx(least / static_cast<double>(s.incidents.size())));
        Random random{seed};
        for (int i = 0; i < 200; ++i) {
            const double step = std::exp(random.between(-5, 8)), turn = random.between(0, 2 * std::numbers::pi);
            const ProjectedPoint other{centre->at.east + step * std::cos(turn),
                                       centre->at.north + step * std::sin(turn)};
            CHECK(sumOfDistances(s, other) >= least * (1 - 1e-12));
        }
    }
}

TEST_CASE("the median centre of known patterns", "[centrography][edge]") {
    // A square and its middle; a place that holds half of the incidents; a wide triangle's own corner.
    const std::vector<ProjectedPoint> square{{0, 0}, {100, 0}, {100, 100}, {0, 100}};
    CHECK(distance(medianCentre(square)->at, {50, 50}) < 1e-5);
    CHECK(medianCentre(square, std::vector<double>{3, 1, 1, 1})->at == square[0]);
    const std::vector<ProjectedPoint> wide{{0, 0}, {100, 10}, {-100, 10}};
    CHECK(medianCentre(wide)->at == wide[0]);
    const std::vector<ProjectedPoint> equilateral{{0, 0}, {100, 0}, {50, 50 * std::sqrt(3.0)}};
    CHECK(distance(medianCentre(equilateral)->at, {50, 50 / std::sqrt(3.0)}) < 1e-5);
    // The mean centre lies on a place that is not the best.
    const std::vector<ProjectedPoint> onPlace{{0, 0}, {-30, 30}, {-30, -30}, {10, 0}, {50, 0}};
    CHECK(unbalanced({onPlace, {}, onPlace}, medianCentre(onPlace)->at) < 1e-4);
    // On a line: the middle one, or between the two middle ones.
    const std::vector<ProjectedPoint> line{{400000, 90000}, {400010, 90010}, {400030, 90030}, {400100, 90100}};
    CHECK(medianCentre(line)->at == ProjectedPoint{400020, 90020});
    CHECK(medianCentre(line, std::vector<double>{1, 1, 1, 2})->at == line[2]);
    CHECK(medianCentre(std::vector<ProjectedPoint>{{0, 0}, {30, 40}})->at == ProjectedPoint{15, 20});
    CHECK(medianCentre(std::vector<ProjectedPoint>{{0, 0}, {30, 40}})->meanDistance == Metres{25});
    const std::vector<ProjectedPoint> same(7, ProjectedPoint{400000.5, 90000.25});
    CHECK(medianCentre(same)->at == same[0]);
    CHECK(medianCentre(same)->meanDistance == Metres{0});
    CHECK(distance(medianCentre(std::vector<ProjectedPoint>{{-1e12, 0}, {1e12, 0}, {0, 1e12}, {5, 5}})->at, {5, 5}) <
          1e-3);
}

TEST_CASE("moving and turning the incidents moves and turns centres and ellipse", "[centrography][property]") {
    const Sample s = sample(3, 200);
    const double degrees = GENERATE(0.0, 10.0, 45.0, 90.0, 120.0, 171.5);
    const double turn = degrees * std::numbers::pi / 180;
    const auto moved = [&](ProjectedPoint p) { // clockwise about (407000, 92000), then away
        const double x = p.east - 407000, y = p.north - 92000;
        return ProjectedPoint{500 + x * std::cos(turn) + y * std::sin(turn),
                              -700 - x * std::sin(turn) + y * std::cos(turn)};
    };
    std::vector<ProjectedPoint> points;
    for (const ProjectedPoint p : s.points) points.push_back(moved(p));
    CHECK(distance(*meanCentre(points, s.weights), moved(*meanCentre(s.points, s.weights))) < 1e-8);
    CHECK(distance(medianCentre(points, s.weights)->at, moved(medianCentre(s.points, s.weights)->at)) < 1e-3);
    CHECK(standardDistance(points, s.weights)->value() == Approx(standardDistance(s.points, s.weights)->value()));
    const auto before = standardEllipse(s.points, s.weights), after = standardEllipse(points, s.weights);
    CHECK(after->semiMajor.value() == Approx(before->semiMajor.value()));
    CHECK(after->semiMinor.value() == Approx(before->semiMinor.value()));
    CHECK(after->angle == Approx(std::fmod(before->angle + degrees, 180.0)).margin(1e-9));
}

TEST_CASE("the ellipse's angle is the definition's quotient and its axes the deviations along it",
          "[centrography][oracle]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Sample s = sample(seed, 30);
        if (seed % 2)
            for (ProjectedPoint& p : s.incidents) p.east = 2 * 407000 - p.east; // towards the north-west
        const auto ellipse = standardEllipse(s.incidents);
        const ProjectedPoint centre = *meanCentre(s.incidents);
        const auto n = static_cast<double>(s.incidents.size());
        double a = 0.0, c = 0.0, major = 0.0, minor = 0.0;
        const double angle = ellipse->angle * std::numbers::pi / 180;
        for (const ProjectedPoint p : s.incidents) {
            const double x = p.east - centre.east, y = p.north - centre.north;
            a += x * x - y * y;
            c += x * y;
            major += std::pow(x * std::sin(angle) + y * std::cos(angle), 2);
            minor += std::pow(x * std::cos(angle) - y * std::sin(angle), 2);
        }
        CHECK(std::tan(angle) == Approx((a + std::sqrt(a * a + 4 * c * c)) / (2 * c)));
        CHECK(ellipse->semiMajor.value() == Approx(std::sqrt(major / n)));
        CHECK(ellipse->semiMinor.value() == Approx(std::sqrt(minor / n)));
        CHECK(ellipse->semiMajor >= ellipse->semiMinor);
        const auto rootTwo = standardEllipse(s.incidents, {}, EllipseScaling::rootTwo);
        const auto crimeStat = standardEllipse(s.incidents, {}, EllipseScaling::crimeStat);
        CHECK(rootTwo->semiMajor.value() == Approx(std::sqrt(2 * major / n)));
        CHECK(crimeStat->semiMinor.value() == Approx(std::sqrt(2 * minor / (n - 2))));
        const double spread = standardDistance(s.incidents)->value();
        CHECK(std::hypot(ellipse->semiMajor.value(), ellipse->semiMinor.value()) == Approx(spread));
    }
}

TEST_CASE("the ellipse covers 39.3 % of a bivariate normal distribution, with root two 63.2 %",
          "[centrography][property]") {
    Random random{17};
    std::vector<ProjectedPoint> points;
    for (int i = 0; i < 40000; ++i) { // Box and Muller
        const double radius = std::sqrt(-2 * std::log(1 - random.unit())),
                     turn = random.between(0, 2 * std::numbers::pi);
        points.push_back(
            {300 * radius * std::cos(turn), 900 * radius * std::sin(turn) + 100 * radius * std::cos(turn)});
    }
    const auto [scaling, share] =
        GENERATE(std::pair{EllipseScaling::oneDeviation, 0.393}, std::pair{EllipseScaling::rootTwo, 0.632},
                 std::pair{EllipseScaling::crimeStat, 0.632});
    const PointInPolygon ellipse({{polygonOf(*standardEllipse(points, {}, scaling), 360)}});
    const auto covered =
        std::count_if(points.begin(), points.end(), [&](ProjectedPoint p) { return ellipse.contains(p); });
    CHECK(static_cast<double>(covered) / 40000 == Approx(share).margin(0.008));
}

TEST_CASE("the ellipse's polygon is a closed counter-clockwise ring with corners on the ellipse",
          "[centrography][property]") {
    const StandardEllipse ellipse{{1000, 2000}, Metres{300}, Metres{100}, 30.0};
    const Polygon polygon = polygonOf(ellipse);
    CHECK(polygon.outer.size() == 97);
    CHECK(polygon.outer.front() == polygon.outer.back());
    CHECK(test::whyInvalid({{polygon}}).empty());
    CHECK(test::ringArea(polygon.outer) == Approx(std::numbers::pi * 300 * 100).epsilon(0.001));
    CHECK(distance(polygon.outer[0], {1000 + 150, 2000 + 300 * std::sqrt(0.75)}) < 1e-9); // north-north-east
    CHECK(polygonOf(ellipse, 3).outer.size() == 65);
}

TEST_CASE("ellipses without a width or a direction", "[centrography][edge]") {
    const std::vector<ProjectedPoint> eastWest{{0, 5}, {10, 5}, {20, 5}}, northSouth{{5, 0}, {5, 10}, {5, 20}};
    CHECK(standardEllipse(eastWest)->angle == 90.0);
    CHECK(standardEllipse(eastWest)->semiMinor == Metres{0});
    CHECK(standardEllipse(northSouth)->angle == 0.0);
    const std::vector<ProjectedPoint> square{{0, 0}, {10, 0}, {10, 10}, {0, 10}}, one{{400000, 90000}};
    CHECK(standardEllipse(square)->angle == 0.0);
    CHECK(standardEllipse(square)->semiMajor == standardEllipse(square)->semiMinor);
    const auto point = standardEllipse(one);
    CHECK(point->centre == one[0]);
    CHECK(point->semiMajor == Metres{0});
    CHECK(point->angle == 0.0);
    CHECK(*standardDistance(one) == Metres{0});
    CHECK(standardEllipse(one, std::vector<double>{3.0}, EllipseScaling::crimeStat)->semiMajor == Metres{0});
}

TEST_CASE("the nearest neighbour index equals the definition taken pair by pair", "[centrography][oracle]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const Sample s = sample(seed, 20 * seed, seed % 2 ? 1 : 2);
        double sum = 0.0;
        for (std::size_t i = 0; i < s.incidents.size(); ++i) {
            double nearest = infinity;
            for (std::size_t j = 0; j < s.incidents.size(); ++j)
                if (i != j) nearest = std::min(nearest, distance(s.incidents[i], s.incidents[j]));
            sum += nearest;
        }
        const auto n = static_cast<double>(s.incidents.size());
        const auto index = nearestNeighbourIndex(s.points, s.weights, SquareMetres{2e7});
        REQUIRE(index);
        CHECK(index->mean.value() == Approx(sum / n));
        CHECK(index->expected.value() == Approx(0.5 * std::sqrt(2e7 / n)));
        CHECK(index->ratio == Approx(index->mean.value() / index->expected.value()));
        CHECK(index->z == Approx((sum / n - 0.5 * std::sqrt(2e7 / n)) / (0.26136 / std::sqrt(n * n / 2e7))));
    }
}

TEST_CASE("under complete randomness z is about standard normal", "[centrography][property]") {
    double sum = 0.0, squares = 0.0;
    int rejected = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const auto points = Random{seed}.pointsIn({0, 0, 1e5, 1e5}, 2000); // edges matter little
        const auto index = nearestNeighbourIndex(points, {}, SquareMetres{1e10});
        sum += index->z;
        squares += index->z * index->z;
        rejected += index->pValue < 0.05;
    }
    CHECK(sum / 200 == Approx(0.6).margin(0.6)); // the edge pushes it up a little
    CHECK(squares / 200 == Approx(1.3).margin(0.5));
    CHECK(rejected < 30);
}

TEST_CASE("Bournemouth's anti-social behaviour has the centre, spread and index computed elsewhere",
          "[centrography][golden]") {
    const auto file = test::sharedData("data/golden/bcp_reference/bcp_asb_2025_07_points.csv");
    if (!file) return;
    std::vector<ProjectedPoint> points;
    for (const auto& row : test::numbersOf(*file)) points.push_back({row.at(1), row.at(2)});
    CHECK(distance(*meanCentre(points), {407615.4426, 92594.15436}) < 1e-4);
    CHECK(*coordinatewiseMedian(points) == ProjectedPoint{408522.99, 92054.96});
    CHECK(standardDistance(points)->value() == Approx(4890.990747).epsilon(1e-9));
    const auto index = nearestNeighbourIndex(points, {}, SquareMetres{161361969.1});
    CHECK(index->mean.value() == Approx(95.50709454).epsilon(1e-9));
    CHECK(index->expected.value() == Approx(198.9681238).epsilon(1e-9));
    CHECK(index->ratio == Approx(0.4800120376).epsilon(1e-9));
    CHECK(index->z < -30);
    CHECK(index->pValue < 1e-100);
    CHECK(index->samePlace > 500);
}

TEST_CASE("the nearest neighbour index is the same on any number of threads, and can be cancelled", "[centrography]") {
    const Sample s = sample(9, 5000);
    const auto run = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        return nearestNeighbourIndex(s.points, s.weights, SquareMetres{1e8})->mean;
    };
    CHECK(run(1) == run(2));
    CHECK(run(1) == run(7));
    std::stop_source source;
    source.request_stop();
    const TaskContext task{source.get_token()};
    CHECK(nearestNeighbourIndex(s.points, {}, SquareMetres{1e8}, task).error().code == ErrorCode::cancelled);
    CHECK(medianCentre(s.points, {}, task).error().code == ErrorCode::cancelled);
}

TEST_CASE("incidents without a centre are refused with a sentence", "[centrography][edge]") {
    const std::vector<ProjectedPoint> two{{0, 0}, {10, 0}}, broken{{0, 0}, {notANumber, 0}}, far{{1e13, 0}};
    const auto checkAll = [](std::span<const ProjectedPoint> points, std::span<const double> weights, ErrorCode code,
                             const std::string& message) {
        const auto check = [&](const Error& error) {
            CHECK(error.code == code);
            CHECK(error.message == message);
        };
        check(meanCentre(points, weights).error());
        check(coordinatewiseMedian(points, weights).error());
        check(medianCentre(points, weights).error());
        check(standardDistance(points, weights).error());
        check(standardEllipse(points, weights).error());
        check(nearestNeighbourIndex(points, weights, SquareMetres{1e6}).error());
    };
    checkAll({}, {}, ErrorCode::emptyInput, "There are no incidents to find a centre of.");
    checkAll(broken, {}, ErrorCode::invalidParameter,
             "Point 2 has a coordinate that is not a number: leave points without a position out.");
    checkAll(far, {}, ErrorCode::invalidParameter,
             "Point 1 lies farther away than any place on Earth: check its coordinates.");
    checkAll(two, std::vector<double>{1.0}, ErrorCode::invalidParameter,
             "There are 1 weights for 2 points: give one for each point, or none.");
    checkAll(two, std::vector<double>{0.0, 0.0}, ErrorCode::invalidParameter,
             "The weight of point 1 is 0: weights are counts above 0 and no more than 9e15.");
    for (const double weight : {-1.0, notANumber, infinity, 1e300})
        CHECK(meanCentre(two, std::vector<double>{1.0, weight}).error().subject == "weights");
    CHECK(standardEllipse(two, {}, EllipseScaling::crimeStat).error().message ==
          "CrimeStat's ellipse needs at least three incidents.");
    for (const double area : {0.0, -1.0, notANumber, infinity})
        CHECK(nearestNeighbourIndex(two, {}, SquareMetres{area}).error().subject == "area");
    CHECK(nearestNeighbourIndex(two, std::vector<double>{1.0, 1.5}, SquareMetres{1.0}).error().subject == "weights");
    CHECK(nearestNeighbourIndex(std::vector<ProjectedPoint>{{1, 1}}, {}, SquareMetres{1.0}).error().message ==
          "A nearest neighbour index needs at least two incidents.");
    CHECK(nearestNeighbourIndex(std::vector<ProjectedPoint>{{1, 1}}, std::vector<double>{5.0}, SquareMetres{1.0})
              ->samePlace == 5);
}
