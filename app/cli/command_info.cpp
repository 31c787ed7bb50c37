// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/question_options.h"
#include "core/base/text.h"

#include <algorithm>
#include <memory>
#include <ostream>

namespace patchlight::cli {

namespace {

nlohmann::json monthsJson(const DatasetInfo& dataset) {
    nlohmann::json months = nlohmann::json::array();
    for (const MonthCount& month : dataset.months)
        months.push_back({{"month", month.month}, {"rows", month.rows}, {"mapped", month.mapped}});
    return months;
}

nlohmann::json datasetJson(const DatasetInfo& dataset) {
    return {{"name", dataset.name},
            {"file", dataset.file},
            {"source", dataset.source},
            {"first_month", dataset.firstMonth},
            {"last_month", dataset.lastMonth},
            {"read", dataset.read},
            {"stored", dataset.stored},
            {"mapped", dataset.mapped},
            {"anonymised", dataset.anonymised},
            {"months", monthsJson(dataset)},
            {"imported", dataset.imported}};
}

int info(const std::string& path, const Console& console) {
    const auto loaded = loadProject(pathFromUtf8(path), console.task);
    if (!loaded) return console.fail(loaded.error());
    const auto datasets = loaded->project.datasets();
    if (!datasets) return console.fail(datasets.error());
    const auto mapLayers = loaded->project.mapLayers();
    if (!mapLayers) return console.fail(mapLayers.error());
    const auto areaLayers = loaded->project.areaLayers();
    if (!areaLayers) return console.fail(areaLayers.error());
    const auto origins = loaded->project.layerOrigins();
    if (!origins) return console.fail(origins.error());
    const IncidentTable& table = *loaded->table;
    const auto mapped = static_cast<std::size_t>(std::count(table.mapped.begin(), table.mapped.end(), 1));
    const auto period = periodOf(table);
    nlohmann::json object{{"crs", "EPSG:" + std::to_string(loaded->crs.epsg)},
                          {"crs_name", loaded->crs.name},
                          {"operation", loaded->crs.operation},
                          {"incidents", table.size()},
                          {"mapped", mapped},
                          {"first", period ? nlohmann::json(isoDay(period->first)) : nlohmann::json(nullptr)},
                          {"last", period ? nlohmann::json(isoDay(period->last)) : nlohmann::json(nullptr)},
                          {"fingerprint", loaded->fingerprint}};
    if (!loaded->crs.warning.empty()) object["warning"] = loaded->crs.warning;
    for (const char* list : {"datasets", "categories", "layers"}) object[list] = nlohmann::json::array();
    for (const DatasetInfo& dataset : *datasets) object["datasets"].push_back(datasetJson(dataset));
    for (const CategoryCount& category : categoriesOf(table))
        object["categories"].push_back({{"name", category.name}, {"count", category.count}});
    for (const MapLayerInfo& layer : *mapLayers)
        object["layers"].push_back(
            {{"name", layer.name},
             {"as", "map"},
             {"role", layer.role},
             {"file", layer.path},
             {"licence", licenceOf({layer.name, layer.path + " " + layer.sourceLayer, layer.licence}).licence}});
    for (const std::string& layer : *areaLayers) {
        const auto found = std::find_if(origins->begin(), origins->end(),
                                        [&](const LayerOrigin& origin) { return origin.layer == layer; });
        const LayerOrigin origin = found == origins->end() ? LayerOrigin{layer, {}, {}} : *found;
        object["layers"].push_back({{"name", layer}, {"as", "areas"}, {"licence", licenceOf(origin).licence}});
    }
    if (console.options.json) console.print(object);

    console.say(path + ": " + counted(table.size(), "incident", "incidents") + ", " + groupedCount(mapped) +
                " mapped, " + std::string(object["crs"]));
    if (period) console.say("  " + readablePeriod(*period));
    console.say("  positions: " + loaded->crs.operation);
    if (!loaded->crs.warning.empty()) console.say("  warning: " + loaded->crs.warning);
    for (const CategoryCount& category : categoriesOf(table))
        console.say("  " + (category.name.empty() ? "(no category)" : category.name) + ": " +
                    groupedCount(category.count));
    for (const auto& layer : object["layers"])
        console.say("  layer " + std::string(layer["name"]) + " (" + std::string(layer["as"]) + ")");
    return done;
}

std::string valueText(const nlohmann::json& value) {
    return value.is_string() ? value.get<std::string>() : value.is_null() ? "suggested" : value.dump();
}

int analyses(const std::string& id, const Console& console) {
    const auto named = id.empty() ? Expected<const Analysis*>{nullptr} : analysisNamed(id);
    if (!named) return console.fail(wrongUsage, named.error().message);
    const Analysis* one = *named;
    if (console.options.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const Analysis& analysis : catalogue())
            if (!one || one == &analysis) list.push_back(toJson(analysis));
        console.print(list);
    }
    for (const Analysis& analysis : catalogue()) {
        if (one && one != &analysis) continue;
        console.say(std::string(analysis.id) + ": " + std::string(analysis.summary));
        if (!one) continue;
        console.say("  source: " + std::string(analysis.source));
        for (const ParameterSpec& spec : analysis.parameters()) {
            std::vector<std::string> choices;
            for (const ParameterChoice& choice : spec.choices) choices.push_back(choice.key);
            console.say("  --set " + spec.key + "=" + valueText(spec.defaultValue) +
                        (spec.unit.empty() ? "" : " " + spec.unit) + "  " + spec.help +
                        (choices.empty() ? "" : " One of " + listed(choices) + "."));
        }
    }
    return done;
}

/// The page is what was asked for, not a summary on the way: --quiet prints it too.
int help(const std::string& id, const Console& console) {
    const auto analysis = analysisNamed(id);
    if (!analysis) return console.fail(wrongUsage, analysis.error().message);
    const std::string_view page = helpPage(id);
    if (console.options.json)
        console.print({{"id", (*analysis)->id}, {"title", (*analysis)->title}, {"markdown", page}});
    else
        console.out << page;
    return done;
}

} // namespace

Command infoCommand(CLI::App& program) {
    auto project = std::make_shared<std::string>();
    CLI::App* app = program.add_subcommand("info", "Say what a project holds");
    app->add_option("--project", *project, "Project file")->required();
    return {app, [project](const Console& console) { return info(*project, console); }};
}

Command analysesCommand(CLI::App& program) {
    auto id = std::make_shared<std::string>();
    CLI::App* app =
        program.add_subcommand("analyses", "The catalogue of analyses; of one its parameters, defaults and source");
    app->add_option("id", *id, "Analysis");
    return {app, [id](const Console& console) { return analyses(*id, console); }};
}

Command helpCommand(CLI::App& program) {
    auto id = std::make_shared<std::string>();
    CLI::App* app = program.add_subcommand("help", "What an analysis answers, its settings and how to read it");
    app->add_option("id", *id, "Analysis")->required();
    return {app, [id](const Console& console) { return help(*id, console); }};
}

} // namespace patchlight::cli
