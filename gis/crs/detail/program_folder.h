// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace patchlight::gis::detail {

/// The folder that the running program lies in; empty where the system does not say.
[[nodiscard]] std::filesystem::path programFolder();

} // namespace patchlight::gis::detail
