// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"
#include "gis/detail/gdal.h"
#include "gis/export/detail/styles.h"

#include <optional>
#include <string>
#include <vector>

namespace patchlight::gis::detail {

/// A GeoPackage being written. The clock does not get into it, so that the same content is the same bytes.
class GeoPackageWriter {
public:
    struct Column {
        const char* name;
        OGRFieldType type;
    };
    /// errors: fileNotWritable, unusableCrs
    [[nodiscard]] static Expected<GeoPackageWriter> create(const std::filesystem::path& file, const std::string& shown,
                                                           int epsg, const char* layer, OGRwkbGeometryType geometryType,
                                                           const std::vector<Column>& columns);
    /// A further layer, which features go to from here on. errors: fileNotWritable, unusableCrs
    [[nodiscard]] Expected<void> addLayer(int epsg, const char* layer, OGRwkbGeometryType geometryType,
                                          const std::vector<Column>& columns);
    /// The styles as QGIS keeps them, in the table `layer_styles`; features go there from here on. errors:
    /// fileNotWritable
    [[nodiscard]] Expected<void> addStyles(const std::vector<LayerStyle>& styles);
    /// Items of the file's metadata ("PATCHLIGHT_RECIPE").
    void setMetadata(const char* key, const std::string& value);
    [[nodiscard]] OGRFeatureDefnH definition() const;
    [[nodiscard]] Expected<void> add(OGRFeatureH feature);
    /// Commits and closes; errors that only closing shows are noticed.
    [[nodiscard]] Expected<void> finish();

private:
    GeoPackageWriter() = default;
    std::unique_ptr<ThreadOption> m_date;
    std::unique_ptr<GdalMessages> m_messages;
    std::string m_shown;
    DatasetHandle m_dataset;
    OGRLayerH m_layer = nullptr;
};

[[nodiscard]] GeometryHandle geometryOf(const MultiPolygon& polygon);

} // namespace patchlight::gis::detail
