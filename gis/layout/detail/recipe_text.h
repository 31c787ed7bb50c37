// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"

#include <QByteArray>
#include <filesystem>

namespace patchlight::paint {

/// The recipe as every export carries it: JSON with two blanks of indent, ASCII escapes left to the reader.
[[nodiscard]] QByteArray recipeText(const Recipe& recipe);
/// Bytes into a file, to the side and renamed. errors: fileNotWritable, naming the file and the reason
[[nodiscard]] Expected<void> writeBytes(const std::filesystem::path& file, const QByteArray& bytes);

} // namespace patchlight::paint
