// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/class_colours.h"
#include "gis/map/detail/palette.h"
#include "gis/map/map.h"

namespace patchlight::paint {

const std::vector<QColor>& densityRamp() {
    static const std::vector<QColor> ramp = [] {
        std::vector<QColor> colours;
        for (const gis::Colour& one : gis::densityRamp()) colours.emplace_back(one.red, one.green, one.blue);
        return colours;
    }();
    return ramp;
}

const Palette& paletteFor(bool dark) {
    static const Palette light{};
    static const Palette night = [] {
        Palette p;
        p.land = QColor(0x22, 0x29, 0x31);
        p.water = QColor(0x17, 0x24, 0x30);
        p.coast = QColor(0x3a, 0x54, 0x68);
        p.road = QColor(0x46, 0x50, 0x5c);
        p.roadEdge = QColor(0x1b, 0x21, 0x28);
        p.rail = QColor(0x39, 0x42, 0x4c);
        p.boundary = QColor(0x72, 0x7e, 0x8a);
        p.graticule = QColor(0x2d, 0x35, 0x3f);
        p.name = QColor(0xd3, 0xdc, 0xe5);
        p.waterName = QColor(0x7f, 0xa8, 0xc4);
        p.boundaryName = QColor(0x9a, 0xa6, 0xb2);
        p.halo = QColor(0x1a, 0x20, 0x27);
        p.hotspotEdge = QColor(0xf7, 0xf9, 0xfb);
        p.hotspotCasing = QColor(0x14, 0x18, 0x1d);
        p.badge = QColor(0xf4, 0xf7, 0xfa);
        p.badgeText = QColor(0x10, 0x26, 0x3b);
        p.highlight = QColor(0x6c, 0xb6, 0xff);
        p.studyArea = QColor(0x9a, 0xa8, 0xb5);
        p.outside = QColor(0x10, 0x14, 0x19);
        p.outsideOpacity = 110;
        p.incident = QColor(0x58, 0xa6, 0xf0);
        p.incidentEdge = QColor(0x14, 0x1c, 0x26);
        p.text = QColor(0xe6, 0xec, 0xf2);
        p.frame = QColor(0x4a, 0x55, 0x61);
        p.barLight = QColor(0x22, 0x29, 0x31);
        return p;
    }();
    return dark ? night : light;
}

} // namespace patchlight::paint
