// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

#include <string>

namespace patchlight::test {

/// GEOS's reason why a polygon is not valid; empty when it is.
[[nodiscard]] std::string whyInvalid(const MultiPolygon& polygon);

/// Shoelace area, m²; positive for a counter-clockwise ring.
[[nodiscard]] double ringArea(const Ring& ring);

} // namespace patchlight::test
