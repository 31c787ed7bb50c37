// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

/// Incidents that came without a position, and the positions found for them.
namespace patchlight::store {

[[nodiscard]] Expected<std::vector<UnplacedIncident>> unplacedIncidents(Database& database, const TaskContext& task);
/// Indexes and blocks are left to be made anew.
[[nodiscard]] Expected<void> placeIncidents(Database& database, std::span<const Placement> placements, int srsId);

} // namespace patchlight::store
