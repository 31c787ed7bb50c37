// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/document/project_data.h"

#include <algorithm>

namespace patchlight::desktop {

namespace {

Expected<std::vector<AreaLayer>> areaLayersOf(const Project& project) {
    const auto names = project.areaLayers();
    if (!names) return fail(names.error());
    std::vector<AreaLayer> layers;
    for (const auto& name : *names) {
        const auto features = project.areas(name);
        if (!features) return fail(features.error());
        AreaLayer layer{name, {}};
        for (const auto& feature : *features)
            layer.features.push_back(feature.name.empty() ? feature.code : feature.name);
        std::sort(layer.features.begin(), layer.features.end());
        layers.push_back(std::move(layer));
    }
    return layers;
}

Expected<Workspace> workspaceOf(const Project& project) {
    const auto saved = project.workspace();
    if (!saved) return fail(saved.error());
    Workspace workspace;
    if (!saved->is_null()) {
        auto read = workspaceFromJson(*saved);
        if (!read) return fail(read.error());
        workspace = std::move(*read);
    }
    auto layers = project.mapLayers(); // the command line may have changed them since
    if (!layers) return fail(layers.error());
    workspace.layers = std::move(*layers);
    return workspace;
}

} // namespace

Expected<std::shared_ptr<const ProjectData>> readProject(const std::filesystem::path& path, const TaskContext& task) {
    task.report("Opening the project", 0.0);
    const auto project = Project::open(path, OpenMode::readOnly);
    if (!project) return fail(project.error());
    auto data = std::make_shared<ProjectData>();
    data->path = path;
    data->crs = project->crs().value_or(ProjectCrs{});
    auto fingerprint = project->fingerprint();
    if (!fingerprint) return fail(fingerprint.error());
    data->fingerprint = std::move(*fingerprint);
    auto datasets = project->datasets();
    if (!datasets) return fail(datasets.error());
    data->datasets = std::move(*datasets);
    auto findings = project->findings();
    if (!findings) return fail(findings.error());
    data->findings = std::move(*findings);
    auto areaLayers = areaLayersOf(*project);
    if (!areaLayers) return fail(areaLayers.error());
    data->areaLayers = std::move(*areaLayers);
    auto origins = project->layerOrigins();
    if (!origins) return fail(origins.error());
    data->layerOrigins = std::move(*origins);
    auto numbers = project->numberColumns();
    if (!numbers) return fail(numbers.error());
    data->numberColumns = std::move(*numbers);
    auto workspace = workspaceOf(*project);
    if (!workspace) return fail(workspace.error());
    data->workspace = std::move(*workspace);
    auto table = project->incidents(task);
    if (!table) return fail(table.error());
    if (task.cancelled()) return failCancelled();
    data->categories = categoriesOf(*table);
    data->categoryGroups = groupsOf(*table);
    data->period = periodOf(*table);
    data->months = monthsWithRows(*table);
    data->monthsOnly = std::none_of(table->precision.begin(), table->precision.end(), [](TimePrecision precision) {
        return precision == TimePrecision::day || precision == TimePrecision::minute;
    });
    data->mapped = static_cast<std::size_t>(std::count(table->mapped.begin(), table->mapped.end(), std::uint8_t{1}));
    data->table = std::make_shared<const IncidentTable>(std::move(*table));
    return std::shared_ptr<const ProjectData>(std::move(data));
}

Expected<void> saveWorkspace(const std::filesystem::path& path, const Workspace& workspace) {
    auto project = Project::open(path, OpenMode::readWrite);
    if (!project) return fail(project.error());
    if (auto layers = project->setMapLayers(workspace.layers); !layers) return fail(layers.error());
    return project->saveWorkspace(toJson(workspace));
}

} // namespace patchlight::desktop
