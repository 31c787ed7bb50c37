// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/furniture.h"
#include "gis/map/detail/hotspots.h"
#include "gis/map/detail/names.h"
#include "gis/map/detail/palette.h"
#include "tests/gis/map/map_scene.h"

namespace patchlight::paint::test {

TEST_CASE("the hotspot at a place is found by the outline that is drawn", "[map]") {
    Result result;
    result.areas.push_back(area(1, rectangle(0, 0, 100, 100)));
    result.areas[0].outline.parts[0].holes.push_back({{40, 40}, {40, 60}, {60, 60}, {60, 40}, {40, 40}});
    result.areas.push_back(area(2, rectangle(200, 0, 300, 100)));
    result.areas[1].drawnOutline = polygonOf(Box{210, 10, 290, 90});
    CHECK(areaAt(result, {20, 20}) == std::optional<std::size_t>{1});
    CHECK_FALSE(areaAt(result, {50, 50}).has_value());
    CHECK(areaAt(result, {250, 50}) == std::optional<std::size_t>{2});
    CHECK_FALSE(areaAt(result, {203, 3}).has_value());
    CHECK_FALSE(areaAt({}, {0, 0}).has_value());
}

TEST_CASE("a comparison is blue where there is less and red where there is more", "[map][pictures]") {
    auto result = resultFromText({"555555555", "511155955", "511155955", "511155955", "555555555"}, {});
    for (double& value : result->surface->values) value -= 50.0; // -40 in the west, +40 in the east
    result->ramp = Ramp::diverging;
    result->classes = {{-35.0, "far fewer", true}, {-10.0, "fewer", true}, {10.0, "more"}, {35.0, "far more"}};
    MapContent content;
    content.result = result;
    const MapFrame frame = fitted({0, 0, 900, 500}, QRectF(0, 0, 90, 50));
    const MapStyle style = bareStyle();
    const QImage image = rendered(content, frame, style);
    const auto colours = classColours(*result);
    REQUIRE(colours.size() == 4);
    CHECK(colourAt(image, frame, style, {250, 250}) == colours[0]);
    CHECK(colourAt(image, frame, style, {650, 250}) == colours[3]);
    CHECK(colours[0].blue() > colours[0].red() + 60);
    CHECK(colours[3].red() > colours[3].blue() + 60);
    const QColor between = colourAt(image, frame, style, {450, 450});
    CHECK(between == paletteFor(false).land); // nothing is drawn where nothing changed
    const Legend legend = legendOf(content);
    CHECK(legend.entries.size() == 4);
}

TEST_CASE("counted areas are filled by their class, and told in the legend", "[map][pictures]") {
    auto result = std::make_shared<Result>();
    result->measure = "Incidents per square";
    result->classes = {{1.0, "below average"}, {5.0, "above average"}};
    for (int i = 0; i < 3; ++i) {
        Region region;
        region.polygon.parts.push_back({rectangle(100.0 * i, 0, 100.0 * i + 100, 100), {}});
        region.incidents = static_cast<std::size_t>(i * 5);
        if (i > 0) region.classIndex = static_cast<std::size_t>(i - 1);
        result->regions.push_back(region);
    }
    MapContent content;
    content.result = result;
    const MapFrame frame = fitted({0, 0, 300, 100}, QRectF(0, 0, 90, 30));
    const MapStyle style = bareStyle();
    const QImage image = rendered(content, frame, style);
    const auto colours = classColours(*result);
    CHECK(colourAt(image, frame, style, {50, 50}) == paletteFor(false).land);
    CHECK(colourAt(image, frame, style, {150, 50}) == colours[0]);
    CHECK(colourAt(image, frame, style, {250, 50}) == colours[1]);
    CHECK(legendOf(content).title == "Incidents per square");
    content.showSurface = false;
    CHECK(colourAt(rendered(content, frame, style), frame, style, {250, 50}) == paletteFor(false).land);
}

TEST_CASE("outlines of chance and centres are drawn and told", "[map][pictures]") {
    auto result = std::make_shared<Result>();
    result->outlines.push_back({"fewer than chance", MultiPolygon{{Polygon{rectangle(20, 20, 80, 80), {}}}}});
    result->marks.push_back({"", {50, 50}});
    MapContent content;
    content.result = result;
    const MapFrame frame = fitted({0, 0, 100, 100}, QRectF(0, 0, 50, 50));
    const MapStyle style = bareStyle(8.0);
    const QImage image = rendered(content, frame, style);
    CHECK(colourAt(image, frame, style, {50, 50}) != paletteFor(false).land);
    CHECK(colourAt(image, frame, style, {60, 60}) == paletteFor(false).land);
    REQUIRE(legendOf(content).entries.size() == 1);
    CHECK(legendOf(content).entries[0].text == "fewer than chance");
}

TEST_CASE("number badges never lie on each other, on what is kept clear or off the page", "[map][property]") {
    const unsigned seed = GENERATE(1U, 2U, 3U);
    std::vector<HotspotArea> areas;
    for (const ProjectedPoint p : randomPoints(60, {0, 0, 10000, 8000}, seed))
        areas.push_back(area(areas.size() + 1, rectangle(p.east, p.north, p.east + 400, p.north + 300)));
    const MapFrame frame = fitted({0, 0, 10000, 8000}, QRectF(10, 10, 150, 120));
    const QRectF legend(100, 10, 60, 50);
    const auto badges = placeBadges(areas, frame, 2.6, {legend});
    CHECK(badges.size() >= 45);
    for (std::size_t i = 0; i < badges.size(); ++i) {
        CHECK(frame.page.contains(badges[i].box()));
        CHECK_FALSE(legend.intersects(badges[i].box()));
        for (std::size_t j = 0; j < i; ++j) {
            const QPointF apart = badges[i].centre - badges[j].centre;
            CHECK(std::hypot(apart.x(), apart.y()) > badges[i].radius + badges[j].radius);
        }
    }
}

TEST_CASE("a badge with room stands at the upper right of its outline", "[map]") {
    const MapFrame frame = fitted({0, 0, 1000, 1000}, QRectF(0, 0, 100, 100));
    const auto badges = placeBadges({area(7, rectangle(400, 400, 600, 600))}, frame, 2.6, {});
    REQUIRE(badges.size() == 1);
    CHECK(badges[0].rank == 7);
    CHECK(badges[0].centre.x() > 60.0);
    CHECK(badges[0].centre.y() < 40.0);
    CHECK(badges[0].centre.x() < 66.0);
    CHECK(placeBadges({area(1, rectangle(4000, 400, 4600, 600))}, frame, 2.6, {}).empty()); // out of view
}

TEST_CASE("the scale bar is as long as its label says", "[map][property]") {
    const double scale = GENERATE(0.013, 0.2, 1.0, 3.7, 12.5, 50.0, 80.0, 1000.0, 4444.0);
    const ScaleBar bar = scaleBarFor(scale, 40.0);
    REQUIRE(bar.labels.size() == 3);
    const QStringList last = bar.labels[2].split(' ');
    const double labelled = last[0].toDouble() * (last[1] == "km" ? 1000.0 : 1.0);
    CHECK(labelled == Approx(bar.metres));
    CHECK(bar.millimetres * scale == Approx(bar.metres));
    CHECK(bar.millimetres <= 40.0 + 1e-9);
    CHECK(bar.millimetres > 40.0 / 2.6);
    CHECK(bar.labels[0] == "0");
}

TEST_CASE("scale bar labels name their unit once, or both where it changes", "[map]") {
    CHECK(scaleBarFor(25.0, 40.0).labels == QStringList{"0", "500 m", "1 km"});
    CHECK(scaleBarFor(50.0, 40.0).labels == QStringList{"0", "1", "2 km"});
    CHECK(scaleBarFor(12.0, 40.0).labels == QStringList{"0", "200", "400 m"});
    CHECK(scaleBarFor(0.0, 40.0).metres == 0.0);
}

TEST_CASE("the legend repeats the classes of the result, darkest last", "[map]") {
    MapContent content;
    content.result = resultFromText({"5"}, {10, 20, 30, 40, 50});
    Legend legend = legendOf(content);
    CHECK(legend.title == QString::fromUtf8("Incidents per km²"));
    REQUIRE(legend.entries.size() == 5);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(legend.entries[i].text.toStdString() == content.result->classes[i].label);
        CHECK(legend.entries[i].fill == densityRamp()[i]);
    }
    content.showSurface = false;
    CHECK(legendOf(content).entries.empty());
}

TEST_CASE("the legend names what is shown and nothing else", "[map]") {
    MapContent content;
    CHECK(legendOf(content).entries.empty());
    CHECK(drawLegend(nullptr, legendOf(content), {}, 2.6).isEmpty());

    auto groups = std::make_shared<Result>();
    groups->areas.push_back(area(1, rectangle(0, 0, 1, 1)));
    content.result = groups;
    Legend legend = legendOf(content);
    CHECK(legend.title.isEmpty());
    REQUIRE(legend.entries.size() == 1);
    CHECK(legend.entries[0].text == "hotspot");

    content.incidents = std::make_shared<const PointIndex>(std::vector<ProjectedPoint>{{0, 0}});
    content.layers.push_back(polygonLayer("boundaries", {rectangle(0, 0, 1, 1)}));
    content.layers.push_back(polygonLayer("land", {rectangle(0, 0, 1, 1)}));
    content.layers.back().info.visible = true;
    CHECK(legendOf(content).entries.size() == 2);
    content.showIncidents = true;
    content.studyArea = polygonOf(Box{0, 0, 1, 1});
    legend = legendOf(content);
    REQUIRE(legend.entries.size() == 4);
    CHECK(legend.entries[3].mark == LegendEntry::Mark::dashedLine);
    content.layers.front().info.visible = false;
    CHECK(legendOf(content).entries.size() == 3);
}

TEST_CASE("a legend is as large measured as drawn, and grows with its text", "[map]") {
    patchlight::test::guiApplication();
    MapContent content;
    content.result = resultFromText({"5"}, {10, 20, 30});
    const Legend legend = legendOf(content);
    const QSizeF size = drawLegend(nullptr, legend, {}, 2.6);
    QImage image(400, 400, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::black);
    QPainter painter(&image);
    painter.scale(4, 4);
    CHECK(drawLegend(&painter, legend, {10, 10}, 2.6) == size);
    painter.end();
    const int right = static_cast<int>(4 * (10 + size.width())), bottom = static_cast<int>(4 * (10 + size.height()));
    CHECK(image.pixelColor(right - 4, bottom - 4).lightness() > 200);
    CHECK(image.pixelColor(right + 3, bottom - 4) == QColor(Qt::black));
    CHECK(image.pixelColor(right - 4, bottom + 3) == QColor(Qt::black));
    CHECK(drawLegend(nullptr, legend, {}, 5.2).width() == Approx(2 * size.width()).epsilon(0.01));
}

TEST_CASE("settlements are told from other places by their kind", "[map]") {
    CHECK(settlementSize("Town") == std::optional<int>{1});
    CHECK(settlementSize("suburb") == std::optional<int>{2});
    CHECK_FALSE(settlementSize("school").has_value());
    CHECK_FALSE(settlementSize("").has_value());
}

TEST_CASE("a name takes its room only once", "[map]") {
    FreeRoom room(QRectF(0, 0, 100, 100));
    CHECK(room.isFree(QRectF(10, 10, 20, 5)));
    room.take(QRectF(10, 10, 20, 5));
    CHECK_FALSE(room.isFree(QRectF(25, 12, 20, 5)));
    CHECK(room.isFree(QRectF(31, 10, 20, 5)));
    CHECK_FALSE(room.isFree(QRectF(90, 10, 20, 5))); // over the edge

    room.spare(QRectF(50, 50, 45, 45));
    room.spare(QRectF(5, 60, 4, 4));
    CHECK(room.hidesNothing(QRectF(55, 60, 20, 5)));       // well inside a large hotspot
    CHECK_FALSE(room.hidesNothing(QRectF(40, 60, 20, 5))); // over its edge
    CHECK_FALSE(room.hidesNothing(QRectF(0, 59, 20, 6)));  // over all of a small one
}

} // namespace patchlight::paint::test
