// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/areas/areas.h"

#include <algorithm>

namespace patchlight::detail {

/// Which areas contain a point: a grid whose cells list the areas that fill them and those whose border runs through
/// them. Only the latter need a test of the point.
class AreaIndex {
public:
    /// Of no use once the task is cancelled.
    AreaIndex(std::span<const NamedArea> areas, const TaskContext& task);
    /// Calls visit(area) for each area that contains the point, in ascending order.
    template <class Visitor> void forEachContaining(ProjectedPoint point, Visitor&& visit) const {
        if (!m_box.contains(point)) return;
        const std::size_t cell = rowOf(point.north) * m_side + columnOf(point.east);
        for (std::size_t i = m_first[cell]; i < m_first[cell + 1]; ++i)
            if (m_listed[i].filled || m_tests[m_listed[i].area]->contains(point)) visit(m_listed[i].area);
    }

private:
    struct Listed {
        std::uint32_t area;
        bool filled; ///< the area holds all of the cell
    };
    struct Range { ///< cells that a box touches, last ones included
        std::size_t south, north, west, east;
    };

    /// Rows and columns never fall as the coordinate grows, so an edge touches no cell but those between its ends'.
    [[nodiscard]] std::size_t rowOf(double north) const { return lineOf(north, m_box.south, m_box.height()); }
    [[nodiscard]] std::size_t columnOf(double east) const { return lineOf(east, m_box.west, m_box.width()); }
    [[nodiscard]] std::size_t lineOf(double coordinate, double edge, double extent) const {
        if (!(extent > 0.0)) return 0;
        const double at = (coordinate - edge) / extent * static_cast<double>(m_side);
        return at <= 0.0 ? 0 : std::min(static_cast<std::size_t>(at), m_side - 1);
    }
    [[nodiscard]] Range rangeOf(const Box& box) const {
        return {rowOf(box.south), rowOf(box.north), columnOf(box.west), columnOf(box.east)};
    }
    [[nodiscard]] ProjectedPoint centreOf(std::size_t row, std::size_t column) const;
    /// Per cell of the range 1 where an edge of the polygon may run through it.
    [[nodiscard]] std::vector<std::uint8_t> borderCells(const MultiPolygon& polygon, const Range& range) const;
    void markEdge(ProjectedPoint a, ProjectedPoint b, const Range& range, std::vector<std::uint8_t>& marks) const;

    std::vector<std::optional<PointInPolygon>> m_tests;
    Box m_box;
    std::size_t m_side = 1; ///< cells across and up
    std::vector<std::size_t> m_first;
    std::vector<Listed> m_listed;
};

} // namespace patchlight::detail
