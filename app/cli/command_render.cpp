// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batch.h"
#include "app/cli/carry_out.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/question_options.h"
#include "core/base/text.h"
#include "gis/layout/recipe_in.h"

#include <array>
#include <memory>

namespace patchlight::cli {

namespace {

struct Options : Outputs {
    std::vector<std::string> recipes, layout, formats;
    std::string project, from, to, compare, folder;
    std::string area; ///< where the study area's file lies now
};

/// The project a recipe is for when none is named: the only one in the recipe's folder.
Expected<std::filesystem::path> projectBeside(const std::filesystem::path& recipe) {
    std::vector<std::filesystem::path> found;
    std::error_code problem;
    const auto folder = recipe.has_parent_path() ? recipe.parent_path() : std::filesystem::path(".");
    for (const auto& entry : std::filesystem::directory_iterator(folder, problem))
        if (entry.path().extension() == ".gpkg" && entry.path().filename() != recipe.filename())
            found.push_back(entry.path());
    if (found.size() == 1) return found.front();
    return fail(ErrorCode::fileNotFound,
                found.empty() ? "There is no project beside the recipe; name it with --project."
                              : "There are several .gpkg files beside the recipe; name the project with --project.",
                "--project");
}

CompareWith compareOf(const std::string& text) {
    if (text == "previous") return CompareWith::previous;
    if (text == "year") return CompareWith::year;
    return text == "none" ? CompareWith::nothing : CompareWith::asBefore;
}

Expected<void> setTexts(LayoutSpec& layout, const std::vector<std::pair<std::string, std::string>>& texts) {
    for (const auto& [key, value] : texts)
        if (auto set = setLayout(layout, key, value); !set) return set;
    return {};
}

int renderOne(const LoadedProject& loaded, const Batch& batch, const Options& given, const Console& console) {
    auto recipe = paint::recipeIn(pathFromUtf8(given.recipes.front()));
    if (!recipe) return console.fail(recipe.error());
    auto asked = batch.period ? Expected<Recipe>(forPeriod(std::move(*recipe), *batch.period, batch.compare))
                              : comparedWith(std::move(*recipe), batch.compare);
    if (!asked) return console.fail(asked.error());
    if (auto set = setTexts(asked->layout, batch.layout); !set) return console.fail(set.error());
    findAreaFile(*asked, given.recipes.front(), batch.area, loaded.project.path());
    Outputs outputs = given;
    outputs.again = true;
    return carryOut(loaded, std::move(*asked), outputs, console);
}

nlohmann::json jsonOf(const HotspotChange& change) {
    nlohmann::json object{{"hotspot_is", wordsOf(change.fate)},
                          {"name", change.name},
                          {"before", change.before},
                          {"now", change.now},
                          {"merged", change.merged},
                          {"split", change.split}};
    if (change.rankNow) object["rank_now"] = *change.rankNow;
    if (change.rankBefore) object["rank_before"] = *change.rankBefore;
    if (change.probability) object["p_adjusted"] = *change.probability;
    return object;
}

nlohmann::json jsonOf(const BatchItem& item) {
    nlohmann::json object{{"recipe", item.recipe}, {"outputs", item.outputs}};
    if (!item.problem.empty()) {
        object["problem"] = item.problem;
        return object;
    }
    object["differences"] = item.differences;
    object["notes"] = item.notes;
    object["hotspots"] = nlohmann::json::array();
    for (const HotspotChange& change : item.changes.changes) object["hotspots"].push_back(jsonOf(change));
    if (!item.changes.problem.empty()) object["not_compared"] = item.changes.problem;
    return object;
}

void say(const Console& console, const BatchItem& item) {
    if (!item.problem.empty()) return console.say(item.recipe + " failed: " + item.problem);
    console.say(item.stem + ":");
    for (const std::string& difference : item.differences) console.say("  data: " + difference);
    if (!item.changes.problem.empty()) console.say("  " + item.changes.problem);
    for (const HotspotChange& change : item.changes.changes)
        console.say("  " + change.name + ": " + std::string(wordsOf(change.fate)) + " (" + groupedCount(change.before) +
                    " to " + groupedCount(change.now) + ")");
    for (const std::string& file : item.outputs) console.say("  wrote " + file);
}

int renderAll(const LoadedProject& loaded, const Batch& batch, const Console& console) {
    const auto items = carryOut(loaded, batch, console);
    if (!items) return console.fail(items.error());
    const auto summary = writeSummary(batch, *items);
    if (!summary) return console.fail(summary.error());
    std::vector<std::string> problems;
    for (const BatchItem& item : *items) {
        say(console, item);
        if (!item.problem.empty()) problems.push_back(item.problem);
    }
    for (const std::string& file : *summary) console.say("wrote " + file);
    if (console.options.json) {
        nlohmann::json object{{"recipes", nlohmann::json::array()}, {"outputs", *summary}};
        for (const BatchItem& item : *items) object["recipes"].push_back(jsonOf(item));
        console.print(object);
    }
    if (problems.empty()) return done;
    return console.fail(failed, groupedCount(problems.size()) + " of " + counted(items->size(), "recipe", "recipes") +
                                    " failed: " + problems.front() +
                                    (problems.size() > 1 ? " The others are in the summary." : ""));
}

int render(const Options& given, const Console& console) {
    const bool together = !given.folder.empty();
    if (together == !given.out.empty())
        return console.fail(wrongUsage, "Say where to write: --out FILE for one recipe, or --out-folder and --format.");
    if (together == given.formats.empty()) return console.fail(wrongUsage, "--out-folder and --format go together.");
    if (!together && given.recipes.size() > 1)
        return console.fail(wrongUsage, "Several recipes are written with --out-folder and --format.");
    const auto layout = keyValues(given.layout, "--layout");
    if (!layout) return console.fail(wrongUsage, layout.error().message);
    LayoutSpec tried;
    if (auto set = setTexts(tried, *layout); !set) return console.fail(set.error());
    auto project = given.project.empty() ? projectBeside(pathFromUtf8(given.recipes.front()))
                                         : Expected<std::filesystem::path>(pathFromUtf8(given.project));
    // A file that is no recipe is said before a project that is missing.
    if (!together)
        if (const auto recipe = paint::recipeIn(pathFromUtf8(given.recipes.front())); !recipe)
            return console.fail(recipe.error());
    if (!project) return console.fail(project.error());
    const auto loaded = loadProject(*project, console.task);
    if (!loaded) return console.fail(loaded.error());
    const auto period = periodBetween(given.from, given.to, "--", periodOf(*loaded->table));
    if (!period) return console.fail(period.error());
    const Batch batch{given.recipes,    *period,       compareOf(given.compare),
                      *layout,          given.formats, pathFromUtf8(given.folder),
                      given.disclosure, given.area};
    return together ? renderAll(*loaded, batch, console) : renderOne(*loaded, batch, given, console);
}

} // namespace

Command renderCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand(
        "render", "Make again what recipes describe, or next month's set of them with a summary of what changed");
    app->add_option("--recipe", options->recipes,
                    "Recipe: a .json, or any export that carries one (.pdf .png .svg .docx .pptx .geojson .kml .gpkg "
                    ".tif .xlsx); "
                    "several with --out-folder")
        ->required();
    app->add_option("--project", options->project, "Project file; default: the one beside the recipe");
    app->add_option("--out", options->out, "Output of one recipe, chosen by its ending");
    app->add_option("--out-folder", options->folder,
                    "Folder for one file a recipe and format, named as the recipe, with summary.pdf and summary.csv: "
                    "which hotspots are new, gone, grown, shrunk or about the same");
    app->add_option("--format", options->formats, "Endings of the files in --out-folder: pdf,png,xlsx")->delimiter(',');
    app->add_option("--from", options->from, "First day of another period, 2025-08-01, or month, 2025-08");
    app->add_option("--to", options->to, "Its last day, included; of a month its last");
    app->add_option("--compare", options->compare,
                    "Compare with the period before, the same period a year before, or none; default: as the recipe "
                    "did")
        ->check(CLI::IsMember({"previous", "year", "none"}));
    app->add_option("--layout", options->layout, "A text of every page, key=value, as of run");
    app->add_option("--area", options->area,
                    "The study area's file; default: as the recipe names it, here, beside it or beside the project");
    options->disclosure.addTo(*app);
    return {app, [options](const Console& console) { return render(*options, console); }};
}

} // namespace patchlight::cli
