// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace patchlight {

/// The version, for example "0.1.0".
[[nodiscard]] std::string_view version();

/// What the programs were built from: the first nine digits of the commit, with "+changes" where files differed from
/// it; the value of PATCHLIGHT_BUILD where a packager gave one; empty for sources without either.
[[nodiscard]] std::string_view buildId();

/// "0.1.0 (build 1a2b3c4d5)"; the version alone where buildId() is empty.
[[nodiscard]] std::string versionAndBuild();

/// "Patchlight 0.1.0 (build 1a2b3c4d5)", as every page and file says who made it.
[[nodiscard]] std::string madeWith();

} // namespace patchlight
