// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

/// The result that may leave: what is not to be said is taken out of it, so that no output can say it.
namespace patchlight {

struct Publication {
    std::shared_ptr<const Result> result; ///< the one given where nothing had to be taken out
    std::vector<std::string> withheld;    ///< sentences for the project's record of exports; never for a file
    bool isProtected = true;              ///< no count that is not said can be worked out; see `suppress`
};

/// For the internal profile without threshold and rounding: the result as it is. With a threshold: counts from 1 to
/// below it are `Shown::small`, further ones `hidden` where these could be worked out; their shares, densities,
/// weights, peaks and places go with them, and so do notes and months that hold small counts. With rounding: counts and
/// what follows from them are those of the rounded count. For the public, whatever the counts: no rows, no places and
/// largest stacks, no statistics, a surface with the lower ends of its legend classes, outlines drawn from cells alone
/// (groups of incidents in squares of 100 m, since the corners of a hull are incidents), names without house numbers.
/// Areas whose being listed would tell their count are left out of the list.
[[nodiscard]] Publication published(std::shared_ptr<const Result> result, const Disclosure& disclosure);

/// The smallest count that an area can have in this analysis with these parameters: groups of at least ten have ten.
[[nodiscard]] std::size_t leastOfAnArea(const Result& result);
/// "14A High Street" to "High Street", "Flat 2, 14 High Street" too; "1st Avenue" stays.
[[nodiscard]] std::string withoutHouseNumber(std::string_view name);

} // namespace patchlight
