// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/workspace/workspace.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace patchlight::desktop {

/// A boundary layer of the project and the names of its polygons, for choosing a study area.
struct AreaLayer {
    std::string name;
    std::vector<std::string> features;
};

/// An open project as the window and its jobs use it: read once, never changed, shared.
struct ProjectData {
    std::filesystem::path path;
    ProjectCrs crs;
    std::string fingerprint;
    std::shared_ptr<const IncidentTable> table;
    std::vector<DatasetInfo> datasets;
    std::vector<Finding> findings;
    std::vector<AreaLayer> areaLayers;
    std::vector<LayerOrigin> layerOrigins;  ///< of the boundaries
    std::vector<std::string> numberColumns; ///< of the sources: what incidents can be weighed by
    std::vector<CategoryCount> categories;
    std::vector<CategoryCount> categoryGroups; ///< those that have incidents
    std::optional<Period> period;
    bool monthsOnly = false;      ///< no incident has a day: periods are chosen in whole months
    std::vector<LocalDay> months; ///< first days of the months that have rows, ascending: a gap is not a zero
    std::size_t mapped = 0;
    Workspace workspace; ///< as saved, with the project's map layers

    [[nodiscard]] std::size_t incidents() const { return table ? table->size() : 0; }
};

/// Reads all of a project that the window needs. errors: as Project::open and Project::incidents
[[nodiscard]] Expected<std::shared_ptr<const ProjectData>> readProject(const std::filesystem::path& path,
                                                                       const TaskContext& task = {});

/// Writes the workspace and its map layers into the project file, in place. errors: as Project::open, database
[[nodiscard]] Expected<void> saveWorkspace(const std::filesystem::path& path, const Workspace& workspace);

} // namespace patchlight::desktop
