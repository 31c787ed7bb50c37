// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/handle.h"

#include <memory>
#include <proj.h>
#include <string>
#include <vector>

/// PROJ's handles and their owners; none leaves this folder.
namespace patchlight::gis::detail {

using ProjHandle = std::unique_ptr<PJ, Releaser<proj_destroy>>;

/// Folders in which PROJ looks for proj.db and grids, first one first, UTF-8. Contexts made before are renewed.
void useSearchPaths(std::vector<std::string> folders);
/// Those in use: as set, or the program's own folder before PROJ's own list.
[[nodiscard]] std::vector<std::string> searchPaths();
/// The program's own data folder (with its proj and grids), then PROJ's user folder and the system's.
[[nodiscard]] std::vector<std::string> standardSearchPaths();

/// This thread's context: quiet, without network, with the search paths above.
[[nodiscard]] PJ_CONTEXT* context();

/// A CRS from "EPSG:27700" or WKT. errors: unusableCrs
[[nodiscard]] Expected<ProjHandle> crsFrom(const std::string& definition);
/// The operation between two CRSs, cached in this thread: x is longitude or easting on both sides, ballpark operations
/// are forbidden. The handle stays this thread's. errors: unusableCrs
[[nodiscard]] Expected<PJ*> operationBetween(const std::string& source, const std::string& target);

} // namespace patchlight::gis::detail
