// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/disclosure/publication.h"
#include "gis/map/detail/hotspots.h"
#include "gis/map/map.h"
#include "tests/support/catch.h"

using namespace patchlight;
using namespace patchlight::paint;

TEST_CASE("contrast is that of WCAG", "[map][contrast]") {
    CHECK(contrastRatio(Qt::white, Qt::black) == Approx(21.0));
    CHECK(contrastRatio(Qt::black, Qt::white) == Approx(21.0));
    CHECK(contrastRatio(Qt::red, Qt::red) == Approx(1.0));
    CHECK(contrastRatio(QColor(0x77, 0x77, 0x77), Qt::white) == Approx(4.48).margin(0.01)); // WebAIM's example
    CHECK(contrastRatio(QColor(0, 0, 255), Qt::white) == Approx(8.59).margin(0.01));
}

TEST_CASE("outlines, numbers and names stand out on every class of both ramps", "[map][contrast]") {
    MapContent content;
    content.studyArea = polygonOf(Box{0, 0, 10, 10});
    for (const Ramp ramp : {Ramp::sequential, Ramp::diverging}) {
        auto result = std::make_shared<Result>();
        result->ramp = ramp;
        result->surface.emplace();
        result->areas.emplace_back();
        for (int i = 0; i < 6; ++i)
            result->classes.push_back({double(i), std::to_string(i), ramp == Ramp::diverging && i < 3});
        content.result = result;
        const auto pairs = contrastsOf(content);
        CHECK(pairs.size() > 20);
        for (const ContrastPair& pair : pairs) {
            INFO(pair.what << " " << pair.ratio);
            CHECK(pair.ratio >= pair.needed);
        }
    }
}

TEST_CASE("a surface of classes is cut between its cells", "[map][contrast]") {
    auto result = std::make_shared<Result>();
    result->analysis = "kernel-density";
    result->classes = {{10, "10 to 20"}, {20, "over 20"}};
    DensitySurface surface;
    surface.frame = {0, 0, Metres{100}, 5, 5};
    surface.values.assign(25, 2.0);
    surface.values[12] = 27.0;
    surface.values[13] = 14.0;
    result->surface = surface;
    const auto reduced = published(result, {.profile = Profile::publicRelease}).result;
    REQUIRE(reduced->surface->values[12] == 20.0);
    REQUIRE(reduced->surface->values[0] == 0.0);
    const auto contours = contoursOf(reduced, {});
    REQUIRE(contours);
    REQUIRE((*contours)->size() == 2);
    // Around the centres of the cells of the class, and not through them.
    const PointInPolygon lower((**contours)[0]), upper((**contours)[1]);
    CHECK((lower.contains({250, 250}) && lower.contains({350, 250}) && lower.contains({280, 250})));
    CHECK_FALSE(lower.contains({150, 250}));
    CHECK(upper.contains({250, 250}));
    CHECK_FALSE(upper.contains({350, 250}));
}
