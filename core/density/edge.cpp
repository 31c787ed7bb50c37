// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/density/density.h"

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

/// Sum of the kernel over all cell centres of an endless grid, seen from one of them, per km².
double endlessSum(Kernel kernel, double bandwidth, double cell) {
    const double reach = kernelReach(kernel, Metres{bandwidth}).value();
    const auto most = static_cast<std::int64_t>(std::min(std::ceil(reach / cell), 20000.0));
    double sum = 0.0;
    for (std::int64_t row = 0; row <= most; ++row) { // an eighth of the plane, by symmetry
        for (std::int64_t column = 0; column <= row; ++column) {
            const double distance = std::hypot(static_cast<double>(row) * cell, static_cast<double>(column) * cell);
            const double times = row == 0 ? 1 : column == 0 || column == row ? 4 : 8;
            sum += times * kernelPerSquareMetre(kernel, Metres{distance}, Metres{bandwidth});
        }
    }
    return sum * squareMetresPerSquareKilometre;
}

} // namespace

Expected<std::vector<double>> edgeShares(const GridFrame& frame, std::span<const std::uint8_t> inside, Kernel kernel,
                                         Metres bandwidth, const TaskContext& task) {
    if (inside.size() != frame.cells())
        return fail(ErrorCode::invalidParameter, "The study area's cells are not those of the grid.", "area");
    std::vector<ProjectedPoint> centres;
    for (std::size_t row = 0; row < frame.rows; ++row)
        for (std::size_t column = 0; column < frame.columns; ++column)
            if (inside[row * frame.columns + column]) centres.push_back(frame.centre(row, column));
    auto surface = kernelDensity(centres, {}, frame, kernel, bandwidth, task);
    if (!surface) return fail(surface.error());
    const double whole = endlessSum(kernel, bandwidth.value(), frame.cellSize.value());
    for (double& value : surface->values) value = std::min(value / whole, 1.0);
    return std::move(surface->values);
}

} // namespace patchlight
