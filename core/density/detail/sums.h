// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/density/density.h"
#include "core/density/detail/vector_path.h"

#include <mutex>

/// What kernelDensity is made of. Sums are plain: not yet per km², without the kernel's constant.
namespace patchlight::detail {

struct WeightedPlace {
    double east = 0.0;
    double north = 0.0;
    double weight = 1.0;
    auto operator<=>(const WeightedPlace&) const = default;
};

/// Reports progress from worker threads, one at a time and never falling.
class SharedProgress {
public:
    SharedProgress(const TaskContext& task, std::string_view phase, std::size_t total)
        : m_task{task}, m_phase{phase}, m_total{total} {}
    void add(std::size_t done) {
        if (!m_task.onProgress) return;
        const std::lock_guard lock(m_mutex);
        m_done += done;
        m_task.report(m_phase, static_cast<double>(m_done) / static_cast<double>(m_total));
    }

private:
    const TaskContext& m_task;
    std::string_view m_phase;
    std::size_t m_total;
    std::size_t m_done = 0;
    std::mutex m_mutex;
};

/// Sum over the places of weight x shape(distance / bandwidth) at every cell centre, for the kernels that end at the
/// bandwidth. Places sorted by north, then east; each cell is summed in that order. False when cancelled.
bool addCompactKernel(std::span<const WeightedPlace> places, const GridFrame& frame, Kernel kernel, double bandwidth,
                      VectorPath path, const TaskContext& task, std::vector<double>& sums);

/// The same with exp(-d²/2h²), separable: exp(-dx²/2h²) exp(-dy²/2h²). Takes the places in any fixed order.
bool addGaussianKernel(std::span<const WeightedPlace> places, const GridFrame& frame, double bandwidth, VectorPath path,
                       const TaskContext& task, std::vector<double>& sums);

/// kernelDensity on a chosen path.
[[nodiscard]] Expected<DensitySurface> kernelDensityOn(VectorPath path, std::span<const ProjectedPoint> points,
                                                       std::span<const double> weights, const GridFrame& frame,
                                                       Kernel kernel, Metres bandwidth, const TaskContext& task);

} // namespace patchlight::detail
