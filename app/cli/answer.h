// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "core/analysis/recipe.h"
#include "core/disclosure/disclosure.h"
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

/// A recipe carried out: the result and all that its outputs need.
struct Answer {
    Recipe recipe; ///< parameters as used
    std::shared_ptr<const Result> result;
    StudyArea area;
    std::vector<std::string> differences = {}; ///< between the data of the recipe and those there are, in sentences
};
[[nodiscard]] Expected<Answer> answer(const LoadedProject& loaded, Recipe recipe, const TaskContext& task);

/// Writes each output by its ending, all checked for known endings before the first is written. Returns the files: a
/// layout of several pages makes a picture each.
/// errors: invalidParameter, refused (public profile), the writers'
[[nodiscard]] Expected<std::vector<std::string>> writeOutputs(const LoadedProject& loaded, const Answer& answer,
                                                              const std::vector<std::string>& files, Profile profile,
                                                              const TaskContext& task);

} // namespace patchlight::cli
