// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <span>
#include <string>
#include <vector>

/// ZIP archives for document formats that are made of parts.
namespace patchlight::gis {

struct ZipPart {
    std::string name; ///< with forward slashes, ASCII
    std::string bytes;
};

/// An archive of the parts in their order, compressed, all stamped 1980-01-01: the same parts are the same bytes.
/// errors: fileNotWritable (GDAL's words)
[[nodiscard]] Expected<std::string> zipped(std::span<const ZipPart> parts);

} // namespace patchlight::gis
