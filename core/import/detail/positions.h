// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/import/import.h"

namespace patchlight::detail {

enum class CoordinateState : std::uint8_t { given, none, zero, unreadable, outOfRange, wrongDigits, mixed };

/// Source coordinates of one row.
struct SourcePosition {
    CoordinateState state = CoordinateState::none;
    ProjectedPoint point; ///< x (longitude), y (latitude), in the source's CRS
    LocationLevel level = LocationLevel::exact;
    bool fromGridReference = false; ///< the point is in EPSG:27700
    bool thousands = false;         ///< written with thousands separators
    bool swapped = false;           ///< put right
};

/// Two texts as a position. Empty, "NA" and "null" are none, and so is 0/0, which has a state of its own; thousands
/// separators ("417,499") and, where told, decimal commas are understood ("417,499" in metres is 417499 all the same);
/// longitude/latitude and British grid coordinates must lie in their range. A grid reference in the first text, with
/// none beside it, is a position too.
[[nodiscard]] SourcePosition readPosition(std::string_view x, std::string_view y, int epsg, bool decimalComma);
/// A grid reference as a position: 1 m and 10 m squares are exact, 100 m ones stand with postcodes, larger ones with
/// areas. none if the text is empty, unreadable if it is no reference.
[[nodiscard]] SourcePosition readGridReference(std::string_view text);
/// "-75,56" where told, "417,499", "-1.87"; nothing otherwise.
[[nodiscard]] std::optional<double> readNumber(std::string_view text, bool decimalComma);
[[nodiscard]] bool isMissing(std::string_view text); ///< empty, "-", "NA", "n/a", "null", "none", "nan"

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
