// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

#include <string>

namespace patchlight::gis::detail {

/// Hotspot areas as text formats, UTF-8. Outlines as they were counted on, longitude and latitude with seven decimals
/// (about a centimetre). errors: unusableCrs
[[nodiscard]] Expected<std::string> areasAsGeoJson(const Result& result, const Recipe& recipe, int epsg);
[[nodiscard]] Expected<std::string> areasAsKml(const Result& result, const Recipe& recipe, int epsg);
[[nodiscard]] std::string areasAsCsv(const Result& result);

} // namespace patchlight::gis::detail
