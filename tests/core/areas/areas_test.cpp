// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/areas.h"

#include "core/base/parallel.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

using namespace patchlight;
using patchlight::test::Random;

namespace {

NamedArea boxArea(const std::string& name, const Box& box) {
    return {name, polygonOf(box)};
}

/// A star of many corners round a centre: convex nowhere, never crossing itself.
MultiPolygon star(ProjectedPoint centre, double radius, std::size_t corners, Random& random) {
    Ring ring;
    for (std::size_t i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(corners);
        const double reach = radius * random.between(0.4, 1.0);
        ring.push_back({centre.east + reach * std::cos(angle), centre.north + reach * std::sin(angle)});
    }
    ring.push_back(ring.front());
    return {{{ring, {}}}};
}

std::vector<NamedArea> stars(std::uint64_t seed, std::size_t count) {
    Random random{seed};
    std::vector<NamedArea> areas;
    for (std::size_t i = 0; i < count; ++i)
        areas.push_back({"star " + std::to_string(i), star({random.between(0, 10000), random.between(0, 8000)},
                                                           random.between(50, 2500), 30, random)});
    return areas;
}

} // namespace

TEST_CASE("each place counts in the first area that holds it, as asking every area does", "[areas][oracle]") {
    const auto areas = stars(1, 60);
    Random random{2};
    const auto points = random.pointsIn({-500, -500, 11000, 9000}, 4000);
    std::vector<double> weights(points.size());
    for (double& weight : weights) weight = static_cast<double>(random.below(4));
    const auto result = countInAreas(points, weights, areas);
    REQUIRE(result);
    std::vector<double> count(areas.size(), 0.0);
    double none = 0.0, several = 0.0;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::optional<std::uint32_t> first;
        std::size_t holding = 0;
        for (std::uint32_t area = 0; area < areas.size(); ++area) {
            if (!PointInPolygon(areas[area].polygon).contains(points[i])) continue;
            if (!first) first = area;
            ++holding;
        }
        CHECK(result->areaOf[i] == first);
        if (first)
            count[*first] += weights[i];
        else
            none += weights[i];
        if (holding > 1) several += weights[i];
    }
    CHECK(result->count == count);
    CHECK(result->inNone == none);
    CHECK(result->inSeveral == several);
    CHECK(none > 0);
    CHECK(several > 0);
    CHECK(std::accumulate(count.begin(), count.end(), none) == std::accumulate(weights.begin(), weights.end(), 0.0));
}

TEST_CASE("a point on a shared border counts once, in the first area, and is reported", "[areas][edge]") {
    const std::vector<NamedArea> areas{boxArea("West", {0, 0, 100, 100}), boxArea("East", {100, 0, 200, 100})};
    const std::vector<ProjectedPoint> points{{100, 50}, {50, 50}, {150, 50}, {200, 100}, {250, 50}};
    const auto result = countInAreas(points, std::vector<double>{3, 1, 1, 1, 5}, areas);
    REQUIRE(result);
    CHECK(result->count == std::vector<double>{4.0, 2.0});
    CHECK(result->inSeveral == 3.0);
    CHECK(result->inNone == 5.0);
    CHECK(result->areaOf[3] == 1u); // its own corner
    CHECK_FALSE(result->areaOf[4]);
}

TEST_CASE("holes and parts of an area count as drawn", "[areas]") {
    MultiPolygon ring = polygonOf({0, 0, 300, 300});
    ring.parts[0].holes.push_back({{100, 100}, {100, 200}, {200, 200}, {200, 100}, {100, 100}});
    ring.parts.push_back(polygonOf({400, 0, 500, 100}).parts[0]);
    const std::vector<NamedArea> areas{{"Ring and island", ring}};
    const std::vector<ProjectedPoint> points{{50, 50}, {150, 150}, {450, 50}, {350, 50}};
    const auto result = countInAreas(points, {}, areas);
    REQUIRE(result);
    CHECK(result->count == std::vector<double>{2.0});
    CHECK(result->inNone == 2.0);
}

TEST_CASE("counts in areas are the same on any number of threads and in any order of areas", "[areas][property]") {
    const auto areas = stars(3, 80);
    const auto points = Random{4}.pointsIn({0, 0, 10000, 8000}, 30000);
    std::vector<double> weights;
    for (std::size_t i = 0; i < points.size(); ++i) weights.push_back(0.1 * static_cast<double>(i % 9));
    const auto run = [&](std::size_t threads) {
        const ThreadLimit limit{threads};
        return countInAreas(points, weights, areas).value();
    };
    const AreaCounts one = run(1);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        const AreaCounts many = run(threads);
        CHECK(many.count == one.count);
        CHECK(many.areaOf == one.areaOf);
        CHECK(many.inSeveral == one.inSeveral);
    }
    const std::vector<NamedArea> reversed(areas.rbegin(), areas.rend());
    const auto other = countInAreas(points, weights, reversed);
    REQUIRE(other);
    CHECK(other->inNone == one.inNone);
    CHECK(other->inSeveral == one.inSeveral);
}

TEST_CASE("no points, no areas and areas far apart are no trouble", "[areas][edge]") {
    const std::vector<NamedArea> areas{boxArea("A", {0, 0, 1, 1}), boxArea("B", {9e8, 9e8, 9.1e8, 9.1e8}),
                                       boxArea("C", {-9e8, 0, -8e8, 1e-3})};
    CHECK(countInAreas({}, {}, areas)->count == std::vector<double>(3, 0.0));
    const std::vector<ProjectedPoint> points{{0.5, 0.5}, {9.05e8, 9.05e8}, {-8.5e8, 0.0}};
    CHECK(countInAreas(points, {}, areas)->count == std::vector<double>{1.0, 1.0, 1.0});
    CHECK(countInAreas(points, {}, {})->inNone == 3.0);
}

TEST_CASE("an area that cannot be used is named", "[areas][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<ProjectedPoint> points{{1, 1}};
    const auto message = [&](MultiPolygon polygon) {
        const std::vector<NamedArea> areas{boxArea("Fine", {0, 0, 9, 9}), {"Town", std::move(polygon)}};
        const auto result = countInAreas(points, {}, areas);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::invalidParameter);
        return result.error().message;
    };
    const std::string start = "The area \"Town\" (number 2 of the layer) ", end = ": repair the boundary layer first.";
    CHECK(message({}) == start + "has no polygon" + end);
    CHECK(message({{{{{0, 0}, {1, 1}, {0, 0}}, {}}}}) == start + "has a ring of fewer than three corners" + end);
    CHECK(message({{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}, {}}}}) == start + "has a ring that does not close" + end);
    CHECK(message({{{{{0, 0}, {nan, 0}, {1, 1}, {0, 0}}, {}}}}) ==
          start + "has a ring with a coordinate that is not a number of metres within a million kilometres" + end);
    CHECK(message({{{{{0, 0}, {2, 2}, {2, 0}, {0, 1}, {0, 0}}, {}}}}) ==
          start + "has rings that cross each other or themselves" + end);
    CHECK(message({{{{{0, 0}, {1, 0}, {2, 0}, {0, 0}}, {}}}}) == start + "encloses no ground" + end);
    MultiPolygon twice = polygonOf({0, 0, 10, 10});
    twice.parts.push_back(polygonOf({5, 5, 15, 15}).parts[0]);
    CHECK(message(twice) == start + "has rings that cross each other or themselves" + end);
}

TEST_CASE("bad weights and points are refused before areas are looked at", "[areas][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<NamedArea> areas{boxArea("A", {0, 0, 9, 9})};
    const std::vector<ProjectedPoint> points{{1, 1}, {2, nan}};
    CHECK(countInAreas(points, {}, areas).error().subject == "points");
    CHECK(countInAreas(points, std::vector<double>{1.0}, areas).error().subject == "weights");
    CHECK(countInAreas(points, std::vector<double>{1.0, nan}, areas).error().subject == "weights");
}

TEST_CASE("cancelled counting in areas stops and says so", "[areas]") {
    const auto areas = stars(5, 40);
    const auto points = Random{6}.pointsIn({0, 0, 10000, 8000}, 30000);
    for (const double when : {0.0, 0.3}) {
        std::stop_source source;
        const TaskContext task{source.get_token(), [&](Progress progress) {
                                   if (progress.fraction >= when) source.request_stop();
                               }};
        const auto result = countInAreas(points, {}, areas, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
