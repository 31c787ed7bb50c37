// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Which reader a file goes to: its ending decides, its first bytes must agree. For gis/sources alone.
namespace patchlight::gis::detail {

enum class Reader { text, archive, sheets, layers };

struct Format {
    std::string_view ending; ///< ".xlsx"
    Reader reader = Reader::text;
    const char* driver = nullptr;         ///< GDAL's, for sheets and layers
    std::string_view name;                ///< "an Excel workbook (.xlsx)", for messages
    std::span<const char* const> options; ///< open options, null at the end
};

/// The format of a file of that name; names without a known ending are text, as CSV comes with any.
[[nodiscard]] const Format& formatOf(std::string_view fileName);
/// True if the first bytes of the file (a folder for .gdb) are those of the format. `path` is one of GDAL's.
/// errors: fileNotReadable, fileFormat (a file that lies about what it is, in one sentence)
[[nodiscard]] Expected<void> checkContent(const std::string& path, const std::string& shown, const Format& format);

} // namespace patchlight::gis::detail
