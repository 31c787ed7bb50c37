// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace patchlight::gis::detail {

/// errors: fileNotWritable, with `shown` as the file's name
[[nodiscard]] Expected<void> writeBytes(const std::filesystem::path& file, std::string_view bytes,
                                        const std::string& shown);

/// One cell of a CSV: quoted where it must be; a text that a spreadsheet would take for a formula gets an apostrophe.
[[nodiscard]] std::string csvText(std::string_view text);
[[nodiscard]] std::string xmlText(std::string_view text);

[[nodiscard]] Error cannotWrite(const std::string& shown, const std::string& reason);

} // namespace patchlight::gis::detail
