// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/export/export.h"

#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

Expected<void> writeThenRename(const fs::path& file, const std::function<Expected<void>(const fs::path&)>& write) {
    const std::u8string utf8 = file.u8string();
    const std::string shown(utf8.begin(), utf8.end());
    std::error_code problem;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, problem))
        return fail(ErrorCode::fileNotWritable,
                    "Cannot write " + shown + ": its folder does not exist. Create the folder or choose another.",
                    shown);
    // The ending stays last, since drivers choose by it.
    const fs::path aside = folder / fs::path(u8".patchlight-" + file.stem().u8string() + u8".part" + file.extension().u8string());
    fs::remove(aside, problem);
    auto written = write(aside);
    if (!written) {
        fs::remove(aside, problem);
        return written;
    }
    fs::rename(aside, file, problem);
    if (problem) {
        const std::string reason = problem.message();
        fs::remove(aside, problem);
        return fail(ErrorCode::fileNotWritable,
                    "Cannot write " + shown + " (" + reason + "). Close it elsewhere or choose another name.", shown);
    }
    return {};
}

} // namespace patchlight::gis
