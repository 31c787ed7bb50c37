// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/detail/base_map.h"
#include "gis/map/detail/hotspots.h"
#include "tests/gis/map/map_scene.h"

#include <cmath>

namespace patchlight::paint::test {

namespace {

bool alike(const QColor& a, const QColor& b, int step = 3) {
    return std::abs(a.red() - b.red()) <= step && std::abs(a.green() - b.green()) <= step &&
           std::abs(a.blue() - b.blue()) <= step;
}

} // namespace

TEST_CASE("each density class covers exactly the cells above its lower bound", "[map][picture]") {
    const std::vector<std::string> rows{"000000000", "012300000", "013540100", "002440000",
                                        "000000300", "000003000", "000000000"};
    MapContent content;
    content.result = resultFromText(rows, {15, 25, 45});
    const auto& surface = *content.result->surface;
    const MapFrame frame = fitted(surface.frame.box(), QRectF(0, 0, 90, 70));
    const MapStyle style = bareStyle();
    const QImage image = rendered(content, frame, style);
    for (std::size_t r = 0; r < surface.frame.rows; ++r)
        for (std::size_t c = 0; c < surface.frame.columns; ++c) {
            const double density = surface.values[r * surface.frame.columns + c];
            const QColor colour = colourAt(image, frame, style, surface.frame.centre(r, c));
            CAPTURE(r, c, density);
            if (density >= 45)
                CHECK(alike(colour, densityRamp()[4]));
            else if (density >= 25)
                CHECK(alike(colour, densityRamp()[2]));
            else if (density >= 15)
                CHECK(alike(colour, densityRamp()[0]));
            else
                CHECK((alike(colour, paletteFor(false).land) || alike(colour, paletteFor(false).graticule, 12)));
        }
}

TEST_CASE("a polygon with a hole leaves the hole", "[map][picture]") {
    MapContent content;
    content.layers.push_back(polygonLayer("land", {rectangle(0, 0, 1000, 1000), rectangle(400, 400, 600, 600)}));
    const MapFrame frame = fitted({-500, -500, 1500, 1500}, QRectF(0, 0, 100, 100));
    const MapStyle style = bareStyle();
    const QImage image = rendered(content, frame, style);
    CHECK(alike(colourAt(image, frame, style, {200, 200}), paletteFor(false).land));
    CHECK(alike(colourAt(image, frame, style, {500, 500}), paletteFor(false).water));
    CHECK(alike(colourAt(image, frame, style, {-200, 500}), paletteFor(false).water));
}

TEST_CASE("neighbours in a land layer show no seam and no coast between them", "[map][picture]") {
    MapContent content;
    LoadedLayer land = polygonLayer("land", {rectangle(0, 0, 503, 1000)});
    gis::VectorLayer both = *land.vector;
    both.features.push_back(both.features.front());
    both.features.back().lines = {{{503, 0}, {1000, 0}, {1000, 1000}, {503, 1000}, {503, 0}}};
    both.box = {0, 0, 1000, 1000};
    land.vector = std::make_shared<const gis::VectorLayer>(both);
    land.box = both.box;
    content.layers.push_back(land);
    const MapFrame frame = fitted({200, 200, 800, 800}, QRectF(0, 0, 50, 50));
    const MapStyle style = bareStyle();
    const QImage image = rendered(content, frame, style);
    for (int x = 0; x < image.width(); ++x) CHECK(alike(image.pixelColor(x, 100), paletteFor(false).land, 1));

    const auto edges = edgesOf(land.vector);
    double outer = 0.0, inner = 0.0;
    const auto length = [](const std::vector<ProjectedPoint>& line) {
        double sum = 0.0;
        for (std::size_t i = 1; i < line.size(); ++i)
            sum += std::hypot(line[i].east - line[i - 1].east, line[i].north - line[i - 1].north);
        return sum;
    };
    for (const auto& line : edges->outer) outer += length(line);
    for (const auto& line : edges->inner) inner += length(line);
    CHECK(outer == Approx(4000));
    CHECK(inner == Approx(1000));
}

TEST_CASE("outside the study area the map is dimmed, inside it is as it was", "[map][picture]") {
    MapContent content;
    content.layers.push_back(polygonLayer("land", {rectangle(-5000, -5000, 5000, 5000)}));
    const MapFrame frame = fitted({0, 0, 1000, 1000}, QRectF(0, 0, 100, 100));
    const MapStyle style = bareStyle();
    content.studyArea = polygonOf(Box{0, 0, 500, 2000});
    const QImage image = rendered(content, frame, style);
    CHECK(alike(colourAt(image, frame, style, {250, 500}), paletteFor(false).land, 0));
    CHECK_FALSE(alike(colourAt(image, frame, style, {750, 500}), paletteFor(false).land, 2));
}

TEST_CASE("nothing at all, and content far from the view, still draw the ground", "[map][edge]") {
    MapContent content;
    const MapFrame frame = fitted({0, 0, 1000, 1000}, QRectF(3, 4, 50, 40));
    const MapStyle style = bareStyle();
    const QImage bare = rendered(content, frame, style);
    CHECK(bare.size() == QSize(200, 160));

    content.result = std::make_shared<Result>();
    content.incidents = std::make_shared<const PointIndex>(std::vector<ProjectedPoint>{});
    content.studyArea = MultiPolygon{};
    content.showIncidents = true;
    CHECK(rendered(content, frame, style) == bare);

    auto far = resultFromText({"99", "99"}, {20, 30});
    far->surface->frame.west = 90000;
    far->areas.push_back(area(1, rectangle(90000, 0, 90200, 200)));
    content.result = far;
    content.layers.push_back(polygonLayer("boundaries", {rectangle(70000, 70000, 80000, 80000)}));
    content.incidents = std::make_shared<const PointIndex>(std::vector<ProjectedPoint>{{90000, 90000}});
    CHECK(rendered(content, frame, style) == bare);
}

TEST_CASE("one incident is one mark where it lies", "[map][edge]") {
    MapContent content;
    content.showIncidents = true;
    content.incidents = std::make_shared<const PointIndex>(std::vector<ProjectedPoint>{{510, 505}});
    const MapFrame frame = fitted({0, 0, 1000, 1000}, QRectF(0, 0, 50, 50));
    const MapStyle style = bareStyle(10.0);
    const QImage image = rendered(content, frame, style);
    CHECK(alike(colourAt(image, frame, style, {510, 505}), paletteFor(false).incident));
    CHECK(alike(colourAt(image, frame, style, {550, 550}), paletteFor(false).land));
}

TEST_CASE("drawing leaves the painter as it was", "[map]") {
    patchlight::test::guiApplication();
    QImage image(100, 100, QImage::Format_ARGB32_Premultiplied);
    QPainter painter(&image);
    painter.setPen(QPen(Qt::red, 3));
    painter.setClipRect(QRectF(0, 0, 90, 90));
    const QTransform before = painter.transform();
    REQUIRE(drawMap(painter, {}, fitted({0, 0, 100, 100}, QRectF(10, 10, 50, 50)), {}).has_value());
    CHECK(painter.transform() == before);
    CHECK(painter.pen() == QPen(Qt::red, 3));
    CHECK(painter.clipBoundingRect() == QRectF(0, 0, 90, 90));
    CHECK(painter.opacity() == 1.0);
}

TEST_CASE("a cancelled map says so and leaves the painter whole", "[map][cancel]") {
    patchlight::test::guiApplication();
    std::stop_source source;
    source.request_stop();
    const TaskContext task{.stop = source.get_token(), .onProgress = {}};
    const auto image = renderMap({}, fitted({0, 0, 100, 100}, QRectF(0, 0, 50, 50)), {}, task);
    REQUIRE_FALSE(image.has_value());
    CHECK(image.error().code == ErrorCode::cancelled);
}

TEST_CASE("a map without room is refused with a sentence", "[map][edge]") {
    const auto image = renderMap({}, fitted({0, 0, 100, 100}, QRectF(0, 0, 0, 50)), {});
    REQUIRE_FALSE(image.has_value());
    CHECK(image.error().subject == "page");
}

TEST_CASE("a layer of many vertices leaves only what can be seen", "[map][property]") {
    constexpr int steps = 100000;
    Ring ring;
    for (int i = 0; i < steps; ++i) {
        const double angle = 2 * 3.14159265358979 * i / steps, radius = 5000 + 20 * std::sin(500 * angle);
        ring.push_back({radius * std::cos(angle), radius * std::sin(angle)});
    }
    ring.push_back(ring.front());
    const MultiPolygon polygon{{{ring, {}}}};
    const MapFrame whole = fitted({-6000, -6000, 6000, 6000}, QRectF(0, 0, 150, 150));
    const QPainterPath path = pathOf(polygon, viewOf(whole));
    CHECK(path.elementCount() > 100);
    CHECK(path.elementCount() < 8000);

    const MapFrame close = fitted({4900, -100, 5100, 100}, QRectF(0, 0, 150, 150));
    const QPainterPath part = pathOf(polygon, viewOf(close));
    CHECK(part.elementCount() > 10);
    CHECK(part.elementCount() < 3000);
    CHECK(viewOf(close).clip.adjusted(-1e-6, -1e-6, 1e-6, 1e-6).contains(part.boundingRect()));

    // Simplified as it is, each point of the original is within the tolerance of it.
    QPainterPathStroker stroker;
    stroker.setWidth(2.5 * pageTolerance);
    const QPainterPath band = stroker.createStroke(path);
    for (std::size_t i = 0; i < ring.size(); i += 997) CHECK(band.contains(whole.toPage(ring[i])));
}

TEST_CASE("a line is cut at the view and comes back in", "[map]") {
    const MapFrame frame = fitted({0, 0, 100, 100}, QRectF(0, 0, 100, 100));
    const PageView view = viewOf(frame);
    QPainterPath path;
    const std::vector<ProjectedPoint> line{{-500, 50}, {50, 50}, {50, 900}, {60, 900}, {60, -900}};
    addLine(path, line, view);
    REQUIRE(path.elementCount() == 5); // two parts: three and two points
    CHECK(path.elementAt(0).x == Approx(view.clip.left()));
    CHECK(path.elementAt(2).y == Approx(view.clip.top()));
    CHECK(path.elementAt(3).isMoveTo());
    CHECK(path.elementAt(4).y == Approx(view.clip.bottom()));
    QPainterPath nothing;
    addLine(nothing, std::vector<ProjectedPoint>{{-500, 300}, {300, 900}}, view);
    CHECK(nothing.isEmpty());
}

TEST_CASE("road classes are read from the words that sources use", "[map]") {
    CHECK(roadClass("motorway_link") == RoadClass::motorway);
    CHECK(roadClass("Primary road") == RoadClass::primary);
    CHECK(roadClass("B Road") == RoadClass::secondary);
    CHECK(roadClass("residential") == RoadClass::minor);
    CHECK(roadClass("cycleway") == RoadClass::path);
    CHECK(roadClass("rail") == RoadClass::rail);
    CHECK(roadClass("") == RoadClass::minor);
    CHECK(roadWidth(RoadClass::motorway, 50) > roadWidth(RoadClass::primary, 50));
    CHECK(roadWidth(RoadClass::minor, 5) > roadWidth(RoadClass::minor, 50)); // closer is wider
}

} // namespace patchlight::paint::test
