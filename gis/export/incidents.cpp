// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "core/base/text.h"
#include "gis/export/detail/geopackage.h"
#include "gis/export/detail/text_file.h"

#include <fmt/format.h>

namespace patchlight::gis {

namespace {

std::string asCsv(const Result& result, const IncidentTable& table) {
    std::vector<std::string> datasets; // quoted once each, not once a row
    for (const std::string& name : table.dataset.values) datasets.push_back(detail::csvText(name));
    std::string text = "dataset,row,x,y,area\n";
    text.reserve(result.rows.size() * 64);
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        const std::size_t row = result.rows[i];
        const ProjectedPoint position = table.position[row];
        text += datasets[table.dataset.code[row]];
        text += ',';
        text += std::to_string(table.sourceRow[row]);
        text += ',';
        text += shortestDecimal(position.east);
        text += ',';
        text += shortestDecimal(position.north);
        text += ',';
        text += std::to_string(i < result.areaOf.size() ? result.areaOf[i] : 0);
        text += '\n';
    }
    return text;
}

Expected<void> writeGeoPackage(const Result& result, const IncidentTable& table, int epsg,
                               const std::filesystem::path& file, const std::string& shown) {
    auto writer = detail::GeoPackageWriter::create(
        file, shown, epsg, "incidents", wkbPoint,
        {{"dataset", OFTString}, {"row", OFTInteger64}, {"x", OFTReal}, {"y", OFTReal}, {"area", OFTInteger64}});
    if (!writer) return fail(writer.error());
    for (std::size_t i = 0; i < result.rows.size(); ++i) {
        const std::size_t row = result.rows[i];
        const ProjectedPoint position = table.position[row];
        const detail::FeatureHandle feature{OGR_F_Create(writer->definition())};
        OGR_F_SetFieldString(feature.get(), 0, table.dataset.values[table.dataset.code[row]].c_str());
        OGR_F_SetFieldInteger64(feature.get(), 1, table.sourceRow[row]);
        OGR_F_SetFieldDouble(feature.get(), 2, position.east);
        OGR_F_SetFieldDouble(feature.get(), 3, position.north);
        OGR_F_SetFieldInteger64(feature.get(), 4, i < result.areaOf.size() ? result.areaOf[i] : 0);
        OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
        OGR_G_SetPoint_2D(point, 0, position.east, position.north);
        OGR_F_SetGeometryDirectly(feature.get(), point);
        if (auto added = writer->add(feature.get()); !added) return added;
    }
    return writer->finish();
}

} // namespace

Expected<void> writeIncidents(const Result& result, const IncidentTable& table, const ProjectCrs& crs,
                              const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    const std::string ending = foldedCase(utf8Text(file.extension()));
    if (ending != ".csv" && ending != ".gpkg")
        return fail(ErrorCode::invalidParameter,
                    fmt::format("Incidents cannot be written to {}. Choose a name that ends in .csv or .gpkg.", shown),
                    shown);
    return writeThenRename(file, [&](const std::filesystem::path& aside) {
        return ending == ".csv" ? detail::writeBytes(aside, asCsv(result, table), shown)
                                : writeGeoPackage(result, table, crs.epsg, aside, shown);
    });
}

} // namespace patchlight::gis
