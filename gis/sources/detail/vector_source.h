// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gis/detail/gdal.h"
#include "gis/sources/sources.h"

/// One opened layer of a vector file and its features as plain parts. For gis/sources alone.
namespace patchlight::gis::detail {

struct Field {
    std::string name;
    bool text = false;
    bool number = false;
};

struct VectorSource {
    DatasetHandle dataset;
    OGRLayerH layer = nullptr; ///< lives as long as the dataset
    std::string shown;         ///< the file, for messages
    std::string name;          ///< the layer
    std::vector<Field> fields;
    std::string crs; ///< "EPSG:n" or WKT; empty: already the target's (easting and northing columns)
    OGRwkbGeometryType geometryType = wkbUnknown;
    std::size_t count = 0;

    /// Index of the field of that name (case does not matter). errors: fileFormat listing the fields there are
    [[nodiscard]] Expected<int> fieldIndex(const std::string& field) const;
    /// As fieldIndex, or where `field` is empty the guess (-1: none).
    [[nodiscard]] Expected<int> fieldOr(const std::string& field, int guess) const;
};

/// The layer of that name; with an empty name the file's only one. A CSV with easting and northing or longitude and
/// latitude columns is a layer of points. errors: as openFile; fileFormat (several layers, no such layer: lists them)
[[nodiscard]] Expected<VectorSource> openLayer(const std::filesystem::path& file, const std::string& sourceLayer);
[[nodiscard]] std::vector<Field> fieldsOf(OGRLayerH layer);
[[nodiscard]] std::vector<std::string> layerNames(GDALDatasetH dataset);

/// The field people would label by: "name", then one that ends in "nm" or "name", then "label", "title", ...; -1: none.
[[nodiscard]] int guessNameField(const std::vector<Field>& fields);
[[nodiscard]] int guessCodeField(const std::vector<Field>& fields);
[[nodiscard]] int guessPopulationField(const std::vector<Field>& fields);
[[nodiscard]] int guessKindField(const std::vector<Field>& fields);

/// A point, a line or a ring; a hole belongs to the outer ring before it.
struct Part {
    GeometryKind kind = GeometryKind::point;
    bool hole = false;
    std::vector<ProjectedPoint> points;
};
struct SourceFeature {
    std::vector<Part> parts;
    std::vector<std::string> values; ///< one per asked field, UTF-8, blanks trimmed
};
struct SourceFeatures {
    std::vector<SourceFeature> features; ///< in file order, without those that have no usable geometry
    std::vector<std::string> notes;      ///< how many had none, how many could not be projected
};
/// All features with the values of `fields` (-1 gives an empty text), in the target CRS.
/// errors: unusableCrs (none given), fileFormat (damaged part-way), cancelled
[[nodiscard]] Expected<SourceFeatures> readFeatures(const VectorSource& source, std::span<const int> fields,
                                                    int targetEpsg, const TaskContext& task = {});

struct Repairs {
    std::size_t polygons = 0;
    SquareMetres area; ///< by which their areas changed, without regard to sign
};
/// The polygon parts, made valid where they are not; `repairs` counts those.
[[nodiscard]] Expected<MultiPolygon> polygonsOf(const SourceFeature& feature, Repairs& repairs);
/// "Repaired 2 polygons of layer wards with an outline that crosses or touches itself; their area changed by 1.2 m²."
[[nodiscard]] std::string repairNote(const Repairs& repairs, const std::string& layer);

} // namespace patchlight::gis::detail
