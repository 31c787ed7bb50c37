// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/area_counts.h"

/// The areas that incidents are counted in, of whatever shape.
namespace patchlight {

struct CountingArea {
    std::string code, name;
    MultiPolygon polygon;
    SquareMetres ground;
    std::optional<double> population;
    double count = 0.0;
    double reference = 0.0; ///< all incidents of the period, whatever their category
};

struct CountingAreas {
    std::vector<CountingArea> areas;
    std::vector<std::uint32_t> areaOf; ///< per row of the result 1 + its area, 0 for none
    std::size_t empty = 0;             ///< cells of the study area without an incident: not listed
    std::vector<std::string> notes;
};

/// The areas with the result's rows counted, and the rows of `others` as reference.
/// errors  invalidParameter (size, layer, population), cancelled; as countInAreas and hexagonFrame
[[nodiscard]] Expected<CountingAreas> countingAreas(const AnalysisInput& input, const AreaCountsParameters& parameters,
                                                    std::span<const std::uint32_t> rows,
                                                    std::span<const std::uint32_t> others, const Box& extent,
                                                    const TaskContext& task);

} // namespace patchlight
