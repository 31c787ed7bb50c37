// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "core/geocode/geocode.h"
#include "gis/crs/crs.h"
#include "gis/sources/sources.h"

#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string project;
    std::vector<std::string> uprns, postcodes, names;
    bool dryRun = false;
};

/// Entries of a file, or of a layer of places in the project.
Expected<std::vector<GazetteerEntry>> entriesOf(const std::string& from, GazetteerKind kind, const Project& project,
                                                std::span<const UnplacedIncident> incidents, const TaskContext& task) {
    std::error_code ignored;
    if (std::filesystem::exists(pathFromUtf8(from), ignored)) {
        auto extracts = gis::openExtracts({pathFromUtf8(from)});
        if (!extracts) return fail(extracts.error());
        std::vector<GazetteerEntry> entries;
        for (ExtractSource& source : extracts->sources) {
            auto read = readGazetteer(std::move(source), kind, gis::projectorFactory(), *project.crs(),
                                      wantedTexts(incidents, kind), task);
            if (!read) return fail(read.error());
            entries.insert(entries.end(), std::make_move_iterator(read->begin()), std::make_move_iterator(read->end()));
        }
        return entries;
    }
    const auto places = project.places(from);
    if (!places) return fail(places.error());
    if (places->empty())
        return fail(ErrorCode::invalidParameter,
                    "\"" + from +
                        "\" is neither a file nor a layer of places in the project; add one with layer --as places.",
                    from);
    std::vector<GazetteerEntry> entries;
    for (const PlaceFeature& place : *places) {
        const bool byCode = kind != GazetteerKind::name && !place.code.empty();
        entries.push_back({byCode ? place.code : place.name, place.point});
    }
    return entries;
}

Expected<GeocodeReport> geocode(const Options& given, const TaskContext& task) {
    const auto path = pathFromUtf8(given.project);
    std::vector<UnplacedIncident> incidents;
    std::vector<Gazetteer> gazetteers;
    {
        const auto project = Project::open(path, OpenMode::readOnly);
        if (!project) return fail(project.error());
        auto unplaced = project->unplaced(task);
        if (!unplaced) return fail(unplaced.error());
        incidents = std::move(*unplaced);
        for (const auto& [kind, lists] :
             {std::pair{GazetteerKind::uprn, &given.uprns}, std::pair{GazetteerKind::postcode, &given.postcodes},
              std::pair{GazetteerKind::name, &given.names}}) {
            std::vector<GazetteerEntry> entries;
            for (const std::string& list : incidents.empty() ? std::vector<std::string>{} : *lists) {
                auto read = entriesOf(list, kind, *project, incidents, task);
                if (!read) return fail(read.error());
                entries.insert(entries.end(), read->begin(), read->end());
            }
            if (!lists->empty()) gazetteers.emplace_back(kind, entries);
        }
    }
    GeocodeReport report;
    const auto placements = placementsOf(incidents, gazetteers, report);
    if (given.dryRun || placements.empty()) return report;
    auto transaction = ImportTransaction::begin(path);
    if (!transaction) return fail(transaction.error());
    return transaction->place(placements).and_then([&] { return transaction->commit(task); }).map([&] {
        return report;
    });
}

int run(const Options& given, const Console& console) {
    if (given.uprns.empty() && given.postcodes.empty() && given.names.empty())
        return console.fail(wrongUsage, "Name at least one list to look in: --postcodes, --uprns or --names.");
    const auto report = geocode(given, console.task);
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
    app->add_option("--uprns", options->uprns, "OS Open UPRN or another table with UPRNs, or a layer of places");
    app->add_option("--postcodes", options->postcodes,
                    "Code-Point Open, ONSPD or another table with postcodes, or a layer of places");
    app->add_option("--names", options->names, "Table or layer of places with names of streets and places");
    app->add_flag("--dry-run", options->dryRun, "Say what would be found; change nothing");
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
