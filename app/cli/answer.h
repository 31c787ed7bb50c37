// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/analysis/recipe.h"
#include "core/disclosure/disclosure.h"
#include "core/workspace/companions.h"
#include "gis/layout/layout.h"

namespace patchlight::cli {

/// An open project with its incidents in memory.
struct LoadedProject {
    Project project;
    ProjectCrs crs;
    std::shared_ptr<const IncidentTable> table;
    std::string fingerprint;
    std::vector<RecipeDataset> datasets; ///< as a recipe names them
};
/// errors: as Project::open; emptyInput (nothing imported yet)
[[nodiscard]] Expected<LoadedProject> loadProject(const std::filesystem::path& path, const TaskContext& task);

/// The recipe's analysis in a study area that was found before. errors: invalidParameter; as the analysis
[[nodiscard]] Expected<Result> resultOf(const LoadedProject& loaded, const Recipe& recipe, const StudyArea& area,
                                        const TaskContext& task);

/// A recipe carried out: the result and all that its outputs need.
struct Answer {
    Recipe recipe; ///< parameters as used
    std::shared_ptr<const Result> result;
    StudyArea area;
    std::vector<std::string> differences = {}; ///< between the data of the recipe and those there are, in sentences
};
[[nodiscard]] Expected<Answer> answer(const LoadedProject& loaded, Recipe recipe, const TaskContext& task);

/// What leaves of an answer: the recipe without folders, results as they may be published, the checks.
struct Outgoing {
    Recipe recipe;
    Publication publication;
    CompanionPlan further; ///< the layout's further maps
    std::vector<Check> checks;
    [[nodiscard]] const Result& result() const { return *publication.result; }
};
/// `singleIncidents`: they are asked for too. errors: refused (a check says stop); as answerCompanions
[[nodiscard]] Expected<Outgoing> outgoing(const LoadedProject& loaded, const Answer& answer, bool singleIncidents,
                                          const TaskContext& task);

/// Whether each output has an ending that is known and none is the project. errors: invalidParameter
[[nodiscard]] Expected<void> checkOutputs(const LoadedProject& loaded, const std::vector<std::string>& files);
/// Writes each output by its ending. Returns the files: a layout of several pages makes a picture each.
/// errors: the writers'
[[nodiscard]] Expected<std::vector<std::string>> writeOutputs(const LoadedProject& loaded, const Answer& answer,
                                                              const Outgoing& leaving,
                                                              const std::vector<std::string>& files,
                                                              const TaskContext& task);
/// Writes into the project's record what left. errors: as Project::open for writing
[[nodiscard]] Expected<void> recordOutputs(const LoadedProject& loaded, const Outgoing& leaving,
                                           const std::vector<std::string>& files);

} // namespace patchlight::cli
