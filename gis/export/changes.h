// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/hotspot_changes.h"

#include <filesystem>

namespace patchlight::gis {

/// What became of each hotspot of several recipes, as .csv, one row a hotspot, and one for a recipe that could not be
/// compared. errors: invalidParameter (another ending), fileNotWritable
[[nodiscard]] Expected<void> writeChanges(std::span<const RecipeChanges> recipes, const std::filesystem::path& file);

} // namespace patchlight::gis
