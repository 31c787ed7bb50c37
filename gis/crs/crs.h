// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"

#include <filesystem>

/// Projections through PROJ. Only this folder turns geographic points into projected ones.
namespace patchlight::gis {

/// Where the program's own data lies: PATCHLIGHT_DATA, beside the program (`../share/patchlight`), or the source tree's
/// `resources` of a build. Empty if none is there.
[[nodiscard]] std::filesystem::path dataFolder();
/// Tells PROJ and GDAL about the program's own folder (first) and sets GDAL's safe options. Call once at start.
/// errors: fileNotFound (proj.db missing, said with where it was looked for)
[[nodiscard]] Expected<void> initialise();
/// The OSTN15 grid's path where PROJ can find it (own data folder, PROJ's user folder, the system's).
[[nodiscard]] std::optional<std::filesystem::path> ostn15Grid();

/// EPSG:27700 where the position lies in Great Britain, else the UTM zone. errors: unusableCrs
[[nodiscard]] Expected<ProjectCrs> projectCrsFor(GeographicPoint position);
[[nodiscard]] Expected<ProjectCrs> projectCrsFromEpsg(int epsg);
/// What importExtracts asks for. Ballpark operations are never used; the operation and its accuracy go into
/// crs.operation, a missing grid into crs.warning.
[[nodiscard]] ProjectorFactory projectorFactory();

/// Points from a CRS given as EPSG code or WKT into the project's. errors: unusableCrs
[[nodiscard]] Expected<void> reproject(const std::string& sourceCrs, int targetEpsg, std::span<ProjectedPoint> inOut);
[[nodiscard]] Expected<GeographicPoint> toGeographic(int epsg, ProjectedPoint point);
/// "SZ 08812 91034" in EPSG:27700, else empty.
[[nodiscard]] std::string gridReference(int epsg, ProjectedPoint point);

} // namespace patchlight::gis
