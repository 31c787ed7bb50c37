// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/records.h"

namespace patchlight::gis::detail {

/// The bytes of a text file (a plain one or a member of an archive, by its path in GDAL's file system) as an extract.
/// errors: fileNotReadable. When read: fileNotReadable, fileFormat (other bytes than its size says, damage)
[[nodiscard]] Expected<ExtractSource> textSource(const std::string& path, const std::string& name);

} // namespace patchlight::gis::detail
