// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/geometry/geometry.h"

#include <filesystem>

/// Raster files as pictures under a map (GeoTIFF, MBTiles), warped to the project CRS.
namespace patchlight::gis {

struct RasterPicture {
    std::size_t width = 0, height = 0;
    Box box;                         ///< project CRS; row 0 is the northernmost
    std::vector<std::uint32_t> argb; ///< width x height, 0xAARRGGBB, premultiplied
};

struct RasterInfo {
    Box box; ///< project CRS
    int bands = 0;
};
/// errors: fileNotFound, fileFormat, unusableCrs
[[nodiscard]] Expected<RasterInfo> describeRaster(const std::filesystem::path& file, int targetEpsg);
/// The part inside `box` at width x height pixels (overviews are used). Grey and paletted bands become colours.
[[nodiscard]] Expected<RasterPicture> readPicture(const std::filesystem::path& file, int targetEpsg, const Box& box,
                                                  std::size_t width, std::size_t height);

} // namespace patchlight::gis
