// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <array>
#include <gdal.h>
#include <string>
#include <vector>

/// A GeoPackage is a database, which can hold more than data. For gis/sources alone.
namespace patchlight::gis::detail {

/// Open options: its schema is not trusted, and it is read as it lies, without locks and side files; not so where a
/// program that has it open keeps newer rows in a journal (-wal) beside it.
[[nodiscard]] std::array<const char*, 3> geopackageOptions(const std::string& path);
/// errors: fileFormat (shorter than its header says)
[[nodiscard]] Expected<void> checkGeopackage(const std::string& path, const std::string& shown);
/// Names of the views: they are queries of whoever made the file, and may never end or call functions.
[[nodiscard]] std::vector<std::string> viewsOf(GDALDatasetH dataset);

} // namespace patchlight::gis::detail
