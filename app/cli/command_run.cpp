// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/carry_out.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/question_options.h"
#include "core/base/text.h"
#include "gis/export/export.h"

#include <algorithm>
#include <fmt/format.h>
#include <memory>
#include <ostream>

namespace patchlight::cli {

namespace {

struct Options : Outputs {
    std::string analysis, project;
    std::vector<std::string> set, layout;
    QuestionOptions question;
};

void sayResult(const Console& console, const Result& result, const std::vector<std::string>& outputs) {
    const double share =
        result.incidents > 0 ? static_cast<double>(result.mapped) / static_cast<double>(result.incidents) : 0.0;
    const std::string mapped = result.incidentsShown == Shown::hidden
                                   ? counted(result.mapped, "incident", "incidents") + " mapped"
                                   : groupedCount(result.mapped) + " of " +
                                         counted(result.incidents, "incident", "incidents") + " mapped (" +
                                         percent(share) + ")";
    const std::string places = result.forPublic ? std::string{}
                                                : " at " + counted(result.places, "place", "places") + " (at most " +
                                                      groupedCount(result.largestStack) + " at one)";
    console.say(result.title + ": " + mapped + places + ", " + counted(result.areas.size(), "hotspot", "hotspots") +
                ".");
    console.say(result.method);
    if (!result.areas.empty())
        console.say(fmt::format("{:>4}  {:<44} {:>9} {:>8} {:>10} {:>7}", "#", "around", "incidents", "share",
                                "per km2", "PAI"));
    for (const HotspotArea& area : result.areas)
        console.say(hasFigure(area.shown) ? fmt::format("{:>4}  {:<44} {:>9} {:>8} {:>10} {:>7.1f}", area.rank,
                                                        area.name, groupedCount(area.incidents), percent(area.share),
                                                        readableNumber(area.densityPerKm2), area.pai)
                                          : fmt::format("{:>4}  {:<44} {:>9}", area.rank, area.name,
                                                        countText(area.incidents, area.shown, result)));
    for (const std::string& note : result.notes) console.say("note: " + note);
    for (const std::string& file : outputs) console.say("wrote " + file);
}

} // namespace

void DisclosureOptions::addTo(CLI::App& app) {
    app.add_option("--threshold", threshold,
                   "Counts from 1 to below it are not said, nor what would tell them; public: 5, internal: none");
    app.add_option("--round", round, "Round the other counts to multiples of this, 5 say; 0: not");
}

Expected<void> setDisclosure(Disclosure& disclosure, const DisclosureOptions& given, const Console& console) {
    if (!console.options.profile.empty())
        disclosure.profile = console.options.profile == "public" ? Profile::publicRelease : Profile::internal;
    if (given.threshold) disclosure.threshold = given.threshold;
    if (given.round) disclosure.roundTo = *given.round;
    return check(disclosure);
}

int carryOut(const LoadedProject& loaded, Recipe recipe, const Outputs& given, const Console& console) {
    if (auto set = setDisclosure(recipe.disclosure, given.disclosure, console); !set) return console.fail(set.error());
    const bool singleIncidents = !given.outIncidents.empty();
    if (singleIncidents && recipe.disclosure.profile == Profile::publicRelease)
        return console.fail(failed, "Not for the public (points): --out-incidents writes single incidents; leave it "
                                    "out or use --profile internal.");
    if (auto known = checkOutputs(loaded, given.out); !known) return console.fail(known.error());
    const auto answered = answer(loaded, std::move(recipe), console.task);
    if (!answered) return console.fail(answered.error());
    const auto leaving = outgoing(loaded, *answered, singleIncidents, console.task);
    if (!leaving) return console.fail(leaving.error());
    if (!given.out.empty() || singleIncidents)
        for (const Check& one : leaving->checks)
            console.say(fmt::format("{:<5} {:<17} {}", keyOf(one.state), one.id, one.text));
    for (const LeftOutPage& page : leaving->further.leftOut) console.say("left out: " + page.reason + ".");
    auto written = writeOutputs(loaded, *answered, *leaving, given.out, console.task);
    if (!written) return console.fail(written.error());
    std::vector<std::string> outputs = std::move(*written);
    if (singleIncidents) {
        if (auto kept =
                gis::writeIncidents(leaving->result(), *loaded.table, loaded.crs, pathFromUtf8(given.outIncidents));
            !kept)
            return console.fail(kept.error());
        outputs.push_back(given.outIncidents);
    }
    // A project on a read-only share cannot have a record; the outputs are made all the same.
    if (auto kept = recordOutputs(loaded, *leaving, outputs); !kept && !console.options.quiet)
        console.err << "patchlight-cli: The project has no record of this export: " << kept.error().message << '\n';
    if (console.options.json) {
        nlohmann::json object = toJson(leaving->result());
        object["outputs"] = outputs;
        object["checks"] = toJson(leaving->checks);
        if (given.again) object["differences"] = answered->differences;
        console.print(object);
    }
    sayResult(console, leaving->result(), outputs);
    return done;
}

namespace {

int run(const Options& given, const Console& console) {
    auto recipe = recipeFor(given.analysis, given.set);
    if (!recipe) return console.fail(wrongUsage, recipe.error().message);
    const Analysis* analysis = findAnalysis(given.analysis);
    const auto specs = analysis->parameters();
    const bool hasSeed =
        std::any_of(specs.begin(), specs.end(), [](const ParameterSpec& spec) { return spec.key == "seed"; });
    if (hasSeed && console.options.seed && !recipe->parameters.contains("seed"))
        recipe->parameters["seed"] = *console.options.seed;
    const auto layout = keyValues(given.layout, "--layout");
    if (!layout) return console.fail(wrongUsage, layout.error().message);
    for (const auto& [key, value] : *layout) {
        if (key == "house") {
            auto house = paint::readHouseStyle(pathFromUtf8(value));
            if (!house) return console.fail(house.error());
            recipe->layout.house = std::move(*house);
            continue;
        }
        if (auto set = setLayout(recipe->layout, key, value); !set)
            return console.fail(isLayoutKey(key) ? failed : wrongUsage, set.error().message);
    }
    if (auto set = setDisclosure(recipe->disclosure, given.disclosure, console); !set) return console.fail(set.error());
    const auto loaded = loadProject(pathFromUtf8(given.project), console.task);
    if (!loaded) return console.fail(loaded.error());
    if (auto filled = given.question.fill(*recipe, periodOf(*loaded->table)); !filled)
        return console.fail(filled.error());
    return carryOut(*loaded, std::move(*recipe), given, console);
}

} // namespace

Command runCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("run", "Run an analysis and write maps, tables and data");
    app->add_option("analysis", options->analysis, "Analysis, see \"analyses\"")->required();
    app->add_option("--project", options->project, "Project file")->required();
    options->question.addTo(*app);
    app->add_option("--set", options->set, "A parameter, key=value");
    app->add_option(
        "--layout", options->layout,
        "A text of the page, key=value: title, subtitle, marking, template, paper, dpi, author, date, house (a "
        "JSON file with organisation, font, ink, accent, logo)");
    app->add_option(
        "--out", options->out,
        "Output, chosen by its ending: .tif .gpkg .geojson .kml .csv .xlsx .pdf .png .svg .docx .pptx .json");
    app->add_option("--out-incidents", options->outIncidents,
                    "The incidents that counted and their hotspot, .csv or .gpkg");
    options->disclosure.addTo(*app);
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
