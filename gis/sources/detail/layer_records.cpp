// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/layer_records.h"

#include "core/base/text.h"
#include "gis/sources/detail/record_values.h"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

namespace patchlight::gis::detail {

namespace {

constexpr std::size_t blockBytes = std::size_t{1} << 20;

using TransformationHandle = Owner<OCTDestroyCoordinateTransformation, OGRCoordinateTransformationH>;

/// 0 where the CRS is none of EPSG's.
int epsgOf(OGRSpatialReferenceH reference) {
    const char* authority = OSRGetAuthorityName(reference, nullptr);
    const char* code = OSRGetAuthorityCode(reference, nullptr);
    if (authority != nullptr && code != nullptr && equalIgnoringCase(authority, "EPSG"))
        return static_cast<int>(parseInteger(code).value_or(0));
    int count = 0;
    int* confidences = nullptr;
    OGRSpatialReferenceH* matches = OSRFindMatches(reference, nullptr, &count, &confidences);
    constexpr int sameButForNames = 90;
    const int epsg = count > 0 && confidences[0] >= sameButForNames && OSRGetAuthorityCode(matches[0], nullptr)
                         ? epsgOf(matches[0])
                         : 0;
    OSRFreeSRSArray(matches);
    VSIFree(confidences);
    return epsg;
}

std::string_view shapeName(OGRwkbGeometryType type) {
    switch (OGR_GT_Flatten(OGR_GT_GetLinear(type))) {
    case wkbMultiPoint:
        return "several points";
    case wkbLineString:
    case wkbMultiLineString:
        return "a line";
    case wkbPolygon:
    case wkbMultiPolygon:
        return "an area";
    default:
        return "a mixture of shapes";
    }
}

class LayerReader {
public:
    static Expected<RecordStream> open(OpenLayer source);
    Expected<bool> next(RecordBlock& block);

private:
    explicit LayerReader(OpenLayer source) : m_source{std::move(source)} {}
    [[nodiscard]] Expected<void> addPoint(BlockWriter& writer, OGRGeometryH geometry) const;
    [[nodiscard]] Error damaged(std::string reason) const {
        return {ErrorCode::fileFormat,
                fmt::format("{} is damaged after {} ({}); fetch or save the file again.", m_source.shown,
                            counted(m_read, "record", "records"), reason),
                m_source.shown};
    }

    OpenLayer m_source;
    std::vector<RecordField> m_fields;
    bool m_points = false;
    TransformationHandle m_toDegrees;
    std::uint64_t m_count = 0, m_read = 0;
    bool m_ended = false;
};

Expected<RecordStream> LayerReader::open(OpenLayer source) {
    GdalMessages messages;
    auto reader = std::shared_ptr<LayerReader>(new LayerReader(std::move(source)));
    OGRLayerH layer = reader->m_source.layer;
    reader->m_fields = recordFields(layer);
    reader->m_points = OGR_L_GetGeomType(layer) != wkbNone;
    if (reader->m_source.countFirst)
        reader->m_count = static_cast<std::uint64_t>(std::max<GIntBig>(0, OGR_L_GetFeatureCount(layer, FALSE)));
    RecordStream stream;
    for (const RecordField& field : reader->m_fields) stream.header.push_back(field.name);
    stream.records = reader->m_count;
    stream.geometryColumns = reader->m_points;
    if (reader->m_points) stream.header.insert(stream.header.end(), {"geometry_x", "geometry_y"});
    if (OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(layer); reference && reader->m_points) {
        stream.crsEpsg = epsgOf(reference);
        if (stream.crsEpsg == 0) {
            auto degrees = spatialReference(4326);
            if (!degrees) return fail(degrees.error());
            reader->m_toDegrees.reset(OCTNewCoordinateTransformation(reference, degrees->get()));
            if (!reader->m_toDegrees)
                return fail(ErrorCode::unusableCrs,
                            fmt::format("The coordinate reference system of {} cannot be used ({}); save it in "
                                        "EPSG:27700 or EPSG:4326.",
                                        reader->m_source.shown, messages.text()),
                            reader->m_source.shown);
            stream.crsEpsg = 4326;
        }
    }
    OGR_L_ResetReading(layer);
    stream.next = [reader](RecordBlock& block) { return reader->next(block); };
    return stream;
}

/// x and y of a point, or of the one point of a multipoint; empty where there is none.
Expected<void> LayerReader::addPoint(BlockWriter& writer, OGRGeometryH geometry) const {
    while (geometry != nullptr && OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) == wkbMultiPoint &&
           OGR_G_GetGeometryCount(geometry) == 1)
        geometry = OGR_G_GetGeometryRef(geometry, 0);
    if (geometry == nullptr || OGR_G_IsEmpty(geometry) != 0) {
        writer.add({});
        writer.add({});
        return {};
    }
    if (OGR_GT_Flatten(OGR_G_GetGeometryType(geometry)) != wkbPoint)
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} has {} in record {}, and an incident is one point: its middle would be a made-up "
                                "place; choose a layer of points, or add it as boundaries.",
                                m_source.shown, shapeName(OGR_G_GetGeometryType(geometry)), m_read),
                    m_source.shown);
    double x = OGR_G_GetX(geometry, 0), y = OGR_G_GetY(geometry, 0);
    // What cannot be transformed becomes infinite, which is no number in the text.
    if (m_toDegrees) OCTTransform(m_toDegrees.get(), 1, &x, &y, nullptr);
    writer.addNumber(x);
    writer.addNumber(y);
    return {};
}

Expected<bool> LayerReader::next(RecordBlock& block) {
    if (m_ended) return false;
    GdalMessages messages;
    BlockWriter writer;
    const auto firstRow = static_cast<std::uint32_t>(m_read + 1);
    std::size_t rows = 0;
    while (writer.bytes() < blockBytes) {
        const FeatureHandle feature{OGR_L_GetNextFeature(m_source.layer)};
        if (messages.failed()) return fail(damaged(messages.text()));
        if (!feature) {
            m_ended = true;
            break;
        }
        ++m_read;
        ++rows;
        for (const RecordField& field : m_fields) {
            writer.addValue(feature.get(), field);
            if (firstInvalidUtf8(writer.last()))
                return fail(ErrorCode::fileFormat,
                            fmt::format("{} holds text that is not UTF-8 in record {}, column \"{}\"; save it again "
                                        "as UTF-8 (a Shapefile says its encoding in a .cpg file).",
                                        m_source.shown, m_read, field.name),
                            m_source.shown);
        }
        if (!m_points) continue;
        if (auto added = addPoint(writer, OGR_F_GetGeometryRef(feature.get())); !added) return fail(added.error());
    }
    if (m_ended && m_source.countIsExact && m_read < m_count)
        return fail(damaged(fmt::format("it says that it holds {}", groupedCount(m_count))));
    const double part = m_count == 0 ? 0.0 : static_cast<double>(m_read) / static_cast<double>(m_count);
    block = writer.finish(rows, firstRow, static_cast<std::uint64_t>(static_cast<double>(m_source.bytes) * part));
    return rows > 0;
}

} // namespace

Expected<RecordStream> layerRecords(OpenLayer source) {
    return LayerReader::open(std::move(source));
}

} // namespace patchlight::gis::detail
