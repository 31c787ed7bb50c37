// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/geometry/geometry.h"
#include "core/store/detail/sqlite.h"

#include <array>
#include <optional>
#include <span>
#include <vector>

/// GeoPackage geometry blobs (OGC 12-128r17, clause 2.1.3) and the SQL functions its R-tree triggers call.
namespace patchlight::store {

using PointBlob = std::array<std::byte, 29>; ///< header of 8 bytes without envelope, WKB point of 21

[[nodiscard]] PointBlob pointBlob(ProjectedPoint point, int srsId);
/// Nothing where the blob is not a point with finite coordinates (null, empty, another kind, damaged).
[[nodiscard]] std::optional<ProjectedPoint> pointOf(std::span<const std::byte> blob);

/// With the box in the header, as readers expect of anything but points.
[[nodiscard]] std::vector<std::byte> polygonBlob(const MultiPolygon& polygon, int srsId);
/// errors: fileFormat
[[nodiscard]] Expected<MultiPolygon> polygonOfBlob(std::span<const std::byte> blob);

/// The box of any of the seven simple-feature kinds, from the header or the coordinates; empty for an empty geometry.
/// Nothing where the bytes are no geometry blob.
[[nodiscard]] std::optional<Box> boxOfBlob(std::span<const std::byte> blob);

/// ST_MinX, ST_MaxX, ST_MinY, ST_MaxY, ST_IsEmpty, as innocuous functions, so that triggers may call them although the
/// schema is not trusted.
void registerSpatialFunctions(Database& database);

} // namespace patchlight::store
