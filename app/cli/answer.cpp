// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"

#include "core/workspace/question.h"
#include "gis/sources/sources.h"

namespace patchlight::cli {

Expected<LoadedProject> loadProject(const std::filesystem::path& path, const TaskContext& task) {
    auto project = Project::open(path, OpenMode::readOnly);
    if (!project) return fail(project.error());
    const auto crs = project->crs();
    if (!crs)
        return fail(ErrorCode::emptyInput,
                    "The project " + utf8Text(path) + " has no incidents yet; import an extract first.",
                    utf8Text(path));
    auto table = project->incidents(task);
    if (!table) return fail(table.error());
    auto fingerprint = project->fingerprint();
    if (!fingerprint) return fail(fingerprint.error());
    return LoadedProject{std::move(*project), *crs, std::make_shared<const IncidentTable>(std::move(*table)),
                         std::move(*fingerprint)};
}

Expected<Answer> answer(const LoadedProject& loaded, Recipe recipe, const TaskContext& task) {
    const Analysis* analysis = findAnalysis(recipe.analysis);
    if (!analysis)
        return fail(ErrorCode::invalidParameter, "There is no analysis \"" + recipe.analysis + "\".", recipe.analysis);
    auto area = gis::resolveStudyArea(recipe.area, loaded.project);
    if (!area) return fail(area.error());
    AnalysisInput input{loaded.table, recipe.filter, recipe.comparison, *area, recipe.parameters, {}, {}};
    if (auto named = loadNamed(input, *analysis, loaded.project, task); !named) return fail(named.error());
    auto result = analysis->run(input, task);
    if (!result) return fail(result.error());
    if (!recipe.fingerprint.empty() && recipe.fingerprint != loaded.fingerprint)
        result->notes.push_back("The project's incidents are not those that the recipe was made with.");
    recipe.fingerprint = loaded.fingerprint;
    recipe.parameters = result->parameters;
    return Answer{std::move(recipe), std::make_shared<const Result>(std::move(*result)), std::move(*area)};
}

namespace {

Expected<paint::BoardMap> pageOf(const LoadedProject& loaded, const Answer& answer, const TaskContext& task) {
    paint::MapContent map;
    map.result = answer.result;
    map.epsg = loaded.crs.epsg;
    if (answer.area.polygon) map.studyArea = answer.area.polygon;
    const auto layers = loaded.project.mapLayers();
    if (!layers) return fail(layers.error());
    for (const MapLayerInfo& info : *layers) {
        if (!info.visible) continue;
        auto layer = paint::loadLayer(loaded.project.path(), info, loaded.crs.epsg, task);
        if (!layer) return fail(layer.error());
        map.layers.push_back(std::move(*layer));
    }
    const auto datasets = loaded.project.datasets();
    if (!datasets) return fail(datasets.error());
    return paint::boardMapOf(answer.recipe, answer.result, map, *datasets, loaded.crs, answer.area);
}

} // namespace

Expected<void> writeOutputs(const LoadedProject& loaded, const Answer& answer, const std::vector<std::string>& files,
                            Profile profile, const TaskContext& task) {
    if (files.empty()) return {};
    for (const std::string& file : files)
        if (!paint::isKnownOutput(pathFromUtf8(file)))
            return fail(ErrorCode::invalidParameter,
                        "Cannot write " + file +
                            ": its ending is not one of .tif .gpkg .geojson .kml .csv .xlsx .pdf .png .svg .json.",
                        file);
    if (const auto stop = disclosureStop(checksBeforePublishing(*answer.result, false, profile)))
        return fail(ErrorCode::refused, *stop, "--profile");
    const auto page = pageOf(loaded, answer, task);
    if (!page) return fail(page.error());
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Writing", static_cast<double>(i) / static_cast<double>(files.size()));
        auto written = paint::writeOutput({answer.recipe, *answer.result, *page, loaded.crs}, pathFromUtf8(files[i]));
        if (!written) return written;
    }
    return {};
}

} // namespace patchlight::cli
