// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "core/base/text.h"
#include "gis/export/export.h"
#include "gis/sources/sources.h"

#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string project, table;
    std::vector<std::string> set, sensitive, notSensitive, outputs;
    bool forget = false;
};

/// "Rowdy behaviour=ASB;ASB nuisance" as a table of one row.
Expected<CategoryTable> groupsToldOf(const std::string& text) {
    const std::size_t equals = text.rfind('=');
    if (equals == std::string::npos || equals == 0)
        return fail(ErrorCode::invalidParameter,
                    "--set takes WORDING=GROUP;GROUP (nothing behind the = for no group), not \"" + text + "\".",
                    "--set");
    return categoryTableFrom({"wording", "groups"}, {{text.substr(0, equals), text.substr(equals + 1)}});
}

/// What the options change, one after the other. errors: as readCategoryTable, invalidParameter
Expected<std::vector<CategoryEntry>> changed(std::vector<CategoryEntry> own, const Options& given) {
    if (given.forget) own.clear();
    if (!given.table.empty()) {
        auto extracts = gis::openExtracts({pathFromUtf8(given.table)});
        if (!extracts) return fail(extracts.error());
        for (ExtractSource& source : extracts->sources) {
            const auto table = readCategoryTable(std::move(source));
            if (!table) return fail(table.error());
            own = withTable(std::move(own), *table);
        }
    }
    for (const std::string& text : given.set) {
        const auto table = groupsToldOf(text);
        if (!table) return fail(table.error());
        own = withTable(std::move(own), *table);
    }
    for (const auto& [wordings, word] : {std::pair{&given.sensitive, "yes"}, std::pair{&given.notSensitive, "no"}})
        for (const std::string& wording : *wordings) {
            const auto table = categoryTableFrom({"wording", "sensitive"}, {{wording, word}});
            if (!table) return fail(table.error());
            own = withTable(std::move(own), *table);
        }
    return own;
}

nlohmann::json jsonOf(const std::string& wording, std::size_t count, const CategoryMeaning* meaning) {
    nlohmann::json object{{"wording", wording}, {"incidents", count}, {"known", meaning != nullptr}};
    object["groups"] = meaning ? meaning->groups : std::vector<std::string>{};
    object["sensitive"] = meaning && meaning->sensitive;
    object["harm"] = meaning && meaning->harm ? nlohmann::json(*meaning->harm) : nlohmann::json(nullptr);
    return object;
}

void sayCategories(const Console& console, const IncidentTable& table) {
    for (const CategoryCount& category : categoriesOf(table)) {
        if (category.name.empty()) continue;
        const CategoryMeaning* meaning = table.categories.find(category.name);
        std::string line = "  " + category.name + " (" + groupedCount(category.count) + "): ";
        if (!meaning)
            line += "unknown, in no group";
        else
            line += meaning->groups.empty() ? "in no group" : listed(meaning->groups);
        if (meaning && meaning->sensitive) line += "; sensitive";
        if (meaning && meaning->harm) line += "; harm " + shortestDecimal(*meaning->harm);
        console.say(line);
    }
    const auto unknown = unknownCategories(table);
    console.say(unknown.empty() ? "Every category is in a list."
                                : counted(unknown.size(), "category is", "categories are") +
                                      " unknown: say what they stand for with --set \"" + unknown.front().name +
                                      "=ASB\" or --table.");
}

int run(const Options& given, const Console& console) {
    const auto path = pathFromUtf8(given.project);
    const bool changes = given.forget || !given.table.empty() || !given.set.empty() || !given.sensitive.empty() ||
                         !given.notSensitive.empty();
    if (changes) {
        auto project = Project::open(path);
        if (!project) return console.fail(project.error());
        auto own = project->categories();
        if (!own) return console.fail(own.error());
        const auto wanted = changed(std::move(*own), given);
        if (!wanted) return console.fail(wanted.error());
        if (const auto set = project->setCategories(*wanted); !set) return console.fail(set.error());
    }
    const auto loaded = loadProject(path, console.task);
    if (!loaded) return console.fail(loaded.error());
    const IncidentTable& table = *loaded->table;
    for (const std::string& output : given.outputs)
        if (const auto written = gis::writeCategories(table.categories, categoriesOf(table), pathFromUtf8(output));
            !written)
            return console.fail(written.error());
    if (console.options.json) {
        nlohmann::json object{{"categories", nlohmann::json::array()}, {"groups", nlohmann::json::array()}};
        for (const CategoryCount& category : categoriesOf(table))
            if (!category.name.empty())
                object["categories"].push_back(
                    jsonOf(category.name, category.count, table.categories.find(category.name)));
        for (const CategoryCount& group : groupsOf(table))
            object["groups"].push_back({{"name", group.name}, {"incidents", group.count}});
        object["outputs"] = given.outputs;
        console.print(object);
    }
    sayCategories(console, table);
    return done;
}

} // namespace

Command categoriesCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("categories", "Say and change what the sources' categories stand for");
    app->add_option("--project", options->project, "Project file")->required();
    app->add_option("--set", options->set, "WORDING=GROUP;GROUP: the groups that a category belongs to");
    app->add_option("--sensitive", options->sensitive, "A category that must not be shown as points or in small areas");
    app->add_option("--not-sensitive", options->notSensitive, "A category that may");
    app->add_option("--table", options->table,
                    "Table (CSV, XLSX, ODS) with the columns wording and groups, sensitive or harm (a weight)");
    app->add_flag("--forget", options->forget, "Take the project's own meanings away first; the shipped lists stay");
    app->add_option("--out", options->outputs, "All categories as such a table, .csv");
    return {app, [options](const Console& console) { return run(*options, console); }};
}

} // namespace patchlight::cli
