// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"

namespace patchlight::detail {

enum class CoordinateState : std::uint8_t { given, none, unreadable, outOfRange };

/// Source coordinates of one row.
struct SourcePosition {
    CoordinateState state = CoordinateState::none;
    ProjectedPoint point; ///< x (longitude), y (latitude), in the source's CRS
};

/// Two texts as a position. Empty, "NA", "null" and 0/0 are none; thousands separators ("417,499") and, in files
/// separated by semicolons, decimal commas are understood; longitude/latitude and British grid coordinates must lie in
/// their range.
[[nodiscard]] SourcePosition readPosition(std::string_view x, std::string_view y, int epsg, bool decimalComma);

/// Projects source positions, each distinct one once.
class PositionCache {
public:
    /// Index of a position among the distinct ones; valid until flush of the next block.
    [[nodiscard]] std::uint32_t indexOf(ProjectedPoint source);
    /// Projects those that are new. errors: what the projector gives
    [[nodiscard]] Expected<void> project(const PositionProjector& projector, int epsg);
    [[nodiscard]] ProjectedPoint projected(std::uint32_t index) const { return m_projected[index]; }
    /// Forgets all when it has grown large, so that memory stays bounded. To be called between blocks.
    void trim();

private:
    void grow();
    [[nodiscard]] std::size_t slotOf(ProjectedPoint source) const;

    std::vector<std::uint32_t> m_slots = std::vector<std::uint32_t>(1024, 0); ///< index plus one
    std::vector<ProjectedPoint> m_sources;
    std::vector<ProjectedPoint> m_projected;
};

} // namespace patchlight::detail
