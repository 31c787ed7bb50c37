// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/layout/detail/sources.h"

#include "core/base/path_text.h"
#include "gis/layout/detail/wording.h"

#include <algorithm>

namespace patchlight::paint {

namespace {

constexpr qsizetype mostNames = 6;

std::string fileName(const std::string& path) {
    return utf8Text(pathFromUtf8(path).filename());
}

QString shortened(const std::vector<std::string>& names) {
    QStringList shown;
    for (const std::string& name : names) {
        if (shown.size() == mostNames) {
            shown.push_back(grouped(names.size() - std::size_t(mostNames)) + " more");
            break;
        }
        shown.push_back(QString::fromStdString(name));
    }
    return listed(shown);
}

} // namespace

LayersUsed layersUsed(const Recipe& recipe, const MapContent& map, const std::vector<LayerOrigin>& origins) {
    LayersUsed used;
    for (const LoadedLayer& layer : map.layers)
        if (layer.info.visible && !layer.info.name.empty())
            used.drawn.push_back(
                {layer.info.name, fileName(layer.info.path) + " " + layer.info.sourceLayer, layer.info.licence});
    const auto addBoundary = [&](const std::string& name) {
        const auto known = [&](const LayerOrigin& origin) { return origin.layer == name; };
        if (std::any_of(used.boundaries.begin(), used.boundaries.end(), known)) return;
        const auto found = std::find_if(origins.begin(), origins.end(), known);
        used.boundaries.push_back(found == origins.end() ? LayerOrigin{name, {}, {}} : *found);
    };
    if (recipe.area.kind == StudyAreaSpec::Kind::layer) addBoundary(recipe.area.source);
    if (recipe.area.kind == StudyAreaSpec::Kind::file) {
        const std::string file = fileName(recipe.area.source);
        used.boundaries.push_back({file, recipe.area.sublayer, {}});
    }
    if (const Analysis* analysis = findAnalysis(recipe.analysis))
        for (const std::string& name : namesIn(*analysis, recipe.parameters).layers) addBoundary(name);
    return used;
}

QStringList layerSourcesOf(const LayersUsed& used) {
    std::vector<LayerOrigin> all = used.drawn;
    all.insert(all.end(), used.boundaries.begin(), used.boundaries.end());
    QStringList lines;
    for (const std::string& line : acknowledgementsOf(all).lines) lines.push_back(QString::fromStdString(line));
    const auto unknown = acknowledgementsOf(used.drawn).unknown;
    if (!unknown.empty()) lines.push_back("Map layers: " + shortened(unknown) + '.');
    std::vector<std::string> further;
    for (const std::string& name : acknowledgementsOf(used.boundaries).unknown)
        if (std::find(unknown.begin(), unknown.end(), name) == unknown.end()) further.push_back(name);
    if (!further.empty()) lines.push_back("Boundaries: " + shortened(further) + '.');
    return lines;
}

} // namespace patchlight::paint
