// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/density_choices.h"
#include "core/relative_risk/relative_risk.h"

namespace patchlight {

enum class CompareWith { period, category, population };
template <> std::span<const std::pair<CompareWith, ParameterChoice>> choicesOf<CompareWith>();
template <> std::span<const std::pair<RelativeMeasure, ParameterChoice>> choicesOf<RelativeMeasure>();

/// Two densities compared (METHODS.md D6): where there is more, or less, than the other set leads one to expect.
struct DualDensityParameters {
    CompareWith against = CompareWith::period;
    std::string category;
    std::string population;
    RelativeMeasure measure = RelativeMeasure::difference;
    Kernel kernel = Kernel::quartic;
    std::optional<Metres> bandwidth;
    std::optional<Metres> cellSize;
    std::size_t least = 5;
    double epsilon = 0.01;
    CoarsePositions coarse = CoarsePositions::keep;
};

template <class Visitor> void describe(DualDensityParameters& p, Visitor& visit) {
    visit.choice("against", "Compare with", p.against,
                 "The comparison period of the question, another category in the same period, or people.");
    visit.text("category", "Other category", p.category, "Category or group to compare with.", ParameterKind::category);
    visit.text("population", "People from", p.population, "Boundary layer with a population to compare with.",
               ParameterKind::layer);
    visit.choice("measure", "Show", p.measure, "The difference, or how many times what is expected.");
    visit.choice("kernel", "Kernel", p.kernel, "Shape of the fall-off around an incident.");
    visit.length("bandwidth", "Bandwidth", p.bandwidth,
                 "Distance at which one incident stops counting, the same for both; for the Gaussian its standard "
                 "deviation, for the negative exponential its scale.",
                 10.0, 5000.0);
    visit.length("cell-size", "Cell size", p.cellSize, "Side of a square of the grid.", 5.0, 1000.0);
    visit.count("least", "Fewest incidents", p.least, "Outlined areas with fewer incidents are left out.", 1, 1000);
    visit.further();
    visit.number(
        "epsilon", "Smallest density", p.epsilon,
        "Added to both sides of a ratio, as a share of the largest expected density, so that thin areas do not "
        "make large ratios.",
        0.0, 1.0);
    visit.choice(
        "coarse-positions", "Coarse positions", p.coarse,
        "Incidents placed by postcode (100 m), street (250 m) or area (1 km) where that is more than the bandwidth.");
}

[[nodiscard]] Analysis dualDensityAnalysis();

} // namespace patchlight
