// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/detail/gdal.h"

#include "core/base/paths.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cpl_conv.h>
#include <cpl_http.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <fmt/format.h>
#include <fstream>
#include <mutex>
#include <system_error>

namespace patchlight::gis::detail {

namespace fs = std::filesystem;

namespace {

void CPL_STDCALL takeMessage(CPLErr severity, CPLErrorNum, const char* message) {
    static_cast<GdalMessages*>(CPLGetErrorHandlerUserData())->take(severity, message);
}

constexpr std::array vectorDrivers{"GPKG", "GeoJSON",  "ESRI Shapefile", "FlatGeobuf", "LIBKML",
                                   "KML",  "GML",      "MapInfo File",   "CSV",        "OpenFileGDB",
                                   "OSM",  "TopoJSON", "SQLite"};
constexpr std::array rasterDrivers{"GTiff", "COG", "MBTiles", "PNG", "JPEG", "GPKG"};

/// Endings of data files inside a ZIP that can be opened by themselves.
constexpr std::array zippedEndings{".shp", ".gpkg", ".geojson", ".json",   ".topojson", ".fgb", ".kml",  ".gml",
                                   ".tab", ".mif",  ".csv",     ".sqlite", ".pbf",      ".tif", ".tiff", ".mbtiles"};

Expected<std::string> insideZip(const fs::path& file) {
    const std::string shown = utf8Text(file);
    const std::string zip = "/vsizip/" + shown;
    GdalMessages messages;
    const std::unique_ptr<char*, Releaser<CSLDestroy>> members{VSIReadDirRecursive(zip.c_str())};
    if (!members)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is not a complete ZIP archive ({}). Fetch the file again.", shown,
                                messages.text("it cannot be listed")),
                    shown);
    std::vector<std::string> found;
    for (char** member = members.get(); *member != nullptr; ++member) {
        std::string name = *member;
        if (name.ends_with('/')) name.pop_back();
        const std::string folded = foldedCase(name);
        if (folded.find(".gdb/") != std::string::npos) continue; // part of a file geodatabase
        if (folded.ends_with(".gdb") || std::any_of(zippedEndings.begin(), zippedEndings.end(),
                                                    [&](const char* ending) { return folded.ends_with(ending); }))
            found.push_back(name);
    }
    if (found.empty())
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} holds no map data file. Unpack it and choose a file in it.", shown), shown);
    if (found.size() > 1)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} holds several data files ({}). Unpack it and choose one.", shown, listed(found)),
                    shown);
    return zip + "/" + found.front();
}

/// What the operating system says about reading the file, where it says no.
Expected<void> readable(const fs::path& file, const std::string& shown) {
    std::error_code problem;
    const fs::file_status status = fs::status(file, problem);
    if (!fs::exists(status))
        return fail(ErrorCode::fileNotFound, fmt::format("{} does not exist. Check the name and the folder.", shown),
                    shown);
    if (fs::is_directory(status)) {
        if (foldedCase(utf8Text(file.extension())) == ".gdb") return {};
        return fail(ErrorCode::fileFormat, fmt::format("{} is a folder. Choose a map file in it.", shown), shown);
    }
    std::ifstream stream(file, std::ios::binary);
    if (!stream)
        return fail(ErrorCode::fileNotReadable, fmt::format("{} cannot be read. Check who may read it.", shown), shown);
    if (stream.peek() == std::ifstream::traits_type::eof())
        return fail(ErrorCode::fileFormat, fmt::format("{} is empty. Fetch or save the file again.", shown), shown);
    return {};
}

/// In the place of every HTTP request that GDAL would make.
CPLHTTPResult* refuseFetch(const char*, CSLConstList, GDALProgressFunc, void*, CPLHTTPFetchWriteFunc, void*, void*) {
    auto* result = static_cast<CPLHTTPResult*>(CPLCalloc(1, sizeof(CPLHTTPResult)));
    result->nStatus = 1;
    result->pszErrBuf = CPLStrdup("nothing is fetched over a network");
    return result;
}

} // namespace

GdalMessages::GdalMessages() {
    CPLPushErrorHandlerEx(takeMessage, this);
}
GdalMessages::~GdalMessages() {
    CPLPopErrorHandler();
}

void GdalMessages::take(int severity, const char* message) {
    if (severity == CE_Failure || severity == CE_Fatal) {
        m_failed = true;
        if (m_failure.empty()) m_failure = message;
    } else if (severity == CE_Warning && m_warning.empty()) {
        m_warning = message;
    }
}

std::string GdalMessages::text(std::string_view otherwise) const {
    std::string line = !m_failure.empty() ? m_failure : m_warning;
    if (line.empty()) line = otherwise;
    std::replace(line.begin(), line.end(), '\n', ' ');
    while (!line.empty() && (line.back() == '.' || line.back() == ' ')) line.pop_back();
    return line;
}

ThreadOption::ThreadOption(const char* key, const char* value) : m_key{key} {
    if (const char* before = CPLGetThreadLocalConfigOption(key, nullptr)) {
        m_before = before;
        m_wasSet = true;
    }
    CPLSetThreadLocalConfigOption(key, value);
}

ThreadOption::~ThreadOption() {
    CPLSetThreadLocalConfigOption(m_key.c_str(), m_wasSet ? m_before.c_str() : nullptr);
}

void registerDrivers() {
    static std::once_flag once;
    std::call_once(once, [] {
        GDALAllRegister();
        CPLHTTPSetFetchCallback(refuseFetch, nullptr);
        CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{noextension-at-all}");
        CPLSetConfigOption("GML_DOWNLOAD_SCHEMA", "NO");
        CPLSetConfigOption("OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO");
        CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", "");
        // Sheets are read as they stand, every cell as text; gis/sources finds the header.
        for (const char* driver : {"XLSX", "ODS"}) {
            CPLSetConfigOption(fmt::format("OGR_{}_HEADERS", driver).c_str(), "DISABLE");
            CPLSetConfigOption(fmt::format("OGR_{}_FIELD_TYPES", driver).c_str(), "STRING");
        }
    });
}

Expected<DatasetHandle> openAs(const std::string& path, const std::string& shown, const char* driver,
                               const char* const* openOptions) {
    if (auto known = driverNamed(driver); !known) return fail(known.error());
    const std::array<const char*, 2> drivers{driver, nullptr};
    GdalMessages messages;
    DatasetHandle dataset{GDALOpenEx(path.c_str(), GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR | GDAL_OF_VECTOR,
                                     drivers.data(), openOptions, nullptr)};
    if (dataset) return dataset;
    return fail(ErrorCode::fileFormat,
                fmt::format("{} is damaged or incomplete ({}). Fetch or save the file again.", shown,
                            messages.text("the driver does not take it")),
                shown);
}

Expected<GDALDriverH> driverNamed(const char* name) {
    registerDrivers();
    GDALDriverH driver = GDALGetDriverByName(name);
    if (driver == nullptr)
        return fail(
            ErrorCode::fileFormat,
            fmt::format("This copy of Patchlight came without GDAL's {} driver. Save the data in another format "
                        "(GeoPackage, GeoJSON, CSV) and take that.",
                        name),
            name);
    return driver;
}

Expected<SpatialReferenceHandle> spatialReference(int epsg) {
    GdalMessages messages;
    SpatialReferenceHandle reference{OSRNewSpatialReference(nullptr)};
    if (OSRImportFromEPSG(reference.get(), epsg) != OGRERR_NONE)
        return fail(ErrorCode::unusableCrs,
                    fmt::format("EPSG:{} cannot be used ({}).", epsg, messages.text("it is not known")),
                    fmt::format("EPSG:{}", epsg));
    OSRSetAxisMappingStrategy(reference.get(), OAMS_TRADITIONAL_GIS_ORDER);
    return reference;
}

std::span<const char* const> allowedDrivers(FileKind kind) {
    if (kind == FileKind::vector) return vectorDrivers;
    return rasterDrivers;
}

Expected<DatasetHandle> openFile(const fs::path& file, FileKind kind, const char* const* openOptions) {
    registerDrivers();
    const std::string shown = utf8Text(file);
    if (auto fine = readable(file, shown); !fine) return fail(fine.error());
    // An absolute name of a file that exists: never a connection string, a URL or one of GDAL's virtual folders.
    std::string name = utf8Text(absolutePath(file));
    if (foldedCase(utf8Text(file.extension())) == ".zip") {
        auto member = insideZip(isAbsolute(file) ? file : pathFromUtf8(name));
        if (!member) return fail(member.error());
        name = *member;
    } else if (name.starts_with("/vsi")) {
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("{} is not an ordinary file. Choose a file on disk.", shown), shown);
    }
    std::vector<const char*> drivers;
    for (const char* driver : allowedDrivers(kind)) drivers.push_back(driver);
    drivers.push_back(nullptr);
    GdalMessages messages;
    const unsigned flags =
        GDAL_OF_READONLY | GDAL_OF_VERBOSE_ERROR | (kind == FileKind::vector ? GDAL_OF_VECTOR : GDAL_OF_RASTER);
    DatasetHandle dataset{GDALOpenEx(name.c_str(), flags, drivers.data(), openOptions, nullptr)};
    if (dataset) return dataset;
    const std::string reason = messages.text("none of the readable formats");
    // "not recognized as a supported file format" only says that no driver took it.
    const bool foreign = reason.find("not recognized") != std::string::npos || !messages.failed();
    return fail(ErrorCode::fileFormat,
                foreign ? fmt::format("{} is not a {} file of a known format. Choose {}.", shown,
                                      kind == FileKind::vector ? "vector map" : "picture",
                                      kind == FileKind::vector
                                          ? "a GeoPackage, Shapefile, GeoJSON, KML, MapInfo or GML file"
                                          : "a GeoTIFF or MBTiles file")
                        : fmt::format("{} is damaged or incomplete ({}). Fetch or save the file again.", shown, reason),
                shown);
}

} // namespace patchlight::gis::detail
