// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/task.h"
#include "core/incidents/incidents.h"

namespace patchlight::detail {

/// indexPlaces for those who load a table: false when cancelled, the index is then of no use.
[[nodiscard]] bool indexPlaces(IncidentTable& table, const TaskContext& task);

} // namespace patchlight::detail
