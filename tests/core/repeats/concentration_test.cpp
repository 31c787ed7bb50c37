// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/repeats/repeats.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

using namespace patchlight;
using patchlight::test::Random;

namespace {

/// Area under a curve of straight pieces.
double areaUnder(const std::vector<LorenzPoint>& curve) {
    double area = 0.0;
    for (std::size_t i = 1; i < curve.size(); ++i)
        area += (curve[i].places - curve[i - 1].places) * (curve[i].incidents + curve[i - 1].incidents) / 2;
    return area;
}

/// The mean difference of all pairs over twice the mean.
double giniOfPairs(const std::vector<double>& counts) {
    double sum = 0.0;
    for (const double a : counts)
        for (const double b : counts) sum += std::abs(a - b);
    return sum / (2 * static_cast<double>(counts.size()) * std::accumulate(counts.begin(), counts.end(), 0.0));
}

} // namespace

TEST_CASE("ten places with the counts of the 80-20 example", "[repeats]") {
    const std::vector<double> counts{22, 18, 17, 12, 11, 8, 6, 3, 2, 1};
    const auto result = concentrationOf(counts, 10);
    REQUIRE(result);
    CHECK(result->incidents == 100.0);
    CHECK(result->gini == Approx(giniOfPairs(counts)));
    CHECK(result->generalisedGini == Approx(result->gini)); // as many incidents as places and more
    CHECK(result->smallest[0].places == 2);                 // 22 + 18 hold a quarter
    CHECK(result->smallest[0].held == Approx(0.40));
    CHECK(result->smallest[1].places == 3); // 57 of 100
    CHECK(result->smallest[2].places == 5); // 80 of 100 exactly
    CHECK(result->smallest[2].held == Approx(0.80));
    CHECK(result->smallest[2].ofAllPlaces == 0.5);
}

TEST_CASE("with fewer incidents than places the generalised Gini compares with the most even spread", "[repeats]") {
    // 3 + 1 + 1 incidents on ten places: the most even curve runs level to 0.5, then straight to 1; the area under it
    // is 0.25, under the Lorenz curve 0.11.
    const auto result = concentrationOf(std::vector<double>{3, 1, 1, 0, 0, 0, 0, 0, 0, 0}, 10);
    REQUIRE(result);
    CHECK(result->gini == Approx(0.78));
    CHECK(areaUnder(result->lorenz) == Approx(0.11));
    CHECK(result->generalisedGini == Approx((0.25 - 0.11) / 0.25));
    CHECK(result->placesWithIncidents == 3);
    CHECK(result->smallest[1].ofPlacesWithIncidents == Approx(1.0 / 3));
    CHECK(result->smallest[1].ofAllPlaces == Approx(0.1));
}

TEST_CASE("Gini is the pairs' mean difference and twice the area between the curve and the diagonal",
          "[repeats][oracle][property]") {
    Random random{1};
    for (int run = 0; run < 60; ++run) {
        std::vector<double> counts(1 + random.below(80), 0.0);
        const std::size_t incidents = 1 + random.below(120);
        for (std::size_t i = 0; i < incidents; ++i) ++counts[random.below(random.below(counts.size()) + 1)];
        const auto n = static_cast<double>(counts.size()), c = static_cast<double>(incidents);
        const auto result = concentrationOf(counts, counts.size());
        REQUIRE(result);
        CHECK(result->gini == Approx(giniOfPairs(counts)).margin(1e-12));
        CHECK(result->gini == Approx(1 - 2 * areaUnder(result->lorenz)).margin(1e-12));
        // The most even spread that is allowed: min(c, n) places with the same.
        const double even = std::min(c, n) / n / 2;
        const double own = areaUnder(result->lorenz);
        CHECK(result->generalisedGini == Approx((even - own) / even).margin(1e-12));
        CHECK(result->generalisedGini >= 0.0);
        CHECK(result->generalisedGini <= result->gini + 1e-12);
        for (std::size_t i = 1; i < result->lorenz.size(); ++i) {
            CHECK(result->lorenz[i].places > result->lorenz[i - 1].places);
            CHECK(result->lorenz[i].incidents >= result->lorenz[i - 1].incidents);
        }
        CHECK(result->lorenz.back().places == Approx(1.0));
        CHECK(result->lorenz.back().incidents == Approx(1.0));
        // Fewer of the largest places would hold too little.
        std::sort(counts.rbegin(), counts.rend());
        for (const SmallestPlaces& smallest : result->smallest) {
            const auto at = counts.begin() + static_cast<std::ptrdiff_t>(smallest.places);
            CHECK(std::accumulate(counts.begin(), at, 0.0) >= smallest.wanted * c);
            CHECK(std::accumulate(counts.begin(), at - 1, 0.0) < smallest.wanted * c);
        }
        // Order does not matter, nor places without incidents when their number is given.
        const auto bare = concentrationOf(
            std::vector<double>(counts.begin(), std::find(counts.begin(), counts.end(), 0.0)), counts.size());
        REQUIRE(bare);
        CHECK(bare->gini == result->gini);
        CHECK(bare->generalisedGini == result->generalisedGini);
    }
}

TEST_CASE("incidents as spread as can be have a generalised Gini of 0, all at one place nearly 1", "[repeats][edge]") {
    const auto spread = concentrationOf(std::vector<double>(30, 1.0), 1000);
    CHECK(spread->gini == Approx(0.97));
    CHECK(spread->generalisedGini == Approx(0.0).margin(1e-12));
    const auto single = concentrationOf(std::vector<double>{1}, 1000);
    CHECK(single->generalisedGini == Approx(0.0).margin(1e-12));
    const auto one = concentrationOf(std::vector<double>{500}, 1000);
    CHECK(one->gini == Approx(0.999));
    CHECK(one->generalisedGini == Approx(1 - 1.0 / 500));
}

TEST_CASE("without the number of places only those with incidents count", "[repeats][edge]") {
    const auto result = concentrationOf(std::vector<double>{4, 0, 4, 0});
    REQUIRE(result);
    CHECK(result->gini == Approx(0.0).margin(1e-12));
    CHECK(result->placesWithIncidents == 2);
    CHECK_FALSE(result->smallest[1].ofAllPlaces);
    CHECK(result->smallest[1].ofPlacesWithIncidents == 0.5);
    CHECK(result->lorenz.size() == 2);
}

TEST_CASE("concentration that makes no sense is refused with a sentence", "[repeats][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    for (const double count : {-1.0, 0.5, nan, infinity, 1e16})
        CHECK(concentrationOf(std::vector<double>{count}).error().subject == "counts");
    CHECK(concentrationOf(std::vector<double>{1, 2, 3}, 2).error().message ==
          "There are counts for 3 places but 2 places in all: give the number of all places, with and without "
          "incidents.");
    CHECK(concentrationOf(std::vector<double>{1}, std::numeric_limits<std::size_t>::max()).error().subject ==
          "all-places");
    CHECK(concentrationOf({}, 5).error().code == ErrorCode::emptyInput);
    CHECK(concentrationOf(std::vector<double>{0, 0}).error().message ==
          "There is no incident whose concentration could be measured.");
}
