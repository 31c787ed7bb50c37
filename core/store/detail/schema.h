// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

#include <string>
#include <vector>

/// The tables of a project file: GeoPackage 1.3 (OGC 12-128r17) with its R-tree extension, and Patchlight's own.
namespace patchlight::store {

inline constexpr int geoPackageApplicationId = 0x47504B47; ///< "GPKG"
inline constexpr int geoPackageVersion = 10300;
inline constexpr int projectVersion = 2; ///< in patchlight_meta; a file with a higher one is refused
inline constexpr const char* incidentsRtree = "rtree_incidents_geom";

/// All tables that need no CRS. Within the caller's transaction.
[[nodiscard]] Expected<void> createMetaTables(Database& database);
/// What version 1 lacks: coverage (counted from the rows), the texts of findings, known mappings, categories. Where the
/// file may not be written they stand in the connection's `temp` schema, so that reading is the same for both.
[[nodiscard]] Expected<void> migrateFrom1(Database& database, OpenMode mode);
/// `incidents`, `areas`, `places` with R-trees and triggers, and their rows in the GeoPackage's own tables.
[[nodiscard]] Expected<void> createFeatureTables(Database& database, const ProjectCrs& crs);
/// Keeps name, operation and warning of a CRS in patchlight_meta.
[[nodiscard]] Expected<void> writeCrs(Database& database, const ProjectCrs& crs);
[[nodiscard]] Expected<std::optional<ProjectCrs>> readCrs(Database& database);

/// Drops the triggers of a table and returns their SQL, to be executed again after loading.
[[nodiscard]] Expected<std::vector<std::string>> takeTriggers(Database& database, const std::string& table);
/// The triggers that count other programs' edits; present ones stay.
[[nodiscard]] Expected<void> ensureStampTriggers(Database& database);
[[nodiscard]] Expected<bool> hasStampTriggers(Database& database);

/// Extent, feature count and time of change of a feature table, as the GeoPackage's tables say them.
[[nodiscard]] Expected<void> writeContents(Database& database, const std::string& table, const Box& extent,
                                           std::size_t features);

} // namespace patchlight::store
