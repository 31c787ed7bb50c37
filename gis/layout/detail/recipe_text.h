// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "gis/layout/layout.h"

#include <QByteArray>
#include <filesystem>

namespace patchlight::paint {

/// The recipe as every export carries it: JSON with two blanks of indent, ASCII escapes left to the reader.
[[nodiscard]] QByteArray recipeText(const Recipe& recipe);
/// The page as a PDF with this text as its recipe, for pages that are made from more than one.
[[nodiscard]] Expected<void> writePdfCarrying(std::span<const BoardMap> pages, const QByteArray& recipe,
                                              const std::filesystem::path& file);
/// Bytes into a file, to the side and renamed. errors: fileNotWritable, naming the file and the reason
[[nodiscard]] Expected<void> writeBytes(const std::filesystem::path& file, const QByteArray& bytes);

} // namespace patchlight::paint
