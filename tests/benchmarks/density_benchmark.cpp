// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/clusters/clusters.h"
#include "core/density/density.h"
#include "core/density/detail/sums.h"
#include "core/hotspots/hotspots.h"
#include "tests/benchmarks/town.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <map>

/// One thread throughout: CPU seconds compare between machines that do other work at the same time.
namespace {

using namespace patchlight;

const GridFrame frame{400000.0, 90000.0, Metres{20.0}, 1000, 1000};

std::vector<ProjectedPoint> town(std::size_t count, bool snapped) {
    return test::town(frame.box(), count, snapped);
}

void density(benchmark::State& state, Kernel kernel, std::size_t count, bool snapped, double bandwidth) {
    const ThreadLimit limit{1};
    const auto points = town(count, snapped);
    for (auto _ : state) benchmark::DoNotOptimize(kernelDensity(points, {}, frame, kernel, Metres{bandwidth}));
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(count));
}

void densityOnPath(benchmark::State& state, detail::VectorPath path) {
    const ThreadLimit limit{1};
    const auto available = detail::availablePaths();
    if (std::find(available.begin(), available.end(), path) == available.end())
        return state.SkipWithError("not on this processor");
    const auto points = town(100'000, false);
    const std::vector bandwidth{500.0};
    for (auto _ : state)
        benchmark::DoNotOptimize(
            detail::densityOn(path, points, {}, bandwidth, frame, Kernel::quartic, detail::KernelTerm::plain, {}));
}

void contours(benchmark::State& state) {
    const auto surface = kernelDensity(town(100'000, false), {}, frame, Kernel::quartic, Metres{500.0});
    const double level = meanOfPositiveCells(*surface, Kernel::quartic);
    for (auto _ : state) benchmark::DoNotOptimize(contourAbove(*surface, level));
}

/// Incidents at one place are resolved to a weighted place before the timing, as the incident table does at load.
void clustering(benchmark::State& state, std::size_t count, bool snapped, double eps, std::size_t minPoints) {
    const ThreadLimit limit{1};
    const auto points = town(count, snapped);
    std::map<ProjectedPoint, double> counts;
    for (const ProjectedPoint p : points) counts[p] += 1.0;
    std::vector<ProjectedPoint> places;
    std::vector<double> weights;
    for (const auto& [place, weight] : counts) {
        places.push_back(place);
        weights.push_back(weight);
    }
    for (auto _ : state) benchmark::DoNotOptimize(dbscan(places, weights, Metres{eps}, minPoints));
}

} // namespace

BENCHMARK_CAPTURE(density, quartic_100k_unsnapped, Kernel::quartic, 100'000, false, 500.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, quartic_100k_snapped, Kernel::quartic, 100'000, true, 500.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, quartic_1m_unsnapped, Kernel::quartic, 1'000'000, false, 500.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, quartic_1m_snapped, Kernel::quartic, 1'000'000, true, 500.0)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, triangular_100k_unsnapped, Kernel::triangular, 100'000, false, 500.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(density, gaussian_100k_unsnapped, Kernel::gaussian, 100'000, false, 500.0)
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(densityOnPath, plain, detail::VectorPath::plain)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(densityOnPath, avx2, detail::VectorPath::avx2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(densityOnPath, avx512, detail::VectorPath::avx512)->Unit(benchmark::kMillisecond);
BENCHMARK(contours)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(clustering, 100k_unsnapped, 100'000, false, 100.0, 20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(clustering, 100k_snapped, 100'000, true, 100.0, 20)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(clustering, 1m_unsnapped, 1'000'000, false, 50.0, 50)->Unit(benchmark::kMillisecond);

BENCHMARK_MAIN();
