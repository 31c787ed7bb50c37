// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"

namespace patchlight {

/// What each incident weighs.
struct RowWeights {
    std::vector<double> of; ///< per prepared row; empty: each counts 1
    std::string what;       ///< "Harm", "damage_gbp"; empty for counts
    std::vector<std::string> notes;
};

inline constexpr std::string_view weightByCount = "count", weightByHarm = "harm";
/// The choices of a `weight` parameter beside the project's columns of numbers.
[[nodiscard]] std::vector<ParameterChoice> weightChoices();

/// `weight`: "count", "harm" (of the category's list) or a column of the input. Rows without a value weigh 0 and are
/// said in a note.
/// errors   invalidParameter (no such column; a negative weight, with its row; no category has a harm), emptyInput (all
///          weights inside the study area are 0)
[[nodiscard]] Expected<RowWeights> weightsOf(const AnalysisInput& input, const PreparedIncidents& incidents,
                                             const std::string& weight);

/// Places with the sum of their rows' weights; those that weigh nothing are left out. `only`: per row 1 where it
/// counts, or empty.
struct WeightedPlaces {
    std::vector<ProjectedPoint> point;
    std::vector<double> weight;
};
[[nodiscard]] WeightedPlaces weightedPlaces(const IncidentTable& table, const PreparedIncidents& incidents,
                                            const RowWeights& weights, std::span<const std::uint8_t> only = {});

} // namespace patchlight
