// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/batch.h"

#include "core/base/paths.h"
#include "core/base/text.h"
#include "gis/export/changes.h"
#include "gis/layout/changes_page.h"
#include "gis/layout/recipe_in.h"
#include "gis/sources/sources.h"

#include <algorithm>
#include <set>

namespace patchlight::cli {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> outputsOf(const Batch& batch, const std::string& stem) {
    std::vector<fs::path> files;
    for (const std::string& format : batch.formats) files.push_back(batch.folder / pathFromUtf8(stem + "." + format));
    return files;
}

std::string problemOf(const Recipe& recipe, const std::optional<Period>& earlier, const IncidentTable& table) {
    if (!recipe.filter.period || !earlier) return "it has no earlier period to be set beside.";
    const std::vector<LocalDay> months = monthsWithRows(table);
    for (const Period& period : {*earlier, *recipe.filter.period})
        if (!missingMonths(months, period).empty())
            return "not compared, since the project has no rows in part of " + readablePeriod(period) + '.';
    return {};
}

/// Sets the hotspots beside the earlier ones; what stands in the way is said, and is no failure.
Expected<RecipeChanges> changesOf(const LoadedProject& loaded, const Answer& answered, const std::string& name,
                                  const std::optional<Period>& formerly, const TaskContext& task) {
    const Recipe& recipe = answered.recipe;
    RecipeChanges changes{name, recipe.filter.period, recipe.comparison, {}, {}};
    if (!changes.before && formerly != recipe.filter.period) changes.before = formerly;
    changes.problem = problemOf(recipe, changes.before, *loaded.table);
    if (!changes.problem.empty()) return changes;
    Recipe earlier = recipe; // for its hotspots alone
    earlier.filter.period = changes.before;
    earlier.comparison.reset();
    const auto before = resultOf(loaded, earlier, answered.area, task);
    if (!before && before.error().code == ErrorCode::cancelled) return fail(before.error());
    if (!before) {
        changes.problem = "not compared. " + before.error().message;
        return changes;
    }
    auto found = hotspotChanges(*before, *changes.before, *answered.result, *changes.now, *loaded.table, task);
    if (!found) return fail(found.error());
    changes.changes = std::move(*found);
    return changes;
}

Expected<void> carryOutOne(const LoadedProject& loaded, const Batch& batch, BatchItem& item, const Console& console,
                           const TaskContext& task) {
    auto recipe = paint::recipeIn(pathFromUtf8(item.recipe));
    if (!recipe) return fail(recipe.error());
    const std::optional<Period> formerly = recipe->filter.period;
    auto asked = batch.period ? Expected<Recipe>(forPeriod(std::move(*recipe), *batch.period, batch.compare))
                              : comparedWith(std::move(*recipe), batch.compare);
    if (!asked) return fail(asked.error());
    for (const auto& [key, value] : batch.layout)
        if (auto set = setLayout(asked->layout, key, value); !set) return set;
    if (auto set = setDisclosure(asked->disclosure, batch.disclosure, console); !set) return set;
    findAreaFile(*asked, item.recipe, batch.area, loaded.project.path());
    const auto answered = answer(loaded, std::move(*asked), task);
    if (!answered) return fail(answered.error());
    const auto leaving = outgoing(loaded, *answered, false, task);
    if (!leaving) return fail(leaving.error());
    std::vector<std::string> files;
    for (const fs::path& file : outputsOf(batch, item.stem)) files.push_back(utf8Text(file));
    auto written = writeOutputs(loaded, *answered, *leaving, files, task);
    if (!written) return fail(written.error());
    item.outputs = std::move(*written);
    item.made = leaving->recipe;
    item.differences = answered->differences;
    item.notes = leaving->result().notes;
    if (auto kept = recordOutputs(loaded, *leaving, item.outputs); !kept)
        item.notes.push_back("The project has no record of this export: " + kept.error().message);
    if (item.made.disclosure != Disclosure{}) { // two counts of the same ground can say what one of them hides
        item.changes = {item.stem,
                        item.made.filter.period,
                        {},
                        {},
                        "not compared, since counts of two periods could tell small ones that are withheld."};
        return {};
    }
    auto changes = changesOf(loaded, *answered, item.stem, formerly, task);
    if (!changes) return fail(changes.error());
    item.changes = std::move(*changes);
    return {};
}

} // namespace

void findAreaFile(Recipe& recipe, const std::string& recipeFile, const std::string& given, const fs::path& project) {
    if (recipe.area.kind != StudyAreaSpec::Kind::file) return;
    if (!given.empty()) {
        recipe.area.source = given;
        return;
    }
    const fs::path source = pathFromUtf8(recipe.area.source);
    std::error_code problem;
    if (isAbsolute(source) || fs::exists(source, problem)) return;
    for (const auto& beside : {pathFromUtf8(recipeFile), project})
        if (const auto there = beside.parent_path() / source; fs::exists(there, problem)) {
            recipe.area.source = utf8Text(there);
            return;
        }
}

std::vector<std::string> outputStems(const Batch& batch, const fs::path& project) {
    std::set<std::string> taken{"summary"};
    std::vector<std::string> stems;
    const auto isKept = [&](const fs::path& file) {
        std::error_code problem;
        if (fs::equivalent(file, project, problem)) return true;
        return std::any_of(batch.recipes.begin(), batch.recipes.end(), [&](const std::string& recipe) {
            return fs::equivalent(file, pathFromUtf8(recipe), problem);
        });
    };
    for (const std::string& recipe : batch.recipes) {
        const std::string own = utf8Text(pathFromUtf8(recipe).stem());
        std::string stem = own;
        const auto free = [&] {
            const auto files = outputsOf(batch, stem);
            return !taken.contains(foldedCase(stem)) && std::none_of(files.begin(), files.end(), isKept);
        };
        for (int number = 2; !free(); ++number)
            stem = own + " (" + std::to_string(number) + ")"; // "-2" is a page of one
        taken.insert(foldedCase(stem));
        stems.push_back(stem);
    }
    return stems;
}

Expected<std::vector<BatchItem>> carryOut(const LoadedProject& loaded, const Batch& batch, const Console& console) {
    const TaskContext& task = console.task;
    for (const fs::path& file : outputsOf(batch, "map"))
        if (!paint::isKnownOutput(file))
            return fail(ErrorCode::invalidParameter,
                        "--format has an ending that is not written: " + utf8Text(file.extension()) + ".", "--format");
    std::error_code problem;
    fs::create_directories(batch.folder, problem);
    if (problem)
        return fail(ErrorCode::fileNotWritable,
                    "Cannot make the folder " + utf8Text(batch.folder) + " (" + problem.message() + ").",
                    utf8Text(batch.folder));
    const std::vector<std::string> stems = outputStems(batch, loaded.project.path());
    std::vector<BatchItem> items;
    for (std::size_t i = 0; i < batch.recipes.size(); ++i) {
        if (task.cancelled()) return failCancelled();
        BatchItem item;
        item.recipe = batch.recipes[i];
        item.stem = stems[i];
        const std::string phase = std::to_string(i + 1) + " of " + std::to_string(stems.size()) + ", " + item.stem;
        const TaskContext part{task.stop, [&](Progress progress) {
                                   task.report(phase, (double(i) + progress.fraction) / double(stems.size()));
                               }};
        part.report(phase, 0.0);
        const auto done = carryOutOne(loaded, batch, item, console, part);
        if (!done && done.error().code == ErrorCode::cancelled) return fail(done.error());
        if (!done) item.problem = done.error().message;
        items.push_back(std::move(item));
    }
    return items;
}

Expected<std::vector<std::string>> writeSummary(const Batch& batch, const std::vector<BatchItem>& items) {
    std::vector<RecipeChanges> changes;
    std::vector<std::pair<std::string, Recipe>> recipes;
    for (const BatchItem& item : items) {
        if (item.problem.empty()) {
            changes.push_back(item.changes);
            recipes.emplace_back(item.stem, item.made);
        } else {
            changes.push_back({item.stem, {}, {}, {}, "failed. " + item.problem});
        }
    }
    LayoutSpec layout = recipes.empty() ? LayoutSpec{} : recipes.front().second.layout;
    const fs::path pdf = batch.folder / "summary.pdf", csv = batch.folder / "summary.csv";
    if (auto written = paint::writeChangesPdf(paint::changesPageOf(changes, layout), recipes, pdf); !written)
        return fail(written.error());
    if (auto written = gis::writeChanges(changes, csv); !written) return fail(written.error());
    return std::vector<std::string>{utf8Text(pdf), utf8Text(csv)};
}

} // namespace patchlight::cli
