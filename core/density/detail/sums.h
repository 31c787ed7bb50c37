// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/base/vector_path.h"
#include "core/density/density.h"

#include <mutex>

/// What densities are made of: sums of kernels over weighted places at every cell centre.
namespace patchlight::detail {

struct WeightedPlace {
    double east, north; ///< m
    double weight;
    double bandwidth; ///< m
};

/// Points with their weights and bandwidths as the caller has them, put together one at a time: nothing is copied.
struct PlaceSource {
    std::span<const ProjectedPoint> points;
    std::span<const double> weights;    ///< empty: all 1
    std::span<const double> bandwidths; ///< one, or one for each point
    std::vector<std::uint32_t> chosen;  ///< of the points; empty: all
    [[nodiscard]] std::size_t size() const { return chosen.empty() ? points.size() : chosen.size(); }
    [[nodiscard]] WeightedPlace operator[](std::size_t i) const {
        const std::size_t k = chosen.empty() ? i : chosen[i];
        return {points[k].east, points[k].north, weights.empty() ? 1.0 : weights[k],
                bandwidths[bandwidths.size() == 1 ? 0 : k]};
    }
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

/// Whether the kernel itself is summed or its square, which the variance of a sum of kernels needs.
enum class KernelTerm { plain, squared };

/// Places in squares of some cells ("buckets"), row by row from the south-west, sorted by east and north in each: a
/// tile of cells finds the places within reach as a few runs of neighbours. Places that reach no cell or have no weight
/// are left out.
struct PlaceBuckets {
    double west = 0.0, south = 0.0; ///< m
    double side = 1.0;              ///< m
    double bandwidth = 0.0;         ///< of all places, m; 0 where they may differ
    std::size_t rows = 0, columns = 0;
    std::vector<std::uint32_t> first; ///< rows x columns + 1: offsets into places
    std::vector<WeightedPlace> places;
};
/// places  with equal positions and bandwidths merged; the order of the input does not matter, but places by (east,
///         north) as an incident table has them need no sorting. cost O(n + buckets). Empty when cancelled
[[nodiscard]] PlaceBuckets placeBuckets(const PlaceSource& places, const GridFrame& frame, double reach,
                                        const TaskContext& task);

/// Sets every cell to the sum of weight x K_h(distance), per km², for kernels that end (all but the Gaussian); `sums`
/// holds zeros. Each cell is summed in the order of the buckets, whatever the path and the number of threads; their
/// weights are used up. False when cancelled.
bool addCompactKernel(PlaceBuckets& buckets, const GridFrame& frame, Kernel kernel, KernelTerm term, double reach,
                      VectorPath path, const TaskContext& task, std::vector<double>& sums);

/// The same for the Gaussian, to 1e-13 of the largest sum: places are spread on a coarse grid by a narrow Gaussian,
/// which a second one widens to the bandwidth along rows and columns (gaussian_sum.cpp says why that is exact).
/// The work does not depend on the bandwidth.
bool addGaussianKernel(const PlaceSource& places, const GridFrame& frame, KernelTerm term, VectorPath path,
                       const TaskContext& task, std::vector<double>& sums);

/// What the public functions call, on a chosen path; `bandwidths` holds one for all or one for each point, m.
[[nodiscard]] Expected<DensitySurface> densityOn(VectorPath path, std::span<const ProjectedPoint> points,
                                                 std::span<const double> weights, std::span<const double> bandwidths,
                                                 const GridFrame& frame, Kernel kernel, KernelTerm term,
                                                 const TaskContext& task);

} // namespace patchlight::detail
