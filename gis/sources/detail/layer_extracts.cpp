// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/layer_extracts.h"

#include "core/base/path_text.h"
#include "core/base/text.h"
#include "gis/detail/gdal.h"
#include "gis/sources/detail/archive.h"
#include "gis/sources/detail/geopackage_checks.h"
#include "gis/sources/detail/layer_records.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

/// A workbook is unpacked into memory.
constexpr ArchiveLimits workbookLimits{.bytes = std::uint64_t{4} << 30};

enum class LayerKind { points, table, shapes, view, empty };
struct LayerOf {
    std::string name;
    LayerKind kind = LayerKind::points;
};

Expected<void> checkWorkbook(const LayerFile& file, const Format& format) {
    const auto members = listArchive(file.path, file.shown, workbookLimits);
    if (!members) return fail(members.error());
    if (auto whole = unpackOnTrial(file.path, file.shown, *members); !whole) return fail(whole.error());
    if (format.ending == ".ods") return {};
    const GdalMessages messages;
    const Owner<VSIFCloseL, VSILFILE*> workbook{VSIFOpenL((archiveRoot(file.path) + "/xl/workbook.xml").c_str(), "rb")};
    std::string text(std::size_t{1} << 20, '\0');
    if (workbook) text.resize(VSIFReadL(text.data(), 1, text.size(), workbook.get()));
    if (text.find("date1904=\"1\"") == text.npos && text.find("date1904=\"true\"") == text.npos) return {};
    return fail(ErrorCode::fileFormat,
                fmt::format("{} counts its days from 1904, so that its dates would come four years early; turn \"Use "
                            "1904 date system\" off in Excel's options and save it again.",
                            file.shown),
                file.shown);
}

Expected<DatasetHandle> openLayers(const LayerFile& file, const Format& format) {
    if (format.ending != ".gpkg") return openAs(file.path, file.shown, format.driver, format.options.data());
    const auto options = geopackageOptions(file.path);
    return openAs(file.path, file.shown, format.driver, options.data());
}

LayerKind kindOf(OGRLayerH layer, const Format& format) {
    if (format.reader == Reader::sheets)
        return OGR_L_GetFeatureCount(layer, TRUE) > 0 ? LayerKind::table : LayerKind::empty;
    switch (OGR_GT_Flatten(OGR_L_GetGeomType(layer))) {
    case wkbNone:
        return LayerKind::table;
    case wkbPoint:
    case wkbMultiPoint:
    case wkbUnknown:
    case wkbGeometryCollection:
        return LayerKind::points;
    default:
        return LayerKind::shapes;
    }
}

Expected<std::vector<LayerOf>> layersOf(const LayerFile& file, const Format& format) {
    auto dataset = openLayers(file, format);
    if (!dataset) return fail(dataset.error());
    GdalMessages messages;
    std::vector<LayerOf> layers;
    const auto views = format.ending == ".gpkg" ? viewsOf(dataset->get()) : std::vector<std::string>{};
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset->get()); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset->get(), i);
        LayerOf one{OGR_L_GetName(layer), LayerKind::view};
        if (std::find(views.begin(), views.end(), one.name) == views.end()) one.kind = kindOf(layer, format);
        layers.push_back(std::move(one));
    }
    if (messages.failed())
        return fail(
            ErrorCode::fileFormat,
            fmt::format("{} is damaged or incomplete ({}); fetch or save the file again.", file.shown, messages.text()),
            file.shown);
    return layers;
}

std::vector<std::string> namesOf(const std::vector<LayerOf>& layers) {
    std::vector<std::string> names;
    for (const LayerOf& layer : layers) names.push_back(layer.name);
    return names;
}

Expected<LayerOf> choose(const LayerFile& file, const std::vector<LayerOf>& layers, const std::string& chosen) {
    const auto named = std::find_if(layers.begin(), layers.end(),
                                    [&](const LayerOf& layer) { return equalIgnoringCase(layer.name, chosen); });
    const auto refuse = [&](std::string_view what) {
        return fail(ErrorCode::fileFormat, fmt::format("{}/{} {}", file.shown, chosen, what), chosen);
    };
    if (named == layers.end())
        return fail(
            ErrorCode::fileFormat,
            fmt::format("{} has no layer or sheet \"{}\"; it has {}.", file.shown, chosen, listed(namesOf(layers))),
            chosen);
    if (named->kind == LayerKind::view)
        return refuse("is a view, a stored query, which is not run; save it as a table of its own.");
    if (named->kind == LayerKind::shapes)
        return refuse("holds lines or areas, and an incident is one point; choose a layer of points.");
    if (named->kind == LayerKind::empty) return refuse("is empty; choose another sheet.");
    return *named;
}

/// What is read of a file where nothing was chosen; the others are skipped by name.
Expected<std::vector<LayerOf>> readable(const LayerFile& file, const std::vector<LayerOf>& layers,
                                        std::vector<std::string>& skipped) {
    const auto has = [&](LayerKind kind) {
        return std::any_of(layers.begin(), layers.end(), [&](const LayerOf& layer) { return layer.kind == kind; });
    };
    const LayerKind wanted = has(LayerKind::points) ? LayerKind::points : LayerKind::table;
    std::vector<LayerOf> taken;
    for (const LayerOf& layer : layers) {
        if (layer.kind == wanted)
            taken.push_back(layer);
        else if (layer.kind != LayerKind::empty)
            skipped.push_back(file.name + "/" + layer.name);
    }
    if (!taken.empty()) return taken;
    return fail(
        ErrorCode::emptyInput,
        layers.empty() || has(LayerKind::empty)
            ? fmt::format("{} is empty; choose another file.", file.shown)
            : fmt::format(
                  "{} has no layer of points: {} {} lines, areas or a view, and an incident is one point; choose "
                  "another file, or add this one as boundaries.",
                  file.shown, listed(namesOf(layers)), layers.size() == 1 ? "holds" : "hold"),
        file.shown);
}

ExtractSource sourceOf(const LayerFile& file, const Format& format, const std::string& layer, bool alone) {
    std::string name = alone ? file.name : file.name + "/" + layer;
    // Every workbook has a "Sheet1": alone it would make two of them look like one source.
    std::string title = alone ? std::string() : utf8Text(pathFromUtf8(file.name).stem()) + " " + layer;
    const auto records = [file, &format, layer, name]() -> Expected<RecordStream> {
        auto dataset = openLayers(file, format);
        if (!dataset) return fail(dataset.error());
        OpenLayer open{.dataset = std::shared_ptr<void>(std::move(*dataset)), .shown = name, .bytes = file.bytes};
        {
            const GdalMessages messages;
            open.layer = GDALDatasetGetLayerByName(static_cast<GDALDatasetH>(open.dataset.get()), layer.c_str());
        }
        if (open.layer == nullptr)
            return fail(ErrorCode::fileFormat, fmt::format("{} is no longer there; choose the file again.", name),
                        name);
        open.countIsExact = format.ending == ".fgb";
        return format.reader == Reader::sheets ? sheetRecords(std::move(open)) : layerRecords(std::move(open));
    };
    return {.name = std::move(name),
            .bytes = file.bytes,
            .read = {},
            .rewind = {},
            .records = records,
            .title = std::move(title)};
}

} // namespace

Expected<void> addLayerFile(const LayerFile& file, const Format& format, const std::string& chosen,
                            Extracts& extracts) {
    registerDrivers();
    if (auto fine = checkContent(file.path, file.shown, format); !fine) return fail(fine.error());
    if (format.reader == Reader::sheets)
        if (auto fine = checkWorkbook(file, format); !fine) return fail(fine.error());
    if (format.ending == ".gpkg")
        if (auto fine = checkGeopackage(file.path, file.shown); !fine) return fail(fine.error());
    const auto layers = layersOf(file, format);
    if (!layers) return fail(layers.error());
    std::vector<LayerOf> taken;
    if (!chosen.empty()) {
        auto one = choose(file, *layers, chosen);
        if (!one) return fail(one.error());
        taken.push_back(std::move(*one));
    } else {
        auto some = readable(file, *layers, extracts.skipped);
        if (!some) return fail(some.error());
        taken = std::move(*some);
    }
    for (const LayerOf& layer : taken)
        extracts.sources.push_back(sourceOf(file, format, layer.name, layers->size() == 1));
    return {};
}

} // namespace patchlight::gis::detail
