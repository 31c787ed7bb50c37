// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/density/density.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::Random;

namespace {

double distance(ProjectedPoint a, ProjectedPoint b) {
    return std::hypot(a.east - b.east, a.north - b.north);
}

/// Straight from the definition: the distance at which the weights of the others reach `neighbours`.
double nearestByDefinition(const std::vector<ProjectedPoint>& points, const std::vector<double>& weights, std::size_t i,
                           double neighbours) {
    std::vector<std::pair<double, double>> others;
    for (std::size_t j = 0; j < points.size(); ++j)
        others.emplace_back(distance(points[i], points[j]), weights[j] - (i == j ? 1.0 : 0.0));
    std::sort(others.begin(), others.end());
    double sum = 0.0;
    for (const auto& [d, weight] : others)
        if ((sum += weight) >= neighbours) return d;
    return -1.0;
}

struct Weighted {
    std::vector<ProjectedPoint> points;
    std::vector<double> weights;
};
Weighted crowd(std::uint64_t seed) {
    Random random{seed};
    Weighted crowd{random.pointsIn({0.0, 0.0, 3000.0, 2000.0}, 300), {}};
    const auto dense = random.pointsIn({500.0, 500.0, 700.0, 650.0}, 200);
    crowd.points.insert(crowd.points.end(), dense.begin(), dense.end());
    crowd.points.push_back({90000.0, -40000.0}); // far off
    for (std::size_t i = 0; i < crowd.points.size(); ++i)
        crowd.weights.push_back(static_cast<double>(1 + random.below(4)));
    return crowd;
}

} // namespace

TEST_CASE("Abramson's bandwidths follow their definition", "[density][oracle]") {
    const auto kernel = GENERATE(Kernel::quartic, Kernel::gaussian, Kernel::uniform);
    const Weighted data = crowd(31);
    const double h0 = 180.0, radius = h0 * deviationOnAxis(kernel) * std::sqrt(8.0);
    const auto found = abramsonBandwidths(data.points, data.weights, kernel, Metres{h0});
    REQUIRE(found);
    std::vector<double> pilot;
    double logs = 0.0, total = 0.0;
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        double sum = 0.0;
        for (std::size_t j = 0; j < data.points.size(); ++j)
            sum +=
                data.weights[j] *
                kernelPerSquareMetre(Kernel::quartic, Metres{distance(data.points[i], data.points[j])}, Metres{radius});
        pilot.push_back(1.0 / std::sqrt(sum));
        logs += data.weights[i] * std::log(pilot.back());
        total += data.weights[i];
    }
    for (std::size_t i = 0; i < pilot.size(); ++i)
        CHECK((*found)[i] == Approx(h0 * std::min(pilot[i] / std::exp(logs / total), 5.0)).epsilon(1e-10));
    const auto [least, most] = std::minmax_element(found->begin(), found->end());
    CHECK(*least < h0);     // in the crowd
    CHECK(*most == 5 * h0); // far off, limited
}

TEST_CASE("bandwidths to the nearest incidents follow their definition", "[density][oracle]") {
    const std::size_t neighbours = GENERATE(1, 5, 40, 400, 1000);
    const Weighted data = crowd(32);
    const auto found = nearestBandwidths(data.points, data.weights, neighbours, Metres{20.0});
    REQUIRE(found);
    for (std::size_t i = 0; i < data.points.size(); ++i) {
        const double expected = nearestByDefinition(data.points, data.weights, i, static_cast<double>(neighbours));
        REQUIRE(expected >= 0.0);
        CHECK((*found)[i] == Approx(std::max(expected, 20.0)).epsilon(1e-12));
    }
}

TEST_CASE("adaptive bandwidths are the same on any number of threads", "[density][property]") {
    const Weighted data = crowd(33);
    const auto abramson = abramsonBandwidths(data.points, data.weights, Kernel::quartic, Metres{300.0});
    const auto nearest = nearestBandwidths(data.points, data.weights, 25, Metres{50.0});
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{7}}) {
        const ThreadLimit limit{threads};
        CHECK(*abramsonBandwidths(data.points, data.weights, Kernel::quartic, Metres{300.0}) == *abramson);
        CHECK(*nearestBandwidths(data.points, data.weights, 25, Metres{50.0}) == *nearest);
    }
}

TEST_CASE("adaptive bandwidths of few or equal incidents are numbers", "[density][edge]") {
    const std::vector<ProjectedPoint> one{{5.0, 5.0}}, same(20, ProjectedPoint{5.0, 5.0});
    CHECK(abramsonBandwidths({}, {}, Kernel::quartic, Metres{300.0})->empty());
    CHECK(abramsonBandwidths(one, {}, Kernel::quartic, Metres{300.0})->front() == Approx(300.0));
    CHECK(abramsonBandwidths(same, {}, Kernel::quartic, Metres{300.0})->back() == Approx(300.0));
    CHECK(nearestBandwidths(same, {}, 19, Metres{40.0})->front() == 40.0);
    CHECK(nearestBandwidths(one, {}, 1, Metres{40.0}).error().message ==
          "Neighbours must be from 1 to 0, one fewer than there are incidents, not 1.");
    CHECK(nearestBandwidths(same, {}, 20, Metres{40.0}).error().subject == "neighbours");
    CHECK(nearestBandwidths(same, {}, 0, Metres{40.0}).error().subject == "neighbours");
    CHECK(nearestBandwidths(same, {}, 3, Metres{0.0}).error().subject == "bandwidth");
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double h : {0.0, -1.0, nan, 1e200})
        CHECK(abramsonBandwidths(same, {}, Kernel::quartic, Metres{h}).error().subject == "bandwidth");
    CHECK(abramsonBandwidths(same, std::vector<double>{1.0}, Kernel::quartic, Metres{300.0}).error().subject ==
          "weights");
    const std::vector<double> withNothing(20, 0.0);
    CHECK(abramsonBandwidths(same, withNothing, Kernel::quartic, Metres{300.0}).error().message ==
          "The weight of point 1 is 0: adaptive bandwidths take weights above 0.");
    const std::vector<ProjectedPoint> broken{{nan, 5.0}};
    CHECK(abramsonBandwidths(broken, {}, Kernel::quartic, Metres{300.0}).error().subject == "points");
    CHECK(nearestBandwidths(broken, {}, 1, Metres{40.0}).error().subject == "points");
    std::stop_source source;
    source.request_stop();
    const TaskContext stopped{source.get_token(), {}};
    CHECK(abramsonBandwidths(same, {}, Kernel::quartic, Metres{300.0}, stopped).error().code == ErrorCode::cancelled);
    CHECK(nearestBandwidths(same, {}, 3, Metres{40.0}, stopped).error().code == ErrorCode::cancelled);
}

namespace {
const GridFrame edgeFrame{0.0, 0.0, Metres{20.0}, 60, 80};
} // namespace

TEST_CASE("the share inside is one in the middle, half at a straight border, a quarter in a corner",
          "[density][property]") {
    const auto kernel = GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triweight, Kernel::triangular,
                                 Kernel::uniform, Kernel::gaussian, Kernel::negativeExponential);
    const double h = kernel == Kernel::gaussian ? 60.0 : kernel == Kernel::negativeExponential ? 12.0 : 300.0;
    const std::vector<std::uint8_t> everywhere(edgeFrame.cells(), 1);
    const auto shares = edgeShares(edgeFrame, everywhere, kernel, Metres{h});
    REQUIRE(shares);
    const auto at = [&](std::size_t row, std::size_t column) { return (*shares)[row * edgeFrame.columns + column]; };
    CHECK(at(30, 40) == Approx(1.0).margin(kernel == Kernel::negativeExponential ? 1e-9 : 1e-12));
    // The border runs half a cell south of the first centres: a mirrored pair of rows shares the whole.
    CHECK(at(0, 40) > 0.5);
    CHECK(at(0, 0) > 0.25);
    CHECK(at(0, 40) == Approx(at(59, 40)).epsilon(1e-12));
    CHECK(at(0, 0) == Approx(at(0, 40) * at(0, 40)).epsilon(0.12)); // exactly so for the separable Gaussian
    if (kernel == Kernel::gaussian) CHECK(at(0, 0) == Approx(at(0, 40) * at(30, 0)).epsilon(1e-12));
}

TEST_CASE("an even spread of incidents stays even up to the border with an edge correction", "[density][property]") {
    const auto kernel = GENERATE(Kernel::quartic, Kernel::uniform, Kernel::gaussian);
    std::vector<std::uint8_t> inside(edgeFrame.cells(), 0);
    std::vector<ProjectedPoint> incidents;
    for (std::size_t row = 0; row < edgeFrame.rows; ++row)
        for (std::size_t column = 0; column < edgeFrame.columns; ++column) {
            if (row + column < 20 || column > 70) continue; // a slanting border and a straight one
            inside[row * edgeFrame.columns + column] = 1;
            incidents.push_back(edgeFrame.centre(row, column));
        }
    const auto surface = kernelDensity(incidents, {}, edgeFrame, kernel, Metres{130.0});
    const auto shares = edgeShares(edgeFrame, inside, kernel, Metres{130.0});
    REQUIRE(shares);
    std::vector<double> corrected;
    double lowest = 1e300;
    for (std::size_t cell = 0; cell < inside.size(); ++cell) {
        if (!inside[cell]) continue;
        corrected.push_back(surface->values[cell] / (*shares)[cell]);
        lowest = std::min(lowest, surface->values[cell] / corrected.back());
    }
    const auto [least, most] = std::minmax_element(corrected.begin(), corrected.end());
    CHECK(*most / *least == Approx(1.0).epsilon(1e-9));
    CHECK(lowest < 0.7); // without it the border loses a third and more
}

TEST_CASE("shares of a study area that is not the grid's are refused", "[density][edge]") {
    CHECK(edgeShares(edgeFrame, std::vector<std::uint8_t>(3, 1), Kernel::quartic, Metres{100.0}).error().subject ==
          "area");
    const auto none =
        edgeShares(edgeFrame, std::vector<std::uint8_t>(edgeFrame.cells(), 0), Kernel::quartic, Metres{100.0});
    CHECK(*none == std::vector<double>(edgeFrame.cells(), 0.0));
}
