// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "gis/map/map.h"

#include <QStringList>

namespace patchlight::paint {

/// The layers a page rests on: those drawn, the study area's and those that parameters name. `origins` are the
/// project's.
struct LayersUsed {
    std::vector<LayerOrigin> drawn, boundaries;
};
[[nodiscard]] LayersUsed layersUsed(const Recipe& recipe, const MapContent& map,
                                    const std::vector<LayerOrigin>& origins);

/// Their owners' lines, then the names of those whose owner is not known.
[[nodiscard]] QStringList layerSourcesOf(const LayersUsed& used);

} // namespace patchlight::paint
