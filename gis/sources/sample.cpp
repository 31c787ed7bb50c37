// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/sources/sample.h"

#include "core/base/path_text.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

namespace {

/// The list of the sample's files; see resources/sample/README.md.
Expected<nlohmann::json> readList(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return fail(ErrorCode::fileNotFound,
                    fmt::format("The sample's list {} is not there; install the program's data or name its folder in "
                                "PATCHLIGHT_DATA.",
                                utf8Text(file)),
                    utf8Text(file));
    nlohmann::json list = nlohmann::json::parse(in, nullptr, false);
    for (const char* key : {"incidents", "layers", "areas"})
        if (!list.is_object() || !list.contains(key) || !list[key].is_array())
            return fail(ErrorCode::fileFormat,
                        fmt::format("{} is not a list of sample files: \"{}\" is missing. Install the program's data "
                                    "again.",
                                    utf8Text(file), key),
                        utf8Text(file));
    return list;
}

std::string textOf(const nlohmann::json& entry, const char* key) {
    return entry.is_object() ? entry.value(key, std::string{}) : std::string{};
}

Expected<void> importIncidents(const fs::path& project, const fs::path& folder, const nlohmann::json& names,
                               const TaskContext& task) {
    std::vector<fs::path> files;
    for (const nlohmann::json& name : names) files.push_back(folder / pathFromUtf8(name.get<std::string>()));
    auto extracts = openExtracts(files);
    if (!extracts) return fail(extracts.error());
    const auto report = importExtracts(project, std::move(extracts->sources), projectorFactory(), {}, task);
    if (!report) return fail(report.error());
    return {};
}

Expected<void> addLayers(Project& project, const fs::path& folder, const nlohmann::json& entries) {
    std::vector<MapLayerInfo> layers;
    for (const nlohmann::json& entry : entries) {
        const fs::path file = folder / pathFromUtf8(textOf(entry, "file"));
        auto layer = mapLayerFor(project.path(), file, textOf(entry, "name"), {}, textOf(entry, "labelField"));
        if (!layer) return fail(layer.error());
        layer->role = textOf(entry, "role");
        layer->labelField = textOf(entry, "labelField");
        layer->order = static_cast<int>(layers.size()); // the list is in the order of drawing
        layers.push_back(std::move(*layer));
    }
    return project.setMapLayers(layers);
}

Expected<void> addBoundaries(Project& project, const fs::path& folder, const nlohmann::json& entries) {
    const int epsg = project.crs() ? project.crs()->epsg : ProjectCrs{}.epsg;
    for (const nlohmann::json& entry : entries) {
        const fs::path file = folder / pathFromUtf8(textOf(entry, "file"));
        const auto areas = readAreas(file, textOf(entry, "name"), {}, textOf(entry, "nameField"),
                                     textOf(entry, "codeField"), textOf(entry, "populationField"), epsg);
        if (!areas) return fail(areas.error());
        if (auto added = project.addAreas(*areas); !added) return fail(added.error());
    }
    return {};
}

Expected<void> fill(const fs::path& path, const fs::path& folder, const TaskContext& task) {
    const auto list = readList(folder / "sample.json");
    if (!list) return fail(list.error());
    if (auto imported = importIncidents(path, folder, list->at("incidents"), task); !imported)
        return fail(imported.error());
    if (task.cancelled()) return failCancelled();
    auto project = Project::open(path);
    if (!project) return fail(project.error());
    if (auto added = addLayers(*project, folder, list->at("layers")); !added) return fail(added.error());
    return addBoundaries(*project, folder, list->at("areas"));
}

} // namespace

Expected<void> createSampleProject(const fs::path& project, const TaskContext& task) {
    const fs::path data = dataFolder();
    if (data.empty())
        return fail(ErrorCode::fileNotFound,
                    "The program's data folder is not there; install it or name it in PATCHLIGHT_DATA.", "sample.json");
    std::error_code problem;
    if (fs::exists(project, problem))
        return fail(ErrorCode::fileNotWritable,
                    fmt::format("{} is there already; choose another name for the sample project.", utf8Text(project)),
                    utf8Text(project));
    auto filled = fill(project, data / "sample", task);
    if (!filled) fs::remove(project, problem); // half a sample helps nobody
    return filled;
}

} // namespace patchlight::gis
