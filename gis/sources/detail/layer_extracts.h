// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/sources/detail/archive.h"
#include "gis/sources/detail/format.h"
#include "gis/sources/sources.h"

/// The layers of a file as extracts of their own. For gis/sources alone.
namespace patchlight::gis::detail {

struct LayerFile {
    std::string path;  ///< in GDAL's file system
    std::string shown; ///< in messages
    std::string name;  ///< as stored: "book.xlsx", "archive.zip/folder/points.shp"
    std::uint64_t bytes = 0;
    std::shared_ptr<const MemoryFile> memory; ///< where `path` is one of these
};

/// Adds each sheet with something in it, or each layer of points (where there is none, tables without geometry), to the
/// sources; of several each is named "book.xlsx/Sheet 1". Layers that hold lines or areas, and views (stored queries,
/// which are not run), go to `skipped`. With `chosen` that layer alone is meant.
/// errors: as checkContent; fileFormat (damaged, no such layer: lists those there are, the chosen one is a view or has
/// no points, a workbook that counts days from 1904), emptyInput (none that can be read)
[[nodiscard]] Expected<void> addLayerFile(const LayerFile& file, const Format& format, const std::string& chosen,
                                          Extracts& extracts);

} // namespace patchlight::gis::detail
