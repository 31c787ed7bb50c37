// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "core/quality/quality.h"
#include "gis/export/export.h"

#include <algorithm>
#include <memory>

namespace patchlight::cli {

namespace {

struct QualityOptions {
    std::string project, finding, dataset;
    std::vector<std::string> outputs;
};

/// The rows of one finding instead of the report.
int findingRows(const QualityOptions& given, const LoadedProject& loaded, const std::vector<Finding>& findings,
                const Console& console) {
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.kind == given.finding && (given.dataset.empty() || finding.dataset == given.dataset);
    });
    if (found == findings.end()) {
        std::vector<std::string> kinds;
        for (const Finding& finding : findings)
            if (std::find(kinds.begin(), kinds.end(), finding.kind) == kinds.end()) kinds.push_back(finding.kind);
        return console.fail(failed, "There is no finding \"" + given.finding + "\"" +
                                        (given.dataset.empty() ? "" : " of " + given.dataset) +
                                        (kinds.empty() ? "." : "; there are " + listed(kinds) + "."));
    }
    const auto rows = rowsOf(*found, loaded.project, *loaded.table);
    if (!rows) return console.fail(rows.error());
    for (const std::string& output : given.outputs)
        if (const auto written = gis::writeFindingRows(*rows, pathFromUtf8(output)); !written)
            return console.fail(written.error());
    if (console.options.json)
        console.print({{"kind", found->kind},
                       {"dataset", found->dataset},
                       {"count", found->count},
                       {"header", rows->header},
                       {"rows", rows->rows},
                       {"outputs", given.outputs}});
    console.say(found->dataset + ": " + found->message + " (" + groupedCount(found->count) + ")");
    return done;
}

int quality(const QualityOptions& given, const Console& console) {
    const auto loaded = loadProject(pathFromUtf8(given.project), console.task);
    if (!loaded) return console.fail(loaded.error());
    const auto datasets = loaded->project.datasets();
    if (!datasets) return console.fail(datasets.error());
    auto findings = loaded->project.findings();
    if (!findings) return console.fail(findings.error());
    if (!given.finding.empty()) return findingRows(given, *loaded, *findings, console);
    const QualityReport report = qualityOf(*loaded->table, *datasets, std::move(*findings));
    const std::string title = "Data quality of " + utf8Text(pathFromUtf8(given.project).stem());
    for (const std::string& output : given.outputs)
        if (const auto written = gis::writeQuality(report, title, pathFromUtf8(output)); !written)
            return console.fail(written.error());
    if (console.options.json) {
        nlohmann::json object = toJson(report);
        object["outputs"] = given.outputs;
        console.print(object);
    }
    for (const std::string& line : summaryOf(report)) console.say(line);
    for (const Finding& finding : report.findings)
        console.say("  " + finding.dataset + ": " + finding.message + " (" + groupedCount(finding.count) + ")");
    return done;
}

struct RemoveOptions {
    std::string project, dataset;
};

int removeOne(const RemoveOptions& given, const Console& console) {
    const auto removed = removeDataset(pathFromUtf8(given.project), given.dataset, console.task);
    if (!removed) return console.fail(removed.error());
    if (console.options.json) console.print({{"dataset", given.dataset}, {"removed", *removed}});
    console.say("Removed " + given.dataset + ", " + counted(*removed, "row", "rows") + ".");
    return done;
}

} // namespace

Command qualityCommand(CLI::App& program) {
    auto options = std::make_shared<QualityOptions>();
    CLI::App* app = program.add_subcommand("quality", "Say how good the data are: mapped share, coverage, findings");
    app->add_option("--project", options->project, "Project file")->required();
    app->add_option("--out", options->outputs, "Report to write: .html, .csv or .json");
    auto* finding = app->add_option("--finding", options->finding,
                                    "The rows of this kind of finding with their source's text (--out FILE.csv)");
    app->add_option("--dataset", options->dataset, "... of this dataset; else the first that has it")->needs(finding);
    return {app, [options](const Console& console) { return quality(*options, console); }};
}

Command removeCommand(CLI::App& program) {
    auto options = std::make_shared<RemoveOptions>();
    CLI::App* app = program.add_subcommand("remove", "Take a dataset out of a project, whole");
    app->add_option("--project", options->project, "Project file")->required();
    app->add_option("--dataset", options->dataset, "Its name, as info says it")->required();
    return {app, [options](const Console& console) { return removeOne(*options, console); }};
}

} // namespace patchlight::cli
