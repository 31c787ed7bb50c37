// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <optional>
#include <string_view>

namespace patchlight::detail {

/// A square of the British National Grid as its reference names it.
struct GridSquare {
    ProjectedPoint centre; ///< EPSG:27700
    double size = 0.0;     ///< metres: 1, 10, 100, 1000 or 10000
};
/// "SZ 088 912", "SZ088912", "sz 0880 9120": two letters and 2 to 10 digits, half of them easting and half northing,
/// with or without blanks. Nothing if it is not one or lies outside Great Britain's 7 by 13 hundred-kilometre squares.
/// source: Ordnance Survey, A guide to coordinate systems in Great Britain, section 7
[[nodiscard]] std::optional<GridSquare> parseGridReference(std::string_view text);

/// True if the hundred-kilometre square round the point holds land of Great Britain, so that a point outside is wrong.
[[nodiscard]] bool inSquareWithLand(ProjectedPoint point);

} // namespace patchlight::detail
