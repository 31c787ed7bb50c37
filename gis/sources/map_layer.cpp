// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sources.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "gis/sources/detail/vector_source.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <iterator>

namespace patchlight::gis {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : foldedCase(text)) {
        const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
        if (letter)
            words.back() += c;
        else if (!words.back().empty())
            words.emplace_back();
    }
    return words;
}

template <std::size_t N>
bool anyOf(const std::vector<std::string>& words, const std::array<std::string_view, N>& meant) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return std::any_of(meant.begin(), meant.end(),
                           [&](std::string_view one) { return word == one || word == std::string(one) + "s"; });
    });
}

enum class Shape { points, lines, polygons };

/// By the layer's declared type; where that says nothing, by its first feature with a geometry.
Shape shapeOf(const detail::VectorSource& source) {
    const detail::GdalMessages messages;
    OGRwkbGeometryType type = OGR_GT_Flatten(source.geometryType);
    if (type == wkbUnknown || type == wkbGeometryCollection) {
        OGR_L_ResetReading(source.layer);
        while (const detail::FeatureHandle feature{OGR_L_GetNextFeature(source.layer)})
            if (OGRGeometryH geometry = OGR_F_GetGeometryRef(feature.get())) {
                type = OGR_GT_Flatten(OGR_G_GetGeometryType(geometry));
                break;
            }
    }
    type = OGR_GT_Flatten(OGR_GT_GetLinear(type));
    if (type == wkbPoint || type == wkbMultiPoint) return Shape::points;
    if (type == wkbLineString || type == wkbMultiLineString) return Shape::lines;
    return Shape::polygons;
}

std::string roleOf(Shape shape, const std::vector<std::string>& words, const std::vector<std::string>& fieldWords) {
    static constexpr std::array<std::string_view, 11> water{"water",  "sea",   "lake",  "river",     "harbour", "ocean",
                                                            "stream", "canal", "coast", "coastline", "waterway"};
    static constexpr std::array<std::string_view, 5> land{"land", "landmass", "country", "island", "landarea"};
    static constexpr std::array<std::string_view, 10> roads{"road",    "street", "highway",  "motorway", "rail",
                                                            "railway", "path",   "cycleway", "track",    "footpath"};
    static constexpr std::array<std::string_view, 8> borders{"boundary", "boundaries", "border",       "outline",
                                                             "ward",     "district",   "constituency", "beat"};
    switch (shape) {
    case Shape::points:
        return "places";
    case Shape::lines:
        if (anyOf(words, roads) || anyOf(fieldWords, roads)) return "roads";
        if (anyOf(words, water) || anyOf(fieldWords, water)) return "water";
        return anyOf(words, borders) ? "boundaries" : "roads";
    case Shape::polygons:
        break;
    }
    if (anyOf(words, land)) return "land";
    return anyOf(words, water) ? "water" : "boundaries";
}

/// Lower is drawn first: pictures lie under everything, water over land, places on top.
int orderOf(std::string_view role) {
    static constexpr std::array<std::string_view, 6> bottomFirst{"picture",    "land",  "water",
                                                                 "boundaries", "roads", "places"};
    return static_cast<int>(std::find(bottomFirst.begin(), bottomFirst.end(), role) - bottomFirst.begin());
}

/// Relative to the project's folder where the two have a folder in common, so that they can be moved together.
std::string storedPath(const fs::path& project, const fs::path& file) {
    const fs::path target = resolvedPath(file);
    const fs::path folder = resolvedPath(project).parent_path();
    const fs::path relative = target.lexically_relative(folder);
    const fs::path below = folder.relative_path();
    const auto up = std::count(relative.begin(), relative.end(), fs::path(".."));
    const bool apart = relative.empty() || (up > 0 && up == std::distance(below.begin(), below.end()));
    return slashedText(apart ? target : relative);
}

} // namespace

Expected<MapLayerInfo> mapLayerFor(const fs::path& project, const fs::path& file, const std::string& name,
                                   const std::string& sourceLayer, const std::string& nameField) {
    const auto summary = describeFile(file);
    if (!summary) return fail(summary.error());
    MapLayerInfo info;
    info.name = name;
    info.path = storedPath(project, file);
    if (summary->vectorLayers.empty()) {
        if (!sourceLayer.empty() || !nameField.empty())
            return fail(ErrorCode::invalidParameter,
                        fmt::format("{} is a picture: it has no layers and no fields. Leave them out.", utf8Text(file)),
                        utf8Text(file));
        info.role = "picture";
    } else {
        const auto source = detail::openLayer(file, sourceLayer);
        if (!source) return fail(source.error());
        const auto label = source->fieldOr(nameField, detail::guessNameField(source->fields));
        if (!label) return fail(label.error());
        if (*label >= 0) info.labelField = source->fields[static_cast<std::size_t>(*label)].name;
        if (summary->vectorLayers.size() > 1) info.sourceLayer = source->name;
        std::string fields;
        for (const detail::Field& field : source->fields) fields += field.name + " ";
        const std::string names = utf8Text(file.stem()) + " " + source->name + " " + name;
        info.role = roleOf(shapeOf(*source), wordsOf(names), wordsOf(fields));
    }
    if (info.name.empty()) info.name = info.sourceLayer.empty() ? utf8Text(file.stem()) : info.sourceLayer;
    info.order = orderOf(info.role);
    return info;
}

fs::path layerPath(const fs::path& project, const MapLayerInfo& layer) {
    const fs::path stored = pathFromUtf8(layer.path);
    if (isAbsolute(stored)) return stored;
    return normalPath(project.parent_path() / stored);
}

} // namespace patchlight::gis
