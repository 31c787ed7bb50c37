// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sources.h"

#include "core/base/text.h"
#include "gis/sources/detail/vector_source.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

/// Features of one kind each: a collection of points and lines becomes two. Points of a multipoint are features of
/// their own.
void append(VectorLayer& layer, const detail::SourceFeature& source, std::array<std::size_t, 3>& kinds) {
    for (const GeometryKind kind : {GeometryKind::polygon, GeometryKind::line, GeometryKind::point}) {
        VectorFeature feature{kind, {}, source.values[0], source.values[1]};
        for (const detail::Part& part : source.parts) {
            if (part.kind != kind) continue;
            layer.box = united(layer.box, boxOf(part.points));
            feature.lines.push_back(part.points);
            if (kind != GeometryKind::point) continue;
            ++kinds[static_cast<std::size_t>(kind)];
            layer.features.push_back(feature);
            feature.lines.clear();
        }
        if (feature.lines.empty()) continue;
        ++kinds[static_cast<std::size_t>(kind)];
        layer.features.push_back(std::move(feature));
    }
}

} // namespace

Expected<VectorLayer> readVectorLayer(const std::filesystem::path& file, const std::string& sourceLayer,
                                      const std::string& labelField, int targetEpsg, const TaskContext& task) {
    auto source = detail::openLayer(file, sourceLayer);
    if (!source) return fail(source.error());
    const auto label = source->fieldOr(labelField, detail::guessNameField(source->fields));
    if (!label) return fail(label.error());
    const std::array fields{*label, detail::guessKindField(source->fields)};
    auto read = detail::readFeatures(*source, fields, targetEpsg, task);
    if (!read) return fail(read.error());

    VectorLayer layer;
    layer.name = source->name;
    layer.notes = std::move(read->notes);
    for (const detail::Field& field : source->fields) layer.fields.push_back(field.name);
    std::array<std::size_t, 3> kinds{};
    for (const detail::SourceFeature& feature : read->features) append(layer, feature, kinds);
    if (layer.features.empty())
        return fail(ErrorCode::fileFormat,
                    fmt::format("Layer {} of {} holds nothing that can be drawn. Choose another layer.", source->name,
                                source->shown),
                    source->shown);
    layer.kind = static_cast<GeometryKind>(std::max_element(kinds.begin(), kinds.end()) - kinds.begin());
    return layer;
}

Expected<LayerSummary> describeFile(const std::filesystem::path& file) {
    LayerSummary summary;
    const auto vector = detail::openFile(file, detail::FileKind::vector);
    if (vector) summary.vectorLayers = detail::layerNames(vector->get());
    const auto raster = detail::openFile(file, detail::FileKind::raster);
    summary.raster = raster && GDALGetRasterCount(raster->get()) > 0;
    if (!summary.vectorLayers.empty() || summary.raster) return summary;
    if (!vector) {
        Error error = vector.error();
        if (error.message.find("known format") != std::string::npos)
            error.message =
                fmt::format("{} is not a map file of a known format. Choose a GeoPackage, Shapefile, GeoJSON, KML, "
                            "MapInfo, GML, GeoTIFF or MBTiles file.",
                            utf8Text(file));
        return fail(std::move(error));
    }
    const std::string shown = utf8Text(file);
    return fail(ErrorCode::fileFormat,
                fmt::format("{} holds neither layers nor a picture. Choose another file.", shown), shown);
}

} // namespace patchlight::gis
