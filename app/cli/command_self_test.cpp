// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/sources/sample.h"

#include <chrono>
#include <memory>

namespace patchlight::cli {

namespace {

namespace fs = std::filesystem;

int makeSample(const std::string& path, const Console& console) {
    if (auto made = gis::createSampleProject(pathFromUtf8(path), console.task); !made)
        return console.fail(made.error());
    if (console.options.json) console.print({{"project", path}});
    console.say("Made the sample project " + path + ".");
    return done;
}

/// Makes the sample, maps it, writes the page; leaves nothing behind unless a folder is named.
Expected<std::vector<std::string>> carryOut(const fs::path& folder, const TaskContext& task) {
    const fs::path project = folder / "sample.gpkg";
    if (auto made = gis::createSampleProject(project, task); !made) return fail(made.error());
    const auto loaded = loadProject(project, task);
    if (!loaded) return fail(loaded.error());
    Recipe recipe;
    recipe.analysis = "kernel-density";
    recipe.filter.categories = {"Anti-social behaviour"};
    const auto answered = answer(*loaded, std::move(recipe), task);
    if (!answered) return fail(answered.error());
    const std::vector<std::string> files{utf8Text(folder / "sample-map.pdf"), utf8Text(folder / "sample-map.png"),
                                         utf8Text(folder / "sample-hotspots.gpkg")};
    const auto leaving = outgoing(*loaded, *answered, false, task);
    if (!leaving) return fail(leaving.error());
    if (auto written = writeOutputs(*loaded, *answered, *leaving, files, task); !written) return fail(written.error());
    return files;
}

int selfTest(const std::string& keep, const Console& console) {
    const auto stamp = std::chrono::steady_clock::now().time_since_epoch().count();
    const fs::path folder = keep.empty() ? fs::temp_directory_path() / ("patchlight-self-test-" + std::to_string(stamp))
                                         : pathFromUtf8(keep);
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem)
        return console.fail(failed, "Cannot make the folder " + utf8Text(folder) + " (" + problem.message() + ").");
    fs::remove(folder / "sample.gpkg", problem);
    const auto files = carryOut(folder, console.task);
    if (keep.empty()) fs::remove_all(folder, problem);
    if (!files) return console.fail(files.error());
    const auto grid = gis::ostn15Grid();
    if (console.options.json)
        console.print({{"data", utf8Text(gis::dataFolder())},
                       {"ostn15", grid ? nlohmann::json(utf8Text(*grid)) : nlohmann::json(nullptr)},
                       {"outputs", keep.empty() ? std::vector<std::string>{} : *files}});
    console.say("Data folder: " + utf8Text(gis::dataFolder()));
    console.say(grid ? "OSTN15 grid: " + utf8Text(*grid)
                     : std::string("OSTN15 grid: not found; positions from longitude and latitude are up to 4 m off."));
    console.say("Sample imported, mapped and exported: all well.");
    if (!keep.empty())
        for (const std::string& file : *files) console.say("wrote " + file);
    return done;
}

} // namespace

Command sampleCommand(CLI::App& program) {
    auto project = std::make_shared<std::string>();
    CLI::App* app = program.add_subcommand("sample", "Make the sample project: a synthetic town, no real incident");
    app->add_option("--project", *project, "Project file to make")->required();
    return {app, [project](const Console& console) { return makeSample(*project, console); }};
}

Command selfTestCommand(CLI::App& program) {
    auto keep = std::make_shared<std::string>();
    CLI::App* app = program.add_subcommand("self-test", "Find the program's data, open the sample, render a map");
    app->add_option("--keep", *keep, "Folder for the sample project and its maps; default: nothing is kept");
    return {app, [keep](const Console& console) { return selfTest(*keep, console); }};
}

} // namespace patchlight::cli
