// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"

#include "core/analysis/recipe_data.h"
#include "core/workspace/companions.h"
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
    const auto datasets = project->datasets();
    if (!datasets) return fail(datasets.error());
    return LoadedProject{std::move(*project), *crs, std::make_shared<const IncidentTable>(std::move(*table)),
                         std::move(*fingerprint), datasetsOf(*datasets)};
}

namespace {

Expected<Result> resultOf(const LoadedProject& loaded, const Recipe& recipe, const StudyArea& area,
                          const TaskContext& task) {
    const Analysis* analysis = findAnalysis(recipe.analysis);
    if (!analysis)
        return fail(ErrorCode::invalidParameter, "There is no analysis \"" + recipe.analysis + "\".", recipe.analysis);
    AnalysisInput input{loaded.table, recipe.filter, recipe.comparison, area, recipe.parameters, {}, {}};
    if (auto named = loadNamed(input, *analysis, loaded.project, task); !named) return fail(named.error());
    return analysis->run(input, task);
}

} // namespace

Expected<Answer> answer(const LoadedProject& loaded, Recipe recipe, const TaskContext& task) {
    auto area = gis::resolveStudyArea(recipe.area, loaded.project);
    if (!area) return fail(area.error());
    auto result = resultOf(loaded, recipe, *area, task);
    if (!result) return fail(result.error());
    auto differences = dataDifferences(recipe, loaded.fingerprint, loaded.datasets);
    if (!differences.empty()) result->notes.push_back(differencesNote(differences));
    recipe.fingerprint = loaded.fingerprint;
    recipe.datasets = loaded.datasets;
    recipe.parameters = result->parameters;
    return Answer{std::move(recipe), std::make_shared<const Result>(std::move(*result)), std::move(*area),
                  std::move(differences)};
}

namespace {

Expected<std::vector<paint::BoardMap>> pagesOf(const LoadedProject& loaded, const Answer& answer,
                                               const TaskContext& task) {
    const auto ask = [&](const Recipe& recipe) { return resultOf(loaded, recipe, answer.area, task); };
    const auto further = answerCompanions(answer.recipe, *answer.result, *loaded.table, ask, task);
    if (!further) return fail(further.error());
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
    const auto origins = loaded.project.layerOrigins();
    if (!origins) return fail(origins.error());
    return paint::boardPagesOf(
        {answer.recipe, answer.result, *further, map, *datasets, loaded.crs, answer.area, *origins});
}

} // namespace

Expected<std::vector<std::string>> writeOutputs(const LoadedProject& loaded, const Answer& answer,
                                                const std::vector<std::string>& files, Profile profile,
                                                const TaskContext& task) {
    if (files.empty()) return {};
    for (const std::string& file : files)
        if (!paint::isKnownOutput(pathFromUtf8(file)))
            return fail(
                ErrorCode::invalidParameter,
                "Cannot write " + file +
                    ": its ending is not one of .tif .gpkg .geojson .kml .csv .xlsx .pdf .png .svg .docx .pptx .json.",
                file);
    std::error_code notThere;
    for (const std::string& file : files)
        if (std::filesystem::equivalent(pathFromUtf8(file), loaded.project.path(), notThere))
            return fail(ErrorCode::invalidParameter, file + " is the project itself; choose another name.", file);
    if (const auto stop = disclosureStop(checksBeforePublishing(*answer.result, false, profile)))
        return fail(ErrorCode::refused, *stop, "--profile");
    const auto pages = pagesOf(loaded, answer, task);
    if (!pages) return fail(pages.error());
    std::vector<std::string> outputs;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Writing", static_cast<double>(i) / static_cast<double>(files.size()));
        const auto written =
            paint::writeOutput({answer.recipe, *answer.result, *pages, loaded.crs}, pathFromUtf8(files[i]));
        if (!written) return fail(written.error());
        outputs.push_back(files[i]);
        for (std::size_t k = 1; k < written->size(); ++k) outputs.push_back(utf8Text((*written)[k]));
    }
    return outputs;
}

} // namespace patchlight::cli
