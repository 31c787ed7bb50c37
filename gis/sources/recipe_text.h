// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>

namespace patchlight::gis {

/// The recipe that a data file of ours carries, as its text: the metadata of a .gpkg or .tif, the sheet "How this was
/// made" of an .xlsx, the text chunk of a .png. Empty where the file is sound and carries none.
/// errors: fileNotFound, fileNotReadable, fileFormat (damaged; would unpack to more than disks hold)
[[nodiscard]] Expected<std::string> recipeTextIn(const std::filesystem::path& file);
/// The custom XML part of a .docx or .pptx that holds a recipe, as XML; empty where there is none. errors: the same
[[nodiscard]] Expected<std::string> recipePartIn(const std::filesystem::path& file);

} // namespace patchlight::gis
