// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/map/map.h"

namespace patchlight::paint {

const std::vector<QColor>& densityRamp() {
    static const std::vector<QColor> ramp{QColor(0xff, 0xff, 0xb2), QColor(0xfe, 0xcc, 0x5c), QColor(0xfd, 0x8d, 0x3c),
                                          QColor(0xf0, 0x3b, 0x20), QColor(0xbd, 0x00, 0x26)};
    return ramp;
}

} // namespace patchlight::paint
