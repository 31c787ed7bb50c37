// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/format.h"

#include "core/base/text.h"
#include "gis/detail/gdal.h"
#include "gis/sources/detail/archive.h"

#include <algorithm>
#include <array>
#include <cpl_vsi.h>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

using namespace std::string_view_literals;

constexpr std::array<const char*, 1> noOptions{nullptr};
// Dates stay as they are written; an array or object stays JSON.
constexpr std::array<const char*, 3> jsonOptions{"DATE_AS_STRING=YES", "ARRAY_AS_STRING=YES", nullptr};

constexpr std::array formats{
    Format{".xlsx", Reader::sheets, "XLSX", "an Excel workbook (.xlsx)", noOptions},
    Format{".xlsm", Reader::sheets, "XLSX", "an Excel workbook (.xlsm)", noOptions},
    Format{".ods", Reader::sheets, "ODS", "an OpenDocument spreadsheet (.ods)", noOptions},
    Format{".gpkg", Reader::layers, "GPKG", "a GeoPackage (.gpkg)", noOptions},
    Format{".shp", Reader::layers, "ESRI Shapefile", "a Shapefile (.shp)", noOptions},
    Format{".geojson", Reader::layers, "GeoJSON", "a GeoJSON file", jsonOptions},
    Format{".json", Reader::layers, "GeoJSON", "a GeoJSON file", jsonOptions},
    Format{".fgb", Reader::layers, "FlatGeobuf", "a FlatGeobuf file (.fgb)", noOptions},
    Format{".kml", Reader::layers, "LIBKML", "a KML file", noOptions},
    Format{".gdb", Reader::layers, "OpenFileGDB", "a file geodatabase (.gdb folder)", noOptions},
    Format{".zip", Reader::archive, nullptr, "a ZIP archive", noOptions},
    Format{".shz", Reader::archive, nullptr, "a zipped Shapefile (.shz)", noOptions},
};
constexpr Format plainText{"", Reader::text, nullptr, "a text file", noOptions};

/// Formats of others, told apart only to be named.
constexpr std::array foreign{std::pair{"\xD0\xCF\x11\xE0"sv, "an old Excel or Word file"sv},
                             std::pair{"%PDF"sv, "a PDF"sv},
                             std::pair{"\x1F\x8B"sv, "a gzip archive"sv},
                             std::pair{"PAR1"sv, "a Parquet file"sv},
                             std::pair{"Rar!"sv, "a RAR archive"sv},
                             std::pair{"7z\xBC\xAF"sv, "a 7z archive"sv}};

Expected<std::string> firstBytes(const std::string& path, const std::string& shown) {
    const GdalMessages messages;
    const Owner<VSIFCloseL, VSILFILE*> file{VSIFOpenL(path.c_str(), "rb")};
    if (!file)
        return fail(ErrorCode::fileNotReadable,
                    fmt::format("{} cannot be opened ({}); check that it is there and that you may read it.", shown,
                                messages.text()),
                    shown);
    std::string bytes(4096, '\0');
    bytes.resize(VSIFReadL(bytes.data(), 1, bytes.size(), file.get()));
    return bytes;
}

/// What the bytes are, in the words of a message.
std::string_view describe(const std::string& bytes) {
    if (bytes.empty()) return "empty";
    if (bytes.starts_with("PK")) return "a ZIP archive of something else";
    if (bytes.starts_with("SQLite format 3"sv)) return "an SQLite database";
    if (bytes.starts_with("fgb")) return "a FlatGeobuf file";
    for (const auto& [start, name] : foreign)
        if (bytes.starts_with(start)) return name;
    const std::size_t start = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (start != bytes.npos && bytes[start] == '{') return "JSON";
    if (start != bytes.npos && bytes[start] == '<') {
        const std::string folded = foldedCase(bytes);
        const auto has = [&](const char* tag) { return folded.find(tag) != folded.npos; };
        if (has("<ogrvrt") || has("<vrtdataset")) return "a virtual file (VRT) that points to other files";
        if (has("<html")) return "a web page, perhaps of a sign-in";
        return has("<kml") ? "a KML file" : "XML";
    }
    const bool binary = bytes.find('\0') != bytes.npos;
    return binary ? "something else" : "plain text";
}

bool zipHolds(const std::string& path, const char* member) {
    const GdalMessages messages;
    VSIStatBufL status{};
    return VSIStatExL((archiveRoot(path) + "/" + member).c_str(), &status, VSI_STAT_EXISTS_FLAG) == 0;
}

bool agrees(const Format& format, const std::string& bytes, const std::string& path) {
    const std::string_view kind = describe(bytes);
    if (format.ending == ".xlsx" || format.ending == ".xlsm") return zipHolds(path, "xl/workbook.xml");
    if (format.ending == ".ods") return zipHolds(path, "content.xml");
    if (format.ending == ".gpkg") return bytes.starts_with("SQLite format 3\0"sv);
    if (format.ending == ".shp") return bytes.starts_with("\x00\x00\x27\x0A"sv);
    if (format.ending == ".fgb") return bytes.starts_with("fgb\x03");
    if (format.ending == ".kml") return kind == "a KML file";
    if (format.reader == Reader::layers) return kind == "JSON";
    if (format.reader == Reader::archive) return true; // what lists it says more
    return kind == "plain text" || kind == "JSON" || kind == "XML" || kind == "empty" ||
           kind == "something else"; // UTF-16
}

} // namespace

const Format& formatOf(std::string_view fileName) {
    const std::string folded = foldedCase(fileName);
    const auto found = std::find_if(formats.begin(), formats.end(),
                                    [&](const Format& format) { return folded.ends_with(format.ending); });
    return found == formats.end() ? plainText : *found;
}

Expected<void> checkContent(const std::string& path, const std::string& shown, const Format& format) {
    if (format.ending == ".gdb") {
        const GdalMessages messages;
        VSIStatBufL status{};
        if (VSIStatExL((path + "/a00000001.gdbtable").c_str(), &status, VSI_STAT_EXISTS_FLAG) == 0) return {};
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} is not {}: it lacks its catalogue; copy the whole folder.", shown, format.name),
                    shown);
    }
    const auto bytes = firstBytes(path, shown);
    if (!bytes) return fail(bytes.error());
    if (agrees(format, *bytes, path)) return {};
    if ((format.reader == Reader::sheets || format.reader == Reader::archive) && bytes->starts_with("PK")) {
        // An archive that cannot be listed is a damaged one, not another kind.
        if (const auto listed = listArchive(path, shown); !listed) return fail(listed.error());
    }
    return fail(ErrorCode::fileFormat,
                fmt::format("{} is not {} but {}; give it the ending of what it is, or fetch or save it again.", shown,
                            format.name, describe(*bytes)),
                shown);
}

} // namespace patchlight::gis::detail
