// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/store/detail/sqlite.h"

/// Numbers among the sources' other columns: amounts, scores, hours.
namespace patchlight::store {

/// errors: database
[[nodiscard]] Expected<std::vector<std::string>> numberColumns(Database& database);
/// errors: database, cancelled
[[nodiscard]] Expected<std::vector<double>> numbersOf(Database& database, const std::string& column,
                                                      const TaskContext& task);

} // namespace patchlight::store
