// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/path_text.h"
#include "core/base/paths.h"
#include "gis/crs/crs.h"
#include "gis/crs/detail/program_folder.h"
#include "gis/crs/detail/proj.h"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal.h>
#include <ogr_srs_api.h>

#include <cstdlib>
#include <system_error>

namespace patchlight::gis {

namespace fs = std::filesystem;

namespace {

constexpr const char* gridName = "uk_os_OSTN15_NTv2_OSGBtoETRS.tif";

} // namespace

fs::path dataFolder() {
    if (const char* named = std::getenv("PATCHLIGHT_DATA"); named && isFolder(pathFromUtf8(named)))
        return pathFromUtf8(named);
    if (const fs::path program = detail::programFolder(); !program.empty())
        if (const fs::path beside = program.parent_path() / "share" / "patchlight"; isFolder(beside)) return beside;
#ifdef PATCHLIGHT_SOURCE_RESOURCES
    if (const fs::path source = pathFromUtf8(PATCHLIGHT_SOURCE_RESOURCES); isFolder(source)) return source;
#endif
    return {};
}

Expected<void> initialise() {
    const std::vector<std::string> folders = detail::standardSearchPaths();
    detail::useSearchPaths(folders);
    std::vector<const char*> pointers;
    for (const std::string& folder : folders) pointers.push_back(folder.c_str());
    pointers.push_back(nullptr);
    OSRSetPROJSearchPaths(pointers.data());
    OSRSetPROJEnableNetwork(0);

    if (const fs::path own = dataFolder() / "gdal"; isFolder(own))
        CPLSetConfigOption("GDAL_DATA", utf8Text(own).c_str());
    CPLSetConfigOption("GDAL_VRT_ENABLE_PYTHON", "NO");               // a picture's description must not run code
    CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_EXTENSIONS", "{none}"); // no layer reaches over the network
    GDALAllRegister();

    if (proj_context_get_database_path(detail::context()) == nullptr) {
        std::string looked;
        for (const std::string& folder : folders) looked += (looked.empty() ? "" : ", ") + folder;
        return fail(
            ErrorCode::fileNotFound,
            fmt::format("PROJ's database proj.db is missing; install PROJ's data or name the program's data folder "
                        "in PATCHLIGHT_DATA (looked in {}).",
                        looked.empty() ? "no folder" : looked),
            "proj.db");
    }
    return {};
}

std::optional<fs::path> ostn15Grid() {
    std::error_code problem;
    for (const std::string& folder : detail::searchPaths())
        if (const fs::path grid = pathFromUtf8(folder) / gridName; fs::is_regular_file(grid, problem)) return grid;
    return std::nullopt;
}

} // namespace patchlight::gis
