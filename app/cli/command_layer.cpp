// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "gis/sources/area_tables.h"
#include "gis/sources/sources.h"

#include <algorithm>
#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string project, file, as, name, nameField, codeField, populationField, sourceLayer, role, join, joinField,
        lookup, licence, licenceYear, licenceNumber;
};

Expected<std::size_t> addMapLayer(Project& project, const Options& given, const LayerLicence& licence, int epsg,
                                  const TaskContext& task) {
    auto info =
        gis::mapLayerFor(project.path(), pathFromUtf8(given.file), given.name, given.sourceLayer, given.nameField);
    if (!info) return fail(info.error());
    if (!given.role.empty()) info->role = given.role;
    info->licence = licence;
    std::size_t features = 0;
    if (info->role != "picture") { // read once now, so that a bad layer is refused here and not on the map
        const auto layer =
            gis::readVectorLayer(pathFromUtf8(given.file), given.sourceLayer, given.nameField, epsg, task);
        if (!layer) return fail(layer.error());
        features = layer->features.size();
    }
    auto layers = project.mapLayers();
    if (!layers) return fail(layers.error());
    std::erase_if(*layers, [&](const MapLayerInfo& layer) { return layer.name == given.name; });
    layers->push_back(std::move(*info));
    for (std::size_t i = 0; i < layers->size(); ++i) (*layers)[i].order = static_cast<int>(i);
    if (auto saved = project.setMapLayers(*layers); !saved) return fail(saved.error());
    return features;
}

std::string codesNote(const gis::CodeMatches& matches) {
    return "Codes in the rows: " + groupedCount(matches.direct) + " of these boundaries, " +
           groupedCount(matches.through) + " of the other year that lead to one of them, " +
           groupedCount(matches.several) + " that lead to several, " + groupedCount(matches.unknown) +
           " of none, and " + counted(matches.without, "row", "rows") + " without a code.";
}

Expected<std::size_t> addAreas(Project& project, const Options& given, int epsg, std::vector<std::string>& notes,
                               const TaskContext& task) {
    auto areas =
        gis::readAreas(pathFromUtf8(given.file), given.name, given.sourceLayer, given.nameField, given.codeField,
                       given.join.empty() ? given.populationField : std::string{}, epsg, &notes);
    if (!areas) return fail(areas.error());
    if (!given.join.empty()) {
        const auto said =
            gis::joinPopulation(*areas, {pathFromUtf8(given.join), given.joinField, given.populationField});
        if (!said) return fail(said.error());
        notes.insert(notes.end(), said->begin(), said->end());
    }
    std::vector<AreaCode> codes;
    if (!given.lookup.empty()) {
        auto read = gis::readAreaCodes(pathFromUtf8(given.lookup), *areas);
        if (!read) return fail(read.error());
        codes = std::move(*read);
    }
    if (auto added = project.addAreas(*areas); !added) return fail(added.error());
    if (auto set = project.setAreaCodes(given.name, codes); !set) return fail(set.error());
    if (given.lookup.empty()) return areas->size();
    const auto table = project.incidents(task);
    if (!table) return fail(table.error());
    notes.push_back(codesNote(gis::matchCodes(table->areaCode, *areas, codes)));
    return areas->size();
}

Expected<std::size_t> addLayer(Project& project, const Options& given, int epsg, std::vector<std::string>& notes,
                               const TaskContext& task) {
    if (given.as != "areas" && !(given.join + given.joinField + given.lookup).empty())
        return fail(ErrorCode::invalidParameter,
                    "--join, --join-field and --lookup go with --as areas; leave them out.", "--join");
    auto licence = layerLicence(given.licence, given.licenceYear, given.licenceNumber);
    if (!licence) return fail(licence.error());
    if (given.as == "map") return addMapLayer(project, given, *licence, epsg, task);
    const std::string from = utf8Text(pathFromUtf8(given.file).filename()) + " " + given.sourceLayer;
    const auto keepOrigin = [&](std::size_t features) {
        return project.setLayerOrigin({given.name, from, *licence}).map([&] { return features; });
    };
    if (given.as == "areas") return addAreas(project, given, epsg, notes, task).and_then(keepOrigin);
    const auto places = gis::readPlaces(pathFromUtf8(given.file), given.name, given.sourceLayer, given.nameField,
                                        given.codeField, epsg, &notes);
    if (!places) return fail(places.error());
    if (auto added = project.addPlaces(*places); !added) return fail(added.error());
    return keepOrigin(places->size());
}

int run(const Options& given, const Console& console) {
    auto project = Project::open(pathFromUtf8(given.project));
    if (!project) return console.fail(project.error());
    const auto crs = project->crs();
    if (!crs)
        return console.fail(failed, "The project " + given.project +
                                        " has no incidents yet, and so no CRS; import an extract first.");
    std::vector<std::string> notes;
    const auto features = addLayer(*project, given, crs->epsg, notes, console.task);
    if (!features) return console.fail(features.error());
    if (console.options.json)
        console.print({{"name", given.name}, {"as", given.as}, {"features", *features}, {"notes", notes}});
    console.say("Added " + given.name + " (" + given.as + ", " + counted(*features, "feature", "features") + ").");
    for (const std::string& note : notes) console.say("  " + note);
    return done;
}

} // namespace

Command layerCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("layer", "Add boundaries, places or a map layer to a project");
    app->add_option("--project", options->project, "Project file")->required();
    app->add_option("file", options->file, "File that GDAL reads")->required();
    app->add_option("--as", options->as,
                    "areas: boundaries; places: points; map: drawn under the hotspots, stays in its file")
        ->required()
        ->check(CLI::IsMember({"areas", "places", "map"}));
    app->add_option("--name", options->name, "Name of the layer in the project")->required();
    app->add_option("--name-field", options->nameField, "Field with names (labels on the map)");
    app->add_option("--code-field", options->codeField, "Field with codes");
    app->add_option("--population-field", options->populationField,
                    "Field with the population (of the joined file, if there is one)");
    app->add_option("--join", options->join, "Table (CSV) with the population of the boundaries, by code");
    app->add_option("--join-field", options->joinField, "Field of the joined table with the codes");
    app->add_option("--lookup", options->lookup, "Table (CSV) of codes of another year, such as lsoa11cd and lsoa21cd");
    app->add_option("--source-layer", options->sourceLayer, "Layer of a file that has several");
    app->add_option("--role", options->role, "How a map layer is drawn, where the guess is wrong")
        ->check(CLI::IsMember({"land", "water", "roads", "boundaries", "places", "picture"}));
    app->add_option("--licence", options->licence,
                    "Whose data it is, for the page: os-open, os-psga, ons, royal-mail, osm, ogl, none, or the line "
                    "itself; default: guessed from the names of file and layer");
    app->add_option("--licence-year", options->licenceYear, "Year of the data, for lines that have one");
    app->add_option("--licence-number", options->licenceNumber, "Number of the OS licence (os-psga)");
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
