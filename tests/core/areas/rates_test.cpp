// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/rates.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"
#include "tests/support/shared_data.h"
#include "tests/support/tables.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::Random;

namespace {

using People = std::vector<std::optional<double>>;

/// Probability of k under a Poisson distribution, by its recursion from the mode's logarithm.
double poisson(double mean, int k) {
    return std::exp(k * std::log(mean) - mean - std::lgamma(k + 1.0));
}

} // namespace

TEST_CASE("Poisson intervals are chi-square quantiles", "[areas][oracle]") {
    // From scipy.stats.chi2.ppf: count, 95 % low and high, 90 % low and high.
    struct Known {
        double count, low95, high95, low90, high90;
    };
    for (const Known k : {Known{0, 0.0, 3.6888794541139354, 0.0, 2.9957322735539895},
                          Known{1, 0.025317807984289876, 5.571643390938898, 0.05129329438755053, 4.743864518390577},
                          Known{2, 0.24220927854396496, 7.22468766772396, 0.35536151069866195, 6.295793621871988},
                          Known{5, 1.6234863901184207, 11.66833207932267, 1.9701495680595302, 10.513034908741535},
                          Known{30, 20.240874021420915, 42.82686539480766, 21.593979226994882, 40.69050759444955},
                          Known{1000, 938.9730184076952, 1063.952136016302, 948.5598493836511, 1053.6031221333008},
                          Known{1e6, 998040.9833402939, 1001961.9119454322, 998355.7150837178, 1001646.4227676168}}) {
        const auto wide = poissonInterval(k.count), narrow = poissonInterval(k.count, 0.9);
        REQUIRE(wide);
        REQUIRE(narrow);
        CHECK(wide->low == Approx(k.low95).epsilon(1e-11));
        CHECK(wide->high == Approx(k.high95).epsilon(1e-11));
        CHECK(narrow->low == Approx(k.low90).epsilon(1e-11));
        CHECK(narrow->high == Approx(k.high90).epsilon(1e-11));
    }
    CHECK(poissonInterval(1e9)->low == Approx(999938021.4439279).epsilon(1e-10));
    CHECK(poissonInterval(1e9)->high == Approx(1000061981.4504089).epsilon(1e-10));
}

TEST_CASE("each end of a Poisson interval leaves its share of the tail", "[areas][property]") {
    const auto count = GENERATE(1, 2, 7, 40, 300);
    const auto confidence = GENERATE(0.5, 0.8, 0.95, 0.999);
    const auto interval = poissonInterval(count, confidence);
    REQUIRE(interval);
    double under = 0.0, over = 1.0; // P(at most count | high), P(at least count | low)
    for (int k = 0; k <= count; ++k) under += poisson(interval->high, k);
    for (int k = 0; k < count; ++k) over -= poisson(interval->low, k);
    CHECK(under == Approx((1 - confidence) / 2).epsilon(1e-8));
    CHECK(over == Approx((1 - confidence) / 2).epsilon(1e-8));
}

TEST_CASE("Poisson intervals cover the mean at least as often as they say", "[areas][property]") {
    for (const double mean : {0.3, 1.0, 2.7, 5.5, 13.0, 60.0}) {
        double covered = 0.0;
        for (int k = 0; k < 200; ++k) {
            const auto interval = poissonInterval(k);
            if (interval->low <= mean && mean <= interval->high) covered += poisson(mean, k);
        }
        CHECK(covered >= 0.95);
        CHECK(covered < 0.999);
    }
}

TEST_CASE("rates per 1,000 people leave out areas without people and say how many", "[areas]") {
    const std::vector<double> counts{12, 0, 5, 7, 3};
    const People people{{2000.0}, {500.0}, {}, {0.0}, {1500.0}};
    const auto result = ratesPerThousand(counts, people);
    REQUIRE(result);
    CHECK(result->without == 2);
    CHECK(result->rate[0]->value == Approx(6.0));
    CHECK(result->rate[0]->interval.low == Approx(6.2005752 / 2).epsilon(1e-7)); // Garwood for 12: 6.2006 to 20.9616
    CHECK(result->rate[0]->interval.high == Approx(20.961585 / 2).epsilon(1e-7));
    CHECK(result->rate[1]->value == 0.0);
    CHECK(result->rate[1]->interval.low == 0.0);
    CHECK(result->rate[1]->interval.high == Approx(2 * 3.6888794541));
    CHECK_FALSE(result->rate[2]);
    CHECK_FALSE(result->rate[3]);
    CHECK(result->overall == Approx(1000.0 * 15 / 4000));
    const auto none = ratesPerThousand(std::vector<double>{4}, People{{}});
    CHECK(none->without == 1);
    CHECK_FALSE(none->overall);
}

TEST_CASE("rates per km² divide by the area", "[areas]") {
    const auto result = ratesPerSquareKilometre(std::vector<double>{12, 4},
                                                std::vector<SquareMetres>{SquareMetres{250000}, SquareMetres{0}});
    REQUIRE(result);
    CHECK(result->rate[0]->value == Approx(48.0));
    CHECK_FALSE(result->rate[1]);
}

TEST_CASE("smoothed rates are Marshall's", "[areas][oracle]") {
    // Worked by hand: m = 30/6000; A = (1000 x 0.005² + 2000 x 0 + 3000 x (1/600)²)/6000 - m/2000.
    const std::vector<double> counts{10, 10, 10};
    const People people{{1000.0}, {2000.0}, {3000.0}};
    const double m = 30.0 / 6000, third = 10.0 / 3000 - m;
    const double a = (1000 * 0.005 * 0.005 + 3000 * third * third) / 6000 - m / 2000;
    REQUIRE(a > 0);
    const auto result = smoothedRatesPerThousand(counts, people);
    REQUIRE(result);
    CHECK(result->at(0).value() == Approx(1000 * (m + a / (a + m / 1000) * 0.005)));
    CHECK(result->at(1).value() == Approx(1000 * m));
    CHECK(result->at(2).value() == Approx(1000 * (m + a / (a + m / 3000) * third)));
}

TEST_CASE("smoothed rates lie between the area's own and the mean, nearer to the mean for few people",
          "[areas][property]") {
    Random random{1};
    std::vector<double> counts;
    People people;
    for (int i = 0; i < 200; ++i) {
        people.push_back(std::floor(random.between(50, 5000)));
        counts.push_back(std::floor(*people.back() * random.between(0.0, 0.03)));
    }
    const auto raw = ratesPerThousand(counts, people);
    const auto result = smoothedRatesPerThousand(counts, people);
    REQUIRE(result);
    const double mean = *raw->overall;
    std::vector<std::pair<double, double>> kept; // people, share of the distance to the mean that is left
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double own = raw->rate[i]->value, smooth = result->at(i).value();
        CHECK(smooth >= std::min(own, mean) - 1e-9);
        CHECK(smooth <= std::max(own, mean) + 1e-9);
        if (std::abs(own - mean) > 1e-6) kept.emplace_back(*people[i], (smooth - mean) / (own - mean));
    }
    std::sort(kept.begin(), kept.end());
    for (std::size_t i = 1; i < kept.size(); ++i) CHECK(kept[i].second >= kept[i - 1].second - 1e-9);
}

TEST_CASE("where areas differ no more than chance makes them, all get the mean", "[areas]") {
    const auto result =
        smoothedRatesPerThousand(std::vector<double>{5, 5, 5, 0}, People{{100.0}, {100.0}, {100.0}, {}});
    REQUIRE(result);
    for (std::size_t i = 0; i < 3; ++i) CHECK(result->at(i).value() == Approx(50.0));
    CHECK_FALSE(result->at(3));
    const auto nothing = smoothedRatesPerThousand(std::vector<double>{0, 0}, People{{100.0}, {100.0}});
    CHECK(nothing->at(0) == 0.0);
}

TEST_CASE("local smoothing with everybody as neighbours is global, with nobody changes nothing but noise",
          "[areas][property]") {
    const std::vector<double> counts{10, 3, 25, 0, 8};
    const People people{{1000.0}, {200.0}, {900.0}, {50.0}, {}};
    const auto global = smoothedRatesPerThousand(counts, people);
    std::vector<std::vector<std::uint32_t>> all(5), none(5);
    for (std::uint32_t i = 0; i < 5; ++i)
        for (std::uint32_t j = 0; j < 5; ++j)
            if (i != j) all[i].push_back(j);
    const auto everybody = smoothedRatesPerThousand(counts, people, all);
    REQUIRE(everybody);
    for (std::size_t i = 0; i < 4; ++i) CHECK(everybody->at(i).value() == Approx(global->at(i).value()));
    CHECK_FALSE(everybody->at(4));
    const auto alone = smoothedRatesPerThousand(counts, people, none);
    REQUIRE(alone);
    for (std::size_t i = 0; i < 4; ++i) CHECK(alone->at(i).value() == Approx(1000 * counts[i] / *people[i]));
}

TEST_CASE("area location quotients are shares over shares and average to 1 by area", "[areas][property]") {
    const std::vector<double> counts{50, 30, 20, 0, 9};
    const People areas{{1.0}, {3.0}, {5.0}, {1.0}, {}};
    const auto result = areaLocationQuotients(counts, areas);
    REQUIRE(result);
    CHECK(result->at(0)->value == Approx(5.0));
    CHECK(result->at(1)->value == Approx(1.0));
    CHECK(result->at(3)->value == 0.0);
    CHECK_FALSE(result->at(3)->interval);
    CHECK_FALSE(result->at(4));
    const double half = std::exp(1.959963984540054 * std::sqrt(1.0 / 50 - 1.0 / 100));
    CHECK(result->at(0)->interval->low == Approx(5.0 / half));
    CHECK(result->at(0)->interval->high == Approx(5.0 * half));
    double mean = 0.0;
    for (std::size_t i = 0; i < 4; ++i) mean += result->at(i)->value * *areas[i] / 10.0;
    CHECK(mean == Approx(1.0));
    // All in one area: no interval, since the share cannot vary in the estimate.
    const auto single = areaLocationQuotients(std::vector<double>{7, 0}, People{{1.0}, {1.0}});
    CHECK(single->at(0)->value == 2.0);
    CHECK_FALSE(single->at(0)->interval);
    const auto empty = areaLocationQuotients(std::vector<double>{0, 0}, People{{1.0}, {1.0}});
    CHECK_FALSE(empty->at(0));
}

TEST_CASE("offence location quotients compare shares of all incidents", "[areas]") {
    const std::vector<double> burglary{20, 10, 0, 5, 0}, all{100, 200, 50, 5, 0};
    const auto result = offenceLocationQuotients(burglary, all);
    REQUIRE(result);
    const double overall = 35.0 / 355;
    CHECK(result->at(0)->value == Approx(0.2 / overall));
    CHECK(result->at(2)->value == 0.0);
    CHECK_FALSE(result->at(2)->interval);
    CHECK_FALSE(result->at(3)->interval); // all of its incidents: nothing to vary
    CHECK_FALSE(result->at(4));
    const double within = 20 * 0.8 + 10 * 0.95;
    const double variance = 0.8 / 20 - 2 * 0.8 / 35 + within / (35 * 35);
    const double half = std::exp(1.959963984540054 * std::sqrt(variance));
    CHECK(result->at(0)->interval->low == Approx(0.2 / overall / half));
    CHECK(result->at(0)->interval->high == Approx(0.2 / overall * half));
}

TEST_CASE("intervals of area location quotients cover the true quotient about as often as they say",
          "[areas][property]") {
    // Five areas that expect 10 of 400 incidents, and five that expect 70.
    Random random{11};
    const People areas(10, std::optional{1.0});
    double small = 0.0, large = 0.0, smallSeen = 0.0;
    constexpr int runs = 2000;
    for (int run = 0; run < runs; ++run) {
        std::vector<double> counts(10, 0.0);
        for (int i = 0; i < 400; ++i) {
            const std::size_t pick = random.below(40); // 0..4 the small ones, 7 of 40 for each large one
            ++counts[pick < 5 ? pick : 5 + (pick - 5) / 7];
        }
        const auto result = areaLocationQuotients(counts, areas);
        for (std::size_t area = 0; area < 10; ++area) {
            const auto& quotient = result->at(area);
            if (!quotient->interval) continue;
            const double truth = area < 5 ? 10.0 / 40 : 70.0 / 40;
            const bool covered = quotient->interval->low <= truth && truth <= quotient->interval->high;
            (area < 5 ? small : large) += covered;
            if (area < 5) ++smallSeen;
        }
    }
    CHECK(small / smallSeen > 0.93);
    CHECK(small / smallSeen < 0.975);
    CHECK(large / (5.0 * runs) == Approx(0.95).margin(0.01));
}

TEST_CASE("intervals of offence location quotients cover the true quotient about as often as they say",
          "[areas][property]") {
    Random random{12};
    const std::vector<double> all{60, 120, 200, 80, 300}, shares{0.2, 0.1, 0.3, 0.5, 0.05};
    double expected = 0.0, total = 0.0;
    for (std::size_t i = 0; i < 5; ++i) {
        expected += all[i] * shares[i];
        total += all[i];
    }
    std::vector<double> covered(5, 0.0);
    constexpr int runs = 3000;
    for (int run = 0; run < runs; ++run) {
        std::vector<double> counts(5, 0.0);
        for (std::size_t i = 0; i < 5; ++i)
            for (int k = 0; k < static_cast<int>(all[i]); ++k) counts[i] += random.unit() < shares[i];
        const auto result = offenceLocationQuotients(counts, all);
        for (std::size_t i = 0; i < 5; ++i) {
            const double truth = shares[i] / (expected / total);
            const auto& interval = result->at(i)->interval;
            covered[i] += interval && interval->low <= truth && truth <= interval->high;
        }
    }
    for (const double count : covered) CHECK(count / runs == Approx(0.95).margin(0.02));
}

TEST_CASE("rates of Bournemouth's neighbourhoods are those of the reference", "[areas][golden]") {
    const auto file = test::sharedData("data/golden/bcp_reference/bcp_lsoa21_asb_2025_01_09_expected.csv");
    if (!file) return;
    std::vector<double> counts, all, expected;
    People people;
    for (const auto& row : test::numbersOf(*file)) { // code, people, all incidents, ASB, ASB per 1,000
        people.push_back(row.at(1));
        all.push_back(row.at(2));
        counts.push_back(row.at(3));
        expected.push_back(row.at(4));
    }
    REQUIRE(counts.size() == 240);
    const auto rates = ratesPerThousand(counts, people);
    const auto smooth = smoothedRatesPerThousand(counts, people);
    const auto quotients = offenceLocationQuotients(counts, all);
    REQUIRE(rates);
    REQUIRE(smooth);
    REQUIRE(quotients);
    for (std::size_t i = 0; i < counts.size(); ++i) CHECK(rates->rate[i]->value == Approx(expected[i]).epsilon(1e-12));
    // Computed with numpy from the formulas of the header.
    CHECK(*rates->overall == Approx(17.039478122259506).epsilon(1e-12));
    CHECK(smooth->at(0).value() == Approx(11.288858239650564).epsilon(1e-12));
    CHECK(quotients->at(0)->value == Approx(1.280085720730882).epsilon(1e-12));
    CHECK(quotients->at(0)->interval->low == Approx(0.9008197401492006).epsilon(1e-9));
}

TEST_CASE("rates and quotients that make no sense are refused with a sentence", "[areas][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const People one{{1000.0}};
    CHECK(ratesPerThousand(std::vector<double>{-1}, one).error().message ==
          "Count 1 is -1: counts of incidents are whole numbers from 0 up.");
    for (const double count : {2.5, nan, infinity, 1e16}) {
        CHECK(ratesPerThousand(std::vector<double>{count}, one).error().subject == "counts");
        CHECK(poissonInterval(count).error().subject == "counts");
        CHECK(smoothedRatesPerThousand(std::vector<double>{count}, one).error().subject == "counts");
        CHECK(areaLocationQuotients(std::vector<double>{count}, one).error().subject == "counts");
        CHECK(offenceLocationQuotients(std::vector<double>{1}, std::vector<double>{count}).error().subject == "counts");
    }
    CHECK(ratesPerThousand(std::vector<double>{1, 2}, one).error().message ==
          "There are 1 denominators for 2 counts: give one for each area.");
    CHECK(ratesPerThousand(std::vector<double>{1}, People{{-5.0}}).error().message ==
          "Denominator 1 is -5: people, dwellings and areas are numbers from 0 up; leave unknown ones empty.");
    for (const double people : {nan, infinity, 1e300})
        CHECK(areaLocationQuotients(std::vector<double>{1}, People{{people}}).error().subject == "denominator");
    for (const double confidence : {0.0, 1.0, -1.0, 95.0, nan}) {
        CHECK(ratesPerThousand(std::vector<double>{1}, one, confidence).error().message ==
              "The confidence must lie between 0 and 1, such as 0.95.");
        CHECK(poissonInterval(3, confidence).error().subject == "confidence");
    }
    CHECK(offenceLocationQuotients(std::vector<double>{5}, std::vector<double>{4}).error().message ==
          "Area 1 has 5 incidents but 4 in the reference: the reference must hold all of them.");
    CHECK(offenceLocationQuotients(std::vector<double>{5}, {}).error().subject == "reference");
    const std::vector<std::vector<std::uint32_t>> self{{0}}, beyond{{1}}, two(2);
    CHECK(smoothedRatesPerThousand(std::vector<double>{1}, one, self).error().message ==
          "The neighbours of area 1 include number 1, which is the area itself.");
    CHECK(smoothedRatesPerThousand(std::vector<double>{1}, one, beyond).error().message ==
          "The neighbours of area 1 include number 2, which is no area.");
    CHECK(smoothedRatesPerThousand(std::vector<double>{1}, one, two).error().subject == "neighbours");
    CHECK(ratesPerThousand({}, {})->rate.empty());
    CHECK(smoothedRatesPerThousand({}, {})->empty());
}
