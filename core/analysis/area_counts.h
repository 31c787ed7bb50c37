// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"

namespace patchlight {

enum class CountingShape { squares, hexagons, layer };
enum class AreaMeasure { count, perKm2, perThousand, smoothed, areaQuotient, offenceQuotient };
template <> std::span<const std::pair<CountingShape, ParameterChoice>> choicesOf<CountingShape>();
template <> std::span<const std::pair<AreaMeasure, ParameterChoice>> choicesOf<AreaMeasure>();

/// Incidents counted in areas (METHODS.md D8, F7, F9): squares, hexagons or boundaries, as counts, rates or quotients.
struct AreaCountsParameters {
    CountingShape shape = CountingShape::squares;
    std::optional<Metres> size;
    std::string layer;
    AreaMeasure measure = AreaMeasure::count;
    std::string population;
    std::optional<double> threshold;
};

template <class Visitor> void describe(AreaCountsParameters& p, Visitor& visit) {
    visit.choice("shape", "Count in", p.shape, "Squares, hexagons or the boundaries of a layer.");
    visit.length("size", "Size", p.size, "Side of a square; a hexagon covers as much as a square of this side.", 25.0,
                 10000.0);
    visit.text("layer", "Boundaries", p.layer, "Boundary layer to count in.", ParameterKind::layer);
    visit.choice("measure", "Show", p.measure, "What is mapped of each area.");
    visit.text("population", "People from", p.population,
               "Boundary layer with a population, for rates in squares and hexagons; boundaries have their own.",
               ParameterKind::layer);
    visit.number("threshold", "Hotspot threshold", p.threshold,
                 "Areas with at least this many times the value of all areas together are hotspots.", 1.0, 100.0);
}

[[nodiscard]] Analysis areaCountsAnalysis();

} // namespace patchlight
