// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/detail/geopackage.h"

#include "gis/export/detail/text_file.h"

#include <array>

namespace patchlight::gis::detail {

namespace {

GeometryHandle ringOf(const Ring& ring) {
    GeometryHandle geometry{OGR_G_CreateGeometry(wkbLinearRing)};
    OGR_G_SetPoints(geometry.get(), static_cast<int>(ring.size()), &ring.data()->east, sizeof(ProjectedPoint),
                    &ring.data()->north, sizeof(ProjectedPoint), nullptr, 0);
    return geometry;
}

} // namespace

GeometryHandle geometryOf(const MultiPolygon& polygon) {
    GeometryHandle multi{OGR_G_CreateGeometry(wkbMultiPolygon)};
    for (const Polygon& part : polygon.parts) {
        GeometryHandle single{OGR_G_CreateGeometry(wkbPolygon)};
        OGR_G_AddGeometryDirectly(single.get(), ringOf(part.outer).release());
        for (const Ring& hole : part.holes) OGR_G_AddGeometryDirectly(single.get(), ringOf(hole).release());
        OGR_G_AddGeometryDirectly(multi.get(), single.release());
    }
    return multi;
}

Expected<GeoPackageWriter> GeoPackageWriter::create(const std::filesystem::path& file, const std::string& shown,
                                                    int epsg, const char* layer, OGRwkbGeometryType geometryType,
                                                    const std::vector<Column>& columns) {
    const auto driver = driverNamed("GPKG");
    if (!driver) return fail(driver.error());
    GeoPackageWriter writer;
    writer.m_shown = shown;
    writer.m_date = std::make_unique<ThreadOption>("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");
    writer.m_messages = std::make_unique<GdalMessages>();
    writer.m_dataset.reset(GDALCreate(*driver, utf8Text(file).c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    if (!writer.m_dataset) return fail(cannotWrite(shown, writer.m_messages->text()));
    if (auto added = writer.addLayer(epsg, layer, geometryType, columns); !added) return fail(added.error());
    if (GDALDatasetStartTransaction(writer.m_dataset.get(), 0) != OGRERR_NONE)
        return fail(cannotWrite(shown, writer.m_messages->text()));
    return writer;
}

Expected<void> GeoPackageWriter::addLayer(int epsg, const char* layer, OGRwkbGeometryType geometryType,
                                          const std::vector<Column>& columns) {
    SpatialReferenceHandle reference;
    if (geometryType != wkbNone) {
        auto found = spatialReference(epsg);
        if (!found) return fail(found.error());
        reference = std::move(*found);
    }
    const char* spatialOptions[] = {"GEOMETRY_NAME=geom", nullptr};
    const char* tableOptions[] = {"FID=id", nullptr}; // as QGIS makes its table of styles
    m_layer = GDALDatasetCreateLayer(m_dataset.get(), layer, reference.get(), geometryType,
                                     const_cast<char**>(geometryType == wkbNone ? tableOptions : spatialOptions));
    if (m_layer == nullptr) return fail(cannotWrite(m_shown, m_messages->text()));
    for (const Column& column : columns) {
        OGRFieldDefnH field = OGR_Fld_Create(column.name, column.type);
        const OGRErr made = OGR_L_CreateField(m_layer, field, 0);
        OGR_Fld_Destroy(field);
        if (made != OGRERR_NONE) return fail(cannotWrite(m_shown, m_messages->text()));
    }
    return {};
}

Expected<void> GeoPackageWriter::addStyles(const std::vector<LayerStyle>& styles) {
    auto added = addLayer(0, "layer_styles", wkbNone,
                          {{"f_table_catalog", OFTString},
                           {"f_table_schema", OFTString},
                           {"f_table_name", OFTString},
                           {"f_geometry_column", OFTString},
                           {"styleName", OFTString},
                           {"styleQML", OFTString},
                           {"styleSLD", OFTString},
                           {"useAsDefault", OFTInteger},
                           {"description", OFTString},
                           {"owner", OFTString},
                           {"ui", OFTString},
                           {"update_time", OFTDateTime}});
    for (const LayerStyle& style : styles) {
        if (!added) return added;
        const FeatureHandle feature{OGR_F_Create(definition())};
        OGRFeatureH raw = feature.get();
        const std::array<const char*, 7> texts{
            "", "", style.layer.c_str(), "geom", style.name.c_str(), style.qml.c_str(), style.sld.c_str()};
        for (std::size_t i = 0; i < texts.size(); ++i) OGR_F_SetFieldString(raw, static_cast<int>(i), texts[i]);
        OGR_F_SetFieldInteger(raw, 7, 1);
        OGR_F_SetFieldString(raw, 8, "How Patchlight draws it");
        OGR_F_SetFieldString(raw, 9, "");
        OGR_F_SetFieldDateTime(raw, 11, 2000, 1, 1, 0, 0, 0, 100); // UTC; the clock stays out
        added = add(raw);
    }
    return added;
}

void GeoPackageWriter::setMetadata(const char* key, const std::string& value) {
    GDALSetMetadataItem(m_dataset.get(), key, value.c_str(), nullptr);
}

OGRFeatureDefnH GeoPackageWriter::definition() const {
    return OGR_L_GetLayerDefn(m_layer);
}

Expected<void> GeoPackageWriter::add(OGRFeatureH feature) {
    if (OGR_L_CreateFeature(m_layer, feature) != OGRERR_NONE) return fail(cannotWrite(m_shown, m_messages->text()));
    return {};
}

Expected<void> GeoPackageWriter::finish() {
    const bool committed = GDALDatasetCommitTransaction(m_dataset.get()) == OGRERR_NONE;
    m_dataset.reset();
    if (!committed || m_messages->failed()) return fail(cannotWrite(m_shown, m_messages->text()));
    return {};
}

} // namespace patchlight::gis::detail
