// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/workspace/workspace.h"

namespace patchlight {

namespace {

/// Each change swaps its value in and becomes its own inverse.
struct Apply {
    Workspace& workspace;

    Expected<void> operator()(SetFilter& change) { return swapped(workspace.filter, change.filter); }
    Expected<void> operator()(SetComparison& change) { return swapped(workspace.comparison, change.comparison); }
    Expected<void> operator()(SetArea& change) { return swapped(workspace.area, change.area); }
    Expected<void> operator()(SetLayers& change) { return swapped(workspace.layers, change.layers); }
    Expected<void> operator()(SetLayout& change) { return swapped(workspace.layout, change.layout); }
    Expected<void> operator()(SetDisclosure& change) { return swapped(workspace.disclosure, change.disclosure); }
    Expected<void> operator()(SetAnalysis& change) {
        if (!findAnalysis(change.analysis))
            return fail(ErrorCode::invalidParameter, "There is no analysis \"" + change.analysis + "\".", "analysis");
        return swapped(workspace.analysis, change.analysis);
    }
    Expected<void> operator()(SetShown& change) {
        std::swap(workspace.showAreas, change.areas);
        std::swap(workspace.showSurface, change.surface);
        std::swap(workspace.showIncidents, change.incidents);
        return {};
    }
    Expected<void> operator()(SetParameter& change) {
        const Analysis* analysis = findAnalysis(change.analysis);
        if (!analysis)
            return fail(ErrorCode::invalidParameter, "There is no analysis \"" + change.analysis + "\".", "analysis");
        if (auto known = checkKeys({{change.key, change.value}}, analysis->parameters()); !known) return known;
        auto& values = workspace.parameters[change.analysis];
        if (!values.is_object()) values = nlohmann::json::object();
        const auto found = values.find(change.key);
        nlohmann::json before = found == values.end() ? nlohmann::json(nullptr) : *found;
        if (change.value.is_null())
            values.erase(change.key);
        else
            values[change.key] = change.value;
        if (values.empty()) workspace.parameters.erase(change.analysis);
        change.value = std::move(before);
        return {};
    }
    Expected<void> operator()(RenameArea& change) {
        const auto found = workspace.renamed.find(change.found);
        std::string before = found == workspace.renamed.end() ? std::string{} : found->second;
        if (change.name.empty())
            workspace.renamed.erase(change.found);
        else
            workspace.renamed[change.found] = change.name;
        change.name = std::move(before);
        return {};
    }

private:
    template <class T> Expected<void> swapped(T& a, T& b) {
        std::swap(a, b);
        return {};
    }
};

} // namespace

Expected<Edit> apply(Workspace& workspace, const Edit& edit) {
    Edit inverse = edit;
    auto done = std::visit(Apply{workspace}, inverse.change);
    if (!done) return fail(done.error());
    return inverse;
}

Recipe recipeOf(const Workspace& workspace, std::string fingerprint) {
    const auto parameters = workspace.parameters.find(workspace.analysis);
    return {.fingerprint = std::move(fingerprint),
            .filter = workspace.filter,
            .comparison = workspace.comparison,
            .area = workspace.area,
            .analysis = workspace.analysis,
            .parameters = parameters == workspace.parameters.end() ? nlohmann::json::object() : parameters->second,
            .layout = workspace.layout,
            .disclosure = workspace.disclosure};
}

void renameAreas(Result& result, const std::map<std::string, std::string>& renamed) {
    for (HotspotArea& area : result.areas)
        if (const auto found = renamed.find(area.name); found != renamed.end()) area.name = found->second;
}

} // namespace patchlight
