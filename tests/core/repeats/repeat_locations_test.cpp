// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/repeats/repeats.h"

#include "tests/support/catch.h"
#include "tests/support/pattern.h"
#include "tests/support/random.h"

#include <limits>
#include <map>

using namespace patchlight;
using patchlight::test::Random;

TEST_CASE("places are ranked by count, ties share a rank and run from west to east, south to north", "[repeats]") {
    const std::vector<ProjectedPoint> points{{300, 0}, {200, 50}, {100, 0}, {200, 0}, {0, 0}};
    const auto result = repeatLocations(points, std::vector<double>{1, 3, 5, 3, 0});
    REQUIRE(result);
    REQUIRE(result->places.size() == 4);
    const std::vector<ProjectedPoint> order{{100, 0}, {200, 0}, {200, 50}, {300, 0}};
    const std::vector<std::size_t> ranks{1, 2, 2, 4};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(result->places[i].point == order[i]);
        CHECK(result->places[i].rank == ranks[i]);
    }
    CHECK(result->places[0].share == Approx(5.0 / 12));
    CHECK(result->places[1].sharesSum == Approx(8.0 / 12));
    CHECK(result->places[3].sharesSum == 1.0);
    CHECK(result->incidents == 12.0);
    CHECK(result->placesWithRepeats == 3);
    CHECK(result->repeats == 8.0); // 4 + 2 + 2
    CHECK(result->repeatShare == Approx(8.0 / 12));
}

TEST_CASE("incidents one by one rank as places with counts do, in any order", "[repeats][property][oracle]") {
    Random random{1};
    const auto streets = random.pointsIn({400000, 90000, 402000, 92000}, 60);
    std::vector<ProjectedPoint> incidents;
    for (int i = 0; i < 700; ++i) incidents.push_back(streets[random.below(random.below(60) + 1)]);
    std::map<ProjectedPoint, double> counts;
    for (const ProjectedPoint p : incidents) ++counts[p];
    std::vector<ProjectedPoint> places;
    std::vector<double> weights;
    double repeats = 0.0;
    for (const auto& [place, count] : counts) {
        places.push_back(place);
        weights.push_back(count);
        repeats += count - 1;
    }
    const auto one = repeatLocations(incidents), other = repeatLocations(places, weights);
    REQUIRE(one);
    REQUIRE(other);
    random.shuffle(incidents);
    const auto shuffled = repeatLocations(incidents);
    REQUIRE(one->places.size() == counts.size());
    for (std::size_t i = 0; i < one->places.size(); ++i)
        for (const auto& same : {*other, *shuffled}) {
            CHECK(same.places[i].point == one->places[i].point);
            CHECK(same.places[i].count == one->places[i].count);
            CHECK(same.places[i].rank == one->places[i].rank);
        }
    CHECK(one->repeats == repeats);
    for (std::size_t i = 1; i < one->places.size(); ++i) CHECK(one->places[i].count <= one->places[i - 1].count);
}

TEST_CASE("no incident, one, and all at one place", "[repeats][edge]") {
    const auto none = repeatLocations({});
    REQUIRE(none);
    CHECK(none->places.empty());
    CHECK(none->repeatShare == 0.0);
    const std::vector<ProjectedPoint> one{{5, 5}};
    CHECK(repeatLocations(one)->repeats == 0.0);
    CHECK(repeatLocations(one, std::vector<double>{0})->places.empty());
    const std::vector<ProjectedPoint> same(40, {5, 5});
    CHECK(repeatLocations(same)->repeats == 39.0);
    CHECK(repeatLocations(same)->places[0].share == 1.0);
}

TEST_CASE("counts and points that make no sense are refused with a sentence", "[repeats][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::vector<ProjectedPoint> points{{0, 0}, {1, 1}};
    CHECK(repeatLocations(points, std::vector<double>{1}).error().message ==
          "There are 1 weights for 2 points: give one for each point, or none.");
    CHECK(repeatLocations(points, std::vector<double>{1, 1.5}).error().message ==
          "Count 2 is 1.5: counts of incidents are whole numbers from 0 up.");
    for (const double weight : {-1.0, nan, infinity, 1e300})
        CHECK(repeatLocations(points, std::vector<double>{1, weight}).error().subject == "weights");
    for (const double bad : {nan, infinity})
        CHECK(repeatLocations(std::vector<ProjectedPoint>{{0, 0}, {bad, 0}}).error().message ==
              "Point 2 has a coordinate that is not a number: leave points without a position out.");
}
