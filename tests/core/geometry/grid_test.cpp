// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/grid.h"

#include "tests/support/catch.h"
#include "tests/support/random.h"

#include <cmath>
#include <limits>

using namespace patchlight;
using patchlight::test::Random;

TEST_CASE("a frame covers its box with edges on whole cells, and no cell too many", "[geometry][property]") {
    Random random{1};
    for (int i = 0; i < 500; ++i) {
        const double cell = GENERATE_COPY(0.1, 7.0, 50.0, 250.0);
        const double west = random.between(-5e5, 7e5), south = random.between(-5e5, 1.2e6);
        const Box box{west, south, west + random.between(0, 300 * cell), south + random.between(0, 300 * cell)};
        const auto frame = alignedFrame(box, Metres{cell});
        REQUIRE(frame);
        const Box covered = frame->box();
        const double slack = 1e-5 * cell;
        CHECK(covered.west <= box.west + slack);
        CHECK(covered.east >= box.east - slack);
        CHECK(covered.south <= box.south + slack);
        CHECK(covered.north >= box.north - slack);
        CHECK(covered.west > box.west - cell - slack);
        CHECK(covered.east < box.east + cell + slack);
        CHECK(std::abs(covered.west / cell - std::round(covered.west / cell)) < 1e-5);
        CHECK(std::abs(covered.south / cell - std::round(covered.south / cell)) < 1e-5);
        CHECK(*alignedFrame(covered, Metres{cell}) == *frame); // a box on cell edges is taken as it is
    }
}

TEST_CASE("a point and a line have a frame of at least one cell", "[geometry][edge]") {
    const auto point = alignedFrame({100, 100, 100, 100}, Metres{50});
    REQUIRE(point);
    CHECK(*point == GridFrame{100, 100, Metres{50}, 1, 1});
    CHECK(alignedFrame({110, 110, 110, 490}, Metres{50})->rows == 8);
    CHECK(alignedFrame({-25, -25, 25, 25}, Metres{50})->cells() == 4);
}

TEST_CASE("grids that make no sense are refused with a sentence", "[geometry][edge]") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
    const Box box{0, 0, 20000, 20000};
    for (const double cell : {0.0, -50.0, nan, infinity}) {
        const auto refused = alignedFrame(box, Metres{cell});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == ErrorCode::invalidParameter);
        CHECK(refused.error().subject == "cell-size");
        CHECK(refused.error().message == "The cell size must be a positive number of metres.");
    }
    CHECK(alignedFrame(box, Metres{1.0}).error().message ==
          "A cell size of 1 m makes 20000 x 20000 cells over this area, which would take 7 GB of memory and at "
          "least 20 seconds; 100,000,000 are allowed: choose larger cells or a smaller area.");
    CHECK(alignedFrame({0, 0, 1e6, 1e6}, Metres{1.0}).error().message ==
          "A cell size of 1 m makes 1000000 x 1000000 cells over this area, which would take 16 TB of memory and at "
          "least 14 hours; 100,000,000 are allowed: choose larger cells or a smaller area.");
    CHECK_FALSE(alignedFrame(box, Metres{1e-300}));
    CHECK_FALSE(alignedFrame({-1e300, 0, 1e300, 1}, Metres{1.0}));
    CHECK_FALSE(alignedFrame({0, 0, infinity, 1}, Metres{1.0}));
    CHECK_FALSE(alignedFrame({0, nan, 10, 1}, Metres{1.0}));
    CHECK(alignedFrame(Box{}, Metres{50}).error().subject == "bbox");
    CHECK(alignedFrame({0, 0, 10000, 10000}, Metres{1.0})->cells() == maximumCells);
}
