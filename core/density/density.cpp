// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include "core/base/large_memory.h"
#include "core/density/detail/sums.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

constexpr double leastBandwidth = 1e-70, mostBandwidth = 1e70; // m

Expected<void> check(const detail::PlaceSource& places) {
    if (const auto ok = checkedNumber(places.weights, places.points.size()); !ok) return fail(ok.error());
    if (places.bandwidths.size() != 1 && places.bandwidths.size() != places.points.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} bandwidths for {} points: give one for each point.",
                                places.bandwidths.size(), places.points.size()),
                    "bandwidth");
    if (const auto ok = checkedFinite(places.points); !ok) return fail(ok.error());
    for (std::size_t i = 0; i < places.weights.size(); ++i)
        if (!(places.weights[i] >= 0.0) || !std::isfinite(places.weights[i]))
            return fail(
                ErrorCode::invalidParameter,
                fmt::format("The weight of point {} is {}: weights are numbers from 0 up.", i + 1, places.weights[i]),
                "weights");
    // Beyond 1e-70 or 1e70 m powers of it are no numbers.
    if (places.points.empty() ||
        std::ranges::all_of(places.bandwidths, [](double h) { return h >= leastBandwidth && h <= mostBandwidth; }))
        return {};
    return fail(ErrorCode::invalidParameter, "The bandwidth must be a positive number of metres.", "bandwidth");
}

Expected<void> check(const GridFrame& frame) {
    const double cell = frame.cellSize.value();
    if (!(cell > 0.0) || !std::isfinite(cell + frame.west + frame.south))
        return fail(ErrorCode::invalidParameter, "The cell size must be a positive number of metres.", "cell-size");
    if (frame.columns > 0 && frame.rows > maximumCells / frame.columns)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("A grid of {} x {} cells is too large: choose larger cells or a smaller area.",
                                frame.columns, frame.rows),
                    "cell-size");
    return {};
}

} // namespace

Expected<DensitySurface> detail::densityOn(VectorPath path, std::span<const ProjectedPoint> points,
                                           std::span<const double> weights, std::span<const double> bandwidths,
                                           const GridFrame& frame, Kernel kernel, KernelTerm term,
                                           const TaskContext& task) {
    if (auto usable = check(frame); !usable) return fail(usable.error());
    const PlaceSource places{points, weights, bandwidths, {}};
    if (auto usable = check(places); !usable) return fail(usable.error());
    if (task.cancelled()) return failCancelled();
    DensitySurface surface{frame, {}, {}};
    if (frame.cells() == 0 || points.empty()) {
        surface.values.assign(frame.cells(), 0.0);
        return surface;
    }
    if (kernel == Kernel::gaussian) {
        surface.values = filledLarge(frame.cells(), 0.0, task);
        if (task.cancelled() || !addGaussianKernel(places, frame, term, path, task, surface.values))
            return failCancelled();
        return surface;
    }
    double widest = 0.0; // m
    for (std::size_t i = 0; i < bandwidths.size(); ++i)
        if (bandwidths.size() == 1 || weights.empty() || weights[i] > 0.0) widest = std::max(widest, bandwidths[i]);
    const double reach = kernelReach(kernel, Metres{widest}).value();
    PlaceBuckets buckets = placeBuckets(places, frame, reach, task);
    if (task.cancelled()) return failCancelled();
    surface.values = filledLarge(frame.cells(), 0.0, task);
    if (task.cancelled() || !addCompactKernel(buckets, frame, kernel, term, reach, path, task, surface.values))
        return failCancelled();
    return surface;
}

Expected<DensitySurface> kernelDensity(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                       const GridFrame& frame, Kernel kernel, Metres bandwidth,
                                       const TaskContext& task) {
    const double h = bandwidth.value();
    return detail::densityOn(detail::widestPath(), points, weights, std::span(&h, 1), frame, kernel,
                             detail::KernelTerm::plain, task);
}

Expected<DensitySurface> adaptiveDensity(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                         std::span<const double> bandwidths, const GridFrame& frame, Kernel kernel,
                                         const TaskContext& task) {
    if (bandwidths.size() != points.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} bandwidths for {} points: give one for each point.", bandwidths.size(),
                                points.size()),
                    "bandwidth");
    return detail::densityOn(detail::widestPath(), points, weights, bandwidths, frame, kernel,
                             detail::KernelTerm::plain, task);
}

Expected<DensitySurface> squaredKernelDensity(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                              const GridFrame& frame, Kernel kernel, Metres bandwidth,
                                              const TaskContext& task) {
    const double h = bandwidth.value();
    return detail::densityOn(detail::widestPath(), points, weights, std::span(&h, 1), frame, kernel,
                             detail::KernelTerm::squared, task);
}

} // namespace patchlight
