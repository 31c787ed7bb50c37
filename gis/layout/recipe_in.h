// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

#include <filesystem>

namespace patchlight::paint {

/// The recipe that an export carries, by its ending: .json, .pdf (the attachment, else the metadata), .png (the text
/// chunk), .svg, .kml, .geojson, .gpkg, .tif, .xlsx, and the
/// custom XML part of a .docx or .pptx.
/// errors: fileNotFound, fileNotReadable, fileFormat (another ending: lists those there are; damaged; no recipe in it),
/// and recipeFromJson's, each with the file's name
[[nodiscard]] Expected<Recipe> recipeIn(const std::filesystem::path& file);

} // namespace patchlight::paint
