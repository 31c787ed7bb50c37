// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/analysis.h"
#include "gis/map/map.h"
#include "tests/support/incident_table.h"

#include <QGuiApplication>
#include <benchmark/benchmark.h>

#include <map>

/// What the window waits for when a hand moves the map: one picture of 1280 x 800 pixels, every incident shown over the
/// density surface and the hotspots. A picture that is being moved is slid at once; this is how long it stays unsharp.
namespace {

using namespace patchlight;

const Box town{400000.0, 90000.0, 420000.0, 110000.0};

paint::MapContent contentOf(std::size_t incidents) {
    auto rows = test::scattered(incidents * 2 / 3, town, 1);
    for (int hub = 0; hub < 12; ++hub)
        for (auto& row : test::gathered(incidents / 36, {402000.0 + 1500.0 * hub, 92000.0 + 1300.0 * hub}, 500.0,
                                        std::uint64_t(hub + 2), "High Street"))
            rows.push_back(std::move(row));
    const auto table = test::tableOf(rows);
    const auto result =
        findAnalysis("kernel-density")->run({.table = table, .filter = {}, .comparison = {}, .area = {}}, {});
    paint::MapContent content;
    content.result = std::make_shared<const Result>(result.value());
    content.incidents = std::make_shared<const paint::PointIndex>(table->position);
    content.showIncidents = true;
    return content;
}

void picture(benchmark::State& state, double zoom) {
    static std::map<std::int64_t, paint::MapContent> made;
    const auto count = state.range(0);
    if (!made.contains(count)) made[count] = contentOf(static_cast<std::size_t>(count));
    const double side = town.width() / zoom;
    double step = 0.0;
    for (auto _ : state) {
        step = step > 0.1 ? 0.0 : step + 0.01; // a drag: a hundredth of the view at a time
        const double west = town.west + (town.width() - side) * 0.4 + step * side;
        const double south = town.south + (town.height() - side) * 0.4;
        const auto frame = paint::fitted({west, south, west + side, south + side}, QRectF(0, 0, 320, 200));
        benchmark::DoNotOptimize(paint::renderMap(made[count], frame, {.pixelsPerMillimetre = 4.0}));
    }
}

/// 1920 x 1080 pixels of incidents alone, as the peer of `report` draws them.
void pointsAlone(benchmark::State& state) {
    auto content = contentOf(static_cast<std::size_t>(state.range(0)));
    content.result = nullptr;
    const auto frame = paint::fitted(town, QRectF(0, 0, 480, 270));
    for (auto _ : state) benchmark::DoNotOptimize(paint::renderMap(content, frame, {.pixelsPerMillimetre = 4.0}));
}

} // namespace

BENCHMARK_CAPTURE(picture, whole_town, 1.0)->Arg(300'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(picture, a_quarter, 4.0)->Arg(300'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(picture, a_street, 40.0)->Arg(300'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(pointsAlone)->Name("points_alone")->Arg(1'000'000)->Unit(benchmark::kMillisecond);

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QGuiApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
