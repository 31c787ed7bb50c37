// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"

/// What every analysis does before it starts: the incidents meant, where they are, how many by month.
namespace patchlight {

struct PreparedIncidents {
    std::vector<std::uint32_t> rows;    ///< mapped rows that the filter chose, ascending: density counts these
    std::vector<ProjectedPoint> points; ///< their positions
    std::vector<std::uint8_t> inside;   ///< 1 where inside the study area: shares count these
    std::size_t unmapped = 0;           ///< chosen rows without a position
    std::size_t tooCoarse = 0;          ///< rows inside the study area left out by `leaveOutCoarse`
    std::size_t insideCount = 0;
    bool anonymised = false; ///< some positions are map points of an anonymised extract
    std::vector<std::string> notes;
};

/// errors: as select(); emptyInput when no chosen incident has a position, said with what to change
[[nodiscard]] Expected<PreparedIncidents> prepare(const AnalysisInput& input);

/// What to do with positions that are coarser than a method's distance (postcodes, streets, areas).
enum class CoarsePositions { keep, leaveOut };
template <> std::span<const std::pair<CoarsePositions, ParameterChoice>> choicesOf<CoarsePositions>();
/// Leaves out incidents whose position is coarser than `distance`, or says in a note how many there are.
/// errors: emptyInput (none is left inside the study area)
[[nodiscard]] Expected<void> treatCoarse(PreparedIncidents& incidents, const AnalysisInput& input,
                                         CoarsePositions choice, Metres distance);

/// The distance for `comparisonPoints`: nothing where coarse positions are kept.
[[nodiscard]] inline std::optional<Metres> coarsestOf(CoarsePositions choice, Metres distance) {
    return choice == CoarsePositions::leaveOut ? std::optional{distance} : std::nullopt;
}

/// Box for suggestions and frames: the study area's, or that of the incidents without far-off ones.
[[nodiscard]] Box extentOf(const AnalysisInput& input, const PreparedIncidents& incidents);

/// Fills what all results share: counts, places, rows, notes, months.
void describeIncidents(Result& result, const AnalysisInput& input, const PreparedIncidents& incidents);

/// Mapped incidents of the comparison period inside the study area. Nothing where none is asked for, or where the
/// project has months of it without any row (a note of the result says so): a gap is not a zero. Positions coarser
/// than `coarsest` are left out, as they were in the period itself. errors: as select()
[[nodiscard]] Expected<std::optional<std::vector<ProjectedPoint>>>
comparisonPoints(const AnalysisInput& input, Result& result, std::optional<Metres> coarsest = {});

} // namespace patchlight
