// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

/// What a project has learnt of its sources: confirmed column mappings, and its own meanings of categories.
namespace patchlight::store {

[[nodiscard]] Expected<std::vector<KnownMapping>> readMappings(Database& database);
[[nodiscard]] Expected<void> writeMapping(Database& database, const KnownMapping& mapping);
[[nodiscard]] Expected<std::vector<CategoryEntry>> readCategories(Database& database);
/// Replaces them all, within the caller's transaction.
[[nodiscard]] Expected<void> writeCategories(Database& database, const std::vector<CategoryEntry>& own);

} // namespace patchlight::store
