// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"
#include "tests/support/catch.h"

#include <limits>

using namespace patchlight;

namespace {
Box sized(double width, double height) {
    return {400000.0, 90000.0, 400000.0 + width, 90000.0 + height};
}
} // namespace

TEST_CASE("the cell size is the shorter side over 150, rounded to a usual size", "[density]") {
    CHECK(suggestedCellSize(sized(1000, 900)) == Metres{10.0});     // 6 m
    CHECK(suggestedCellSize(sized(9000, 4000)) == Metres{25.0});    // 26.7 m
    CHECK(suggestedCellSize(sized(30000, 9000)) == Metres{50.0});   // 60 m
    CHECK(suggestedCellSize(sized(20000, 26000)) == Metres{100.0}); // 133 m
    CHECK(suggestedCellSize(sized(90000, 90000)) == Metres{500.0}); // 600 m
    CHECK(suggestedCellSize(sized(2625, 2625)) == Metres{10.0});    // 17.5 m: of two as near the finer
    CHECK(suggestedCellSize(Box{}) == Metres{50.0});
}

TEST_CASE("the suggested grid stays under 500,000 cells, whatever the area", "[density][property]") {
    for (const double width : {1.0, 700.0, 12000.0, 55000.0, 4e5, 3e6})
        for (const double height : {1.0, 400.0, 9000.0, 70000.0, 1e6}) {
            const Box box = sized(width, height);
            const auto frame = alignedFrame(box, suggestedCellSize(box));
            REQUIRE(frame);
            CHECK(frame->cells() < 500000);
        }
    CHECK(suggestedCellSize(sized(3e6, 600)) == Metres{100.0}); // a long strip: coarser than its 4 m asks for
}

TEST_CASE("the bandwidth is five cells within 150 to 500 m, 300 m at least on anonymised places", "[density]") {
    CHECK(suggestedBandwidth(Metres{10.0}, false) == Metres{150.0});
    CHECK(suggestedBandwidth(Metres{50.0}, false) == Metres{250.0});
    CHECK(suggestedBandwidth(Metres{250.0}, false) == Metres{500.0});
    CHECK(suggestedBandwidth(Metres{50.0}, true) == Metres{300.0});
    CHECK(suggestedBandwidth(Metres{100.0}, true) == Metres{500.0});
}
