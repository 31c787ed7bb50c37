// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/analysis/result.h"
#include "core/quality/quality.h"
#include "core/store/store.h"

/// Data files out of a result: written to the side and renamed, so that a failure leaves what was there.
namespace patchlight::gis {

/// Cloud-optimised GeoTIFF: float64 incidents per km², row 0 northernmost, no-data outside the study area; the recipe
/// in its metadata. errors: invalidParameter (the analysis has no surface), fileNotWritable
[[nodiscard]] Expected<void> writeSurface(const Result& result, const Recipe& recipe, const ProjectCrs& crs,
                                          const std::filesystem::path& file);
/// Areas as .gpkg, .geojson (WGS 84, as RFC 7946 asks), .kml (WGS 84) or .csv (no geometry; no cell can start a
/// formula).
[[nodiscard]] Expected<void> writeAreas(const Result& result, const Recipe& recipe, const ProjectCrs& crs,
                                        const std::filesystem::path& file);
/// Hotspot table as .xlsx with a sheet "How this was made".
[[nodiscard]] Expected<void> writeTable(const Result& result, const Recipe& recipe, const std::filesystem::path& file);
/// `--out-incidents`: dataset,row,x,y,area as .csv or .gpkg.
[[nodiscard]] Expected<void> writeIncidents(const Result& result, const IncidentTable& table, const ProjectCrs& crs,
                                            const std::filesystem::path& file);
/// The quality of a project's data as .html (one page, nothing loaded from elsewhere), .csv (one table in long form,
/// every row of every finding) or .json. errors: invalidParameter (another ending), fileNotWritable
[[nodiscard]] Expected<void> writeQuality(const QualityReport& report, const std::string& title,
                                          const std::filesystem::path& file);
/// The rows of a finding with their source's text, as .csv. errors: invalidParameter (another ending), fileNotWritable
[[nodiscard]] Expected<void> writeFindingRows(const FindingRows& rows, const std::filesystem::path& file);

/// The categories of a project as .csv, in the columns that are read back in: wording, groups, sensitive, harm; those
/// that occur first, with their counts, unknown ones without a group. errors: invalidParameter, fileNotWritable
[[nodiscard]] Expected<void> writeCategories(const CategoryList& list, const std::vector<CategoryCount>& counts,
                                             const std::filesystem::path& file);

/// Calls `write` with a name in the same folder and renames it to `file` when it succeeded; removes it when not.
[[nodiscard]] Expected<void> writeThenRename(const std::filesystem::path& file,
                                             const std::function<Expected<void>(const std::filesystem::path&)>& write);

} // namespace patchlight::gis
