// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/parallel.h"
#include "core/relative_risk/relative_risk.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::Random;

namespace {

const GridFrame frame{0.0, 0.0, Metres{50.0}, 20, 24};
constexpr auto measures = {RelativeMeasure::difference, RelativeMeasure::ratio, RelativeMeasure::logRatio};

std::vector<ProjectedPoint> evenly(std::uint64_t seed, std::size_t count) {
    return Random{seed}.pointsIn(frame.box(), count);
}

double meanOf(const std::vector<double>& values) {
    double sum = 0.0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

} // namespace

TEST_CASE("the measures follow their formulas", "[relative_risk][oracle]") {
    const auto a = evenly(61, 150), b = evenly(62, 90);
    RelativeRiskParameters parameters{.bandwidth = Metres{220.0}, .measure = RelativeMeasure::difference, .scale = 2.0};
    const auto f = kernelDensity(a, {}, frame, Kernel::quartic, Metres{220.0})->values;
    const auto g = kernelDensity(b, {}, frame, Kernel::quartic, Metres{220.0})->values;
    const double d = 0.01 * 2.0 * *std::max_element(g.begin(), g.end());
    const auto difference = relativeRisk({a, {}}, {b, {}}, frame, parameters);
    parameters.measure = RelativeMeasure::ratio;
    const auto ratio = relativeRisk({a, {}}, {b, {}}, frame, parameters);
    parameters.measure = RelativeMeasure::logRatio;
    const auto logRatio = relativeRisk({a, {}}, {b, {}}, frame, parameters);
    REQUIRE(logRatio);
    for (std::size_t cell = 0; cell < f.size(); ++cell) {
        CHECK(difference->surface.values[cell] == Approx(f[cell] - 2 * g[cell]).margin(1e-9));
        CHECK(ratio->surface.values[cell] == Approx((f[cell] + d) / (2 * g[cell] + d)).epsilon(1e-12));
        CHECK(logRatio->surface.values[cell] == Approx(std::log(ratio->surface.values[cell])).margin(1e-12));
    }
}

TEST_CASE("a set against itself differs nowhere", "[relative_risk][property]") {
    const auto measure = GENERATE(values(measures));
    const auto points = evenly(63, 200);
    const auto same = relativeRisk({points, {}}, {points, {}}, frame, {.measure = measure});
    REQUIRE(same);
    const double nothing = measure == RelativeMeasure::ratio ? 1.0 : 0.0;
    for (const double value : same->surface.values) CHECK(value == Approx(nothing).margin(1e-12));
    for (const double z : same->z.values) CHECK(z == Approx(0.0).margin(1e-12));
}

TEST_CASE("exchanging the sets turns every sign round", "[relative_risk][property]") {
    const auto a = evenly(64, 120), b = evenly(65, 160);
    const auto one = relativeRisk({a, {}}, {b, {}}, frame, {.measure = RelativeMeasure::difference, .scale = 1.0});
    const auto other = relativeRisk({b, {}}, {a, {}}, frame, {.measure = RelativeMeasure::difference, .scale = 1.0});
    for (std::size_t cell = 0; cell < frame.cells(); ++cell) {
        CHECK(one->surface.values[cell] == Approx(-other->surface.values[cell]).margin(1e-9));
        CHECK(one->z.values[cell] == Approx(-other->z.values[cell]).margin(1e-9));
    }
}

TEST_CASE("z has mean 0 and deviation 1 over random labels", "[relative_risk][oracle]") {
    // The exact moments against what shuffled labels give, on places shared by several incidents.
    auto points = evenly(66, 60);
    for (std::size_t i = 0; i < 120; ++i) points.push_back(points[i % 40]);
    constexpr std::size_t cases = 70, shuffles = 600;
    Random random{67};
    std::vector<double> sums(frame.cells()), squares(frame.cells());
    for (std::size_t s = 0; s < shuffles; ++s) {
        random.shuffle(points);
        const std::span all(points);
        const auto risk = relativeRisk({all.first(cases), {}}, {all.subspan(cases), {}}, frame,
                                       {.bandwidth = Metres{260.0}, .measure = RelativeMeasure::difference});
        for (std::size_t cell = 0; cell < frame.cells(); ++cell) {
            sums[cell] += risk->z.values[cell];
            squares[cell] += risk->z.values[cell] * risk->z.values[cell];
        }
    }
    std::vector<double> means, deviations;
    for (std::size_t cell = 0; cell < frame.cells(); ++cell) {
        if (squares[cell] == 0.0) continue; // too few near
        means.push_back(sums[cell] / shuffles);
        deviations.push_back(std::sqrt(squares[cell] / shuffles));
    }
    REQUIRE(means.size() > 100);
    CHECK(std::abs(meanOf(means)) < 0.05);
    CHECK(meanOf(deviations) == Approx(1.0).margin(0.04));
    for (const double deviation : deviations) CHECK(deviation == Approx(1.0).margin(0.2));
}

TEST_CASE("z has mean 0 and deviation 1 when incidents fall on people at random", "[relative_risk][oracle]") {
    const auto homes = evenly(68, 80);
    Random random{69};
    std::vector<double> people, share;
    double total = 0.0;
    for (std::size_t i = 0; i < homes.size(); ++i)
        share.push_back(total += people.emplace_back(1.0 + static_cast<double>(random.below(9))));
    constexpr std::size_t draws = 500, incidents = 200;
    std::vector<double> squares(frame.cells());
    std::vector<double> all;
    for (std::size_t d = 0; d < draws; ++d) {
        std::vector<ProjectedPoint> points;
        for (std::size_t i = 0; i < incidents; ++i)
            points.push_back(homes[static_cast<std::size_t>(
                std::lower_bound(share.begin(), share.end(), random.between(0.0, total)) - share.begin())]);
        const auto risk = relativeRisk(
            {points, {}}, {homes, people}, frame,
            {.bandwidth = Metres{300.0}, .measure = RelativeMeasure::difference, .reference = Reference::population});
        REQUIRE(risk);
        for (std::size_t cell = 0; cell < frame.cells(); ++cell)
            squares[cell] += risk->z.values[cell] * risk->z.values[cell];
    }
    for (const double square : squares)
        if (square > 0.0) all.push_back(std::sqrt(square / draws));
    REQUIRE(all.size() > 100);
    CHECK(meanOf(all) == Approx(1.0).margin(0.04));
}

TEST_CASE("a planted change is found where it was planted, and nowhere is one without it",
          "[relative_risk][property]") {
    const auto before = evenly(70, 800);
    auto after = evenly(71, 800);
    const auto planted = Random{72}.pointsIn({200.0, 300.0, 350.0, 450.0}, 80);
    const auto count = [&](const std::vector<ProjectedPoint>& now) {
        const auto risk = relativeRisk({now, {}}, {before, {}}, frame, {.bandwidth = Metres{200.0}});
        std::size_t far = 0, near = 0;
        for (std::size_t row = 0; row < frame.rows; ++row)
            for (std::size_t column = 0; column < frame.columns; ++column) {
                if (risk->z.values[row * frame.columns + column] < 3.5) continue;
                const ProjectedPoint c = frame.centre(row, column);
                (std::hypot(c.east - 275.0, c.north - 375.0) < 250.0 ? near : far) += 1;
            }
        return std::pair{near, far};
    };
    CHECK(count(after) == std::pair<std::size_t, std::size_t>{0, 0});
    after.insert(after.end(), planted.begin(), planted.end());
    const auto [near, far] = count(after);
    CHECK(near >= 9);
    CHECK(far == 0);
}

TEST_CASE("thin data give numbers everywhere, and the same ones on any number of threads", "[relative_risk][edge]") {
    const auto measure = GENERATE(values(measures));
    const std::vector<ProjectedPoint> one{{500.0, 500.0}}, far{{1e6, 1e6}};
    for (const double epsilon : {0.0, 0.01})
        for (const auto& second : {one, far}) {
            const auto risk = relativeRisk({one, {}}, {second, {}}, frame, {.measure = measure, .epsilon = epsilon});
            REQUIRE(risk);
            for (const double value : risk->surface.values) CHECK(std::isfinite(value));
            for (const double z : risk->z.values) CHECK(z == 0.0);
        }
    const auto a = evenly(73, 300), b = evenly(74, 300);
    const auto once = relativeRisk({a, {}}, {b, {}}, frame, {.measure = measure});
    const ThreadLimit single{1};
    const auto again = relativeRisk({a, {}}, {b, {}}, frame, {.measure = measure});
    CHECK(again->surface.values == once->surface.values);
    CHECK(again->z.values == once->z.values);
}

TEST_CASE("comparisons that make no sense are refused with a sentence", "[relative_risk][edge]") {
    const std::vector<ProjectedPoint> some{{500.0, 500.0}};
    const std::vector<double> nothing{0.0};
    CHECK(relativeRisk({}, {some, {}}, frame, {}).error().message ==
          "There are no incidents to compare; widen the filter or the area.");
    CHECK(relativeRisk({some, {}}, {some, nothing}, frame, {}).error().message ==
          "There is nothing to compare with: the second set is empty; choose another one.");
    CHECK(relativeRisk({some, {}}, {some, {}}, frame, {.epsilon = -1.0}).error().subject == "epsilon");
    CHECK(relativeRisk({some, {}}, {some, {}}, frame, {.bandwidth = Metres{0.0}}).error().subject == "bandwidth");
    std::stop_source source;
    source.request_stop();
    CHECK(relativeRisk({some, {}}, {some, {}}, frame, {}, {source.get_token(), {}}).error().code ==
          ErrorCode::cancelled);
}
