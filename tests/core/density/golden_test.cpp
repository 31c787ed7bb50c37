// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/density/density.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"
#include "tests/support/tables.h"

#include <cmath>

using namespace patchlight;

TEST_CASE("Bournemouth's anti-social behaviour has the density of a reference calculation at 231 nodes",
          "[density][golden]") {
    const auto points = test::sharedData("data/golden/bcp_reference/bcp_asb_2025_07_points.csv");
    const auto nodes = test::sharedData("data/golden/bcp_reference/bcp_asb_2025_07_kde_nodes.csv");
    if (!points || !nodes) return;
    std::vector<ProjectedPoint> incidents;
    for (const auto& row : test::numbersOf(*points)) incidents.push_back({row.at(1), row.at(2)});
    CHECK(incidents.size() == 1019);
    const auto expected = test::numbersOf(*nodes);
    CHECK(expected.size() == 231);

    // The nodes lie 1 km apart; as centres of 1 km cells they make one surface. The reference sums Gaussians without
    // end; what lies beyond 8.5 sigma is below 1e-15 of one incident's peak.
    const auto [kernel, bandwidth, column] =
        GENERATE(std::tuple{Kernel::gaussian, Metres{300.0}, 2u}, std::tuple{Kernel::quartic, Metres{800.0}, 3u});
    double largest = 0.0;
    Box box;
    for (const auto& node : expected) {
        largest = std::max(largest, node.at(column));
        box = united(box, {node[0], node[1], node[0], node[1]});
    }
    const GridFrame frame{box.west - 500, box.south - 500, Metres{1000.0},
                          static_cast<std::size_t>(box.height() / 1000) + 1,
                          static_cast<std::size_t>(box.width() / 1000) + 1};
    const auto surface = kernelDensity(incidents, {}, frame, kernel, bandwidth);
    REQUIRE(surface);
    double difference = 0.0;
    for (const auto& node : expected) {
        const auto row = static_cast<std::size_t>(std::lround((node[1] - box.south) / 1000));
        const auto at = static_cast<std::size_t>(std::lround((node[0] - box.west) / 1000));
        difference = std::max(difference, std::abs(surface->values[row * frame.columns + at] - node[column]));
    }
    CHECK(largest > 50.0);
    CHECK(difference <= 1e-12 * largest);
}
