// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/hotspots/hotspots.h"

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

/// Endless kernels are above 0 far and wide; what is under a millionth of the maximum counts as 0.
double floorOf(const DensitySurface& surface, Kernel kernel) {
    if (!isEndless(kernel)) return 0.0;
    double largest = 0.0;
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell)
        if (surface.has(cell)) largest = std::max(largest, surface.values[cell]);
    return 1e-6 * largest;
}

/// Ascending.
std::vector<double> positiveCells(const DensitySurface& surface, Kernel kernel) {
    const double floor = floorOf(surface, kernel);
    std::vector<double> values;
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell)
        if (surface.has(cell) && surface.values[cell] > floor) values.push_back(surface.values[cell]);
    std::sort(values.begin(), values.end());
    return values;
}

std::size_t cellsOf(const DensitySurface& surface) {
    if (surface.inside.empty()) return surface.frame.cells();
    return static_cast<std::size_t>(std::count(surface.inside.begin(), surface.inside.end(), 1));
}

} // namespace

double meanOfPositiveCells(const DensitySurface& surface, Kernel kernel) {
    const double floor = floorOf(surface, kernel);
    double sum = 0.0;
    std::size_t count = 0;
    for (std::size_t cell = 0; cell < surface.values.size(); ++cell) {
        if (!surface.has(cell) || !(surface.values[cell] > floor)) continue;
        sum += surface.values[cell];
        ++count;
    }
    return count > 0 ? sum / static_cast<double>(count) : 0.0;
}

double usualThreshold(ThresholdMethod method, const DensitySurface& surface, Kernel kernel) {
    switch (method) {
    case ThresholdMethod::quantile:
        return 95.0;
    case ThresholdMethod::topArea:
        return 2.0;
    case ThresholdMethod::absolute: {
        const double wished = 3 * meanOfPositiveCells(surface, kernel);
        if (!(wished > 0.0)) return 1.0;
        const double unit = std::pow(10.0, std::floor(std::log10(wished)) - 1); // two figures
        return std::max(std::round(wished / unit), 1.0) * unit;
    }
    default:
        return 3.0;
    }
}

Expected<std::optional<double>> hotspotThreshold(const DensitySurface& surface, Kernel kernel, ThresholdMethod method,
                                                 double value) {
    const bool percentage = method == ThresholdMethod::quantile || method == ThresholdMethod::topArea;
    if (!(value > 0.0) || !std::isfinite(value) || (percentage && value >= 100.0))
        return fail(ErrorCode::invalidParameter,
                    percentage ? "Hotspot threshold must be a percentage above 0 and under 100, not " +
                                     shortestDecimal(value) + "."
                               : "Hotspot threshold must be more than 0, not " + shortestDecimal(value) + ".",
                    "threshold");
    const std::vector<double> values = positiveCells(surface, kernel);
    if (values.empty()) return std::optional<double>{};
    const auto count = static_cast<double>(values.size());
    switch (method) {
    case ThresholdMethod::quantile: {
        const double below = std::ceil(value / 100.0 * count);
        return std::optional{values[std::min(static_cast<std::size_t>(below), values.size() - 1)]};
    }
    case ThresholdMethod::topArea: {
        const auto most = static_cast<std::size_t>(value / 100.0 * static_cast<double>(cellsOf(surface)));
        if (most >= values.size()) return std::optional{values.front()};
        if (most == 0) return std::optional{values.back()};
        const double next = values[values.size() - most - 1]; // the densest that no longer fits
        const auto above = std::upper_bound(values.begin(), values.end(), next);
        return std::optional{above == values.end() ? values.back() : *above};
    }
    case ThresholdMethod::absolute:
        return std::optional{value};
    default:
        return std::optional{value * meanOfPositiveCells(surface, kernel)};
    }
}

} // namespace patchlight
