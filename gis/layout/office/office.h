// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/layout/layout.h"

#include <span>

/// The board map as documents that office programs edit: text is text, tables are tables, the map is a picture.
namespace patchlight::paint {

/// A Word document with one part for each page: title, map and table side by side (one under the other on upright
/// paper), then months, method, cautions and sources. Headings, a table with a header row, alternative texts, the
/// marking at the head and foot of every page, the recipe as a custom XML part. The same pages are the same bytes.
///
/// pages   at least one; paper and texts of each are its own
/// errors  fileNotWritable; a raster of the map that cannot be read
[[nodiscard]] Expected<void> writeDocx(std::span<const BoardMap> pages, const Recipe& recipe,
                                       const std::filesystem::path& file);

/// A presentation of 16:9 slides: for each page one with map and table and, where there is something to say, one with
/// what it shows, months, method, cautions and sources (two where the words need them). As for the document otherwise.
[[nodiscard]] Expected<void> writePptx(std::span<const BoardMap> pages, const Recipe& recipe,
                                       const std::filesystem::path& file);

} // namespace patchlight::paint
