// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include "core/base/parallel.h"
#include "core/density/detail/sums.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

using namespace patchlight;
using patchlight::test::Random;

namespace {

constexpr auto allKernels = {Kernel::quartic, Kernel::epanechnikov, Kernel::triweight,          Kernel::triangular,
                             Kernel::uniform, Kernel::gaussian,     Kernel::negativeExponential};
const GridFrame frame{400000.0, 90000.0, Metres{50.0}, 37, 53};

std::vector<double> bruteForce(std::span<const ProjectedPoint> points, std::span<const double> weights,
                               const GridFrame& grid, Kernel kernel, Metres bandwidth) {
    std::vector<double> values;
    for (std::size_t row = 0; row < grid.rows; ++row)
        for (std::size_t column = 0; column < grid.columns; ++column) {
            const ProjectedPoint c = grid.centre(row, column);
            double sum = 0.0;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const Metres d{std::hypot(c.east - points[i].east, c.north - points[i].north)};
                sum += (weights.empty() ? 1.0 : weights[i]) * kernelPerSquareMetre(kernel, d, bandwidth);
            }
            values.push_back(1e6 * sum);
        }
    return values;
}

double largest(const std::vector<double>& values) {
    return *std::max_element(values.begin(), values.end());
}

double largestDifference(const std::vector<double>& a, const std::vector<double>& b) {
    REQUIRE(a.size() == b.size());
    double difference = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) difference = std::max(difference, std::abs(a[i] - b[i]));
    return difference;
}

std::vector<ProjectedPoint> pointsAround(std::size_t count, std::uint64_t seed) {
    return Random{seed}.pointsIn(grownBy(frame.box(), Metres{300.0}), count);
}

} // namespace

TEST_CASE("every kernel has unit volume over the plane", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const double h = GENERATE(1.0, 250.0);
    // 2 pi int K(r) r dr by the midpoint rule, out to where the kernel ends.
    const double reach = kernelReach(kernel, Metres{h}).value();
    constexpr int steps = 200000;
    double volume = 0.0;
    for (int i = 0; i < steps; ++i) {
        const double r = (i + 0.5) * reach / steps;
        volume += 2 * std::numbers::pi * r * kernelPerSquareMetre(kernel, Metres{r}, Metres{h}) * reach / steps;
    }
    CHECK(volume == Approx(1.0).margin(1e-9));
}

TEST_CASE("a kernel falls with distance and ends at its reach", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const double reach = kernelReach(kernel, Metres{300.0}).value();
    double before = kernelPerSquareMetre(kernel, Metres{0.0}, Metres{300.0});
    for (double d = 1.0; d < reach; d += 1.0) {
        const double value = kernelPerSquareMetre(kernel, Metres{d}, Metres{300.0});
        CHECK(value <= before);
        before = value;
    }
    CHECK(kernelPerSquareMetre(kernel, Metres{reach * 1.0001}, Metres{300.0}) == 0.0);
    const double margin = kernel == Kernel::gaussian ? 900.0 : kernel == Kernel::negativeExponential ? 1500.0 : 300.0;
    CHECK(kernelMargin(kernel, Metres{300.0}).value() == margin);
}

TEST_CASE("the surface equals the brute-force sum at every cell", "[density][oracle]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto bandwidth = GENERATE(Metres{12.0}, Metres{170.0}, Metres{400.0}, Metres{5000.0});
    const auto points = pointsAround(120, 1);
    Random random{2};
    std::vector<double> weights(points.size());
    for (double& weight : weights) weight = random.between(0.0, 5.0);
    weights[7] = 0.0;
    const auto surface = kernelDensity(points, weights, frame, kernel, bandwidth);
    REQUIRE(surface);
    const auto expected = bruteForce(points, weights, frame, kernel, bandwidth);
    CHECK(surface->frame == frame);
    CHECK(largestDifference(surface->values, expected) <= 1e-12 * largest(expected));
}

TEST_CASE("each place can have a bandwidth of its own", "[density][oracle]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto points = pointsAround(200, 21);
    Random random{22};
    std::vector<double> bandwidths, weights;
    for (std::size_t i = 0; i < points.size(); ++i) {
        bandwidths.push_back(std::exp(random.between(std::log(15.0), std::log(2500.0))));
        weights.push_back(random.between(0.0, 3.0));
    }
    const auto surface = adaptiveDensity(points, weights, bandwidths, frame, kernel);
    REQUIRE(surface);
    std::vector<double> expected(frame.cells(), 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto one =
            bruteForce(std::span(&points[i], 1), std::span(&weights[i], 1), frame, kernel, Metres{bandwidths[i]});
        for (std::size_t c = 0; c < one.size(); ++c) expected[c] += one[c];
    }
    CHECK(largestDifference(surface->values, expected) <= 1e-12 * largest(expected));
    for (const auto path : detail::availablePaths())
        CHECK(detail::densityOn(path, points, weights, bandwidths, frame, kernel, detail::KernelTerm::plain, {})
                  ->values == surface->values);
    CHECK(adaptiveDensity(points, {}, std::vector<double>(3, 100.0), frame, kernel).error().message ==
          "There are 3 bandwidths for 200 points: give one for each point.");
}

TEST_CASE("the squared kernel is summed by itself", "[density][oracle]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto points = pointsAround(120, 23);
    std::vector<double> weights(points.size(), 1.0);
    weights[3] = 4.0;
    const auto surface = squaredKernelDensity(points, weights, frame, kernel, Metres{330.0});
    REQUIRE(surface);
    std::vector<double> expected;
    for (std::size_t row = 0; row < frame.rows; ++row)
        for (std::size_t column = 0; column < frame.columns; ++column) {
            double sum = 0.0;
            for (std::size_t i = 0; i < points.size(); ++i) {
                const ProjectedPoint c = frame.centre(row, column);
                const double value =
                    1e6 * kernelPerSquareMetre(kernel,
                                               Metres{std::hypot(c.east - points[i].east, c.north - points[i].north)},
                                               Metres{330.0});
                sum += weights[i] * value * value;
            }
            expected.push_back(sum);
        }
    CHECK(largestDifference(surface->values, expected) <= 1e-12 * largest(expected));
}

TEST_CASE("many incidents in a tile's circle are summed by their moments as one by one", "[density][oracle]") {
    // 3,000 incidents within one bandwidth: most hold whole tiles of cells, more than are taken at once.
    const GridFrame fine{0.0, 0.0, Metres{10.0}, 61, 70};
    const auto points = Random{24}.pointsIn({250.0, 200.0, 450.0, 400.0}, 3000);
    const auto surface = kernelDensity(points, {}, fine, Kernel::quartic, Metres{400.0});
    const auto expected = bruteForce(points, {}, fine, Kernel::quartic, Metres{400.0});
    CHECK(largestDifference(surface->values, expected) <= 1e-13 * largest(expected));
    for (std::size_t i = 0; i < expected.size(); ++i) {
        if (expected[i] == 0.0) CHECK(surface->values[i] == 0.0);
        if (expected[i] > 0.0) CHECK(std::abs(surface->values[i] / expected[i] - 1) <= 1e-10); // faint cells too
    }
}

TEST_CASE("buckets summed by their moments are the sum of their incidents", "[density][oracle]") {
    // With a bandwidth for each place incidents are taken one by one, with one bandwidth by whole buckets.
    const GridFrame fine{0.0, 0.0, Metres{10.0}, 83, 70};
    const auto bandwidth = GENERATE(Metres{230.0}, Metres{400.0}, Metres{3000.0});
    auto points = Random{25}.pointsIn({-150.0, -100.0, 800.0, 900.0}, 60000);
    for (std::size_t i = 0; i < 2000; ++i) points.push_back({80.0, 160.0}); // on a bucket's corner
    std::vector<double> weights(points.size());
    Random random{26};
    for (double& weight : weights) weight = random.between(0.0, 2.0);
    const auto whole = kernelDensity(points, weights, fine, Kernel::quartic, bandwidth);
    const auto single =
        adaptiveDensity(points, weights, std::vector<double>(points.size(), bandwidth.value()), fine, Kernel::quartic);
    CHECK(largestDifference(whole->values, single->values) <= 1e-13 * largest(single->values));
    for (const auto path : detail::availablePaths()) {
        const double h = bandwidth.value();
        CHECK(detail::densityOn(path, points, weights, std::span(&h, 1), fine, Kernel::quartic,
                                detail::KernelTerm::plain, {})
                  ->values == whole->values);
    }
}

TEST_CASE("a kernel's width on an axis is its second moment", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const double reach = kernelReach(kernel, Metres{1.0}).value();
    constexpr int steps = 200000;
    double variance = 0.0; // half the mean of r²
    for (int i = 0; i < steps; ++i) {
        const double r = (i + 0.5) * reach / steps;
        variance += std::numbers::pi * r * r * r * kernelPerSquareMetre(kernel, Metres{r}, Metres{1.0}) * reach / steps;
    }
    CHECK(deviationOnAxis(kernel) == Approx(std::sqrt(variance)).epsilon(1e-6));
}

TEST_CASE("incidents on cell centres and edges count as the brute-force sum says", "[density][oracle]") {
    const auto kernel = GENERATE(values(allKernels));
    std::vector<ProjectedPoint> points;
    for (std::size_t i = 0; i < 20; ++i) {
        points.push_back(frame.centre(i, 2 * i));
        points.push_back({frame.west + 50.0 * static_cast<double>(i), frame.south});
        points.push_back({frame.box().east, frame.south + 25.0 * static_cast<double>(i)});
    }
    const auto bandwidth = GENERATE(Metres{50.0}, Metres{250.0}); // 150² + 200² = 250²: centres on the kernel's rim
    const auto surface = kernelDensity(points, {}, frame, kernel, bandwidth);
    REQUIRE(surface);
    const auto expected = bruteForce(points, {}, frame, kernel, bandwidth);
    CHECK(largestDifference(surface->values, expected) <= 1e-12 * largest(expected));
}

TEST_CASE("the surface is the same bytes on any number of threads, vector path and order of incidents",
          "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    auto points = pointsAround(700, 3);
    for (std::size_t i = 0; i < 200; ++i) points.push_back(points[i]); // shared places
    const auto first = [&] {
        const ThreadLimit one{1};
        return kernelDensity(points, {}, frame, kernel, Metres{220.0});
    }();
    REQUIRE(first);
    for (const std::size_t threads : {std::size_t{1}, std::size_t{2}, std::size_t{7}}) {
        const ThreadLimit limit{threads};
        for (const auto path : detail::availablePaths()) {
            const double h = 220.0;
            const auto again =
                detail::densityOn(path, points, {}, std::span(&h, 1), frame, kernel, detail::KernelTerm::plain, {});
            CHECK(again->values == first->values);
        }
    }
    Random{4}.shuffle(points);
    CHECK(kernelDensity(points, {}, frame, kernel, Metres{220.0})->values == first->values);
}

TEST_CASE("moving the incidents with the grid changes nothing but position", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto points = pointsAround(150, 5);
    auto moved = points;
    GridFrame movedFrame = frame;
    movedFrame.west += 12800.0;
    movedFrame.south += 6400.0;
    for (ProjectedPoint& p : moved) p = {p.east + 12800.0, p.north + 6400.0};
    const auto here = kernelDensity(points, {}, frame, kernel, Metres{333.0});
    const auto there = kernelDensity(moved, {}, movedFrame, kernel, Metres{333.0});
    REQUIRE(here);
    REQUIRE(there);
    // Coordinates round at 1e-10 m when moved, distances of hundreds of metres with them.
    CHECK(largestDifference(here->values, there->values) <= 1e-11 * largest(here->values));
}

TEST_CASE("mirroring the incidents and the grid mirrors the surface", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const GridFrame centred{-1000.0, -500.0, Metres{50.0}, 20, 40};
    const auto points = Random{6}.pointsIn(grownBy(centred.box(), Metres{200.0}), 90);
    auto mirrored = points;
    for (ProjectedPoint& p : mirrored) p = {-p.east, -p.north};
    auto surface = kernelDensity(points, {}, centred, kernel, Metres{210.0})->values;
    std::reverse(surface.begin(), surface.end());
    const auto other = kernelDensity(mirrored, {}, centred, kernel, Metres{210.0})->values;
    CHECK(largestDifference(surface, other) <= 1e-12 * largest(surface));
}

TEST_CASE("fourfold weights make the surface fourfold, and weights are repeated incidents", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto points = pointsAround(80, 7);
    std::vector<double> one(points.size()), four(points.size());
    std::vector<ProjectedPoint> repeated;
    for (std::size_t i = 0; i < points.size(); ++i) {
        one[i] = static_cast<double>(1 + i % 4);
        four[i] = 4 * one[i];
        for (std::size_t k = 0; k < 1 + i % 4; ++k) repeated.push_back(points[i]);
    }
    const auto single = kernelDensity(points, one, frame, kernel, Metres{300.0})->values;
    auto fourfold = kernelDensity(points, four, frame, kernel, Metres{300.0})->values;
    for (double& value : fourfold) value /= 4;
    CHECK(fourfold == single); // powers of four pass exactly through square roots
    CHECK(kernelDensity(repeated, {}, frame, kernel, Metres{300.0})->values == single);
}

TEST_CASE("the surface of two sets is the sum of their surfaces", "[density][property]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto a = pointsAround(60, 8), b = pointsAround(70, 9);
    auto both = a;
    both.insert(both.end(), b.begin(), b.end());
    auto sum = kernelDensity(a, {}, frame, kernel, Metres{300.0})->values;
    const auto second = kernelDensity(b, {}, frame, kernel, Metres{300.0})->values;
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += second[i];
    CHECK(largestDifference(sum, kernelDensity(both, {}, frame, kernel, Metres{300.0})->values) <=
          1e-12 * largest(sum));
}

TEST_CASE("the cells' sum approaches the number of incidents", "[density][property]") {
    const auto kernel =
        GENERATE(Kernel::quartic, Kernel::epanechnikov, Kernel::triweight, Kernel::triangular, Kernel::gaussian);
    const GridFrame fine{0.0, 0.0, Metres{10.0}, 200, 200};
    const auto points = Random{10}.pointsIn({800.0, 800.0, 1200.0, 1200.0}, 30);
    const auto surface = kernelDensity(points, {}, fine, kernel, Metres{kernel == Kernel::gaussian ? 90.0 : 300.0});
    double sum = 0.0;
    for (const double value : surface->values) sum += value * 1e-4; // km² a cell
    CHECK(sum == Approx(30.0).epsilon(1e-3));
}

TEST_CASE("no incident, or none within reach, gives zeros", "[density][edge]") {
    const auto kernel = GENERATE(values(allKernels));
    const std::vector<ProjectedPoint> far{{1e6, 1e6}, {-1e300, 5.0}, {400100.0, 1e17}};
    for (const auto& points : {std::vector<ProjectedPoint>{}, far}) {
        const auto surface = kernelDensity(points, {}, frame, kernel, Metres{300.0});
        REQUIRE(surface);
        CHECK(surface->values == std::vector<double>(frame.cells(), 0.0));
    }
    const auto empty = kernelDensity(far, {}, GridFrame{}, kernel, Metres{300.0});
    REQUIRE(empty);
    CHECK(empty->values.empty());
}

TEST_CASE("one cell, one row and one column are grids too", "[density][edge]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto [rows, columns] =
        GENERATE(std::pair<std::size_t, std::size_t>{1, 1}, std::pair<std::size_t, std::size_t>{1, 300},
                 std::pair<std::size_t, std::size_t>{300, 1});
    const GridFrame thin{0.0, 0.0, Metres{10.0}, rows, columns};
    const auto points = Random{11}.pointsIn(grownBy(thin.box(), Metres{20.0}), 50);
    const auto surface = kernelDensity(points, {}, thin, kernel, Metres{35.0});
    const auto expected = bruteForce(points, {}, thin, kernel, Metres{35.0});
    CHECK(largestDifference(surface->values, expected) <= 1e-12 * largest(expected));
}

TEST_CASE("all incidents at one place make one kernel", "[density][edge]") {
    const std::vector<ProjectedPoint> points(1000, frame.centre(10, 10));
    const auto surface = kernelDensity(points, {}, frame, Kernel::quartic, Metres{300.0});
    CHECK(surface->values[10 * frame.columns + 10] ==
          Approx(1e9 * kernelPerSquareMetre(Kernel::quartic, Metres{0.0}, Metres{300.0})));
}

TEST_CASE("parameters and incidents that make no sense are refused with a sentence", "[density][edge]") {
    const auto kernel = GENERATE(values(allKernels));
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const std::vector<ProjectedPoint> points{{400100.0, 90100.0}, {400200.0, 90200.0}};
    const auto refusal = [&](std::span<const ProjectedPoint> at, std::vector<double> weights, const GridFrame& grid,
                             double bandwidth) {
        const auto result = kernelDensity(at, weights, grid, kernel, Metres{bandwidth});
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::invalidParameter);
        return result.error();
    };
    for (const double h : {0.0, -300.0, nan, infinity, 1e-200, 1e200}) {
        const Error error = refusal(points, {}, frame, h);
        CHECK(error.subject == "bandwidth");
        CHECK(error.message == "The bandwidth must be a positive number of metres.");
    }
    CHECK(refusal(points, {1.0}, frame, 300.0).message ==
          "There are 1 weights for 2 points: give one for each point, or none.");
    for (const double weight : {-1.0, nan, infinity})
        CHECK(refusal(points, {1.0, weight}, frame, 300.0).subject == "weights");
    CHECK(refusal(points, {1.0, -1.0}, frame, 300.0).message ==
          "The weight of point 2 is -1: weights are numbers from 0 up.");
    for (const double bad : {nan, infinity, -infinity}) {
        const std::vector<ProjectedPoint> broken{{400100.0, 90100.0}, {400200.0, bad}};
        CHECK(refusal(broken, {}, frame, 300.0).message ==
              "Point 2 has a coordinate that is not a number: leave points without a position out.");
    }
    CHECK(refusal(points, {}, GridFrame{0, 0, Metres{0.0}, 5, 5}, 300.0).subject == "cell-size");
    const std::size_t huge = std::numeric_limits<std::size_t>::max() / 2;
    CHECK(refusal(points, {}, GridFrame{0, 0, Metres{1.0}, huge, 3}, 300.0).subject == "cell-size");
}

TEST_CASE("a cancelled density stops and says so; progress never falls", "[density]") {
    const auto kernel = GENERATE(values(allKernels));
    const auto points = pointsAround(500, 12);
    TaskContext task;
    double last = 0.0;
    task.onProgress = [&](Progress progress) {
        CHECK(progress.fraction >= last);
        CHECK(progress.fraction <= 1.0);
        last = progress.fraction;
    };
    CHECK(kernelDensity(points, {}, frame, kernel, Metres{300.0}, task));
    CHECK(last == 1.0);

    std::stop_source source;
    task.stop = source.get_token();
    task.onProgress = [&](Progress) { source.request_stop(); };
    const GridFrame larger{400000.0, 90000.0, Metres{10.0}, 185, 265};
    const auto late = kernelDensity(points, {}, larger, kernel, Metres{300.0}, task);
    REQUIRE_FALSE(late);
    CHECK(late.error().code == ErrorCode::cancelled);
    const auto early = kernelDensity(points, {}, larger, kernel, Metres{300.0}, task);
    REQUIRE_FALSE(early);
    CHECK(early.error().code == ErrorCode::cancelled);
}
