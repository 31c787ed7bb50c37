// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sources.h"

#include "core/base/text.h"
#include "gis/detail/gdal.h"

#include <algorithm>
#include <fmt/format.h>

namespace patchlight::gis {

namespace {

/// At most `most` names, so that a sentence about 240 areas stays one.
std::string someOf(std::vector<std::string> names, std::size_t most = 12) {
    const std::size_t all = names.size();
    if (all <= most) return listed(names);
    names.resize(most);
    names.push_back(fmt::format("{} more", all - most));
    return listed(names);
}

Expected<StudyArea> united(std::span<const AreaFeature> areas, std::string name) {
    if (areas.size() == 1) return StudyArea{std::move(name), areas.front().polygon, {}};
    std::vector<MultiPolygon> polygons;
    for (const AreaFeature& area : areas) polygons.push_back(area.polygon);
    auto polygon = unionOf(polygons);
    if (!polygon) return fail(polygon.error());
    return StudyArea{std::move(name), std::move(*polygon), {}};
}

/// All features (`feature` empty) or those of that name or code.
Expected<StudyArea> fromAreas(std::span<const AreaFeature> areas, const std::string& source, const std::string& feature,
                              const std::string& wholeName) {
    if (feature.empty())
        return united(areas, areas.size() == 1 && !areas.front().name.empty() ? areas.front().name : wholeName);
    std::vector<AreaFeature> chosen;
    for (const AreaFeature& area : areas)
        if (equalIgnoringCase(area.name, feature) || equalIgnoringCase(area.code, feature)) chosen.push_back(area);
    if (!chosen.empty()) {
        std::string name = chosen.front().name.empty() ? feature : chosen.front().name;
        return united(chosen, std::move(name));
    }
    std::vector<std::string> names;
    for (const AreaFeature& area : areas) names.push_back(area.name.empty() ? area.code : area.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return fail(ErrorCode::invalidParameter,
                fmt::format("{} has no area named \"{}\". It has {}.", source, feature, someOf(names)), feature);
}

Expected<StudyArea> fromLayer(const StudyAreaSpec& spec, const Project& project, int epsg) {
    const auto layers = project.areaLayers();
    if (!layers) return fail(layers.error());
    for (const std::string& layer : *layers) {
        if (!equalIgnoringCase(layer, spec.source)) continue;
        const auto areas = project.areas(layer);
        if (!areas) return fail(areas.error());
        return fromAreas(*areas, "Layer " + layer, spec.feature, layer);
    }
    // A map layer with polygons will do as well.
    const auto maps = project.mapLayers();
    if (!maps) return fail(maps.error());
    std::vector<std::string> known = *layers;
    for (const MapLayerInfo& map : *maps) {
        if (equalIgnoringCase(map.name, spec.source)) {
            const auto areas =
                readAreas(layerPath(project.path(), map), map.name, map.sourceLayer, map.labelField, {}, {}, epsg);
            if (!areas) return fail(areas.error());
            return fromAreas(*areas, "Layer " + map.name, spec.feature, map.name);
        }
        if (map.role == "boundaries" || map.role == "land") known.push_back(map.name);
    }
    return fail(ErrorCode::invalidParameter,
                fmt::format("\"{}\" is neither a file nor a layer of the project. {}", spec.source,
                            known.empty() ? "The project has no layers of areas: name a file."
                                          : "The project has " + someOf(known) + "."),
                spec.source);
}

} // namespace

Expected<StudyArea> resolveStudyArea(const StudyAreaSpec& spec, const Project& project) {
    const auto crs = project.crs();
    const int epsg = crs ? crs->epsg : ProjectCrs{}.epsg;
    switch (spec.kind) {
    case StudyAreaSpec::Kind::everything:
        return StudyArea{};
    case StudyAreaSpec::Kind::box: {
        if (!spec.box || spec.box->empty() || !(spec.box->width() > 0.0) || !(spec.box->height() > 0.0))
            return fail(
                ErrorCode::invalidParameter,
                "The box is empty. Give west, south, east and north in metres, west below east and south below north.",
                "bbox");
        const Box& box = *spec.box;
        return StudyArea{
            fmt::format("Box {:.0f} {:.0f} to {:.0f} {:.0f}", box.west, box.south, box.east, box.north), {}, box};
    }
    case StudyAreaSpec::Kind::file: {
        const std::filesystem::path file = pathFromUtf8(spec.source);
        const auto areas = readAreas(file, {}, spec.sublayer, {}, {}, {}, epsg);
        if (!areas) return fail(areas.error());
        const std::string whole = spec.sublayer.empty() ? utf8Text(file.stem()) : spec.sublayer;
        return fromAreas(*areas, spec.sublayer.empty() ? spec.source : "Layer " + spec.sublayer + " of " + spec.source,
                         spec.feature, whole);
    }
    case StudyAreaSpec::Kind::layer:
        return fromLayer(spec, project, epsg);
    }
    return StudyArea{};
}

} // namespace patchlight::gis
