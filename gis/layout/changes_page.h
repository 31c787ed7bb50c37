// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/hotspot_changes.h"
#include "gis/layout/layout.h"

namespace patchlight::paint {

/// A page without a map: which hotspots of several recipes are new, gone, grown, shrunk or about the same. Rows come by
/// what changed, those about the same last; every recipe has its sentence. Author, date, marking and paper are the
/// layout's.
[[nodiscard]] BoardMap changesPageOf(std::span<const RecipeChanges> recipes, const LayoutSpec& layout);

/// The page as a PDF that carries all its recipes as one attachment: {"patchlight", "recipes": {name: recipe}}.
/// errors: fileNotWritable
[[nodiscard]] Expected<void> writeChangesPdf(const BoardMap& page,
                                             std::span<const std::pair<std::string, Recipe>> recipes,
                                             const std::filesystem::path& file);

} // namespace patchlight::paint
