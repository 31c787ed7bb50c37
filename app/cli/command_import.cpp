// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "gis/crs/crs.h"
#include "gis/sources/database.h"
#include "gis/sources/sources.h"

#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string project, mapping, crs, dates, sourceLayer, sql, where, dateField, from, to;
    std::vector<std::string> inputs;
    bool update = false, keepBoth = false, dryRun = false;
};

Expected<ImportOptions> importOptions(const Options& given) {
    ImportOptions options{.update = given.update, .keepBoth = given.keepBoth, .dryRun = given.dryRun};
    if (!given.mapping.empty()) {
        auto mapping = readJson(pathFromUtf8(given.mapping));
        if (!mapping) return fail(mapping.error());
        options.mapping = std::move(*mapping);
    }
    if (!given.crs.empty()) {
        std::string_view text = given.crs;
        if (equalIgnoringCase(text.substr(0, 5), "EPSG:")) text.remove_prefix(5);
        const auto code = parseInteger(text);
        if (!code || *code <= 0 || *code > 1'000'000)
            return fail(ErrorCode::invalidParameter,
                        "--crs must be an EPSG code like EPSG:27700, not \"" + given.crs + "\".", "--crs");
        options.crsEpsg = static_cast<int>(*code);
    }
    if (!given.dates.empty()) {
        const auto order = dateOrderOf(given.dates);
        if (!order)
            return fail(ErrorCode::invalidParameter,
                        "--dates must be day-first or month-first, not \"" + given.dates + "\".", "--dates");
        options.dates = *order;
    }
    return options;
}

void sayReport(const Console& console, const ImportReport& report, const std::vector<std::string>& skipped,
               bool dryRun) {
    const double share =
        report.stored > 0 ? static_cast<double>(report.mapped) / static_cast<double>(report.stored) : 0.0;
    console.say((dryRun ? "Nothing written (dry run): " : "Imported ") + counted(report.read, "row", "rows") + ", " +
                groupedCount(report.stored) + " stored, " + groupedCount(report.mapped) + " mapped (" + percent(share) +
                ") in " + fixedDecimal(report.seconds, 1) + " s.");
    for (const DatasetInfo& dataset : report.datasets)
        console.say("  " + dataset.name + ": " + counted(dataset.read, "row", "rows") + ", " +
                    groupedCount(dataset.mapped) + " mapped");
    for (const Finding& finding : report.findings) {
        std::string line = "  note: " + finding.message + " (" + groupedCount(finding.count) + ")";
        if (!finding.rows.empty()) line += ", first in row " + std::to_string(finding.rows.front());
        if (!finding.dataset.empty()) line += " of " + finding.dataset;
        console.say(line);
    }
    for (const std::string& name : skipped) console.say("  left out: " + name);
    for (const std::string& note : report.notes) console.say("  " + note);
}

/// A day of an option; nothing where it was not given.
Expected<std::optional<LocalDay>> dayOf(const std::string& text, const std::string& option, bool isEnd) {
    if (text.empty()) return std::optional<LocalDay>{};
    if (const auto day = parseIsoDay(text, isEnd)) return day;
    return fail(ErrorCode::invalidParameter,
                option + " must be a date like 2025-07-14 or 2025-07, not \"" + text + "\".", option);
}

Expected<gis::Extracts> openInputs(const Options& given) {
    const auto first = dayOf(given.from, "--from", false), last = dayOf(given.to, "--to", true);
    if (!first) return fail(first.error());
    if (!last) return fail(last.error());
    std::vector<std::filesystem::path> files;
    std::vector<ExtractSource> tables;
    for (const std::string& input : given.inputs) {
        if (!gis::isDatabase(input)) {
            files.push_back(pathFromUtf8(input));
            continue;
        }
        auto table = gis::openDatabase({input, given.sql.empty() ? given.sourceLayer : std::string{}, given.sql,
                                        given.where, given.dateField, *first, *last});
        if (!table) return fail(table.error());
        tables.push_back(std::move(*table));
    }
    if (!files.empty() && (*first || *last || !(given.sql + given.where + given.dateField).empty()))
        return fail(ErrorCode::invalidParameter,
                    "--sql, --where, --date-field, --from and --to are for a database (PG:... or postgresql://...); "
                    "leave them out for files.",
                    "--where");
    auto extracts = gis::openExtracts(files, given.sourceLayer);
    if (!extracts) return extracts;
    for (ExtractSource& table : tables) extracts->sources.push_back(std::move(table));
    return extracts;
}

int run(const Options& given, const Console& console) {
    const auto options = importOptions(given);
    if (!options) return console.fail(options.error());
    auto extracts = openInputs(given);
    if (!extracts) return console.fail(extracts.error());
    const auto report = importExtracts(pathFromUtf8(given.project), std::move(extracts->sources),
                                       gis::projectorFactory(), *options, console.task);
    if (!report) {
        Error error = report.error();
        if (error.code == ErrorCode::refused) error.message += " The options are --update and --keep-both.";
        if (error.subject == "dates") error.message += " The option is --dates.";
        return console.fail(error);
    }
    if (console.options.json) {
        nlohmann::json object = toJson(*report);
        object["skipped"] = extracts->skipped;
        console.print(object);
    }
    sayReport(console, *report, extracts->skipped, given.dryRun);
    return done;
}

} // namespace

Command importCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("import", "Import extracts into a project (made if it is not there)");
    app->add_option("--project", options->project, "Project file, NAME.gpkg")->required();
    app->add_option(
           "inputs", options->inputs,
           "Files (CSV, XLSX, ODS, GeoPackage, Shapefile, GeoJSON, FlatGeobuf, KML, .gdb), folders of months, or ZIPs "
           "as downloaded; or a database: PG:dbname=... or postgresql://user@host/database")
        ->required();
    app->add_option("--mapping", options->mapping, "Column mapping (JSON) instead of guessing");
    app->add_option("--crs", options->crs, "CRS of the source's coordinates, EPSG:n");
    app->add_option("--dates", options->dates, "Order of dates in numbers: day-first or month-first");
    app->add_option("--source-layer", options->sourceLayer,
                    "Layer or sheet of a file that has several (else all); schema.table of a database");
    app->add_option("--sql", options->sql, "Query in the place of a table of a database");
    app->add_option("--where", options->where, "Condition that the database's rows must meet, in its SQL");
    app->add_option("--date-field", options->dateField, "Column of a database that --from and --to are about");
    app->add_option("--from", options->from, "First day to take from a database");
    app->add_option("--to", options->to, "Last day to take from a database");
    auto* update = app->add_flag("--update", options->update, "Replace known months of a known source");
    app->add_flag("--keep-both", options->keepBoth, "Keep known months beside the new ones")->excludes(update);
    app->add_flag("--dry-run", options->dryRun, "Say what would be imported; write nothing");
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
