// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "core/base/parallel.h"
#include "core/clusters/detail/lloyd.h"
#include "tests/core/clusters/patterns.h"
#include "tests/support/catch.h"
#include "tests/support/pattern.h"

#include <limits>
#include <map>
#include <set>

using namespace patchlight;
using patchlight::test::hubs;
using patchlight::test::Random;

namespace {

double distance(ProjectedPoint a, ProjectedPoint b) {
    return std::hypot(a.east - b.east, a.north - b.north);
}

double slowSilhouette(const test::WeightedPlaces::Incidents& incidents, const std::vector<std::int32_t>& placeCluster) {
    double sum = 0.0;
    const std::size_t n = incidents.points.size();
    for (std::size_t i = 0; i < n; ++i) {
        std::map<std::int32_t, std::pair<double, double>> to; // per cluster: sum, count
        for (std::size_t j = 0; j < n; ++j) {
            if (i == j) continue;
            auto& [distances, count] = to[placeCluster[incidents.place[j]]];
            distances += distance(incidents.points[i], incidents.points[j]);
            count += 1.0;
        }
        const std::int32_t own = placeCluster[incidents.place[i]];
        if (to.count(own) == 0) continue;
        const double a = to[own].first / to[own].second;
        double b = std::numeric_limits<double>::infinity();
        for (const auto& [cluster, pair] : to)
            if (cluster != own) b = std::min(b, pair.first / pair.second);
        if (std::isfinite(b)) sum += (b - a) / std::max(a, b);
    }
    return sum / static_cast<double>(n);
}

/// Lloyd's rounds without a tree.
std::vector<std::int32_t> slowLloyd(const test::WeightedPlaces& data, std::vector<ProjectedPoint> centres,
                                    std::size_t rounds) {
    std::vector<std::int32_t> labels(data.places.size(), -1);
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto before = labels;
        std::vector<double> weight(centres.size(), 0.0), east(weight), north(weight);
        for (std::size_t i = 0; i < data.places.size(); ++i) {
            labels[i] = 0;
            const auto d2 = [&](std::int32_t c) { return squaredDistance(data.places[i], centres[c]); };
            for (std::int32_t c = 1; c < static_cast<std::int32_t>(centres.size()); ++c)
                if (d2(c) < d2(labels[i])) labels[i] = c;
            weight[labels[i]] += data.weights[i];
            east[labels[i]] += data.weights[i] * data.places[i].east;
            north[labels[i]] += data.weights[i] * data.places[i].north;
        }
        if (labels == before) break;
        for (std::size_t c = 0; c < centres.size(); ++c)
            if (weight[c] > 0.0) centres[c] = {east[c] / weight[c], north[c] / weight[c]};
    }
    return labels;
}

} // namespace

TEST_CASE("k-means finds three groups as one sees them and numbers them by size", "[clusters]") {
    const auto pattern = test::patternFromText(Metres{100.0}, R"(
        a a . . . . . . . b b
        a . . . . . . . . b b
        . . . . . . . . . . b
        . . . . . . . . . . .
        . . . c c . . . . . .
        . . . c . . . . . . .)");
    const auto result = kMeans(pattern.points, {}, {.clusters = 3});
    REQUIRE(result);
    CHECK(result->converged);
    CHECK(result->weights == std::vector<double>{5, 3, 3});
    for (const std::size_t b : pattern.indices('b')) CHECK(result->cluster[b] == 0);
    for (const std::size_t a : pattern.indices('a')) CHECK(result->cluster[a] == 1); // west of c
    for (const std::size_t c : pattern.indices('c')) CHECK(result->cluster[c] == 2);
    CHECK(result->silhouette > 0.7);
    CHECK(result->silhouettePlaces == 11);
}

TEST_CASE("a tree of places assigns and averages as a plain loop does", "[clusters][oracle]") {
    const bool lattice = GENERATE(false, true);
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        const auto data = hubs(seed, lattice, 3, 60);
        Random random{seed};
        std::vector<ProjectedPoint> centres;
        for (std::size_t c = 0; c < 2 + seed % 9; ++c) centres.push_back(data.places[random.below(data.places.size())]);
        std::sort(centres.begin(), centres.end());
        centres.erase(std::unique(centres.begin(), centres.end()), centres.end());
        random.shuffle(centres);
        const std::size_t rounds = 1 + seed % 3 * 40;
        const detail::WeightedTree tree(data.places, data.weights);
        const auto result = detail::lloyd(tree, centres, rounds, {});
        std::vector<std::int32_t> labels(data.places.size());
        for (std::size_t i = 0; i < labels.size(); ++i) labels[tree.tree().input(i)] = result.cluster[i];
        CAPTURE(seed, lattice);
        CHECK(labels == slowLloyd(data, centres, rounds));
    }
}

TEST_CASE("k-means ends where every place is with its nearest centre and every centre is a mean",
          "[clusters][property]") {
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        const auto data = hubs(seed, seed % 2 == 0, 4, 40);
        const std::size_t k = 1 + seed % 7;
        const auto result = kMeans(data.places, data.weights, {.clusters = k, .seed = seed});
        REQUIRE(result);
        CHECK(result->converged);
        REQUIRE(result->centres.size() == k);
        double squares = 0.0;
        std::vector<double> weight(k, 0.0), east(k, 0.0), north(k, 0.0);
        for (std::size_t i = 0; i < data.places.size(); ++i) {
            const auto own = static_cast<std::size_t>(result->cluster[i]);
            const double d = distance(data.places[i], result->centres[own]);
            for (const ProjectedPoint centre : result->centres) CHECK(distance(data.places[i], centre) >= d - 1e-9);
            squares += data.weights[i] * d * d;
            weight[own] += data.weights[i];
            east[own] += data.weights[i] * data.places[i].east;
            north[own] += data.weights[i] * data.places[i].north;
        }
        CHECK(result->withinSquares == Approx(squares));
        CHECK(result->weights == weight);
        CHECK(std::is_sorted(weight.rbegin(), weight.rend()));
        for (std::size_t c = 0; c < k; ++c)
            CHECK(distance(result->centres[c], {east[c] / weight[c], north[c] / weight[c]}) < 1e-8);
        CHECK(result->silhouette == Approx(slowSilhouette(data.incidents(), result->cluster)).margin(1e-12));
    }
}

TEST_CASE("two clusters of few places are the best division there is", "[clusters][oracle]") {
    for (std::uint64_t seed = 1; seed <= 15; ++seed) {
        Random random{seed};
        const auto points = random.pointsIn({0, 0, 1000, 1000}, 10);
        double best = std::numeric_limits<double>::infinity();
        for (unsigned set = 1; set < 512; ++set) {
            double squares = 0.0;
            for (const unsigned side : {0u, 1u}) {
                ProjectedPoint centre;
                double count = 0.0;
                for (std::size_t i = 0; i < 10; ++i)
                    if ((set >> i & 1u) == side) {
                        centre = {centre.east + points[i].east, centre.north + points[i].north};
                        count += 1.0;
                    }
                for (std::size_t i = 0; i < 10; ++i)
                    if ((set >> i & 1u) == side)
                        squares +=
                            squaredDistance(points[i], ProjectedPoint{centre.east / count, centre.north / count});
            }
            best = std::min(best, squares);
        }
        CHECK(kMeans(points, {}, {.clusters = 2, .starts = 60})->withinSquares == Approx(best));
    }
}

TEST_CASE("k-means on weighted places is k-means on single incidents", "[clusters][property]") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const auto data = hubs(seed, false, 5, 30);
        const auto incidents = data.incidents();
        const auto byPlace = kMeans(data.places, data.weights, {.clusters = 4, .seed = seed});
        const auto byIncident = kMeans(incidents.points, {}, {.clusters = 4, .seed = seed});
        REQUIRE(byPlace);
        REQUIRE(byIncident);
        CHECK(byIncident->withinSquares == Approx(byPlace->withinSquares));
        CHECK(byIncident->silhouette == Approx(byPlace->silhouette));
        for (std::size_t i = 0; i < incidents.points.size(); ++i)
            CHECK(byIncident->cluster[i] == byPlace->cluster[incidents.place[i]]);
    }
}

TEST_CASE("k-means is the same on any number of threads, and another seed is another start", "[clusters][property]") {
    const auto data = hubs(3, false, 3, 2000);
    const auto run = [&](std::size_t threads, std::uint64_t seed) {
        const ThreadLimit limit{threads};
        return *kMeans(data.places, data.weights,
                       {.clusters = 9, .starts = 11, .mostForSilhouette = 700, .seed = seed});
    };
    const auto one = run(1, 5);
    CHECK(one.silhouettePlaces <= 700);
    CHECK(one.silhouettePlaces > 350);
    for (const std::size_t threads : {std::size_t{2}, std::size_t{7}}) {
        const auto many = run(threads, 5);
        CHECK(many.cluster == one.cluster);
        CHECK(many.centres == one.centres);
        CHECK(many.withinSquares == one.withinSquares);
        CHECK(many.silhouette == one.silhouette);
    }
    CHECK(kMeans(data.places, {}, {.clusters = 9, .starts = 1, .seed = 1})->withinSquares !=
          kMeans(data.places, {}, {.clusters = 9, .starts = 1, .seed = 2})->withinSquares);
}

TEST_CASE("more starts are never worse, and an early stop says so", "[clusters][property]") {
    const auto data = hubs(8, false, 1, 400);
    double before = std::numeric_limits<double>::infinity();
    for (const std::size_t starts : {std::size_t{1}, std::size_t{3}, std::size_t{10}, std::size_t{25}}) {
        const double squares = kMeans(data.places, {}, {.clusters = 8, .starts = starts})->withinSquares;
        CHECK(squares <= before);
        before = squares;
    }
    const auto stopped = kMeans(data.places, {}, {.clusters = 8, .mostRounds = 1});
    CHECK_FALSE(stopped->converged);
    CHECK(stopped->rounds == 1);
}

TEST_CASE("k-means with none, one, fewer places than clusters and all at one place", "[clusters][edge]") {
    const auto none = kMeans({}, {});
    REQUIRE(none);
    CHECK(none->centres.empty());
    const std::vector<ProjectedPoint> two{{400000, 90000}, {400010, 90000}};
    const auto few = kMeans(two, std::vector<double>{1, 7}, {.clusters = 5});
    REQUIRE(few);
    CHECK(few->cluster == std::vector<std::int32_t>{1, 0});
    CHECK(few->withinSquares == 0.0);
    CHECK(few->silhouette == Approx(7.0 / 8.0)); // the single incident counts 0
    const std::vector<ProjectedPoint> same(40, two[0]);
    const auto one = kMeans(same, {}, {.clusters = 3});
    REQUIRE(one);
    CHECK(one->centres == std::vector<ProjectedPoint>{two[0]});
    CHECK(one->silhouette == 0.0);
    CHECK(kMeans(std::vector<ProjectedPoint>{{-1e12, 0}, {1e12, 0}, {0, 0}}, {}, {.clusters = 2})->converged);
}

TEST_CASE("a k-means that makes no sense is refused with a sentence, a cancelled one stops", "[clusters][edge]") {
    const std::vector<ProjectedPoint> points{{0.0, 0.0}, {1000.0, 0.0}};
    CHECK(kMeans(points, {}, {.clusters = 0}).error().message == "The number of clusters must be from 1 to 1000.");
    CHECK(kMeans(points, {}, {.clusters = 1001}).error().subject == "clusters");
    CHECK(kMeans(points, {}, {.starts = 0}).error().message == "K-means needs at least one start.");
    CHECK(kMeans(points, {}, {.mostRounds = 0}).error().message == "K-means needs at least one round.");
    CHECK(kMeans(points, std::vector<double>{1.0}).error().subject == "weights");
    for (const double weight : {0.0, -1.0, 0.5, std::nan(""), 1e300})
        CHECK(kMeans(points, std::vector<double>{1.0, weight}).error().subject == "weights");
    CHECK(kMeans(std::vector<ProjectedPoint>{{0.0, std::nan("")}}, {}).error().subject == "points");
    const auto data = hubs(8, false, 1, 400);
    for (const double when : {0.0, 0.1, 0.8}) {
        std::stop_source source;
        TaskContext task{source.get_token(), [&](Progress progress) {
                             if (progress.fraction >= when) source.request_stop();
                         }};
        const auto result = kMeans(data.places, {}, {}, task);
        REQUIRE_FALSE(result);
        CHECK(result.error().code == ErrorCode::cancelled);
    }
}
