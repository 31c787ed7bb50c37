// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/document/sample.h"

#include "gis/sources/sample.h"

namespace patchlight::desktop {

Expected<std::filesystem::path> openSample(const std::filesystem::path& userFolder, const TaskContext& task) {
    std::error_code problem;
    std::filesystem::create_directories(userFolder, problem);
    const auto project = userFolder / "sample-town.gpkg";
    if (std::filesystem::exists(project, problem)) return project;
    if (auto made = gis::createSampleProject(project, task); !made) return fail(made.error());
    return project;
}

} // namespace patchlight::desktop
