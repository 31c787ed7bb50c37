// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/records.h"
#include "gis/sources/sources.h"

#include <filesystem>
#include <string>
#include <vector>

namespace patchlight::test {

/// Texts in rows under a header.
struct TextTable {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    [[nodiscard]] std::vector<std::string> column(const std::string& name) const; ///< empty if there is none
};

enum class ValueType { text, whole, real, date, dateTime };

/// Eight invented incidents round Bournemouth with what formats like to spoil: leading zeros, 12-digit UPRNs, 0.1,
/// Welsh and quoted names, line breaks, empty cells, times, one row without a position.
struct WrittenRows {
    TextTable table; ///< as a CSV holds it; the last two columns are Longitude and Latitude
    std::vector<ValueType> types;
};
[[nodiscard]] const WrittenRows& writtenRows();

[[nodiscard]] std::string csvOf(const TextTable& table);
/// Writes the rows with GDAL's driver of that name as the layer "incidents", with points where it knows geometries; a
/// type that the format does not have becomes text.
void writeWithGdal(const std::filesystem::path& file, const char* driver, int epsg = 4326);

/// How many features GDAL itself finds in the first layer of a file.
[[nodiscard]] std::size_t featuresIn(const std::filesystem::path& file);

/// Whether this GDAL has no such driver; says that it skips.
[[nodiscard]] bool skipsWithout(const char* driver);

struct NamedLayer {
    std::string name;
    int type; ///< OGRwkbGeometryType
};
/// A GeoPackage of layers, each with the field "name" and one feature, "<layer> 1".
void writeLayers(const std::filesystem::path& file, const std::vector<NamedLayer>& layers);
struct NamedSheet {
    std::string name;
    std::string rows; ///< <row> elements of SpreadsheetML
};
/// A workbook as Excel lays it out; `properties` goes before its list of sheets.
void writeWorkbook(const std::filesystem::path& file, const std::vector<NamedSheet>& sheets,
                   const std::string& properties = {});
/// All rows of a CSV as GDAL's driver reads them, without a header.
[[nodiscard]] TextTable gdalCsv(const std::filesystem::path& file);
/// A ZIP of the files, without their folders.
void zipFiles(const std::filesystem::path& archive, const std::vector<std::filesystem::path>& files);

/// All records of an extract, read block by block.
[[nodiscard]] Expected<TextTable> recordsOf(ExtractSource source);
[[nodiscard]] Expected<TextTable> recordsOf(const std::filesystem::path& file, const std::string& layer = {});
[[nodiscard]] std::string openError(const std::filesystem::path& file, const std::string& layer = {});

} // namespace patchlight::test
