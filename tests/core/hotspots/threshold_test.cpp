// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/hotspots/hotspots.h"
#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;

TEST_CASE("the incremental mean counts cells above 0 inside the study area", "[hotspots]") {
    DensitySurface surface{{0, 0, Metres{10.0}, 1, 5}, {0.0, 1.0, 3.0, 8.0, 1e-9}, {}};
    CHECK(meanOfPositiveCells(surface, Kernel::quartic) == Approx((12.0 + 1e-9) / 4));
    CHECK(meanOfPositiveCells(surface, Kernel::gaussian) == Approx(4.0)); // 1e-9 is no more than a far tail
    surface.inside = {1, 1, 1, 0, 0};
    CHECK(meanOfPositiveCells(surface, Kernel::quartic) == 2.0);
    surface.inside = {1, 0, 0, 0, 0};
    CHECK(meanOfPositiveCells(surface, Kernel::quartic) == 0.0);
    CHECK(meanOfPositiveCells(DensitySurface{}, Kernel::quartic) == 0.0);
}

namespace {

DensitySurface randomSurface(std::uint64_t seed, std::size_t distinct) {
    test::Random random{seed};
    DensitySurface surface{{0, 0, Metres{10.0}, 40, 50}, {}, {}};
    for (std::size_t cell = 0; cell < surface.frame.cells(); ++cell) {
        surface.values.push_back(static_cast<double>(random.below(distinct)));
        surface.inside.push_back(random.below(5) > 0);
    }
    return surface;
}

std::size_t cellsFrom(const DensitySurface& surface, double threshold, bool positive = false) {
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell)
        if (surface.has(cell) && surface.values[cell] >= threshold) count += !positive || surface.values[cell] > 0;
    return count;
}

} // namespace

TEST_CASE("the densest share of the area is never exceeded, and filled as far as equal cells let it",
          "[hotspots][property]") {
    const std::size_t distinct = GENERATE(7, 100, 100000);
    const double share = GENERATE(1.0, 2.0, 10.0, 60.0);
    const DensitySurface surface = randomSurface(51, distinct);
    const auto most = static_cast<std::size_t>(share / 100 * static_cast<double>(cellsFrom(surface, -1.0)));
    const auto threshold = hotspotThreshold(surface, Kernel::quartic, ThresholdMethod::topArea, share);
    REQUIRE(threshold);
    const std::size_t taken = cellsFrom(surface, **threshold);
    double below = 0.0; // the next lower density
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell)
        if (surface.has(cell) && surface.values[cell] < **threshold) below = std::max(below, surface.values[cell]);
    const double largest = *std::max_element(surface.values.begin(), surface.values.end());
    CHECK((taken <= most || **threshold == largest));
    CHECK(cellsFrom(surface, below) > most);
}

TEST_CASE("a quantile leaves its share of the cells above zero below it", "[hotspots][property]") {
    const double share = GENERATE(50.0, 95.0, 99.0);
    const DensitySurface surface = randomSurface(52, 1000000);
    const auto threshold = hotspotThreshold(surface, Kernel::quartic, ThresholdMethod::quantile, share);
    REQUIRE(threshold);
    const auto positive = static_cast<double>(cellsFrom(surface, 0.0, true));
    const double below = positive - static_cast<double>(cellsFrom(surface, **threshold, true));
    CHECK(std::abs(below / positive - share / 100) <= 1.0 / positive);
}

TEST_CASE("multiples of the mean and densities are taken as they are", "[hotspots]") {
    const DensitySurface surface{{0, 0, Metres{10.0}, 1, 4}, {0.0, 1.0, 3.0, 8.0}, {}};
    CHECK(**hotspotThreshold(surface, Kernel::quartic, ThresholdMethod::incrementalMean, 3.0) == 12.0);
    CHECK(**hotspotThreshold(surface, Kernel::quartic, ThresholdMethod::absolute, 2.5) == 2.5);
    CHECK(usualThreshold(ThresholdMethod::incrementalMean, surface, Kernel::quartic) == 3.0);
    CHECK(usualThreshold(ThresholdMethod::quantile, surface, Kernel::quartic) == 95.0);
    CHECK(usualThreshold(ThresholdMethod::topArea, surface, Kernel::quartic) == 2.0);
    CHECK(usualThreshold(ThresholdMethod::absolute, surface, Kernel::quartic) == 12.0);
}

TEST_CASE("thresholds that make no sense are refused, and an empty surface has none", "[hotspots][edge]") {
    const auto method = GENERATE(ThresholdMethod::incrementalMean, ThresholdMethod::quantile, ThresholdMethod::topArea,
                                 ThresholdMethod::absolute);
    const DensitySurface surface{{0, 0, Metres{10.0}, 1, 4}, {0.0, 1.0, 3.0, 8.0}, {}};
    for (const double value :
         {0.0, -2.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
        const auto refused = hotspotThreshold(surface, Kernel::quartic, method, value);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().subject == "threshold");
    }
    CHECK(hotspotThreshold(surface, Kernel::quartic, ThresholdMethod::quantile, 100.0).error().message ==
          "Hotspot threshold must be a percentage above 0 and under 100, not 100.");
    const DensitySurface nothing{{0, 0, Metres{10.0}, 1, 2}, {0.0, 0.0}, {}};
    CHECK_FALSE(hotspotThreshold(nothing, Kernel::quartic, method, 50.0)->has_value());
    CHECK(usualThreshold(method, nothing, Kernel::quartic) > 0.0);
}
