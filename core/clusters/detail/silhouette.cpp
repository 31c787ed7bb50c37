// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/silhouette.h"

#include "core/base/parallel.h"
#include "core/geometry/distances.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

namespace patchlight::detail {

Expected<Silhouette> meanSilhouette(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                    std::span<const std::int32_t> cluster, std::size_t clusters, std::size_t most,
                                    const TaskContext& task) {
    most = std::max<std::size_t>(most, 1);
    const std::size_t every = (points.size() + most - 1) / most;
    std::vector<std::size_t> sample;
    std::vector<double> total(clusters, 0.0);
    for (std::size_t i = 0; i < points.size(); i += every) {
        sample.push_back(i);
        total[cluster[i]] += weights[i];
    }
    std::vector<double> widths(sample.size(), 0.0);
    std::atomic<bool> cancelled{false};
    forEachBlock(clusters > 1 ? sample.size() : 0, 64, [&](std::size_t begin, std::size_t end) {
        std::vector<double> sums;
        for (std::size_t s = begin; s < end; ++s) {
            if (cancelled || task.cancelled()) {
                cancelled = true;
                return;
            }
            const std::size_t i = sample[s];
            const auto own = static_cast<std::size_t>(cluster[i]);
            if (total[own] <= 1.0) continue; // alone in its cluster
            sums.assign(clusters, 0.0);
            for (const std::size_t j : sample)
                sums[cluster[j]] += weights[j] * std::sqrt(squaredDistance(points[i], points[j]));
            const double a = sums[own] / (total[own] - 1.0);
            double b = std::numeric_limits<double>::infinity();
            for (std::size_t c = 0; c < clusters; ++c)
                if (c != own && total[c] > 0.0) b = std::min(b, sums[c] / total[c]);
            if (std::isfinite(b) && std::max(a, b) > 0.0) widths[s] = (b - a) / std::max(a, b);
        }
    });
    if (cancelled) return failCancelled();
    Silhouette result{0.0, sample.size()};
    double sum = 0.0, weight = 0.0;
    for (std::size_t s = 0; s < sample.size(); ++s) {
        sum += weights[sample[s]] * widths[s];
        weight += weights[sample[s]];
    }
    if (weight > 0.0) result.mean = sum / weight;
    return result;
}

} // namespace patchlight::detail
