// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include "core/base/parallel.h"
#include "core/density/detail/sums.h"
#include "core/geometry/weighted_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

constexpr double leastBandwidth = 1e-70, mostBandwidth = 1e70; // m

/// Points, weights and bandwidths checked and put together; those without weight are left out.
Expected<std::vector<detail::WeightedPlace>> weightedPlaces(std::span<const ProjectedPoint> points,
                                                            std::span<const double> weights,
                                                            std::span<const double> bandwidths) {
    if (const auto ok = checkedNumber(weights, points.size()); !ok) return fail(ok.error());
    if (bandwidths.size() != 1 && bandwidths.size() != points.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} bandwidths for {} points: give one for each point.", bandwidths.size(),
                                points.size()),
                    "bandwidth");
    if (const auto ok = checkedFinite(points); !ok) return fail(ok.error());
    std::vector<detail::WeightedPlace> places;
    places.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        const double h = bandwidths[bandwidths.size() == 1 ? 0 : i]; // m
        if (!(weight >= 0.0) || !std::isfinite(weight))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are numbers from 0 up.", i + 1, weight),
                        "weights");
        // Beyond 1e-70 or 1e70 m powers of it are no numbers.
        if (!(h >= leastBandwidth && h <= mostBandwidth))
            return fail(ErrorCode::invalidParameter, "The bandwidth must be a positive number of metres.", "bandwidth");
        if (weight > 0.0) places.push_back({points[i].east, points[i].north, weight, h});
    }
    return places;
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
    auto places = weightedPlaces(points, weights, bandwidths);
    if (!places) return fail(places.error());
    if (task.cancelled()) return failCancelled();
    DensitySurface surface{frame, std::vector<double>(frame.cells(), 0.0), {}};
    if (frame.cells() == 0 || places->empty()) return surface;
    if (kernel == Kernel::gaussian) {
        if (!addGaussianKernel(*places, frame, term, path, task, surface.values)) return failCancelled();
        return surface;
    }
    double reach = 0.0;
    for (const WeightedPlace& place : *places)
        reach = std::max(reach, kernelReach(kernel, Metres{place.bandwidth}).value());
    const PlaceBuckets buckets = placeBuckets(*places, frame, reach, task);
    if (task.cancelled()) return failCancelled();
    if (!addCompactKernel(buckets, frame, kernel, term, reach, path, task, surface.values)) return failCancelled();
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
