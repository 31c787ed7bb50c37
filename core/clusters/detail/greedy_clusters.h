// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <cstdint>
#include <span>
#include <vector>

namespace patchlight::detail {

struct GreedyClusters {
    std::vector<std::int32_t> cluster; ///< per place: in the order found; -1 none
    std::size_t clusters = 0;
};

/// Again and again the place with most weight not yet taken within the distance takes it, while that is at least
/// `least`. Ties: the westernmost, the southernmost, the first place.
///
/// weights   one whole number > 0 a place; distance as checkedEps has it
/// errors    cancelled
[[nodiscard]] Expected<GreedyClusters> greedyClusters(std::span<const ProjectedPoint> points,
                                                      std::span<const double> weights, double distance, double least,
                                                      const TaskContext& task);

} // namespace patchlight::detail
