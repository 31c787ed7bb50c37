// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/detail/sqlite.h"
#include "core/store/store.h"

namespace patchlight {

/// What an open project holds.
struct Project::Connection {
    store::Database database;
    OpenMode mode = OpenMode::readWrite;
    std::optional<ProjectCrs> crs;
};

namespace store {

/// An error that says what is wrong with the path itself; nothing when it is a file.
[[nodiscard]] std::optional<Error> problemWith(const std::filesystem::path& path);
/// `expectedBytes`: of the sources that are to come; many get larger pages.
[[nodiscard]] Expected<std::unique_ptr<Project::Connection>> createConnection(const std::filesystem::path& path,
                                                                              std::uint64_t expectedBytes = 0);
[[nodiscard]] Expected<std::unique_ptr<Project::Connection>> openConnection(const std::filesystem::path& path,
                                                                            OpenMode mode);
/// Reads patchlight_dataset, in the order of import.
[[nodiscard]] Expected<std::vector<DatasetInfo>> readDatasets(Database& database);
/// Now, in UTC: "2025-11-24T09:30:00Z".
[[nodiscard]] std::string utcNow();

} // namespace store

} // namespace patchlight
