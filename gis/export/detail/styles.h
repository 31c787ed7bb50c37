// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/result.h"

#include <array>
#include <string>
#include <vector>

/// How the map looks, for other programs: a layer's style as QGIS (QML) and others (SLD 1.1) read it.
namespace patchlight::gis::detail {

struct Colour {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
    [[nodiscard]] std::string hex() const; ///< "#f03b20"
};
/// One for each class of the result, as the map draws them (a test holds both alike).
[[nodiscard]] std::vector<Colour> classColours(const Result& result);
inline constexpr Colour hotspotFill{0xf0, 0x3b, 0x20}, hotspotEdge{0x14, 0x18, 0x1d};

struct LayerStyle {
    std::string layer, name, qml, sld;
};
/// Outlines filled thinly, numbered by rank.
[[nodiscard]] LayerStyle hotspotStyle();
/// Cells or boundaries coloured by `value` in the result's classes.
[[nodiscard]] LayerStyle countsStyle(const Result& result);

} // namespace patchlight::gis::detail
