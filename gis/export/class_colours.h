// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/result.h"

#include <span>
#include <string>
#include <vector>

/// The colours of a result's classes: one place for the map, its legend and the styles that data files carry.
namespace patchlight::gis {

struct Colour {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
    [[nodiscard]] std::string hex() const; ///< "#f03b20"
};

/// Five colours, light to dark. source: ColorBrewer YlOrRd
[[nodiscard]] std::span<const Colour> densityRamp();
/// One for each class: five are the ramp, others are spread over it; of a comparison the cold side is blue, the hot one
/// red, the strongest darkest. source: ColorBrewer RdBu
[[nodiscard]] std::vector<Colour> classColours(const Result& result);

} // namespace patchlight::gis
