// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/map/map_scene.h"

namespace patchlight::paint::test {

TEST_CASE("a place on the page is found again on the ground", "[map][property]") {
    const MapFrame frame = fitted({400000, 90000, 412000, 97000}, QRectF(15, 20, 180, 140));
    for (const ProjectedPoint point : randomPoints(200, frame.ground)) {
        const ProjectedPoint again = frame.toGround(frame.toPage(point));
        CHECK(again.east == Approx(point.east).margin(1e-6));
        CHECK(again.north == Approx(point.north).margin(1e-6));
    }
    const QPointF topLeft = frame.toPage({frame.ground.west, frame.ground.north});
    CHECK(topLeft.x() == Approx(15));
    CHECK(topLeft.y() == Approx(20)); // north is up
}

TEST_CASE("a fitted frame keeps the centre, holds the ground and has one scale", "[map][property]") {
    const Box ground = GENERATE(Box{0, 0, 100, 4000}, Box{-500, 20, 9000, 300}, Box{10, 10, 10, 10}, Box{});
    const QRectF page = GENERATE(QRectF(0, 0, 200, 100), QRectF(5, 7, 30, 90));
    const MapFrame frame = fitted(ground, page);
    if (!ground.empty()) {
        CHECK(frame.ground.centre().east == Approx(ground.centre().east));
        CHECK(frame.ground.centre().north == Approx(ground.centre().north));
        CHECK(frame.ground.west <= ground.west + 1e-9);
        CHECK(frame.ground.north >= ground.north - 1e-9);
    }
    CHECK(frame.ground.width() > 0);
    CHECK(frame.ground.height() / page.height() == Approx(frame.metresPerMillimetre()));
}

TEST_CASE("the default extent is the study area, else the result, else usual incidents, else layers", "[map]") {
    MapContent content;
    CHECK(defaultExtent(content).empty());

    content.layers.push_back(polygonLayer("land", {rectangle(0, 0, 50000, 50000)}));
    CHECK(defaultExtent(content).width() == Approx(50000 * 1.08));

    auto points = randomPoints(1000, {1000, 1000, 5000, 5000});
    points.push_back({400000, 400000}); // one wild position
    content.incidents = std::make_shared<const PointIndex>(points);
    CHECK(defaultExtent(content).width() < 6000);
    CHECK(defaultExtent(content).contains({1001, 4999}));

    auto result = std::make_shared<Result>();
    result->areas.push_back(area(1, rectangle(2000, 2000, 5000, 2500)));
    content.result = result;
    CHECK(defaultExtent(content).width() == Approx(3000 * 1.08));

    content.studyArea = polygonOf(Box{0, 0, 20000, 10000});
    CHECK(defaultExtent(content).width() == Approx(20000 * 1.08));
}

TEST_CASE("the default extent leaves out a lone incident far from the surface's mass", "[map]") {
    std::vector<std::string> rows(60, std::string(60, '0'));
    for (std::size_t r = 25; r < 35; ++r)
        for (std::size_t c = 25; c < 35; ++c) rows[r][c] = '9';
    rows[0][0] = '1';
    MapContent content;
    content.result = resultFromText(rows, {20});
    const Box extent = defaultExtent(content);
    CHECK(extent.contains({2500, 2500}));
    CHECK_FALSE(extent.contains({50, 5950}));
}

TEST_CASE("one incident gives an extent of a kilometre round it", "[map][edge]") {
    MapContent content;
    content.incidents = std::make_shared<const PointIndex>(std::vector<ProjectedPoint>{{700, 800}});
    const Box extent = defaultExtent(content);
    CHECK(extent.width() == Approx(1000));
    CHECK(extent.centre() == ProjectedPoint{700, 800});
}

} // namespace patchlight::paint::test
