// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"

namespace patchlight::detail {

/// 1 where p lies to the left of a -> b, -1 to the right, 0 on the line. The plain determinant where its sign is sure
/// (Shewchuk's bound), GEOS's double-double arithmetic otherwise.
/// source  Shewchuk (1997), Adaptive precision floating-point arithmetic and fast robust geometric predicates
[[nodiscard]] int orientation(ProjectedPoint a, ProjectedPoint b, ProjectedPoint p);

} // namespace patchlight::detail
