// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/analysis/analysis.h"
#include "core/store/store.h"

namespace patchlight {

/// Loads what the input's parameters name of the project: boundary layers and columns of numbers. Layers that the
/// project does not have are left out; the analysis then says so.
/// errors   database, cancelled
[[nodiscard]] Expected<void> loadNamed(AnalysisInput& input, const Analysis& analysis, const Project& project,
                                       const TaskContext& task = {});

} // namespace patchlight
