// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include "core/base/path_text.h"

#include <algorithm>
#include <system_error>

namespace patchlight {

namespace fs = std::filesystem;

namespace {

/// `\\server\...`, `//server/...`, `\\?\...`
bool isOnShare([[maybe_unused]] const fs::path& path) {
#ifdef _WIN32
    const auto& text = path.native();
    const auto separator = [](wchar_t letter) { return letter == L'\\' || letter == L'/'; };
    return text.size() > 2 && separator(text[0]) && separator(text[1]) && !separator(text[2]);
#else
    return false;
#endif
}

} // namespace

bool isAbsolute(const fs::path& path) {
    return isOnShare(path) || path.is_absolute();
}

fs::path absolutePath(const fs::path& path) {
    if (isOnShare(path)) return path;
    std::error_code problem;
    fs::path whole = fs::absolute(path, problem);
    return problem ? path : whole;
}

fs::path normalPath(const fs::path& path) {
    if (!isOnShare(path)) return path.lexically_normal();
    auto text = path.native();
    const auto separator = text.front();
    text.erase(0, 1);
    return fs::path(separator + fs::path(text).lexically_normal().native());
}

fs::path resolvedPath(const fs::path& path) {
    const fs::path whole = absolutePath(path);
    if (isOnShare(whole)) return normalPath(whole);
    std::error_code problem;
    fs::path resolved = fs::weakly_canonical(whole, problem);
    return problem ? normalPath(whole) : resolved;
}

std::string slashedText(const fs::path& path) {
    if (!isOnShare(path)) {
        const std::u8string text = path.generic_u8string();
        return {text.begin(), text.end()};
    }
    std::string text = utf8Text(path); // generic_u8string makes one slash of the two it begins with
    std::replace(text.begin(), text.end(), '\\', '/');
    return text;
}

bool isFolder(const fs::path& path) {
    std::error_code problem;
    // The top of a share is a folder only with a separator at its end.
    return fs::is_directory(path, problem) || (isOnShare(path) && fs::is_directory(path / "", problem));
}

} // namespace patchlight
