// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "gis/detail/gdal.h"
#include "gis/export/detail/styles.h"
#include "gis/export/detail/text_file.h"

#include <array>
#include <fmt/format.h>
#include <limits>

namespace patchlight::gis {

namespace {

/// The legend: [{"from", "label", "colour"}], ascending, for programs that colour by it.
std::string classesText(const Result& result) {
    auto classes = nlohmann::ordered_json::array();
    const std::vector<Colour> colours = classColours(result);
    for (std::size_t i = 0; i < colours.size(); ++i)
        classes.push_back(
            {{"from", result.classes[i].from}, {"label", result.classes[i].label}, {"colour", colours[i].hex()}});
    return classes.dump();
}

/// The surface as a dataset in memory, row 0 northernmost.
Expected<detail::DatasetHandle> inMemory(const DensitySurface& surface, const Result& result, const Recipe& recipe,
                                         const ProjectCrs& crs, const std::string& shown) {
    const auto driver = detail::driverNamed("MEM");
    if (!driver) return fail(driver.error());
    const auto reference = detail::spatialReference(crs.epsg);
    if (!reference) return fail(reference.error());
    const GridFrame& frame = surface.frame;
    const detail::GdalMessages messages;
    const int columns = static_cast<int>(frame.columns), rows = static_cast<int>(frame.rows);
    detail::DatasetHandle dataset{GDALCreate(*driver, "", columns, rows, 1, GDT_Float64, nullptr)};
    if (!dataset) return fail(detail::cannotWrite(shown, messages.text()));
    const double cell = frame.cellSize.value();
    std::array<double, 6> transform{frame.west, cell, 0.0, frame.box().north, 0.0, -cell};
    GDALSetGeoTransform(dataset.get(), transform.data());
    GDALSetSpatialRef(dataset.get(), reference->get());
    GDALSetMetadataItem(dataset.get(), "PATCHLIGHT_RECIPE", toJson(recipe).dump().c_str(), nullptr);
    GDALSetMetadataItem(dataset.get(), "PATCHLIGHT_METHOD", result.method.c_str(), nullptr);
    if (result.forPublic)
        GDALSetMetadataItem(dataset.get(), "PATCHLIGHT_VALUES", "lower ends of the legend's classes", nullptr);
    GDALSetMetadataItem(dataset.get(), "AREA_OR_POINT", "Area", nullptr);
    GDALRasterBandH band = GDALGetRasterBand(dataset.get(), 1);
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    GDALSetRasterNoDataValue(band, nothing);
    GDALSetDescription(band, "incidents per km2");
    GDALSetRasterUnitType(band, "incidents per km2");
    GDALSetRasterColorInterpretation(band, GCI_GrayIndex); // numbers have no colour table: see the classes
    GDALSetMetadataItem(dataset.get(), "PATCHLIGHT_CLASSES", classesText(result).c_str(), nullptr);

    std::vector<double> line(frame.columns);
    for (std::size_t row = 0; row < frame.rows; ++row) {
        for (std::size_t column = 0; column < frame.columns; ++column) {
            const std::size_t at = row * frame.columns + column;
            line[column] = surface.has(at) ? surface.values[at] : nothing;
        }
        if (GDALRasterIO(band, GF_Write, 0, rows - 1 - static_cast<int>(row), columns, 1, line.data(), columns, 1,
                         GDT_Float64, 0, 0) != CE_None)
            return fail(detail::cannotWrite(shown, messages.text()));
    }
    return dataset;
}

} // namespace

Expected<void> writeSurface(const Result& result, const Recipe& recipe, const ProjectCrs& crs,
                            const std::filesystem::path& file) {
    const std::string shown = utf8Text(file);
    if (!result.surface || result.surface->frame.cells() == 0)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("{} has no surface to write to {}. Choose an ending for areas, such as .gpkg.",
                                result.title, shown),
                    shown);
    const auto driver = detail::driverNamed("COG");
    if (!driver) return fail(driver.error());
    const auto source = inMemory(*result.surface, result, recipe, crs, shown);
    if (!source) return fail(source.error());
    return writeThenRename(file, [&](const std::filesystem::path& aside) -> Expected<void> {
        const detail::GdalMessages messages;
        const char* options[] = {"COMPRESS=DEFLATE",   "PREDICTOR=YES",    "OVERVIEWS=AUTO",
                                 "RESAMPLING=AVERAGE", "BIGTIFF=IF_SAFER", nullptr};
        detail::DatasetHandle written{GDALCreateCopy(*driver, utf8Text(aside).c_str(), source->get(), 0,
                                                     const_cast<char**>(options), nullptr, nullptr)};
        const bool made = written != nullptr;
        written.reset();
        if (!made || messages.failed()) return fail(detail::cannotWrite(shown, messages.text()));
        return {};
    });
}

} // namespace patchlight::gis
