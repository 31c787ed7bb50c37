// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/relative_risk/relative_risk.h"

#include "core/base/text.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace patchlight {
namespace {

double totalOf(const WeightedPoints& set) {
    if (set.weights.empty()) return static_cast<double>(set.points.size());
    return std::accumulate(set.weights.begin(), set.weights.end(), 0.0);
}

/// The sums over kernels that z is made of, at one cell.
struct Sums {
    double first = 0.0, second = 0.0;               ///< sum w K of each set
    double firstSquares = 0.0, secondSquares = 0.0; ///< sum w K²
};

/// How many incidents say something about a cell: all of one kernel value, or as many as make up for unequal ones.
double effective(double sum, double squares) {
    return squares > 0.0 ? sum * sum / squares : 0.0;
}

double zOf(const Sums& at, Reference reference, double n1, double n2) {
    double above = 0.0, variance = 0.0, near = 0.0;
    if (reference == Reference::incidents) {
        const double n = n1 + n2, sum = at.first + at.second, squares = at.firstSquares + at.secondSquares;
        const double mean = sum / n;
        near = effective(sum, squares);
        above = at.first / n1 - at.second / n2;
        variance = n / (n1 * n2) * std::max(squares / n - mean * mean, 0.0) * n / (n - 1);
    } else {
        const double mean = at.second / n2, ofSquares = at.secondSquares / n2;
        near = std::max(n1 * effective(mean, ofSquares), effective(at.first, at.firstSquares)); // expected, or there
        above = at.first - n1 * mean;
        variance = n1 * std::max(ofSquares - mean * mean, 0.0);
    }
    return near >= leastNear && variance > 0.0 ? above / std::sqrt(variance) : 0.0;
}

Expected<void> check(const WeightedPoints& first, const WeightedPoints& second,
                     const RelativeRiskParameters& parameters) {
    for (const double value : {parameters.scale, parameters.epsilon})
        if (!(value >= 0.0) || !std::isfinite(value))
            return fail(ErrorCode::invalidParameter,
                        "The scale and the smallest density of a ratio must be numbers from 0 up, not " +
                            shortestDecimal(value) + ".",
                        "epsilon");
    const auto hasSome = [](const WeightedPoints& set) { return !set.points.empty() && totalOf(set) > 0.0; };
    if (!hasSome(first))
        return fail(ErrorCode::emptyInput, "There are no incidents to compare; widen the filter or the area.",
                    "filter");
    if (!hasSome(second))
        return fail(ErrorCode::emptyInput,
                    "There is nothing to compare with: the second set is empty; choose another one.", "against");
    return {};
}

} // namespace

Expected<RelativeRisk> relativeRisk(const WeightedPoints& first, const WeightedPoints& second, const GridFrame& frame,
                                    const RelativeRiskParameters& parameters, const TaskContext& task) {
    const auto density = [&](const WeightedPoints& set) {
        return kernelDensity(set.points, set.weights, frame, parameters.kernel, parameters.bandwidth, task);
    };
    const auto squares = [&](const WeightedPoints& set) {
        return squaredKernelDensity(set.points, set.weights, frame, parameters.kernel, parameters.bandwidth, task);
    };
    auto f = density(first);
    if (!f) return fail(f.error());
    auto g = density(second);
    if (!g) return fail(g.error());
    if (auto usable = check(first, second, parameters); !usable) return fail(usable.error());
    const auto f2 = squares(first);
    if (!f2) return fail(f2.error());
    const auto g2 = squares(second);
    if (!g2) return fail(g2.error());

    const double n1 = totalOf(first), n2 = totalOf(second);
    RelativeRisk result{DensitySurface{frame, std::vector<double>(frame.cells()), {}}, std::move(*f), std::move(*g),
                        DensitySurface{frame, std::vector<double>(frame.cells()), {}},
                        parameters.scale > 0.0 ? parameters.scale : n1 / n2};
    for (std::size_t cell = 0; cell < frame.cells(); ++cell)
        result.z.values[cell] =
            zOf({result.first.values[cell], result.expected.values[cell], f2->values[cell], g2->values[cell]},
                parameters.reference, n1, n2);
    for (double& value : result.expected.values) value *= result.scale;
    const double largest = result.expected.values.empty()
                               ? 0.0
                               : *std::max_element(result.expected.values.begin(), result.expected.values.end());
    const double least = parameters.epsilon * largest;
    for (std::size_t cell = 0; cell < frame.cells(); ++cell) {
        const double a = result.first.values[cell], b = result.expected.values[cell];
        double& value = result.surface.values[cell];
        if (parameters.measure == RelativeMeasure::difference) {
            value = a - b;
            continue;
        }
        // Without a smallest density nothing can be said where one side is 0.
        const bool known = a + least > 0.0 && b + least > 0.0;
        const double ratio = known ? (a + least) / (b + least) : 1.0;
        value = parameters.measure == RelativeMeasure::ratio ? ratio : std::log(ratio);
    }
    return result;
}

} // namespace patchlight
