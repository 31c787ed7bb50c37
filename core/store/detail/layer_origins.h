// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

#include <vector>

/// `patchlight_origin`: where layers came from and what was said of their licence. The table is made when something is
/// said for the first time, so that projects without it are read as ever, by older versions too.
namespace patchlight::store {

/// Fills in what was said of map layers, by name.
[[nodiscard]] Expected<void> readLicences(Database& database, std::vector<MapLayerInfo>& layers);
/// Replaces what was said of map layers. Within the caller's transaction.
[[nodiscard]] Expected<void> writeLicences(Database& database, const std::vector<MapLayerInfo>& layers);

} // namespace patchlight::store
