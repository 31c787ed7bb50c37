// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/recipe.h"
#include "core/store/store.h"

#include <map>
#include <variant>

/// The document: what is asked and what is shown. A value without Qt; edits are values that give their inverse.
namespace patchlight {

struct MapView {
    ProjectedPoint centre;
    double metresPerMillimetre = 0.0; ///< of the paper or screen; 0: the whole extent is shown
};

struct Workspace {
    IncidentFilter filter;
    std::optional<Period> comparison;
    StudyAreaSpec area;
    std::string analysis = "kernel-density";
    std::map<std::string, nlohmann::json> parameters; ///< per analysis id its values that are not open
    std::vector<MapLayerInfo> layers;                 ///< map layers, bottom first
    bool showAreas = true, showSurface = true, showIncidents = false;
    LayoutSpec layout;
    Disclosure disclosure; ///< of the board map and its files
    MapView view;
    std::map<std::string, std::string> renamed; ///< hotspot name as found to the user's name
};

struct SetFilter {
    IncidentFilter filter;
};
struct SetComparison {
    std::optional<Period> comparison;
};
struct SetArea {
    StudyAreaSpec area;
};
struct SetAnalysis {
    std::string analysis;
};
struct SetParameter {
    std::string analysis, key;
    nlohmann::json value;
}; ///< null: open again
struct SetLayers {
    std::vector<MapLayerInfo> layers;
};
struct SetShown {
    bool areas = true, surface = true, incidents = false;
};
struct SetLayout {
    LayoutSpec layout;
};
struct SetDisclosure {
    Disclosure disclosure;
};
struct RenameArea {
    std::string found, name;
}; ///< empty name: as found

/// `label` is for the undo menu: "Change filter".
struct Edit {
    std::string label;
    std::variant<SetFilter, SetComparison, SetArea, SetAnalysis, SetParameter, SetLayers, SetShown, SetLayout,
                 SetDisclosure, RenameArea>
        change;
};

/// Applies the edit; returns its inverse. errors: invalidParameter (an analysis that is not in the catalogue)
[[nodiscard]] Expected<Edit> apply(Workspace& workspace, const Edit& edit);

/// Gives areas the user's names.
void renameAreas(Result& result, const std::map<std::string, std::string>& renamed);

[[nodiscard]] Recipe recipeOf(const Workspace& workspace, std::string fingerprint);
[[nodiscard]] nlohmann::json toJson(const Workspace& workspace);
/// Unknown keys are ignored, missing ones keep their defaults. errors: fileFormat
[[nodiscard]] Expected<Workspace> workspaceFromJson(const nlohmann::json& json);

} // namespace patchlight
