// SPDX-License-Identifier: GPL-3.0-or-later
#include "gis/crs/detail/program_folder.h"

#include <string>
#include <system_error>

#if defined(_WIN32)
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#elif defined(__APPLE__)
#include <cstdint>
#include <mach-o/dyld.h>
#endif

namespace patchlight::gis::detail {

std::filesystem::path programFolder() {
#if defined(_WIN32)
    std::wstring name(32768, L'\0'); // the longest path that Windows knows
    const DWORD length = GetModuleFileNameW(nullptr, name.data(), static_cast<DWORD>(name.size()));
    name.resize(length);
    return std::filesystem::path(name).parent_path();
#elif defined(__APPLE__)
    std::string name(4096, '\0');
    auto size = static_cast<std::uint32_t>(name.size());
    if (_NSGetExecutablePath(name.data(), &size) != 0) return {};
    std::error_code problem;
    return std::filesystem::canonical(name.c_str(), problem).parent_path();
#else
    std::error_code problem;
    return std::filesystem::read_symlink("/proc/self/exe", problem).parent_path();
#endif
}

} // namespace patchlight::gis::detail
