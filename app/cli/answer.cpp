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

Expected<Result> resultOf(const LoadedProject& loaded, const Recipe& recipe, const StudyArea& area,
                          const TaskContext& task) {
    const Analysis* analysis = findAnalysis(recipe.analysis);
    if (!analysis)
        return fail(ErrorCode::invalidParameter, "There is no analysis \"" + recipe.analysis + "\".", recipe.analysis);
    AnalysisInput input{loaded.table, recipe.filter, recipe.comparison, area, recipe.parameters, {}, {}};
    if (auto named = loadNamed(input, *analysis, loaded.project, task); !named) return fail(named.error());
    return analysis->run(input, task);
}

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

Expected<Outgoing> outgoing(const LoadedProject& loaded, const Answer& answer, bool singleIncidents,
                            const TaskContext& task) {
    const auto ask = [&](const Recipe& recipe) { return resultOf(loaded, recipe, answer.area, task); };
    auto further = answerCompanions(answer.recipe, *answer.result, *loaded.table, ask, task);
    if (!further) return fail(further.error());
    const Disclosure& rules = answer.recipe.disclosure;
    Outgoing leaving{withoutFolders(answer.recipe, loaded.project.path()), published(answer.result, rules), {}, {}};
    paint::MapContent map;
    map.result = leaving.publication.result;
    map.studyArea = answer.area.polygon;
    DisclosureFacts facts{*answer.result, rules, rowFacts(*answer.result, answer.recipe, *loaded.table)};
    facts.isProtected = leaving.publication.isProtected;
    facts.showsIncidents = singleIncidents;
    facts.sameClasses = sameClasses(*further, *answer.result);
    facts.contrast = paint::contrastsOf(map);
    leaving.checks = checksBeforePublishing(facts);
    if (const auto stop = disclosureStop(leaving.checks)) return fail(ErrorCode::refused, *stop, "--profile");
    leaving.further = publishedCompanions(std::move(*further), leaving.result(), rules);
    return leaving;
}

namespace {

Expected<std::vector<paint::BoardMap>> pagesOf(const LoadedProject& loaded, const Answer& answer,
                                               const Outgoing& leaving, const TaskContext& task) {
    paint::MapContent map;
    map.result = leaving.publication.result;
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
    return paint::boardPagesOf({leaving.recipe, leaving.publication.result, leaving.further, map, *datasets, loaded.crs,
                                answer.area, *origins});
}

} // namespace

Expected<void> checkOutputs(const LoadedProject& loaded, const std::vector<std::string>& files) {
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
    return {};
}

Expected<std::vector<std::string>> writeOutputs(const LoadedProject& loaded, const Answer& answer,
                                                const Outgoing& leaving, const std::vector<std::string>& files,
                                                const TaskContext& task) {
    if (files.empty()) return {};
    const auto pages = pagesOf(loaded, answer, leaving, task);
    if (!pages) return fail(pages.error());
    std::vector<std::string> outputs;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        task.report("Writing", static_cast<double>(i) / static_cast<double>(files.size()));
        const auto written =
            paint::writeOutput({leaving.recipe, leaving.result(), *pages, loaded.crs}, pathFromUtf8(files[i]));
        if (!written) return fail(written.error());
        outputs.push_back(files[i]);
        for (std::size_t k = 1; k < written->size(); ++k) outputs.push_back(utf8Text((*written)[k]));
    }
    return outputs;
}

Expected<void> recordOutputs(const LoadedProject& loaded, const Outgoing& leaving,
                             const std::vector<std::string>& files) {
    if (files.empty()) return {};
    auto project = Project::open(loaded.project.path(), OpenMode::readWrite);
    if (!project) return fail(project.error());
    const std::string profile = leaving.recipe.disclosure.profile == Profile::publicRelease ? "public" : "internal";
    for (const std::string& file : files)
        if (auto kept = project->recordExport(file, toJson(leaving.recipe), profile, toJson(leaving.checks),
                                              leaving.publication.withheld);
            !kept)
            return kept;
    return {};
}

} // namespace patchlight::cli
