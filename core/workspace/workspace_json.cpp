// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/analysis/recipe_json.h"
#include "core/workspace/workspace.h"

namespace patchlight {

using nlohmann::json;

json toJson(const Workspace& workspace) {
    json layers = json::array();
    for (const MapLayerInfo& layer : workspace.layers)
        layers.push_back({{"name", layer.name},
                          {"path", layer.path},
                          {"layer", layer.sourceLayer},
                          {"role", layer.role},
                          {"label", layer.labelField},
                          {"visible", layer.visible},
                          {"order", layer.order}});
    json parameters = json::object();
    for (const auto& [analysis, values] : workspace.parameters) parameters[analysis] = values;
    return {
        {"filter", toJson(workspace.filter)},
        {"comparison", toJson(workspace.comparison)},
        {"area", toJson(workspace.area)},
        {"analysis", workspace.analysis},
        {"parameters", std::move(parameters)},
        {"layers", std::move(layers)},
        {"shown",
         {{"areas", workspace.showAreas}, {"surface", workspace.showSurface}, {"incidents", workspace.showIncidents}}},
        {"layout", toJson(workspace.layout)},
        {"disclosure", toJson(workspace.disclosure)},
        {"view",
         {{"east", workspace.view.centre.east},
          {"north", workspace.view.centre.north},
          {"scale", workspace.view.metresPerMillimetre}}},
        {"renamed", workspace.renamed}};
}

namespace {

Expected<Workspace> fromObject(const json& object) {
    Workspace workspace;
    auto filter = filterFromJson(object.value("filter", json(nullptr)));
    if (!filter) return fail(filter.error());
    auto comparison = periodFromJson(object.value("comparison", json(nullptr)));
    if (!comparison) return fail(comparison.error());
    auto area = studyAreaFromJson(object.value("area", json(nullptr)));
    if (!area) return fail(area.error());
    auto layout = layoutFromJson(object.value("layout", json(nullptr)));
    if (!layout) return fail(layout.error());
    workspace.filter = std::move(*filter);
    workspace.comparison = *comparison;
    workspace.area = std::move(*area);
    workspace.layout = std::move(*layout);
    auto disclosure = disclosureFromJson(object.value("disclosure", json(nullptr)));
    if (!disclosure) return fail(disclosure.error());
    workspace.disclosure = *disclosure;
    if (const std::string analysis = object.value("analysis", workspace.analysis); findAnalysis(analysis))
        workspace.analysis = analysis;
    const json parameters = object.value("parameters", json::object());
    for (const auto& [analysis, values] : parameters.items())
        if (const Analysis* known = findAnalysis(analysis); known && checkKeys(values, known->parameters()))
            workspace.parameters[analysis] = values;
    for (const json& layer : object.value("layers", json::array()))
        workspace.layers.push_back({layer.value("name", ""), layer.value("path", ""), layer.value("layer", ""),
                                    layer.value("role", ""), layer.value("label", ""), layer.value("visible", true),
                                    layer.value("order", 0)});
    const json shown = object.value("shown", json::object());
    workspace.showAreas = shown.value("areas", true);
    workspace.showSurface = shown.value("surface", true);
    workspace.showIncidents = shown.value("incidents", false);
    const json view = object.value("view", json::object());
    workspace.view = {{view.value("east", 0.0), view.value("north", 0.0)}, view.value("scale", 0.0)};
    const json renamed = object.value("renamed", json::object());
    for (const auto& [found, name] : renamed.items())
        if (name.is_string()) workspace.renamed[found] = name.get<std::string>();
    return workspace;
}

} // namespace

Expected<Workspace> workspaceFromJson(const json& object) {
    if (object.is_null()) return Workspace{};
    if (!object.is_object()) return fail(ErrorCode::fileFormat, "The saved workspace is damaged: it is not an object.");
    try {
        return fromObject(object);
    } catch (const json::exception& problem) { // a member of another kind
        return fail(ErrorCode::fileFormat, std::string("The saved workspace is damaged (") + problem.what() + ").");
    }
}

} // namespace patchlight
