// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/result.h"

#include <span>

/// Small counts: which cells of a column of counts may be said, so that no small one can be worked out from the rest.
namespace patchlight {

struct SuppressionRules {
    std::size_t smallBelow = 5; ///< counts from 1 to below it are not said; 0: all are
    std::size_t roundTo = 0;    ///< the others to the nearest multiple, halves up, never to 0; 0: as they are
};

/// Counts of one period: of n areas and, where the list does not cover everything, of the rest that it does not name.
struct CountColumn {
    std::vector<std::size_t> counts;
    std::optional<std::size_t> total; ///< what is published of the sum of counts and rest, if anything is
    bool complete = false;            ///< the reader knows that there is no rest: the counts add up to the total
    bool descending = false;          ///< listed from most to fewest, which tells something of what is hidden
};

/// The numbers that a reader cannot exclude.
struct CountRange {
    std::size_t least = 0, most = 0;
    [[nodiscard]] std::size_t values() const { return most < least ? 0 : most - least + 1; }
};
inline constexpr std::size_t noLimit = static_cast<std::size_t>(-1) / 4;

/// To the nearest multiple, halves up; at least one multiple of a count that is not 0. `multiple` 0: as it is.
[[nodiscard]] std::size_t roundedCount(std::size_t count, std::size_t multiple);

/// What a reader can work out of each cell who knows the rules, what is said of every cell (the interval that its
/// rounding stands for; 1 to below the threshold; at least the threshold for a hidden one, since a smaller one would
/// be called small), the total and the order of the list. Exact: every number in a range occurs in some column that
/// looks the same, given that the rest is at least 0. The last range is that of the rest.
///
/// counts     n
/// shown      n
/// returns    n + 1 ranges; `noLimit` where nothing is known
/// cost       O(n), of a descending list with a total O(h n log T) for h cells without a figure
[[nodiscard]] std::vector<CountRange> feasibleCounts(const CountColumn& column, std::span<const Shown> shown,
                                                     const SuppressionRules& rules);

struct Suppressed {
    std::vector<Shown> cells; ///< n
    /// No small or hidden count can be told: of a small one every number under the threshold remains, of a hidden one
    /// and of a small rest as many numbers as there are small ones, or at the least two.
    bool isProtected = true;
};
/// Marks small counts, then hides further ones until none can be worked out: the smallest that is enough alone, else
/// the smallest, and again. Zeros are said. Columns are protected alone: changes between them may be published only
/// where both cells are said.
/// cost       O(n²) for each cell hidden in addition
[[nodiscard]] Suppressed suppress(const CountColumn& column, const SuppressionRules& rules);

} // namespace patchlight
