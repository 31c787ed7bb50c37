// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/selection.h"
#include "core/centrography/centrography.h"

namespace patchlight {

template <> std::span<const std::pair<EllipseScaling, ParameterChoice>> choicesOf<EllipseScaling>();

/// Middle and spread of all incidents (METHODS.md E8): what moved from one period to another.
struct CentreParameters {
    EllipseScaling scaling = EllipseScaling::oneDeviation;
};

template <class Visitor> void describe(CentreParameters& p, Visitor& visit) {
    visit.choice("scaling", "Ellipse", p.scaling,
                 "How long the ellipse's axes are; two scalings are in use, and maps must not mix them.");
}

[[nodiscard]] Analysis centreAnalysis();

} // namespace patchlight
