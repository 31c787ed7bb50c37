// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gis/sources/written_rows.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "core/import/detail/record_input.h"
#include "gis/detail/gdal.h"
#include "tests/support/catch.h"
#include "tests/support/shared_data.h"

#include <algorithm>
#include <array>
#include <cpl_conv.h>
#include <iostream>

namespace patchlight::test {

namespace {

using gis::detail::DatasetHandle;
using gis::detail::FeatureHandle;
using gis::detail::Owner;

OGRFieldType ogrType(ValueType type) {
    switch (type) {
    case ValueType::whole:
        return OFTInteger64;
    case ValueType::real:
        return OFTReal;
    case ValueType::date:
        return OFTDate;
    case ValueType::dateTime:
        return OFTDateTime;
    default:
        return OFTString;
    }
}

void setField(OGRFeatureH feature, int i, ValueType type, const std::string& text) {
    if (text.empty()) return OGR_F_SetFieldNull(feature, i);
    const auto part = [&](std::size_t from, std::size_t count) { return std::stoi(text.substr(from, count)); };
    if (type == ValueType::date)
        OGR_F_SetFieldDateTime(feature, i, part(0, 4), part(5, 2), part(8, 2), 0, 0, 0, 0);
    else if (type == ValueType::dateTime)
        OGR_F_SetFieldDateTime(feature, i, part(0, 4), part(5, 2), part(8, 2), part(11, 2), part(14, 2), part(17, 2),
                               0);
    else if (type == ValueType::whole)
        OGR_F_SetFieldInteger64(feature, i, std::stoll(text));
    else if (type == ValueType::real)
        OGR_F_SetFieldDouble(feature, i, parseDecimal(text).value());
    else
        OGR_F_SetFieldString(feature, i, text.c_str());
}

void writeZip(const std::filesystem::path& archive, const std::vector<std::pair<std::string, std::string>>& members) {
    void* zip = CPLCreateZip(utf8Text(archive).c_str(), nullptr);
    REQUIRE(zip != nullptr);
    for (const auto& [name, bytes] : members) {
        REQUIRE(CPLCreateFileInZip(zip, name.c_str(), nullptr) == CE_None);
        REQUIRE(CPLWriteFileInZip(zip, bytes.data(), static_cast<int>(bytes.size())) == CE_None);
        REQUIRE(CPLCloseFileInZip(zip) == CE_None);
    }
    REQUIRE(CPLCloseZip(zip) == CE_None);
}

} // namespace

std::vector<std::string> TextTable::column(const std::string& name) const {
    const auto found = std::find(header.begin(), header.end(), name);
    std::vector<std::string> values;
    if (found == header.end()) return values;
    for (const auto& row : rows) values.push_back(row[static_cast<std::size_t>(found - header.begin())]);
    return values;
}

const WrittenRows& writtenRows() {
    static const WrittenRows rows{
        {{"Reference", "Crime type", "From", "Day", "UPRN", "Cost", "Place", "Notes", "Longitude", "Latitude"},
         {{"00123", "Burglary", "2025-07-14T21:30:00", "2025-07-14", "100012345678", "0.1", "Tŷ Newydd", "plain",
           "-1.8723", "50.7201"},
          {"1E5", "Theft", "2025-07-15T00:00:00", "2025-07-15", "100000000000", "1.1", "Heol Ŵyl", "with \"quotes\"",
           "-1.8724", "50.7202"},
          {"000", "Theft", "2025-07-15T23:59:59", "2025-07-16", "", "1234567.891", "O'Connell Street", "", "-1.8725",
           "50.7203"},
          {"A,B", "Arson", "2024-02-29T12:00:00", "2024-02-29", "999999999999", "0.3000000000001", "Große Straße",
           "two\nlines", "-1.8726", "50.7204"},
          {"12345678901234567", "Arson", "", "", "1", "-2.5", "", "a; b", "-1.8727", "50.7205"},
          {"x", "Arson", "1999-12-31T08:05:00", "1999-12-31", "42", "", "Ynys Môn", "2025/07", "", ""},
          {"007", "Robbery", "2025-01-01T01:02:03", "2025-01-01", "7", "1e-05", "Pub & Grill <The>", "#N/A", "-1.8728",
           "50.7206"},
          {"-5", "Robbery", "2025-10-26T01:30:00", "2025-10-26", "100023336956", "100000", "Ŷ", "last", "-1.8729",
           "50.7207"}}},
        {ValueType::text, ValueType::text, ValueType::dateTime, ValueType::date, ValueType::whole, ValueType::real,
         ValueType::text, ValueType::text, ValueType::real, ValueType::real}};
    return rows;
}

std::string csvOf(const TextTable& table) {
    std::string csv;
    const auto add = [&](const std::vector<std::string>& fields) {
        for (std::size_t i = 0; i < fields.size(); ++i) {
            csv += i > 0 ? ",\"" : "\"";
            for (const char c : fields[i]) csv += c == '"' ? std::string("\"\"") : std::string(1, c);
            csv += '"';
        }
        csv += '\n';
    };
    add(table.header);
    for (const auto& row : table.rows) add(row);
    return csv;
}

std::size_t featuresIn(const std::filesystem::path& file) {
    const DatasetHandle dataset{GDALOpenEx(utf8Text(file).c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)};
    REQUIRE(dataset);
    return std::size_t(OGR_L_GetFeatureCount(GDALDatasetGetLayer(dataset.get(), 0), TRUE));
}

bool skipsWithout(const char* driver) {
    if (gis::detail::driverNamed(driver)) return false;
    std::cout << "notice: skipped, GDAL has no " << driver << " driver here\n";
    return true;
}

void writeWithGdal(const std::filesystem::path& file, const char* driver, int epsg) {
    gis::detail::registerDrivers();
    const gis::detail::GdalMessages messages; // what a format does not have is told as a warning
    const auto& [table, types] = writtenRows();
    const auto made = gis::detail::driverNamed(driver);
    REQUIRE(made);
    const DatasetHandle dataset{GDALCreate(*made, utf8Text(file).c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
    REQUIRE(dataset);
    const auto reference = gis::detail::spatialReference(epsg);
    REQUIRE(reference);
    const std::string name = driver;
    const bool sheet = name == "XLSX" || name == "ODS";
    // A Shapefile says its encoding in .cpg; an index of FlatGeobuf leaves out rows without a position.
    const char* option = name == "ESRI Shapefile" ? "ENCODING=UTF-8"
                         : name == "FlatGeobuf"   ? "SPATIAL_INDEX=NO"
                                                  : nullptr;
    std::array<char*, 2> options{const_cast<char*>(option), nullptr};
    OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), "incidents", sheet ? nullptr : reference->get(),
                                             sheet ? wkbNone : wkbPoint, options.data());
    REQUIRE(layer != nullptr);
    for (std::size_t i = 0; i < types.size(); ++i) {
        const bool spoilt = (name == "ESRI Shapefile" || name == "OpenFileGDB" || name == "LIBKML") &&
                            (types[i] == ValueType::dateTime || (types[i] == ValueType::whole) ||
                             (types[i] == ValueType::date && name != "ESRI Shapefile"));
        const Owner<OGR_Fld_Destroy, OGRFieldDefnH> field{
            OGR_Fld_Create(table.header[i].c_str(), spoilt ? OFTString : ogrType(types[i]))};
        REQUIRE(OGR_L_CreateField(layer, field.get(), TRUE) == OGRERR_NONE);
    }
    for (const auto& row : table.rows) {
        const FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(layer))};
        const std::size_t columns = table.header.size();
        for (std::size_t i = 0; i < columns; ++i) {
            const bool text = OGR_Fld_GetType(OGR_F_GetFieldDefnRef(feature.get(), static_cast<int>(i))) == OFTString;
            setField(feature.get(), static_cast<int>(i), text ? ValueType::text : types[i], row[i]);
        }
        if (!sheet && !row[columns - 1].empty()) {
            const gis::detail::GeometryHandle point{OGR_G_CreateGeometry(wkbPoint)};
            double x = parseDecimal(row[columns - 2]).value(), y = parseDecimal(row[columns - 1]).value();
            if (epsg != 4326) {
                const auto degrees = gis::detail::spatialReference(4326);
                const Owner<OCTDestroyCoordinateTransformation, OGRCoordinateTransformationH> to{
                    OCTNewCoordinateTransformation(degrees->get(), reference->get())};
                REQUIRE(OCTTransform(to.get(), 1, &x, &y, nullptr));
            }
            OGR_G_SetPoint_2D(point.get(), 0, x, y);
            REQUIRE(OGR_F_SetGeometry(feature.get(), point.get()) == OGRERR_NONE);
        }
        REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
    }
}

void writeLayers(const std::filesystem::path& file, const std::vector<NamedLayer>& layers) {
    gis::detail::registerDrivers();
    const auto driver = gis::detail::driverNamed("GPKG");
    REQUIRE(driver);
    const DatasetHandle dataset{GDALCreate(*driver, utf8Text(file).c_str(), 0, 0, 0, GDT_Unknown, nullptr)};
    REQUIRE(dataset);
    const auto reference = gis::detail::spatialReference(4326);
    for (const auto& [name, type] : layers) {
        OGRLayerH layer = GDALDatasetCreateLayer(dataset.get(), name.c_str(), reference->get(),
                                                 static_cast<OGRwkbGeometryType>(type), nullptr);
        REQUIRE(layer != nullptr);
        const Owner<OGR_Fld_Destroy, OGRFieldDefnH> field{OGR_Fld_Create("name", OFTString)};
        REQUIRE(OGR_L_CreateField(layer, field.get(), TRUE) == OGRERR_NONE);
        const FeatureHandle feature{OGR_F_Create(OGR_L_GetLayerDefn(layer))};
        OGR_F_SetFieldString(feature.get(), 0, (name + " 1").c_str());
        std::string text = type == wkbPoint        ? "POINT (-1.8 50.7)"
                           : type == wkbMultiPoint ? "MULTIPOINT ((-1.8 50.7))"
                                                   : "POLYGON ((-1.8 50.7,-1.9 50.7,-1.9 50.8,-1.8 50.7))";
        char* wkt = text.data();
        OGRGeometryH geometry = nullptr;
        if (type != wkbNone) {
            REQUIRE(OGR_G_CreateFromWkt(&wkt, nullptr, &geometry) == OGRERR_NONE);
            REQUIRE(OGR_F_SetGeometryDirectly(feature.get(), geometry) == OGRERR_NONE);
        }
        REQUIRE(OGR_L_CreateFeature(layer, feature.get()) == OGRERR_NONE);
    }
}

void zipFiles(const std::filesystem::path& archive, const std::vector<std::filesystem::path>& files) {
    std::vector<std::pair<std::string, std::string>> members;
    for (const auto& file : files) members.emplace_back(utf8Text(file.filename()), readFile(file));
    writeZip(archive, members);
}

void writeWorkbook(const std::filesystem::path& file, const std::vector<NamedSheet>& sheets,
                   const std::string& properties) {
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
                      office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                      package = "http://schemas.openxmlformats.org/package/2006/",
                      main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                      type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    std::string types = xml + "<Types xmlns=\"" + package +
                        "content-types\"><Default Extension=\"rels\" ContentType=\"application/"
                        "vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" "
                        "ContentType=\"" +
                        type + "sheet.main+xml\"/>",
                list = xml + "<workbook xmlns=\"" + main + "\" xmlns:r=\"" + office + "\">" + properties + "<sheets>",
                relations = xml + "<Relationships xmlns=\"" + package + "relationships\">";
    std::vector<std::pair<std::string, std::string>> members;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1), part = "worksheets/sheet" + number + ".xml";
        types += "<Override PartName=\"/xl/" + part + "\" ContentType=\"" + type + "worksheet+xml\"/>";
        list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        relations +=
            "<Relationship Id=\"rId" + number + "\" Type=\"" + office + "/worksheet\" Target=\"" + part + "\"/>";
        members.emplace_back("xl/" + part, xml + "<worksheet xmlns=\"" + main + "\"><sheetData>" + sheets[i].rows +
                                               "</sheetData></worksheet>");
    }
    members.emplace_back("[Content_Types].xml", types + "</Types>");
    members.emplace_back("_rels/.rels", xml + "<Relationships xmlns=\"" + package +
                                            "relationships\"><Relationship Id=\"rId1\" Type=\"" + office +
                                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
    members.emplace_back("xl/workbook.xml", list + "</sheets></workbook>");
    members.emplace_back("xl/_rels/workbook.xml.rels", relations + "</Relationships>");
    writeZip(file, members);
}

TextTable gdalCsv(const std::filesystem::path& file) {
    gis::detail::registerDrivers();
    const gis::detail::GdalMessages messages;
    const std::array<const char*, 2> drivers{"CSV", nullptr}, options{"HEADERS=NO", nullptr};
    const gis::detail::ThreadOption headers("OGR_CSV_HEADERS", "NO");
    const DatasetHandle dataset{
        GDALOpenEx(("CSV:" + utf8Text(file)).c_str(), GDAL_OF_VECTOR, drivers.data(), options.data(), nullptr)};
    REQUIRE(dataset);
    OGRLayerH layer = GDALDatasetGetLayer(dataset.get(), 0);
    TextTable table;
    while (const FeatureHandle feature{OGR_L_GetNextFeature(layer)}) {
        auto& row = table.rows.emplace_back();
        for (int i = 0; i < OGR_F_GetFieldCount(feature.get()); ++i)
            row.emplace_back(OGR_F_GetFieldAsString(feature.get(), i));
    }
    return table;
}

Expected<TextTable> recordsOf(ExtractSource source) {
    auto input = detail::openRecords(source);
    if (!input) return fail(input.error());
    TextTable table{input->header(), {}};
    RecordBlock block;
    while (true) {
        const auto more = input->next(block);
        if (!more) return fail(more.error());
        if (!*more) return table;
        CHECK(block.firstRow == table.rows.size() + 1);
        for (std::size_t row = 0; row < block.rows; ++row) {
            const auto first = block.fields.begin() + static_cast<std::ptrdiff_t>(row * table.header.size());
            table.rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(table.header.size()));
        }
    }
}

Expected<TextTable> recordsOf(const std::filesystem::path& file, const std::string& layer) {
    auto extracts = gis::openExtracts({file}, layer);
    if (!extracts) return fail(extracts.error());
    REQUIRE(extracts->sources.size() == 1);
    return recordsOf(std::move(extracts->sources.front()));
}

std::string openError(const std::filesystem::path& file, const std::string& layer) {
    auto extracts = gis::openExtracts({file}, layer);
    if (!extracts) return extracts.error().message;
    for (ExtractSource& source : extracts->sources)
        if (const auto records = recordsOf(std::move(source)); !records) return records.error().message;
    return {};
}

} // namespace patchlight::test
