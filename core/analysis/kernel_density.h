// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/analysis/selection.h"

namespace patchlight {

/// Hotspots by density (METHODS.md D0, D1, 3.7): a surface, and the areas above `threshold` times the mean of its cells
/// above zero.
struct KernelDensityParameters {
    Kernel kernel = Kernel::quartic;
    std::optional<Metres> bandwidth;
    std::optional<Metres> cellSize;
    double threshold = 3.0;
    CoarsePositions coarse = CoarsePositions::keep;
};

template <> std::span<const std::pair<Kernel, ParameterChoice>> choicesOf<Kernel>();

template <class Visitor> void describe(KernelDensityParameters& p, Visitor& visit) {
    visit.choice("kernel", "Kernel", p.kernel, "Shape of the fall-off around an incident.");
    visit.length("bandwidth", "Bandwidth", p.bandwidth,
                 "Distance at which one incident stops counting; for the Gaussian its standard deviation.", 10.0,
                 5000.0);
    visit.length("cell-size", "Cell size", p.cellSize, "Side of a square of the grid.", 5.0, 1000.0);
    visit.number("threshold", "Hotspot threshold", p.threshold,
                 "Hotspots are areas with at least this many times the mean of the cells above zero.", 1.0, 20.0);
    visit.choice(
        "coarse-positions", "Coarse positions", p.coarse,
        "Incidents placed by postcode (100 m), street (250 m) or area (1 km) where that is more than the bandwidth.");
}

[[nodiscard]] Analysis kernelDensityAnalysis();

} // namespace patchlight
