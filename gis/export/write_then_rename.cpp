// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include "gis/detail/gdal.h"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

namespace {

/// The file and what GDAL and SQLite may leave beside it.
void removeWithCompanions(const fs::path& file) {
    static constexpr std::array<std::u8string_view, 7> endings{u8"",         u8"-journal", u8"-wal",        u8"-shm",
                                                               u8".aux.xml", u8".ovr.tmp", u8".msk.ovr.tmp"};
    std::error_code ignored;
    for (const std::u8string_view ending : endings) {
        fs::path companion = file;
        companion += fs::path(ending);
        fs::remove(companion, ignored);
    }
}

/// True when there is no room left for a page of a file, or the reason (the system's or SQLite's words) says so.
bool diskFull(const fs::path& folder, std::string_view reason) {
    if (reason.find("No space left") != std::string_view::npos || reason.find("disk is full") != std::string_view::npos)
        return true;
    constexpr std::uintmax_t pageOfAFile = 64 * 1024;
    std::error_code problem;
    const fs::space_info space = fs::space(folder, problem);
    return !problem && space.available < pageOfAFile;
}

} // namespace

Expected<void> writeThenRename(const fs::path& file, const std::function<Expected<void>(const fs::path&)>& write) {
    const std::string shown = utf8Text(file);
    std::error_code problem;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, problem))
        return fail(
            ErrorCode::fileNotWritable,
            fmt::format("Cannot write {}: its folder does not exist. Create the folder or choose another.", shown),
            shown);
    if (fs::is_directory(file, problem))
        return fail(ErrorCode::fileNotWritable,
                    fmt::format("Cannot write {}: it is a folder. Choose a file name.", shown), shown);
    // The ending stays last, since drivers choose by it.
    const fs::path aside =
        folder / fs::path(u8".patchlight-" + file.stem().u8string() + u8".part" + file.extension().u8string());
    removeWithCompanions(aside);
    if (!std::ofstream(aside, std::ios::binary)) {
        removeWithCompanions(aside);
        return fail(
            ErrorCode::fileNotWritable,
            fmt::format("Cannot write {}: no file can be made in its folder. Choose a folder you may write to.", shown),
            shown);
    }
    fs::remove(aside, problem);
    auto written = write(aside);
    if (!written) {
        const bool full =
            written.error().code == ErrorCode::fileNotWritable && diskFull(folder, written.error().message);
        removeWithCompanions(aside);
        if (full)
            return fail(ErrorCode::fileNotWritable,
                        fmt::format("Cannot write {}: the disk is full. Make room or choose another place.", shown),
                        shown);
        return written;
    }
    fs::rename(aside, file, problem);
    if (problem) {
        const std::string reason = problem.message();
        removeWithCompanions(aside);
        return fail(ErrorCode::fileNotWritable,
                    fmt::format("Cannot write {} ({}). Close it elsewhere or choose another name.", shown, reason),
                    shown);
    }
    removeWithCompanions(aside);
    return {};
}

} // namespace patchlight::gis
