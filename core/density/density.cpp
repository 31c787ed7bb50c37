// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include "core/base/parallel.h"
#include "core/density/detail/sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace patchlight {
namespace {

/// The constant before each shape, times 1e6: per km². See kernels.cpp for where it comes from.
double perKm2(Kernel kernel, double bandwidth) {
    const double unit = squareMetresPerSquareKilometre / (std::numbers::pi * bandwidth * bandwidth);
    switch (kernel) {
    case Kernel::quartic:
    case Kernel::triangular:
        return 3 * unit;
    case Kernel::epanechnikov:
        return 2 * unit;
    case Kernel::gaussian:
        return unit / 2;
    default:
        return unit;
    }
}

/// Sorted by north, east and weight, with the weights of one place added up: the order of the input does not matter,
/// and rows that share an anonymised place cost as much as one.
Expected<std::vector<detail::WeightedPlace>> sortedPlaces(std::span<const ProjectedPoint> points,
                                                          std::span<const double> weights) {
    if (!weights.empty() && weights.size() != points.size())
        return fail(ErrorCode::invalidParameter,
                    fmt::format("There are {} weights for {} points: give one for each point, or none.", weights.size(),
                                points.size()),
                    "weights");
    std::vector<detail::WeightedPlace> places;
    places.reserve(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = weights.empty() ? 1.0 : weights[i];
        if (!std::isfinite(points[i].east) || !std::isfinite(points[i].north))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("Point {} has a coordinate that is not a number: leave points without a position "
                                    "out.",
                                    i + 1),
                        "points");
        if (!(weight >= 0.0) || !std::isfinite(weight))
            return fail(ErrorCode::invalidParameter,
                        fmt::format("The weight of point {} is {}: weights are numbers from 0 up.", i + 1, weight),
                        "weights");
        if (weight > 0.0) places.push_back({points[i].east, points[i].north, weight});
    }
    std::sort(places.begin(), places.end(), [](const detail::WeightedPlace& a, const detail::WeightedPlace& b) {
        return std::tie(a.north, a.east, a.weight) < std::tie(b.north, b.east, b.weight);
    });
    std::size_t kept = 0;
    for (const detail::WeightedPlace& place : places) {
        if (kept > 0 && places[kept - 1].east == place.east && places[kept - 1].north == place.north)
            places[kept - 1].weight += place.weight;
        else
            places[kept++] = place;
    }
    places.resize(kept);
    return places;
}

} // namespace

Expected<DensitySurface> detail::kernelDensityOn(VectorPath path, std::span<const ProjectedPoint> points,
                                                 std::span<const double> weights, const GridFrame& frame, Kernel kernel,
                                                 Metres bandwidth, const TaskContext& task) {
    const double h = bandwidth.value();      // m
    if (!(h > 0.0) || !std::isnormal(h * h)) // beyond 1e-150 or 1e150 m the kernel's constant is no number
        return fail(ErrorCode::invalidParameter, "The bandwidth must be a positive number of metres.", "bandwidth");
    const double cell = frame.cellSize.value();
    if (!(cell > 0.0) || !std::isfinite(cell + frame.west + frame.south))
        return fail(ErrorCode::invalidParameter, "The cell size must be a positive number of metres.", "cell-size");
    if (frame.columns > 0 && frame.rows > maximumCells / frame.columns)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("A grid of {} x {} cells is too large: choose larger cells or a smaller area.",
                                frame.columns, frame.rows),
                    "cell-size");
    const auto places = sortedPlaces(points, weights);
    if (!places) return fail(places.error());
    if (task.cancelled()) return failCancelled();

    DensitySurface surface{frame, std::vector<double>(frame.cells(), 0.0), {}};
    if (frame.cells() == 0 || places->empty()) return surface;
    const bool done = kernel == Kernel::gaussian
                          ? addGaussianKernel(*places, frame, h, path, task, surface.perKm2)
                          : addCompactKernel(*places, frame, kernel, h, path, task, surface.perKm2);
    if (!done) return failCancelled();
    const double constant = perKm2(kernel, h);
    for (double& value : surface.perKm2) value *= constant;
    return surface;
}

Expected<DensitySurface> kernelDensity(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                       const GridFrame& frame, Kernel kernel, Metres bandwidth,
                                       const TaskContext& task) {
    return detail::kernelDensityOn(detail::widestPath(), points, weights, frame, kernel, bandwidth, task);
}

} // namespace patchlight
