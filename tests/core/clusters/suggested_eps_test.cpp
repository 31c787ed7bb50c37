// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/clusters.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <algorithm>
#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::Random;

namespace {

double bruteForce(const std::vector<ProjectedPoint>& points, std::size_t k) {
    std::vector<double> kth;
    for (std::size_t i = 0; i < points.size(); ++i) {
        std::vector<double> distances;
        for (std::size_t j = 0; j < points.size(); ++j)
            if (i != j)
                distances.push_back(std::hypot(points[i].east - points[j].east, points[i].north - points[j].north));
        std::sort(distances.begin(), distances.end());
        kth.push_back(distances.at(k - 1));
    }
    std::sort(kth.begin(), kth.end());
    return std::clamp(std::round(kth[kth.size() / 2] / 10) * 10, 25.0, 500.0);
}

} // namespace

TEST_CASE("the suggested eps is the median distance to the k-th nearest place", "[clusters][oracle]") {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        Random random{seed};
        const double width = random.between(100, 20000);
        auto points = random.pointsIn({400000, 90000, 400000 + width, 90000 + random.between(100, 20000)}, 250);
        for (const ProjectedPoint p : random.pointsIn({400000, 90000, 400050, 90050}, 60)) points.push_back(p);
        for (const std::size_t k : {std::size_t{1}, std::size_t{4}, std::size_t{10}})
            CHECK(suggestedEps(points, k).value() == bruteForce(points, k));
    }
}

TEST_CASE("few, far, equal and broken places still give an eps within 25 to 500 m", "[clusters][edge]") {
    CHECK(suggestedEps({}, 4) == Metres{500.0});
    const std::vector<ProjectedPoint> two{{0.0, 0.0}, {1e9, 1e9}};
    CHECK(suggestedEps(two, 1) == Metres{500.0});
    CHECK(suggestedEps(two, 5) == Metres{500.0});
    const std::vector<ProjectedPoint> same(2000, ProjectedPoint{5.0, 5.0});
    CHECK(suggestedEps(same, 4) == Metres{25.0});
    const std::vector<ProjectedPoint> broken{{0.0, std::numeric_limits<double>::quiet_NaN()}, {0.0, 0.0}, {0.0, 62.0}};
    CHECK(suggestedEps(broken, 1) == Metres{60.0});
    CHECK(suggestedEps(broken, 0) == Metres{60.0});
}
