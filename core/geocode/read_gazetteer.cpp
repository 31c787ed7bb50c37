// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/geocode/geocode.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>

namespace patchlight {

namespace {

using Names = std::initializer_list<std::string_view>;
const Names uprnNames{"uprn"};
const Names postcodeNames{"postcode", "pcds", "pcd", "pcd2", "pcd7", "pcd8", "unitpostcode", "postcodeunit"};
const Names placeNames{"name",         "name1",    "streetname", "street",   "roadname",
                       "thoroughfare", "location", "place",      "placename"};
const Names eastNames{"easting", "eastings", "oseast1m", "xcoordinate", "geometryx", "x", "east1m"};
const Names northNames{"northing", "northings", "osnrth1m", "ycoordinate", "geometryy", "y", "north1m"};
const Names longitudeNames{"longitude", "long", "lon", "lng"};
const Names latitudeNames{"latitude", "lat"};

/// Code-Point Open is published without a header line; its first four columns, and the others unnamed.
std::vector<std::string> codePointHeader(std::size_t columns) {
    std::vector<std::string> header{"postcode", "quality", "eastings", "northings"};
    for (std::size_t i = header.size(); i < columns; ++i) header.push_back("column " + std::to_string(i + 1));
    return header;
}

std::string lettersAndDigits(std::string_view name) {
    std::string plain;
    for (const char c : foldedCase(name))
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) plain += c;
    return plain;
}

/// The first column that has one of these names, the likeliest name first.
std::optional<std::size_t> columnOf(const std::vector<std::string>& header, const Names& names) {
    std::vector<std::string> plain;
    for (const std::string& name : header) plain.push_back(lettersAndDigits(name));
    for (const std::string_view name : names)
        if (const auto at = std::find(plain.begin(), plain.end(), name); at != plain.end())
            return static_cast<std::size_t>(at - plain.begin());
    return std::nullopt;
}

struct Columns {
    std::size_t text = 0, x = 0, y = 0;
    int epsg = 27700;
};

Expected<Columns> columnsOf(const std::vector<std::string>& header, GazetteerKind kind, const std::string& file) {
    const Names& names = kind == GazetteerKind::uprn       ? uprnNames
                         : kind == GazetteerKind::postcode ? postcodeNames
                                                           : placeNames;
    const auto text = columnOf(header, names);
    const auto east = columnOf(header, eastNames), north = columnOf(header, northNames);
    const auto longitude = columnOf(header, longitudeNames), latitude = columnOf(header, latitudeNames);
    if (text && east && north) return Columns{*text, *east, *north, 27700};
    if (text && longitude && latitude) return Columns{*text, *longitude, *latitude, 4326};
    std::vector<std::string> quoted;
    for (const std::string& name : header)
        if (quoted.size() < 12) quoted.push_back('"' + name + '"');
    const std::string_view what = kind == GazetteerKind::uprn       ? "uprn"
                                  : kind == GazetteerKind::postcode ? "postcode (or pcds)"
                                                                    : "name, street or location";
    return fail(ErrorCode::fileFormat,
                fmt::format("{}: a list of positions needs a column {} and easting and northing (or longitude and "
                            "latitude); it has {}.",
                            file, what, listed(quoted)),
                file);
}

Expected<RecordStream> opened(const ExtractSource& source) {
    auto records = recordsOf(source, std::nullopt);
    if (!records || records->header.size() < 4 || !wholePostcode(records->header[0]) ||
        !parseInteger(records->header[2]))
        return records;
    const std::size_t columns = records->header.size();
    if (source.rewind)
        if (const auto done = source.rewind(); !done) return fail(done.error());
    return recordsOf(source, codePointHeader(columns));
}

} // namespace

Expected<std::vector<GazetteerEntry>> readGazetteer(ExtractSource source, GazetteerKind kind,
                                                    const ProjectorFactory& projector, const ProjectCrs& crs,
                                                    const std::unordered_set<std::string>& wanted,
                                                    const TaskContext& task) {
    auto records = opened(source);
    if (!records) return fail(records.error());
    const auto columns = columnsOf(records->header, kind, source.name);
    if (!columns) return fail(columns.error());
    const auto isWanted = [&](std::string_view text) {
        if (wanted.empty()) return true;
        if (kind == GazetteerKind::uprn) {
            const auto uprn = uprnOf(text);
            return uprn && wanted.contains(*uprn);
        }
        if (kind == GazetteerKind::name) return wanted.contains(comparableName(text));
        const auto postcode = wholePostcode(text);
        return postcode && (wanted.contains(*postcode) || wanted.contains(postcode->substr(0, postcode->size() - 2)));
    };
    std::vector<GazetteerEntry> entries;
    RecordBlock block;
    while (true) {
        if (task.cancelled()) return failCancelled();
        const auto more = records->next(block);
        if (!more) return fail(more.error());
        if (!*more) break;
        task.report("Reading " + source.name, source.bytes == 0 ? 0.0
                                                                : std::min(1.0, static_cast<double>(block.bytesRead) /
                                                                                    static_cast<double>(source.bytes)));
        for (std::size_t row = 0; row < block.rows; ++row) {
            const auto* fields = block.fields.data() + row * records->header.size();
            const auto x = parseDecimal(fields[columns->x]), y = parseDecimal(fields[columns->y]);
            if (!x || !y || (*x == 0.0 && *y == 0.0) || !isWanted(fields[columns->text])) continue;
            entries.push_back({std::string(fields[columns->text]), {*x, *y}});
        }
    }
    if (columns->epsg == crs.epsg || entries.empty()) return entries;
    auto into = projector(crs, entries.front().point, columns->epsg);
    if (!into) return fail(into.error());
    std::vector<ProjectedPoint> points;
    for (const GazetteerEntry& entry : entries) points.push_back(entry.point);
    if (const auto done = into->project(columns->epsg, points); !done) return fail(done.error());
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!std::isfinite(points[i].east) || !std::isfinite(points[i].north)) continue;
        entries[kept] = {std::move(entries[i].text), points[i]};
        ++kept;
    }
    entries.resize(kept);
    return entries;
}

} // namespace patchlight
