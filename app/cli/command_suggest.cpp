// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/answer.h"
#include "app/cli/command_line.h"
#include "app/cli/commands.h"
#include "app/cli/question_options.h"
#include "core/base/text.h"
#include "core/workspace/question.h"
#include "gis/sources/sources.h"

#include <memory>

namespace patchlight::cli {

namespace {

struct Options {
    std::string analysis, project;
    std::vector<std::string> set;
    bool further = false;
    QuestionOptions question;
};

Expected<std::vector<Suggestion>> suggestionsFor(const Analysis& analysis, const AnalysisInput& input, bool further,
                                                 const TaskContext& task) {
    auto suggestions = analysis.suggest(input);
    if (!suggestions || !further || !analysis.suggestFurther) return suggestions;
    auto more = analysis.suggestFurther(input, task);
    if (!more) return more;
    suggestions->insert(suggestions->end(), more->begin(), more->end());
    return suggestions;
}

int suggest(const Options& given, const Console& console) {
    auto recipe = recipeFor(given.analysis, given.set);
    if (!recipe) return console.fail(wrongUsage, recipe.error().message);
    const Analysis* analysis = findAnalysis(given.analysis);
    const auto loaded = loadProject(pathFromUtf8(given.project), console.task);
    if (!loaded) return console.fail(loaded.error());
    if (auto filled = given.question.fill(*recipe, periodOf(*loaded->table)); !filled)
        return console.fail(filled.error());
    auto area = gis::resolveStudyArea(recipe->area, loaded->project);
    if (!area) return console.fail(area.error());
    AnalysisInput input{loaded->table, recipe->filter, recipe->comparison, *area, recipe->parameters, {}, {}};
    if (auto named = loadNamed(input, *analysis, loaded->project, console.task); !named)
        return console.fail(named.error());
    const auto suggestions = suggestionsFor(*analysis, input, given.further, console.task);
    if (!suggestions) return console.fail(suggestions.error());
    if (console.options.json) {
        nlohmann::json list = nlohmann::json::array();
        for (const Suggestion& each : *suggestions)
            list.push_back({{"key", each.key},
                            {"value", each.value ? nlohmann::json(*each.value) : nlohmann::json(nullptr)},
                            {"rule", each.name},
                            {"reason", each.reason}});
        console.print(list);
    }
    for (const Suggestion& each : *suggestions)
        console.say(each.key + "=" + (each.value ? shortestDecimal(*each.value) : "none") +
                    (each.name.empty() ? "  " : "  " + each.name + ": ") + each.reason);
    return done;
}

} // namespace

Command suggestCommand(CLI::App& program) {
    auto options = std::make_shared<Options>();
    CLI::App* app = program.add_subcommand("suggest", "Suggest values for an analysis's open parameters, with reasons");
    app->add_option("analysis", options->analysis, "Analysis, see \"analyses\"")->required();
    app->add_option("--project", options->project, "Project file")->required();
    options->question.addTo(*app);
    app->add_option("--set", options->set, "A parameter, key=value");
    app->add_flag("--further", options->further, "Also rules that take seconds: cross-validation, nearest places");
    return {app, [options](const Console& console) { return suggest(*options, console); }};
}

} // namespace patchlight::cli
