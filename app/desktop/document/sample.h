// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"

#include <filesystem>

namespace patchlight::desktop {

/// The sample project in the user's data folder; made there from `resources/sample` where it is not there yet.
/// errors: fileNotFound (the program's data folder or the sample is missing), and those of an import
[[nodiscard]] Expected<std::filesystem::path> openSample(const std::filesystem::path& userFolder,
                                                         const TaskContext& task = {});

} // namespace patchlight::desktop
