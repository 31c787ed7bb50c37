// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/geocode/geocode.h"
#include "core/geometry/study_area.h"
#include "core/import/import.h"
#include "core/store/store.h"

/// Files in, through GDAL: extracts as bytes (plain files, folders of months, ZIP as downloaded), vector layers as
/// features in the project CRS. GDAL opens with a list of allowed drivers, never by guessing, and never over a network.
namespace patchlight::gis {

/// Files, folders (searched deeply, in name order; links are not followed) and ZIPs as extracts: text (CSV of any
/// kind), workbooks (XLSX, ODS: each sheet) and layers of points (GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML,
/// .gdb). The ending says which, and the content must agree. In a folder or ZIP tables and workbooks are taken, and
/// layer files where there are none of those. With `sourceLayer` that layer or sheet alone is read. `skipped` names
/// what was left out: data.police.uk's outcome and stop-and-search files, layers of lines and areas, views, links,
/// layer files beside tables. errors: fileNotFound, fileNotReadable, fileFormat (damaged; not what its ending says;
/// would unpack to more than disks hold; no such layer), emptyInput (nothing there that could be incidents),
/// invalidParameter (a layer chosen of a file without layers)
struct Extracts {
    std::vector<ExtractSource> sources;
    std::vector<std::string> skipped;
};
[[nodiscard]] Expected<Extracts> openExtracts(const std::vector<std::filesystem::path>& inputs,
                                              const std::string& sourceLayer = {});

enum class GeometryKind { point, line, polygon };

struct VectorFeature {
    GeometryKind kind = GeometryKind::polygon;
    std::vector<std::vector<ProjectedPoint>> lines; ///< points: one of one; lines; polygons: rings, even-odd filled
    std::string label;
    std::string kindField; ///< value of a field named like "highway", "kind", "type", to tell main roads from paths
};
struct VectorLayer {
    std::string name;
    GeometryKind kind = GeometryKind::polygon;
    Box box;
    std::vector<VectorFeature> features;
    std::vector<std::string> fields;
    std::vector<std::string> notes; ///< repaired polygons, features without a geometry
};
/// All features of a layer, reprojected. errors: fileNotFound, fileFormat (no driver; several layers and none named:
/// lists them; no such layer or field; no CRS), unusableCrs, cancelled
[[nodiscard]] Expected<VectorLayer> readVectorLayer(const std::filesystem::path& file, const std::string& sourceLayer,
                                                    const std::string& labelField, int targetEpsg,
                                                    const TaskContext& task = {});
struct LayerSummary {
    std::vector<std::string> vectorLayers;
    bool raster = false;
};
[[nodiscard]] Expected<LayerSummary> describeFile(const std::filesystem::path& file);
/// Role guessed from geometry, names and fields: land, water, roads, boundaries, places, picture.
[[nodiscard]] Expected<MapLayerInfo> mapLayerFor(const std::filesystem::path& project,
                                                 const std::filesystem::path& file, const std::string& name,
                                                 const std::string& sourceLayer, const std::string& nameField);
/// Path of a stored layer, resolved against the project's folder.
[[nodiscard]] std::filesystem::path layerPath(const std::filesystem::path& project, const MapLayerInfo& layer);

/// Boundaries for the project's `areas`; polygons made valid. Empty field names are guessed. `notes` takes sentences
/// about repaired and left-out features. errors as readVectorLayer; fileFormat (no polygons; a population that is no
/// number)
[[nodiscard]] Expected<std::vector<AreaFeature>> readAreas(const std::filesystem::path& file,
                                                           const std::string& layerName, const std::string& sourceLayer,
                                                           const std::string& nameField, const std::string& codeField,
                                                           const std::string& populationField, int targetEpsg,
                                                           std::vector<std::string>* notes = nullptr);
/// Points for the project's `places`, also from a CSV with easting and northing or longitude and latitude columns.
[[nodiscard]] Expected<std::vector<PlaceFeature>> readPlaces(const std::filesystem::path& file,
                                                             const std::string& layerName,
                                                             const std::string& sourceLayer,
                                                             const std::string& nameField, const std::string& codeField,
                                                             int targetEpsg, std::vector<std::string>* notes = nullptr);

/// Where to look for positions: files (Code-Point Open, ONSPD, OS Open UPRN, any table with such a column) or names of
/// layers of places in the project.
struct GeocodeLists {
    std::vector<std::string> uprns, postcodes, names;
    [[nodiscard]] bool empty() const { return uprns.empty() && postcodes.empty() && names.empty(); }
};
/// Looks up the project's incidents without a position, by UPRN, then postcode, then name, and places those found in
/// one transaction; `dryRun` changes nothing. errors: as openExtracts, readGazetteer and Project::open;
/// invalidParameter (neither a file nor a layer of places), cancelled
[[nodiscard]] Expected<GeocodeReport> geocodeProject(const std::filesystem::path& project, const GeocodeLists& lists,
                                                     bool dryRun, const TaskContext& task = {});

/// The study area a spec names: a file (all its polygons united), a project layer or one feature of it, a box.
/// errors: fileNotFound, fileFormat, invalidParameter (no such layer or feature: names those there are)
[[nodiscard]] Expected<StudyArea> resolveStudyArea(const StudyAreaSpec& spec, const Project& project);

} // namespace patchlight::gis
