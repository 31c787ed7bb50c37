// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/main_window/place_status.h"
#include "app/desktop/map/map_widget.h"
#include "tests/app/desktop/window_driver.h"

#include <QSignalSpy>
#include <QWheelEvent>

using namespace patchlight;
using namespace patchlight::desktop;
using namespace patchlight::desktop::test;

namespace {

struct ShownMap {
    ShownMap() {
        map.resize(800, 600);
        map.show();
        map.showBox({400000, 90000, 408000, 96000});
    }
    MapWidget map;
};

} // namespace

TEST_CASE("places on the screen and on the ground lead back to each other", "[map-widget][property]") {
    ShownMap shown;
    for (const QPointF position : {QPointF(0, 0), QPointF(400, 300), QPointF(799, 17)}) {
        const auto back = shown.map.positionOf(shown.map.groundAt(position));
        CHECK(back.x() == Approx(position.x()).margin(1e-6));
        CHECK(back.y() == Approx(position.y()).margin(1e-6));
    }
    CHECK(shown.map.groundAt({400, 100}).north > shown.map.groundAt({400, 500}).north);
}

TEST_CASE("the box asked for is on the map, whole and in the middle", "[map-widget]") {
    ShownMap shown;
    const auto ground = shown.map.frame().ground;
    CHECK(ground.west < 400000);
    CHECK(ground.east > 408000);
    CHECK(ground.south < 90000);
    CHECK(ground.north > 96000);
    CHECK(shown.map.centre().east == Approx(404000));
    CHECK(ground.width() / ground.height() == Approx(800.0 / 600.0));
}

TEST_CASE("the wheel zooms round the pointer", "[map-widget]") {
    ShownMap shown;
    const QPointF pointer(200, 150);
    const auto before = shown.map.groundAt(pointer);
    const double scale = shown.map.metresPerMillimetre();
    QWheelEvent wheel(pointer, shown.map.mapToGlobal(pointer), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&shown.map, &wheel);
    CHECK(shown.map.metresPerMillimetre() < scale);
    CHECK(shown.map.groundAt(pointer).east == Approx(before.east));
    CHECK(shown.map.groundAt(pointer).north == Approx(before.north));
}

TEST_CASE("dragging moves the ground with the pointer", "[map-widget]") {
    ShownMap shown;
    const auto before = shown.map.groundAt({300, 300});
    QTest::mousePress(&shown.map, Qt::LeftButton, {}, {300, 300});
    QTest::mouseMove(&shown.map, {340, 330});
    QTest::mouseRelease(&shown.map, Qt::LeftButton, {}, {340, 330});
    CHECK(shown.map.groundAt({340, 330}).east == Approx(before.east).margin(1.0));
    CHECK(shown.map.groundAt({340, 330}).north == Approx(before.north).margin(1.0));
}

TEST_CASE("the keyboard moves and zooms the map", "[map-widget]") {
    ShownMap shown;
    const auto centre = shown.map.centre();
    QTest::keyClick(&shown.map, Qt::Key_Right);
    CHECK(shown.map.centre().east > centre.east);
    QTest::keyClick(&shown.map, Qt::Key_Up);
    CHECK(shown.map.centre().north > centre.north);
    const double scale = shown.map.metresPerMillimetre();
    QTest::keyClick(&shown.map, Qt::Key_Plus);
    CHECK(shown.map.metresPerMillimetre() < scale);
    QTest::keyClick(&shown.map, Qt::Key_Minus);
    CHECK(shown.map.metresPerMillimetre() == Approx(scale));
    QTest::keyClick(&shown.map, Qt::Key_Home);
    CHECK(shown.map.showsWholeExtent());
}

TEST_CASE("scales are said with two figures", "[map-widget]") {
    CHECK(scaleText(25.04) == "1 : 25,000");
    CHECK(scaleText(7.849) == "1 : 7,800");
    CHECK(scaleText(0.0).isEmpty());
}
