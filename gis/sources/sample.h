// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "core/base/task.h"

#include <filesystem>

namespace patchlight::gis {

/// Makes the sample project, a synthetic town, from the list in the data folder's `sample/sample.json`: incidents, map
/// layers, boundaries. errors: fileNotFound (no data folder), fileNotWritable (the project is there already), and those
/// of an import
[[nodiscard]] Expected<void> createSampleProject(const std::filesystem::path& project, const TaskContext& task = {});

} // namespace patchlight::gis
