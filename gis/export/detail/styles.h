// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/export/class_colours.h"

/// How the map looks, for other programs: a layer's style as QGIS (QML) and others (SLD 1.1) read it.
namespace patchlight::gis::detail {

inline constexpr Colour hotspotFill{0xf0, 0x3b, 0x20}, hotspotEdge{0x14, 0x18, 0x1d};

struct LayerStyle {
    std::string layer, name, qml, sld;
};
/// Outlines filled thinly, numbered by rank.
[[nodiscard]] LayerStyle hotspotStyle();
/// Cells or boundaries coloured by `value` in the result's classes.
[[nodiscard]] LayerStyle countsStyle(const Result& result);

} // namespace patchlight::gis::detail
