// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "tests/core/clusters/patterns.h"
#include "tests/support/catch.h"
#include "tests/support/pattern.h"

#include <cmath>
#include <map>
#include <set>
#include <tuple>

using namespace patchlight;
using patchlight::test::hubs;
using patchlight::test::Random;

namespace {

const StudyArea square{"a kilometre square", std::nullopt, Box{0, 0, 1000, 1000}};

/// The rule, counted anew for each cluster.
std::vector<std::int32_t> slowOrder(std::span<const ProjectedPoint> points, std::span<const double> weights, double d,
                                    double least) {
    std::vector<std::int32_t> labels(points.size(), -1);
    const auto near = [&](std::size_t i, std::size_t j) {
        const double dx = points[i].east - points[j].east, dy = points[i].north - points[j].north;
        return labels[j] < 0 && dx * dx + dy * dy <= d * d;
    };
    for (std::int32_t cluster = 0;; ++cluster) {
        std::tuple<double, double, double> best{0, 0, 0}; // weight, westernmost, southernmost
        std::size_t seed = points.size();
        for (std::size_t i = 0; i < points.size(); ++i) {
            if (labels[i] >= 0) continue;
            double sum = 0.0;
            for (std::size_t j = 0; j < points.size(); ++j)
                if (near(i, j)) sum += weights[j];
            const std::tuple key{sum, -points[i].east, -points[i].north};
            if (seed < points.size() && key <= best) continue;
            best = key;
            seed = i;
        }
        if (seed == points.size() || std::get<0>(best) < least) return labels;
        std::vector<std::size_t> taken;
        for (std::size_t j = 0; j < points.size(); ++j)
            if (near(seed, j)) taken.push_back(j);
        for (const std::size_t j : taken) labels[j] = cluster;
    }
}

} // namespace

TEST_CASE("the place with most incidents in reach takes them, then the next", "[clusters]") {
    const auto pattern = test::patternFromText(Metres{100.0}, R"(
        . a . . . . . . c .
        a a a . . b b . c .
        . a . . . b . . . .
        . . . . . . . . . n)");
    const auto result =
        nearestNeighbourClusters(pattern.points, {}, {}, {.distance = Metres{100}, .minPoints = 2, .minCentres = 3});
    REQUIRE(result);
    REQUIRE(result->orders.size() == 1);
    const NnhOrder& order = result->orders[0];
    CHECK(order.incidents == std::vector<double>{5, 3, 2});
    for (const std::size_t a : pattern.indices('a')) CHECK(order.cluster[a] == 0);
    for (const std::size_t b : pattern.indices('b')) CHECK(order.cluster[b] == 1);
    for (const std::size_t c : pattern.indices('c')) CHECK(order.cluster[c] == 2);
    CHECK(order.cluster[pattern.at('n')] == -1);
    CHECK(order.centres[0] == ProjectedPoint{100, 200});
}

TEST_CASE("equal seeds: the westernmost takes first, then the southernmost", "[clusters][edge]") {
    const std::vector<ProjectedPoint> row{{300, 0}, {200, 0}, {100, 0}, {0, 0}};
    // 200 and 100 each reach three; 100 takes 0, 100, 200 and leaves 300 alone.
    CHECK(nearestNeighbourClusters(row, {}, {}, {.distance = Metres{100}, .minPoints = 2})->orders[0].cluster ==
          std::vector<std::int32_t>{-1, 0, 0, 0});
    const std::vector<ProjectedPoint> column{{0, 300}, {0, 200}, {0, 100}, {0, 0}};
    CHECK(nearestNeighbourClusters(column, {}, {}, {.distance = Metres{100}, .minPoints = 2})->orders[0].cluster ==
          std::vector<std::int32_t>{-1, 0, 0, 0});
    CHECK(
        nearestNeighbourClusters(column, std::vector<double>{9, 1, 1, 1}, {}, {.distance = Metres{100}, .minPoints = 2})
            ->orders[0]
            .cluster == std::vector<std::int32_t>{0, 0, 0, -1});
}

TEST_CASE("nearest-neighbour clusters equal the rule counted anew each time", "[clusters][oracle]") {
    const bool lattice = GENERATE(false, true);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        Random random{seed};
        const auto data = hubs(seed, lattice, 4, 30);
        const double d = lattice ? 40.0 : random.between(5, 150);
        const std::size_t least = 2 + random.below(8);
        const auto result =
            nearestNeighbourClusters(data.places, data.weights, {}, {.distance = Metres{d}, .minPoints = least});
        REQUIRE(result);
        const NnhOrder* below = &result->orders[0];
        CHECK(below->cluster == slowOrder(data.places, data.weights, d, static_cast<double>(least)));
        CHECK(std::is_sorted(below->incidents.rbegin(), below->incidents.rend()));
        for (std::size_t k = 1; k < result->orders.size(); ++k) {
            const NnhOrder& order = result->orders[k];
            CHECK(order.cluster == slowOrder(below->centres, std::vector<double>(below->centres.size(), 1.0), d, 2));
            std::vector<double> incidents(order.centres.size(), 0.0), count(order.centres.size(), 0.0), east(incidents);
            for (std::size_t c = 0; c < below->centres.size(); ++c) {
                if (order.cluster[c] < 0) continue;
                incidents[order.cluster[c]] += below->incidents[c];
                count[order.cluster[c]] += 1.0;
                east[order.cluster[c]] += below->centres[c].east;
            }
            CHECK(order.incidents == incidents);
            for (std::size_t c = 0; c < count.size(); ++c) CHECK(order.centres[c].east == Approx(east[c] / count[c]));
            below = &order;
        }
    }
}

TEST_CASE("nearest-neighbour clusters of places are those of single incidents", "[clusters][property]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto data = hubs(seed, false, 5, 30);
        const auto incidents = data.incidents();
        const auto byPlace = nearestNeighbourClusters(data.places, data.weights, square, {.minPoints = 6});
        const auto byIncident = nearestNeighbourClusters(incidents.points, {}, square, {.minPoints = 6});
        REQUIRE(byPlace);
        REQUIRE(byIncident);
        CHECK(byPlace->orders.size() == byIncident->orders.size());
        CHECK(byPlace->orders[0].distance == byIncident->orders[0].distance);
        CHECK(byPlace->orders[0].incidents == byIncident->orders[0].incidents);
        for (std::size_t i = 0; i < incidents.points.size(); ++i)
            CHECK(byIncident->orders[0].cluster[i] == byPlace->orders[0].cluster[incidents.place[i]]);
    }
}

TEST_CASE("the random distance is the lower limit of the mean nearest neighbour distance", "[clusters][oracle]") {
    // 0.5 sqrt(1e6/100) = 50; 0.26136 / sqrt(1e4/1e6) = 2.6136; t for 0.1 is 1.2815516.
    const auto at = [](double n, double area, double p) {
        return randomNeighbourDistance(n, SquareMetres{area}, p)->value();
    };
    CHECK(at(100, 1e6, 0.5) == Approx(50.0));
    CHECK(at(100, 1e6, 0.1) == Approx(50.0 - 1.2815515655446004 * 2.6136).epsilon(1e-12));
    CHECK(at(100, 1e6, 0.05) == Approx(50.0 - 1.6448536269514722 * 2.6136).epsilon(1e-12));
    CHECK(at(100, 1e6, 0.9) == Approx(50.0 + 1.2815515655446004 * 2.6136).epsilon(1e-12));
    CHECK(at(400, 4e6, 0.5) == Approx(50.0));
    // Of random patterns about that share has a smaller mean distance (the edge, which adds some, kept away).
    int below = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        const auto points = Random{seed}.pointsIn({0, 0, 1000, 1000}, 200);
        double sum = 0.0;
        for (std::size_t i = 0; i < points.size(); ++i) {
            double nearest = 1e9;
            for (std::size_t j = 0; j < points.size(); ++j) {
                if (i == j) continue;
                const auto wrapped = [](double d) { return std::min(std::abs(d), 1000 - std::abs(d)); };
                nearest = std::min(nearest, std::hypot(wrapped(points[i].east - points[j].east),
                                                       wrapped(points[i].north - points[j].north)));
            }
            sum += nearest;
        }
        below += sum / 200 < at(200, 1e6, 0.1);
    }
    CHECK(below > 5);
    CHECK(below < 27);
}

TEST_CASE("clusters of clusters use the random distance of their number", "[clusters]") {
    // Four knots of ten within 100 m of each other, and four more far away.
    test::WeightedPlaces data;
    for (const ProjectedPoint corner : {ProjectedPoint{100, 100}, ProjectedPoint{800, 800}})
        for (int i = 0; i < 4; ++i) {
            data.places.push_back({corner.east + i % 2 * 60.0, corner.north + i / 2 * 60.0});
            data.weights.push_back(10);
        }
    const auto result = nearestNeighbourClusters(data.places, data.weights, square);
    REQUIRE(result);
    REQUIRE(result->orders.size() >= 2);
    CHECK(result->orders[0].centres.size() == 8);
    CHECK(result->orders[0].distance == *randomNeighbourDistance(80, SquareMetres{1e6}, 0.1));
    CHECK(result->orders[1].distance == *randomNeighbourDistance(8, SquareMetres{1e6}, 0.1));
    CHECK(result->orders[1].incidents == std::vector<double>{40, 40});
    CHECK(result->orders[1].centres[0] == ProjectedPoint{130, 130});
    StudyArea polygon;
    polygon.polygon = polygonOf(Box{0, 0, 1000, 1000});
    CHECK(nearestNeighbourClusters(data.places, data.weights, polygon)->orders[1].distance ==
          result->orders[1].distance);
}

TEST_CASE("a random pattern is within its own simulation, a clustered one outside", "[clusters][property]") {
    StudyArea triangle;
    triangle.polygon = MultiPolygon{{{{{0, 0}, {1000, 0}, {0, 1000}, {0, 0}}, {}}}};
    const PointInPolygon inside(*triangle.polygon);
    std::vector<ProjectedPoint> random;
    for (const ProjectedPoint p : Random{4}.pointsIn({0, 0, 1000, 1000}, 600))
        if (inside.contains(p)) random.push_back(p);
    const auto count = [&](const std::vector<ProjectedPoint>& points) {
        return nearestNeighbourClusters(points, {}, triangle, {.distance = Metres{40}, .minPoints = 6})
            ->orders[0]
            .centres.size();
    };
    const auto simulated =
        simulatedNearestNeighbourClusters(random.size(), triangle, Metres{40}, 6, count(random), 199);
    REQUIRE(simulated);
    CHECK(simulated->clusters.size() == 199);
    CHECK(std::is_sorted(simulated->clusters.begin(), simulated->clusters.end()));
    CHECK(simulated->pValue > 0.05);
    CHECK(count(random) >= simulated->percentile(0.01));
    CHECK(count(random) <= simulated->percentile(0.99));
    auto clustered = random;
    for (std::size_t i = 0; i < clustered.size(); i += 2) {
        const std::size_t knot = i / 2 % 20;
        clustered[i] = {50.0 + static_cast<double>(knot % 5) * 100, 50.0 + static_cast<double>(knot / 5) * 100};
    }
    const auto tested =
        simulatedNearestNeighbourClusters(random.size(), triangle, Metres{40}, 6, count(clustered), 199);
    CHECK(tested->pValue == 1.0 / 200);
    CHECK(tested->clusters == simulated->clusters);
    const NnhSimulation four{{1, 2, 3, 4}, 1.0};
    CHECK(four.percentile(0.0) == 1);
    CHECK(four.percentile(0.5) == 2);
    CHECK(four.percentile(0.51) == 3);
    CHECK(four.percentile(1.0) == 4);
}

TEST_CASE("p-values of random patterns are not small too often", "[clusters][property]") {
    int small = 0;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        const auto points = Random{seed}.pointsIn({0, 0, 1000, 1000}, 150);
        const auto observed =
            nearestNeighbourClusters(points, {}, square, {.distance = Metres{60}, .minPoints = 5})->orders[0];
        small +=
            simulatedNearestNeighbourClusters(150, square, Metres{60}, 5, observed.centres.size(), 39, seed)->pValue <=
            0.1;
    }
    CHECK(small <= 12); // ties make it conservative
}

TEST_CASE("a simulation is the same on any number of threads and depends on its seed", "[clusters][property]") {
    const auto run = [&](std::size_t threads, std::uint64_t seed) {
        const ThreadLimit limit{threads};
        return simulatedNearestNeighbourClusters(500, square, Metres{40}, 5, 10, 80, seed)->clusters;
    };
    CHECK(run(1, 3) == run(2, 3));
    CHECK(run(1, 3) == run(7, 3));
    CHECK(run(1, 3) != run(1, 4));
    CHECK(run(1, 3).front() < run(1, 3).back());
}

TEST_CASE("nearest-neighbour clusters of none, one and all at one place", "[clusters][edge]") {
    const auto none = nearestNeighbourClusters({}, {}, {}, {.distance = Metres{10}});
    REQUIRE(none);
    CHECK(none->orders.size() == 1);
    CHECK(none->orders[0].cluster.empty());
    const std::vector<ProjectedPoint> one{{400000, 90000}}, same(3000, one[0]);
    CHECK(nearestNeighbourClusters(one, {}, {}, {.distance = Metres{10}})->orders[0].centres.empty());
    CHECK(nearestNeighbourClusters(one, std::vector<double>{10}, {}, {.distance = Metres{10}})->orders[0].centres ==
          one);
    const auto all = nearestNeighbourClusters(same, {}, square);
    CHECK(all->orders.size() == 1);
    CHECK(all->orders[0].incidents == std::vector<double>{3000});
    CHECK(nearestNeighbourClusters(same, {}, {}, {.distance = Metres{1e12}})->orders[0].centres == one);
    CHECK(simulatedNearestNeighbourClusters(0, square, Metres{1}, 1, 0, 9)->pValue == 1.0);
}

TEST_CASE("nearest-neighbour clusters that make no sense are refused with a sentence", "[clusters][edge]") {
    const double notANumber = std::nan("");
    const std::vector<ProjectedPoint> points{{0.0, 0.0}, {1000.0, 0.0}};
    const auto message = [&](const StudyArea& area, const NnhParameters& parameters) {
        return nearestNeighbourClusters(points, {}, area, parameters).error().message;
    };
    for (const double d : {0.0, -1.0, notANumber, HUGE_VAL})
        CHECK(message({}, {.distance = Metres{d}}) == "The distance must be a positive number of metres.");
    CHECK(message({}, {.distance = Metres{1e-9}}).find("is too small") != std::string::npos);
    CHECK(message({}, {}) == "The random distance needs a study area: give one, or a fixed distance.");
    CHECK(message({"", std::nullopt, Box{0, 0, 0, 10}}, {}) ==
          "The study area must have a positive number of square metres.");
    for (const double p : {0.0, 1.0, -1.0, notANumber})
        CHECK(message(square, {.probability = p}) == "The probability must lie between 0 and 1.");
    CHECK(message(square, {.probability = 1e-9}) ==
          "So few incidents have no positive random distance at this probability: raise it, or give a fixed distance.");
    CHECK(message(square, {.minPoints = 0}) == "A cluster needs at least one incident.");
    CHECK(message(square, {.minCentres = 1}) == "A cluster of clusters needs at least two of them.");
    CHECK(nearestNeighbourClusters(points, std::vector<double>{1.0}, square).error().subject == "weights");
    for (const double weight : {0.0, -1.0, 1.5, notANumber})
        CHECK(nearestNeighbourClusters(points, std::vector<double>{1.0, weight}, square).error().subject == "weights");
    CHECK(nearestNeighbourClusters(std::vector<ProjectedPoint>{{notANumber, 0}}, {}, square).error().subject ==
          "points");

    const auto simulation = [](std::size_t n, const StudyArea& area, double d, std::size_t least, std::size_t runs) {
        return simulatedNearestNeighbourClusters(n, area, Metres{d}, least, 1, runs).error().message;
    };
    CHECK(simulation(10, {}, 10, 5, 9) == "Random incidents need a study area to fall in.");
    CHECK(simulation(10, {"", std::nullopt, Box{0, 0, 0, 10}}, 10, 5, 9) ==
          "The study area must have a positive number of square metres.");
    StudyArea thin;
    thin.polygon = MultiPolygon{{{{{0, 0}, {1e6, 1e6 - 0.1}, {1e6, 1e6}, {0, 0}}, {}}}};
    CHECK(simulation(10, thin, 10, 5, 9) == "The study area is too thin for random incidents to fall in.");
    CHECK(simulation(100'000'000, square, 10, 5, 9) == "Random incidents are limited to 10 million.");
    CHECK(simulation(10, square, 10, 0, 9) == "A cluster needs at least one incident.");
    CHECK(simulation(10, square, 10, 5, 0) == "A simulation needs at least one replication.");
    for (const double d : {0.0, -1.0, notANumber, HUGE_VAL, 1e-9}) CHECK_FALSE(simulation(10, square, d, 5, 9).empty());
}

TEST_CASE("cancelled nearest-neighbour clusters and simulations stop and say so", "[clusters]") {
    const auto data = hubs(51, false, 2, 500);
    std::stop_source stopped;
    stopped.request_stop();
    CHECK(nearestNeighbourClusters(data.places, {}, square, {}, {stopped.get_token()}).error().code ==
          ErrorCode::cancelled);
    for (const double when : {0.0, 0.4}) {
        std::stop_source source;
        TaskContext task{source.get_token(), [&](Progress progress) {
                             if (progress.fraction >= when) source.request_stop();
                         }};
        CHECK(nearestNeighbourClusters(data.places, {}, square, {}, task).error().code == ErrorCode::cancelled);
        const auto result = simulatedNearestNeighbourClusters(300, square, Metres{20}, 5, 1, 99, 1, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
