// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "gis/sources/sources.h"

#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string project;
    gis::GeocodeLists lists;
    bool dryRun = false;
};

int run(const Options& given, const Console& console) {
    if (given.lists.empty())
        return console.fail(wrongUsage, "Name at least one list to look in: --postcodes, --uprns or --names.");
    const auto report = gis::geocodeProject(pathFromUtf8(given.project), given.lists, given.dryRun, console.task);
    if (!report) return console.fail(report.error());
    if (console.options.json) console.print(toJson(*report));
    console.say((given.dryRun ? "Would place " : "Placed ") + groupedCount(report->placedInAll()) + " of " +
                counted(report->unplaced, "incident", "incidents") + " without a position.");
    for (const auto& [level, count] : report->placed)
        console.say("  " + groupedCount(count) + " at " + std::string(keyOf(level)) + " level");
    if (report->withoutText > 0)
        console.say("  " + groupedCount(report->withoutText) + " say nothing of where they were");
    if (report->ambiguous > 0)
        console.say("  " + groupedCount(report->ambiguous) + " name a street or place that there are several of");
    if (report->unknown > 0) console.say("  " + groupedCount(report->unknown) + " are not in the lists");
    for (const auto& [text, count] : report->misses) console.say("    " + text + " (" + groupedCount(count) + ")");
    return done;
}

} // namespace

Command geocodeCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("geocode", "Find positions for incidents that came without one, offline");
    app->add_option("--project", options->project, "Project file")->required();
    app->add_option("--uprns", options->lists.uprns, "OS Open UPRN or another table with UPRNs, or a layer of places");
    app->add_option("--postcodes", options->lists.postcodes,
                    "Code-Point Open, ONSPD or another table with postcodes, or a layer of places");
    app->add_option("--names", options->lists.names, "Table or layer of places with names of streets and places");
    app->add_flag("--dry-run", options->dryRun, "Say what would be found; change nothing");
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
