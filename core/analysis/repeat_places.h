// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"

namespace patchlight {

/// Places with most incidents (METHODS.md E1; CrimeStat's mode), named by their street.
struct RepeatPlacesParameters {
    std::size_t places = 25;
    std::size_t least = 2;
};

template <class Visitor> void describe(RepeatPlacesParameters& p, Visitor& visit) {
    visit.count("places", "Places", p.places, "How many places are listed, those with most incidents first.", 1, 1000);
    visit.count("least", "Fewest incidents", p.least, "Places with fewer incidents are not listed.", 1, 10000);
}

[[nodiscard]] Analysis repeatPlacesAnalysis();

} // namespace patchlight
