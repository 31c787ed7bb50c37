// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/clusters/clusters.h"
#include "tests/support/random.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <map>

/// One thread throughout: CPU seconds compare between machines that do other work at the same time.
namespace {

using namespace patchlight;

struct Places {
    std::vector<ProjectedPoint> points;
    std::vector<double> weights;
};

/// Incidents in a town of 20 x 20 km, denser towards twelve hubs: on 20,000 map points as data.police.uk publishes them
/// (then places with counts), or some metres off as a force records them.
Places town(std::size_t count, bool snapped) {
    test::Random random{42};
    const Box box{400000, 90000, 420000, 110000};
    auto streets = random.pointsIn(box, 20000);
    const auto hubs = random.pointsIn(grownBy(box, Metres{-2000.0}), 12);
    for (std::size_t i = 0; i < streets.size(); ++i) {
        if (i % 3 == 0) continue;
        const double reach = 3000 * random.unit() * random.unit(), turn = random.between(0, 6.283185307179586);
        streets[i] = {hubs[i % 12].east + reach * std::cos(turn), hubs[i % 12].north + reach * std::sin(turn)};
    }
    std::map<ProjectedPoint, double> counts;
    for (std::size_t i = 0; i < count; ++i) {
        ProjectedPoint p = streets[random.below(streets.size())];
        if (!snapped) p = {p.east + random.between(-25, 25), p.north + random.between(-25, 25)};
        counts[p] += 1.0;
    }
    Places places;
    for (const auto& [place, weight] : counts) {
        places.points.push_back(place);
        places.weights.push_back(weight);
    }
    return places;
}

void densityClusters(benchmark::State& state, std::size_t count, bool snapped, double eps, std::size_t minPoints) {
    const ThreadLimit limit{1};
    const Places places = town(count, snapped);
    for (auto _ : state) benchmark::DoNotOptimize(dbscan(places.points, places.weights, Metres{eps}, minPoints));
}

void allDensities(benchmark::State& state, std::size_t count, bool snapped) {
    const ThreadLimit limit{1};
    const Places places = town(count, snapped);
    for (auto _ : state) benchmark::DoNotOptimize(hdbscan(places.points, places.weights));
}

void means(benchmark::State& state, std::size_t count, bool snapped) {
    const ThreadLimit limit{1};
    const Places places = town(count, snapped);
    for (auto _ : state) benchmark::DoNotOptimize(kMeans(places.points, places.weights, {.clusters = 10}));
}

void nearestNeighbours(benchmark::State& state, std::size_t count, bool snapped) {
    const ThreadLimit limit{1};
    const Places places = town(count, snapped);
    for (auto _ : state)
        benchmark::DoNotOptimize(
            nearestNeighbourClusters(places.points, places.weights, {}, {.distance = Metres{50.0}, .minPoints = 50}));
}

} // namespace

BENCHMARK_CAPTURE(densityClusters, 1m_unsnapped, 1'000'000, false, 50.0, 50)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(densityClusters, 1m_snapped, 1'000'000, true, 50.0, 50)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(allDensities, 100k_unsnapped, 100'000, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(allDensities, 1m_snapped, 1'000'000, true)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(means, 1m_unsnapped, 1'000'000, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(nearestNeighbours, 100k_unsnapped, 100'000, false)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
