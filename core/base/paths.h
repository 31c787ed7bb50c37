// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

/// Paths where the standard library's functions do not know Windows' network shares: libstdc++ takes
/// `\\server\share\town.gpkg` for a path without a root and makes `C:\server\share\town.gpkg` of it. On other systems
/// these are the standard's.
namespace patchlight {

/// Whether it begins at a root of its own: `/data`, `C:\data`, `\\server\share`, `//server/share`.
[[nodiscard]] bool isAbsolute(const std::filesystem::path& path);
/// The path from its root; as it stands where the working folder is not known.
[[nodiscard]] std::filesystem::path absolutePath(const std::filesystem::path& path);
/// Without `.` and `..` and doubled separators, by its letters alone.
[[nodiscard]] std::filesystem::path normalPath(const std::filesystem::path& path);
/// absolutePath with links followed as far as there are files, then normalPath.
[[nodiscard]] std::filesystem::path resolvedPath(const std::filesystem::path& path);
/// As UTF-8 with forward slashes, as it is stored for any system to read.
[[nodiscard]] std::string slashedText(const std::filesystem::path& path);
[[nodiscard]] bool isFolder(const std::filesystem::path& path); ///< false too where it cannot be looked at

} // namespace patchlight
