// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/density_choices.h"
#include "core/analysis/weights.h"

namespace patchlight {

/// Hotspots by density (METHODS.md D0, D1, 3.7): a surface, and the areas above a threshold.
struct KernelDensityParameters {
    Kernel kernel = Kernel::quartic;
    std::optional<Metres> bandwidth;
    std::optional<Metres> cellSize;
    AdaptiveBandwidth adaptive = AdaptiveBandwidth::fixed;
    std::size_t neighbours = 100;
    EdgeCorrection edge = EdgeCorrection::none;
    std::string weight{weightByCount};
    DensityOutput output = DensityOutput::perKm2;
    ThresholdMethod thresholdMethod = ThresholdMethod::incrementalMean;
    std::optional<double> threshold;
    std::size_t smallest = 1;
    std::string population;
    CoarsePositions coarse = CoarsePositions::keep;
};

template <class Visitor> void describe(KernelDensityParameters& p, Visitor& visit) {
    visit.choice("kernel", "Kernel", p.kernel, "Shape of the fall-off around an incident.");
    visit.length("bandwidth", "Bandwidth", p.bandwidth,
                 "Distance at which one incident stops counting; for the Gaussian its standard deviation, for the "
                 "negative exponential its scale.",
                 10.0, 5000.0);
    visit.length("cell-size", "Cell size", p.cellSize, "Side of a square of the grid.", 5.0, 1000.0);
    visit.choice("threshold-method", "Hotspots are", p.thresholdMethod, "What makes a cell a hotspot's.");
    visit.number("threshold", "Hotspot threshold", p.threshold,
                 "How many times the mean, what percentage or what density, as \"Hotspots are\" says.", 0.01, 100000.0);
    visit.further();
    visit.count("smallest", "Smallest hotspot", p.smallest, "Hotspots of fewer cells are left out.", 1, 10000);
    visit.choice("adaptive", "Bandwidth is", p.adaptive,
                 "The same everywhere, or wider where incidents are few; the bandwidth is then the typical one.");
    visit.count("neighbours", "Neighbours", p.neighbours,
                "For a bandwidth to the k-th nearest incident: k. Not under two cells.", 1, 100000);
    visit.choice("edge", "Edge correction", p.edge,
                 "Makes up for the part of the kernel outside the study area; incidents outside are then left out.");
    visit.text("weight", "Weight", p.weight, "What an incident weighs: 1, its category's harm, or a column of numbers.",
               ParameterKind::column, weightChoices());
    visit.choice("output", "Surface in", p.output, "Unit of the surface and its legend.");
    visit.text("population", "People from", p.population,
               "Boundary layer with a population, for hotspots' incidents per 1,000 people.", ParameterKind::layer);
    visit.choice(
        "coarse-positions", "Coarse positions", p.coarse,
        "Incidents placed by postcode (100 m), street (250 m) or area (1 km) where that is more than the bandwidth.");
}

[[nodiscard]] Analysis kernelDensityAnalysis();

} // namespace patchlight
