// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/detail/vector_source.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <cpl_conv.h>
#include <cpl_string.h>
#include <fmt/format.h>

namespace patchlight::gis::detail {

namespace {

std::vector<std::string> namesOf(const std::vector<Field>& fields) {
    std::vector<std::string> names;
    for (const Field& field : fields) names.push_back(field.name);
    return names;
}

template <std::size_t N> int fieldNamed(const std::vector<Field>& fields, const std::array<const char*, N>& names) {
    for (const char* name : names)
        for (std::size_t i = 0; i < fields.size(); ++i)
            if (equalIgnoringCase(fields[i].name, name)) return static_cast<int>(i);
    return -1;
}

template <class Accepts> int firstField(const std::vector<Field>& fields, Accepts accepts) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& field) { return accepts(field, foldedCase(field.name)); });
    return found == fields.end() ? -1 : static_cast<int>(found - fields.begin());
}

/// Columns of positions in a CSV.
struct Columns {
    int x = -1, y = -1;
    bool geographic = false;
};
Columns positionColumns(const std::vector<Field>& fields) {
    static constexpr std::array longitudes{"longitude", "lon", "long", "lng"};
    static constexpr std::array latitudes{"latitude", "lat"};
    static constexpr std::array eastings{"easting", "eastings", "east", "x_bng"};
    static constexpr std::array northings{"northing", "northings", "north", "y_bng"};
    const Columns projected{fieldNamed(fields, eastings), fieldNamed(fields, northings), false};
    if (projected.x >= 0 && projected.y >= 0) return projected;
    const Columns geographic{fieldNamed(fields, longitudes), fieldNamed(fields, latitudes), true};
    if (geographic.x >= 0 && geographic.y >= 0) return geographic;
    return {};
}

std::string crsText(OGRSpatialReferenceH reference) {
    const char* authority = OSRGetAuthorityName(reference, nullptr);
    const char* code = OSRGetAuthorityCode(reference, nullptr);
    if (authority != nullptr && code != nullptr && std::string_view(authority) == "EPSG")
        return fmt::format("EPSG:{}", code);
    static constexpr std::array<const char*, 2> options{"FORMAT=WKT2_2018", nullptr};
    char* wkt = nullptr;
    OSRExportToWktEx(reference, &wkt, options.data());
    const std::unique_ptr<char, Releaser<VSIFree>> owner{wkt};
    return wkt == nullptr ? std::string{} : std::string(wkt);
}

Expected<OGRLayerH> chooseLayer(GDALDatasetH dataset, const std::string& shown, const std::string& sourceLayer) {
    const std::vector<std::string> names = layerNames(dataset);
    if (names.empty())
        return fail(ErrorCode::fileFormat, fmt::format("{} holds no vector layer. Choose another file.", shown), shown);
    if (sourceLayer.empty()) {
        if (names.size() == 1) return GDALDatasetGetLayerByName(dataset, names.front().c_str());
        return fail(ErrorCode::fileFormat,
                    fmt::format("{} holds several layers ({}). Say which one.", shown, listed(names)), shown);
    }
    for (const std::string& name : names)
        if (name == sourceLayer) return GDALDatasetGetLayerByName(dataset, name.c_str());
    for (const std::string& name : names)
        if (equalIgnoringCase(name, sourceLayer)) return GDALDatasetGetLayerByName(dataset, name.c_str());
    return fail(ErrorCode::fileFormat,
                fmt::format("{} has no layer \"{}\". It has {}.", shown, sourceLayer, listed(names)), sourceLayer);
}

} // namespace

std::vector<Field> fieldsOf(OGRLayerH layer) {
    std::vector<Field> fields;
    OGRFeatureDefnH definition = OGR_L_GetLayerDefn(layer);
    for (int i = 0; i < OGR_FD_GetFieldCount(definition); ++i) {
        OGRFieldDefnH field = OGR_FD_GetFieldDefn(definition, i);
        const OGRFieldType type = OGR_Fld_GetType(field);
        fields.push_back({OGR_Fld_GetNameRef(field), type == OFTString,
                          type == OFTInteger || type == OFTInteger64 || type == OFTReal});
    }
    return fields;
}

Expected<int> VectorSource::fieldIndex(const std::string& field) const {
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (fields[i].name == field) return static_cast<int>(i);
    for (std::size_t i = 0; i < fields.size(); ++i)
        if (equalIgnoringCase(fields[i].name, field)) return static_cast<int>(i);
    return fail(ErrorCode::fileFormat,
                fields.empty()
                    ? fmt::format("Layer {} of {} has no field \"{}\"; it has no fields.", name, shown, field)
                    : fmt::format("Layer {} of {} has no field \"{}\". It has {}.", name, shown, field,
                                  listed(namesOf(fields))),
                field);
}

Expected<int> VectorSource::fieldOr(const std::string& field, int guess) const {
    if (field.empty()) return guess;
    return fieldIndex(field);
}

std::vector<std::string> layerNames(GDALDatasetH dataset) {
    std::vector<std::string> names;
    for (int i = 0; i < GDALDatasetGetLayerCount(dataset); ++i) {
        OGRLayerH layer = GDALDatasetGetLayer(dataset, i);
        // QGIS's table of styles, which our own GeoPackages have too, is no layer to choose.
        if (OGR_L_GetGeomType(layer) == wkbNone && std::string_view(OGR_L_GetName(layer)) == "layer_styles") continue;
        names.emplace_back(OGR_L_GetName(layer));
    }
    return names;
}

Expected<VectorSource> openLayer(const std::filesystem::path& file, const std::string& sourceLayer) {
    VectorSource source;
    source.shown = utf8Text(file);
    auto dataset = openFile(file, FileKind::vector);
    if (!dataset) return fail(dataset.error());
    const GdalMessages messages;
    auto layer = chooseLayer(dataset->get(), source.shown, sourceLayer);
    if (!layer) return fail(layer.error());

    const std::string driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset->get()));
    if (driver == "CSV" && OGR_L_GetGeomType(*layer) == wkbNone) {
        const std::vector<Field> fields = fieldsOf(*layer);
        const Columns columns = positionColumns(fields);
        if (columns.x < 0)
            return fail(
                ErrorCode::fileFormat,
                fmt::format("{} has no positions: it needs columns easting and northing, or longitude and latitude. "
                            "It has {}.",
                            source.shown, listed(namesOf(fields))),
                source.shown);
        const std::string x = "X_POSSIBLE_NAMES=" + fields[static_cast<std::size_t>(columns.x)].name;
        const std::string y = "Y_POSSIBLE_NAMES=" + fields[static_cast<std::size_t>(columns.y)].name;
        const std::array<const char*, 3> options{x.c_str(), y.c_str(), nullptr};
        const std::string layerName = OGR_L_GetName(*layer);
        dataset = openFile(file, FileKind::vector, options.data());
        if (!dataset) return fail(dataset.error());
        layer = chooseLayer(dataset->get(), source.shown, layerName);
        if (!layer) return fail(layer.error());
        source.crs = columns.geographic ? "EPSG:4326" : "";
    } else if (OGRSpatialReferenceH reference = OGR_L_GetSpatialRef(*layer)) {
        source.crs = crsText(reference);
    } else if (driver == "TopoJSON") {
        source.crs = "EPSG:4326"; // the format has no other
    } else {
        return fail(
            ErrorCode::unusableCrs,
            fmt::format("{} does not say which coordinate reference system it is in. Save it with one (a Shapefile "
                        "needs its .prj file).",
                        source.shown),
            source.shown);
    }
    source.dataset = std::move(*dataset);
    source.layer = *layer;
    source.name = OGR_L_GetName(*layer);
    source.fields = fieldsOf(*layer);
    source.geometryType = OGR_L_GetGeomType(*layer);
    source.count = static_cast<std::size_t>(std::max<GIntBig>(0, OGR_L_GetFeatureCount(*layer, 0)));
    return source;
}

int guessNameField(const std::vector<Field>& fields) {
    if (const int exact = fieldNamed(fields, std::array{"name", "label", "title"}); exact >= 0) return exact;
    const auto endsWith = [&](std::string_view ending) {
        return firstField(fields, [&](const Field& field, const std::string& name) {
            return field.text && name.size() > ending.size() && name.ends_with(ending);
        });
    };
    for (const std::string_view ending : {"nm", "name", "_nam"})
        if (const int found = endsWith(ending); found >= 0) return found;
    if (const int found = firstField(fields,
                                     [](const Field& field, const std::string& name) {
                                         return field.text && name.find("name") != std::string::npos;
                                     });
        found >= 0)
        return found;
    return fieldNamed(fields, std::array{"ward", "district", "parish", "constituency", "area", "street", "ref"});
}

int guessCodeField(const std::vector<Field>& fields) {
    if (const int exact = fieldNamed(fields, std::array{"code", "gss_code", "id", "urn", "fsa_id"}); exact >= 0)
        return exact;
    return firstField(fields, [](const Field& field, const std::string& name) {
        return field.text && name.size() > 2 && (name.ends_with("cd") || name.ends_with("code"));
    });
}

int guessPopulationField(const std::vector<Field>& fields) {
    if (const int exact = fieldNamed(fields, std::array{"population", "pop"}); exact >= 0) return exact;
    return firstField(fields, [](const Field& field, const std::string& name) {
        return field.number && name.size() > 3 && name.starts_with("pop");
    });
}

int guessKindField(const std::vector<Field>& fields) {
    return fieldNamed(fields,
                      std::array{"highway", "kind", "type", "fclass", "class", "roadclassification", "category"});
}

} // namespace patchlight::gis::detail
