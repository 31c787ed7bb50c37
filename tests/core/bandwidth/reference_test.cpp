// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/bandwidth/bandwidth.h"

#include "core/base/parallel.h"
#include "tests/core/bandwidth/patterns.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::normalCluster;
using patchlight::test::Random;
using patchlight::test::town;

namespace {

/// min(mean SD, mean IQR/1.34) from the incidents one by one, quartiles as R's type 7.
double spread(const std::vector<ProjectedPoint>& points) {
    double deviations = 0.0, quartiles = 0.0;
    for (const auto axis : {&ProjectedPoint::east, &ProjectedPoint::north}) {
        std::vector<double> values;
        for (const ProjectedPoint p : points) values.push_back(p.*axis);
        std::sort(values.begin(), values.end());
        const auto n = static_cast<double>(values.size());
        double mean = 0.0, squares = 0.0;
        for (const double v : values) mean += v / n;
        for (const double v : values) squares += (v - mean) * (v - mean);
        deviations += std::sqrt(squares / (n - 1)) / 2;
        const auto quantile = [&](double p) {
            const double rank = p * (n - 1);
            const auto low = static_cast<std::size_t>(rank);
            const double above = values[std::min(low + 1, values.size() - 1)];
            return values[low] + (rank - std::floor(rank)) * (above - values[low]);
        };
        quartiles += (quantile(0.75) - quantile(0.25)) / 2;
    }
    return quartiles > 0 ? std::min(deviations, quartiles / 1.34) : deviations;
}

double kthNearest(const std::vector<ProjectedPoint>& points, std::size_t k) {
    std::vector<double> kth;
    for (const ProjectedPoint p : points) {
        std::vector<double> distances;
        for (const ProjectedPoint q : points)
            if (q != p) distances.push_back(std::hypot(p.east - q.east, p.north - q.north));
        std::sort(distances.begin(), distances.end());
        kth.push_back(distances.at(k - 1));
    }
    std::sort(kth.begin(), kth.end());
    return (kth[kth.size() / 2] + kth[(kth.size() - 1) / 2]) / 2;
}

} // namespace

TEST_CASE("a quartic radius is 2.779 Gaussian deviations, and back", "[bandwidth]") {
    CHECK(quarticRadius(Metres{100.0}).value() == Approx(277.9193));
    CHECK(gaussianDeviation(quarticRadius(Metres{123.0})).value() == Approx(123.0));
}

TEST_CASE("the factor makes the kernels' asymptotic errors equal", "[bandwidth][property]") {
    // AMISE in two dimensions depends on a kernel by (R(K)/mu2²)^(1/6); both integrals over the unit quartic kernel.
    double roughness = 0.0, variance = 0.0;
    constexpr int steps = 20000;
    for (int i = 0; i < steps; ++i) {
        const double r = (i + 0.5) / steps, value = 3 / std::numbers::pi * (1 - r * r) * (1 - r * r);
        roughness += value * value * 2 * std::numbers::pi * r / steps;
        variance += r * r / 2 * value * 2 * std::numbers::pi * r / steps;
    }
    const double gaussian = 1 / (4 * std::numbers::pi);
    CHECK(quarticRadius(Metres{1.0}).value() ==
          Approx(std::pow(roughness / (variance * variance) / gaussian, 1.0 / 6)).epsilon(1e-7));
}

TEST_CASE("the normal rule is the spread times n^(-1/6), oversmoothing 1.085 times that", "[bandwidth][oracle]") {
    for (const auto& points : {normalCluster(777, 500.0, 1), town(1500, 2), normalCluster(2, 30.0, 3)}) {
        const double expected = spread(points) * std::pow(static_cast<double>(points.size()), -1.0 / 6);
        const auto normal = normalReferenceBandwidth(points), widest = oversmoothingBandwidth(points);
        REQUIRE(normal);
        REQUIRE(widest);
        CHECK(normal->bandwidth->value() == Approx(expected));
        CHECK(widest->bandwidth->value() == Approx(1.085 * expected));
        CHECK(normal->meaning == BandwidthMeaning::standardDeviation);
    }
}

TEST_CASE("places with counts give the same as their incidents one by one, in any order", "[bandwidth][property]") {
    Random random{4};
    const auto places = town(300, 5);
    std::vector<ProjectedPoint> incidents;
    std::vector<double> counts;
    for (const ProjectedPoint p : places) {
        counts.push_back(static_cast<double>(random.below(6)));
        incidents.insert(incidents.end(), static_cast<std::size_t>(counts.back()), p);
    }
    random.shuffle(incidents);
    const auto one = normalReferenceBandwidth(places, counts), other = normalReferenceBandwidth(incidents);
    CHECK(one->bandwidth->value() == other->bandwidth->value());
    CHECK(one->reason == other->reason);
    CHECK(one->bandwidth->value() ==
          Approx(spread(incidents) * std::pow(static_cast<double>(incidents.size()), -1.0 / 6)));
    CHECK(nearestPlaceBandwidth(places, counts, 3)->bandwidth == nearestPlaceBandwidth(incidents, {}, 3)->bandwidth);
}

TEST_CASE("where more than half of the incidents share a place the spread is the deviation", "[bandwidth][edge]") {
    std::vector<ProjectedPoint> points(60, ProjectedPoint{0, 0});
    for (int i = 0; i < 10; ++i) points.push_back({100.0 * i, 50.0 * i});
    const auto result = normalReferenceBandwidth(points);
    REQUIRE(result);
    CHECK(result->bandwidth->value() == Approx(spread(points) * std::pow(70.0, -1.0 / 6)));
    CHECK(result->bandwidth->value() > 0.0);
}

TEST_CASE("the k-nearest rule is the median distance to the k-th nearest other place", "[bandwidth][oracle]") {
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        auto points = town(200 + seed, seed);
        points.push_back({-9e8, 9e8}); // one wild position
        for (const std::size_t k : {std::size_t{1}, std::size_t{5}, std::size_t{50}, points.size() - 1}) {
            const auto result = nearestPlaceBandwidth(points, {}, k);
            REQUIRE(result);
            CHECK(result->bandwidth->value() == Approx(kthNearest(points, k)).epsilon(1e-12));
            CHECK(result->meaning == BandwidthMeaning::radius);
        }
    }
}

TEST_CASE("reasons are sentences", "[bandwidth]") {
    const std::vector<ProjectedPoint> points{{0, 0}, {0, 100}, {100, 0}, {100, 100}};
    CHECK(normalReferenceBandwidth(points)->reason ==
          "Rule of thumb from a spread of 58 m (4 incidents at 4 places): right for one round cluster, too wide for a "
          "town with several.");
    CHECK(oversmoothingBandwidth(points)->reason == "The widest that can be called for by a spread of 58 m (4 "
                                                    "incidents at 4 places): an upper limit, not a choice.");
    CHECK(nearestPlaceBandwidth(points, {}, 2)->reason ==
          "Half of the 4 places have at least 2 other places within this distance.");
    CHECK(nearestPlaceBandwidth(points, {}, 4)->reason ==
          "Not usable: there are 4 places, none of which has 4 others.");
}

TEST_CASE("none, one and all at one place give a reason instead of a bandwidth", "[bandwidth][edge]") {
    const std::vector<ProjectedPoint> none, one{{5, 5}}, same(40, ProjectedPoint{5, 5});
    for (const auto& rule : {&normalReferenceBandwidth, &oversmoothingBandwidth}) {
        CHECK_FALSE(rule(none, {})->bandwidth);
        CHECK(rule(none, {})->reason == "Not usable: there are no incidents.");
        CHECK(rule(one, {})->reason == "Not usable: 1 incident at one place has no spread to go by.");
        CHECK(rule(same, {})->reason == "Not usable: 40 incidents at one place have no spread to go by.");
        CHECK(rule(same, std::vector<double>(40, 0.0))->reason == "Not usable: there are no incidents.");
    }
    CHECK_FALSE(nearestPlaceBandwidth(same, {}, 1)->bandwidth);
    CHECK_FALSE(nearestPlaceBandwidth(none, {}, std::numeric_limits<std::size_t>::max())->bandwidth);
}

TEST_CASE("places and counts that make no sense are refused with a sentence", "[bandwidth][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::vector<ProjectedPoint> points{{0, 0}, {1, 1}};
    CHECK(nearestPlaceBandwidth(points, {}, 0).error().message == "The number of nearest places must be 1 or more.");
    CHECK(normalReferenceBandwidth(points, std::vector<double>{1}).error().message ==
          "There are 1 weights for 2 points: give one for each point, or none.");
    CHECK(normalReferenceBandwidth(points, std::vector<double>{1, 2.5}).error().message ==
          "The weight of point 2 is 2.5: weights are counts of incidents, whole numbers from 0 up.");
    for (const double weight : {-1.0, nan, infinity, 1e16}) {
        const std::vector<double> weights{1, weight};
        CHECK(oversmoothingBandwidth(points, weights).error().subject == "weights");
        CHECK(nearestPlaceBandwidth(points, weights, 1).error().subject == "weights");
        CHECK(likelihoodBandwidth(points, weights).error().subject == "weights");
        CHECK(leastSquaresCriterion(points, weights, Metres{1.0}).error().subject == "weights");
    }
    for (const double bad : {nan, infinity}) {
        const std::vector<ProjectedPoint> broken{{0, 0}, {0, bad}};
        CHECK(normalReferenceBandwidth(broken).error().message ==
              "Point 2 has a coordinate that is not a number: leave points without a position out.");
        CHECK(leastSquaresBandwidth(broken).error().subject == "points");
    }
    CHECK(normalReferenceBandwidth(std::vector<ProjectedPoint>{{1e10, 0}, {0, 0}}).error().message ==
          "Point 1 lies more than a million kilometres away: its coordinates are not metres of a projection.");
}
