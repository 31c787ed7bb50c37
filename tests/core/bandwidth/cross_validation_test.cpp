// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/bandwidth.h"

#include "core/bandwidth/detail/criteria.h"
#include "core/bandwidth/detail/exponential.h"
#include "core/base/parallel.h"
#include "tests/core/bandwidth/patterns.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"
#include "tests/support/tables.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

using namespace patchlight;
using patchlight::test::normalCluster;
using patchlight::test::Random;
using patchlight::test::town;

namespace {

/// Both criteria from the incidents one by one, pair by pair.
struct Criteria {
    double likelihood, leastSquares;
};
Criteria bruteForce(const std::vector<ProjectedPoint>& incidents, double h) {
    const auto n = static_cast<double>(incidents.size());
    const double circle = 2 * std::numbers::pi * h * h;
    double logs = 0.0, wide = 0.0, narrow = 0.0;
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        double others = 0.0;
        for (std::size_t j = 0; j < incidents.size(); ++j) {
            const double dx = incidents[i].east - incidents[j].east, dy = incidents[i].north - incidents[j].north;
            wide += std::exp(-(dx * dx + dy * dy) / (4 * h * h)) / (2 * circle);
            if (i != j) others += std::exp(-(dx * dx + dy * dy) / (2 * h * h)) / circle;
        }
        logs += std::log(others / (n - 1));
        narrow += others / (n - 1);
    }
    return {logs / n, wide / (n * n) - 2 * narrow / n};
}

/// Incidents on map points, as an anonymised extract has them: thousands of rows on few places.
std::vector<ProjectedPoint> snapped(std::size_t rows, std::size_t places, std::uint64_t seed) {
    const auto points = town(places, seed);
    Random random{seed + 100};
    std::vector<ProjectedPoint> incidents;
    for (std::size_t i = 0; i < rows; ++i) incidents.push_back(points[random.below(random.below(places) + 1)]);
    return incidents;
}

} // namespace

TEST_CASE("the exponential of the sums is that of the library", "[bandwidth][oracle]") {
    Random random{1};
    for (int i = 0; i < 2000; ++i) {
        const double x = -std::exp(random.between(-30, 6.5));
        CHECK(detail::expOfNegative(x) == Approx(std::exp(x)).epsilon(1e-12));
    }
    CHECK(detail::expOfNegative(0.0) == 1.0);
    CHECK(detail::expOfNegative(-1e300) < 1e-300);
    CHECK(detail::expOfNegative(-1e300) >= 0.0);
}

TEST_CASE("criteria are those of the incidents one by one, with ties and without", "[bandwidth][oracle]") {
    for (const auto& incidents : {town(400, 1), snapped(500, 60, 2), normalCluster(150, 300.0, 3)})
        for (const double h : {60.0, 150.0, 700.0, 3000.0}) {
            const Criteria expected = bruteForce(incidents, h);
            const auto likelihood = likelihoodCriterion(incidents, {}, Metres{h});
            const auto leastSquares = leastSquaresCriterion(incidents, {}, Metres{h});
            REQUIRE(likelihood);
            REQUIRE(leastSquares);
            if (std::isfinite(expected.likelihood)) // the plain sum comes out as log 0 at lonely places
                CHECK(*likelihood == Approx(expected.likelihood).epsilon(1e-12));
            CHECK(std::isfinite(*likelihood));
            CHECK(*leastSquares == Approx(expected.leastSquares).epsilon(1e-10).margin(1e-20));
        }
}

TEST_CASE("a lonely place costs its distance, not everything", "[bandwidth][edge]") {
    const std::vector<ProjectedPoint> points{{0, 0}, {10, 0}, {1000, 0}};
    const double h = 5.0, circle = 2 * std::numbers::pi * h * h;
    // Each place's largest term is all that counts: pairs at 10 m, and 990 m from the third to the second.
    const double expected = (2 * -100.0 / (2 * h * h) - 990.0 * 990.0 / (2 * h * h)) / 3 - std::log(circle * 2);
    CHECK(likelihoodCriterion(points, {}, Metres{h}).value() == Approx(expected).epsilon(1e-12));
}

TEST_CASE("on a round normal cluster cross-validation comes near the bandwidth known to be best",
          "[bandwidth][property]") {
    const auto seed = GENERATE(11u, 12u, 13u);
    const double deviation = 500.0, best = deviation * std::pow(1500.0, -1.0 / 6);
    const auto points = normalCluster(1500, deviation, seed);
    const auto likelihood = likelihoodBandwidth(points), leastSquares = leastSquaresBandwidth(points);
    REQUIRE(likelihood);
    REQUIRE(leastSquares);
    REQUIRE(likelihood->bandwidth);
    REQUIRE(leastSquares->bandwidth);
    CHECK(likelihood->bandwidth->value() > 0.75 * best);
    CHECK(likelihood->bandwidth->value() < 1.25 * best);
    CHECK(leastSquares->bandwidth->value() > 0.6 * best); // it varies more from sample to sample
    CHECK(leastSquares->bandwidth->value() < 1.25 * best);
}

TEST_CASE("in a town with clusters cross-validation asks for far less than the rules of thumb", "[bandwidth]") {
    const auto points = town(2000, 21);
    const double rule = normalReferenceBandwidth(points)->bandwidth->value();
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
        const auto result = select(points, {}, {});
        REQUIRE(result);
        REQUIRE(result->bandwidth);
        CHECK(result->bandwidth->value() < rule / 3);
        CHECK(result->bandwidth->value() > 30.0);
    }
}

TEST_CASE("the bandwidth found is as good as any on a fine scale, to half a per cent", "[bandwidth][oracle]") {
    const auto points = town(600, 31);
    const auto likelihood = likelihoodBandwidth(points), leastSquares = leastSquaresBandwidth(points);
    REQUIRE(likelihood->bandwidth);
    REQUIRE(leastSquares->bandwidth);
    const double mostLikely = *likelihoodCriterion(points, {}, *likelihood->bandwidth);
    const double least = *leastSquaresCriterion(points, {}, *leastSquares->bandwidth);
    const double widest = oversmoothingBandwidth(points)->bandwidth->value();
    const double narrowest = nearestPlaceBandwidth(points, {}, 1)->bandwidth->value() / 2;
    for (double h = narrowest; h < widest; h *= 1.05) {
        CHECK(*likelihoodCriterion(points, {}, Metres{h}) <= mostLikely + 1e-5);
        CHECK(*leastSquaresCriterion(points, {}, Metres{h}) >= least - 1e-4 * std::abs(least));
    }
}

TEST_CASE("on map points with many rows cross-validation falls to the ties and is refused", "[bandwidth][property]") {
    const auto incidents = snapped(6000, 500, 41);
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
        const auto result = select(incidents, {}, {});
        REQUIRE(result);
        CHECK_FALSE(result->bandwidth);
        CHECK(result->reason.find("Not usable: 5,") == 0);
        CHECK(result->reason.find(" of 6,000 incidents share their place with another, so cross-validation asks for "
                                  "less and less below ") != std::string::npos);
        // The same places, each once, can be used.
        const std::set<ProjectedPoint> distinct(incidents.begin(), incidents.end());
        const auto once = select(std::vector<ProjectedPoint>(distinct.begin(), distinct.end()), {}, {});
        REQUIRE(once);
        CHECK(once->bandwidth);
    }
    // The fall itself: below half the spacing the least-squares criterion only gets better.
    double before = *leastSquaresCriterion(incidents, {}, Metres{20.0});
    for (double h = 10.0; h > 0.01; h /= 2) {
        const double now = *leastSquaresCriterion(incidents, {}, Metres{h});
        CHECK(now < before);
        before = now;
    }
}

TEST_CASE("a few repeats do not spoil cross-validation", "[bandwidth]") {
    auto points = town(1500, 51);
    for (std::size_t i = 0; i < 15; ++i) points.push_back(points[i]);
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
        const auto result = select(points, {}, {});
        REQUIRE(result);
        CHECK(result->bandwidth);
        CHECK(result->reason.find("1,515 incidents at 1,500 places") != std::string::npos);
    }
}

TEST_CASE("many places are judged at a sample, near what all of them say", "[bandwidth][property]") {
    const auto points = town(10100, 61);
    const auto result = likelihoodBandwidth(points);
    REQUIRE(result);
    REQUIRE(result->bandwidth);
    CHECK(result->reason.find(", judged at a sample of 9,900 incidents)") != std::string::npos);
    const double found = result->bandwidth->value();
    CHECK(result->reason.find("Foretells each incident best from the others, of all between ") == 0);
    const double there = *likelihoodCriterion(points, {}, Metres{found});
    CHECK(there > *likelihoodCriterion(points, {}, Metres{found / 1.2}));
    CHECK(there > *likelihoodCriterion(points, {}, Metres{found * 1.2}));
}

TEST_CASE("moving, turning and reordering the places and stretching the map move the bandwidth alike",
          "[bandwidth][property]") {
    const auto points = town(500, 71);
    auto changed = points;
    for (ProjectedPoint& p : changed) p = {-2 * (p.north - 90000) + 5000, 2 * (p.east - 400000)};
    Random{72}.shuffle(changed);
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth})
        CHECK(select(changed, {}, {})->bandwidth->value() ==
              Approx(2 * select(points, {}, {})->bandwidth->value()).epsilon(1e-6));
}

TEST_CASE("the bandwidth and its reason are the same on any number of threads, counts or rows",
          "[bandwidth][property]") {
    auto points = town(800, 81);
    points.push_back(points.front());
    std::vector<ProjectedPoint> places(points.begin(), points.end() - 1);
    std::vector<double> counts(places.size(), 1.0);
    counts.front() = 2.0;
    Random{82}.shuffle(points);
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
        const auto run = [&](std::size_t threads) {
            const ThreadLimit limit{threads};
            return select(points, {}, {}).value();
        };
        const SuggestedBandwidth one = run(1);
        for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
            CHECK(run(threads).bandwidth == one.bandwidth);
            CHECK(run(threads).reason == one.reason);
        }
        CHECK(select(places, counts, {})->bandwidth == one.bandwidth);
    }
}

TEST_CASE("too few or too even places give a reason", "[bandwidth][edge]") {
    const std::vector<ProjectedPoint> none, one{{5, 5}}, same(40, ProjectedPoint{5, 5}), two{{0, 0}, {100, 0}};
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
        CHECK(select(none, {}, {})->reason == "Not usable: there are no incidents.");
        CHECK(select(one, {}, {})->reason == "Not usable: 1 incident at one place has no spread to go by.");
        CHECK(select(same, {}, {})->reason == "Not usable: 40 incidents at one place have no spread to go by.");
        CHECK(select(two, {}, {})->reason ==
              "Not usable: half the usual distance between places, 50 m, is not below 18 m, the widest that the "
              "incidents' spread can call for (2 incidents at 2 places).");
    }
}

TEST_CASE("places a hair apart, on one line or far beyond all others give no NaN", "[bandwidth][edge]") {
    std::vector<ProjectedPoint> line, hair, wild = town(200, 91);
    for (int i = 0; i < 200; ++i) {
        line.push_back({400000.0 + i * i * 0.1, 90000.0});
        hair.push_back({1e-290 * i, 0.0});
    }
    wild.push_back({1e9, -1e9});
    for (const auto& points : {line, hair, wild})
        for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth}) {
            const auto result = select(points, {}, {});
            REQUIRE(result);
            CHECK_FALSE(result->reason.empty());
            if (result->bandwidth) CHECK(std::isfinite(result->bandwidth->value()));
            CHECK(result->reason.find("nan") == std::string::npos);
        }
    for (const double h : {1e-6, 1e9}) {
        CHECK(std::isfinite(*likelihoodCriterion(wild, {}, Metres{h})));
        CHECK(std::isfinite(*leastSquaresCriterion(wild, {}, Metres{h})));
    }
}

TEST_CASE("a criterion without a bandwidth or without two places is refused", "[bandwidth][edge]") {
    const std::vector<ProjectedPoint> two{{0, 0}, {100, 0}}, same(3, ProjectedPoint{1, 1});
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    for (const double h : {0.0, -1.0, nan, infinity, 1e-200, 1e200})
        for (const auto& criterion : {&likelihoodCriterion, &leastSquaresCriterion})
            CHECK(criterion(two, {}, Metres{h}, {}).error().message ==
                  "The bandwidth must be a positive number of metres.");
    for (const auto& criterion : {&likelihoodCriterion, &leastSquaresCriterion})
        CHECK(criterion(same, {}, Metres{10.0}, {}).error().message ==
              "Leaving one out needs incidents at two places or more.");
}

TEST_CASE("a cancelled search stops and says so", "[bandwidth]") {
    const auto points = town(3000, 95);
    for (const auto& select : {&likelihoodBandwidth, &leastSquaresBandwidth})
        for (const double when : {0.0, 0.2, 0.6}) {
            std::stop_source source;
            double last = 0.0;
            const TaskContext task{source.get_token(), [&](Progress progress) {
                                       CHECK(progress.fraction >= last);
                                       last = progress.fraction;
                                       if (progress.fraction >= when) source.request_stop();
                                   }};
            const auto result = select(points, {}, task);
            REQUIRE_FALSE(result);
            CHECK(result.error().code == ErrorCode::cancelled);
        }
    std::stop_source source;
    source.request_stop();
    CHECK(nearestPlaceBandwidth(points, {}, 4, {source.get_token(), {}}).error().code == ErrorCode::cancelled);
    CHECK(likelihoodCriterion(points, {}, Metres{100}, {source.get_token(), {}}).error().code == ErrorCode::cancelled);
}

TEST_CASE("Bournemouth's anti-social behaviour on map points is refused for its ties", "[bandwidth][golden]") {
    const auto file = test::sharedData("data/golden/bcp_reference/bcp_asb_2025_07_points.csv");
    if (!file) return;
    std::vector<ProjectedPoint> points;
    for (const auto& row : test::numbersOf(*file)) points.push_back({row.at(1), row.at(2)});
    const auto result = leastSquaresBandwidth(points);
    REQUIRE(result);
    CHECK_FALSE(result->bandwidth);
    CHECK(result->reason.find("593 of 1,019 incidents share their place with another") != std::string::npos);
    // Likelihood weighs lonely places too and has a best value, narrower than for each place once.
    const auto likely = likelihoodBandwidth(points);
    REQUIRE(likely->bandwidth);
    CHECK(likely->reason.find("1,019 incidents at 618 places, 593 of them not alone at theirs, which draws the "
                              "bandwidth down)") != std::string::npos);
    const std::set<ProjectedPoint> distinct(points.begin(), points.end());
    const auto once = likelihoodBandwidth(std::vector<ProjectedPoint>(distinct.begin(), distinct.end()));
    CHECK(once->bandwidth->value() > 1.5 * likely->bandwidth->value());
}

TEST_CASE("a sample of incidents estimates the criteria of all, each part of the map with its share",
          "[bandwidth][property]") {
    const auto incidents = snapped(4000, 3000, 97);
    const auto places = detail::countedPlaces(incidents, {});
    REQUIRE(places);
    detail::CrossValidation all(*places, 1e9), some(*places, 2e6);
    CHECK_FALSE(all.isSample());
    REQUIRE(some.isSample());
    CHECK(some.sampled() >= detail::leastSample);
    CHECK(some.sampled() < 2000);
    REQUIRE(all.findNeighbours({}));
    REQUIRE(some.findNeighbours({}));
    CHECK(some.medianSpacing() == all.medianSpacing());
    for (const double h : {150.0, 400.0, 1500.0}) {
        CHECK(*some.likelihood(h, {}) == Approx(*all.likelihood(h, {})).margin(0.1));
        CHECK(*some.leastSquares(h, {}) == Approx(*all.leastSquares(h, {})).epsilon(0.1));
    }
}
