// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/version.h"

#include "core/base/build_id.h" // made at each build: build_id.cmake

namespace patchlight {

std::string_view version() {
    return PATCHLIGHT_VERSION;
}

std::string_view buildId() {
    return PATCHLIGHT_BUILD_ID;
}

std::string versionAndBuild() {
    std::string text(version());
    if (!buildId().empty()) text.append(" (build ").append(buildId()).append(")");
    return text;
}

std::string madeWith() {
    return "Patchlight " + versionAndBuild();
}

} // namespace patchlight
