// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/geometry/geometry.h"

#include <cstdint>
#include <span>

namespace patchlight::detail {

struct Silhouette {
    double mean = 0.0;
    std::size_t places = 0;
};

/// Mean silhouette over incidents at places with counts; over every k-th place if there are more than `most`.
///
/// cluster   per place, 0 to clusters - 1
/// errors    cancelled
/// cost      O(places^2)
[[nodiscard]] Expected<Silhouette> meanSilhouette(std::span<const ProjectedPoint> points,
                                                  std::span<const double> weights,
                                                  std::span<const std::int32_t> cluster, std::size_t clusters,
                                                  std::size_t most, const TaskContext& task);

} // namespace patchlight::detail
