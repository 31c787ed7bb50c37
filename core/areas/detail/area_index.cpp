// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/detail/area_index.h"

#include "core/base/parallel.h"

#include <cmath>

namespace patchlight::detail {

AreaIndex::AreaIndex(std::span<const NamedArea> areas, const TaskContext& task) : m_tests(areas.size()) {
    for (const NamedArea& area : areas) m_box = united(m_box, boxOf(area.polygon));
    // Some 256 cells an area: in most of them the answer is known without a test.
    m_side = static_cast<std::size_t>(std::clamp(16.0 * std::sqrt(static_cast<double>(areas.size())), 1.0, 1024.0));
    struct Entry {
        std::size_t cell;
        Listed listed;
    };
    std::vector<std::vector<Entry>> entries(areas.size());
    forEachBlock(areas.size(), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t area = begin; area < end && !task.cancelled(); ++area) {
            const PointInPolygon& test = m_tests[area].emplace(areas[area].polygon);
            const Range range = rangeOf(boxOf(areas[area].polygon));
            const std::vector<std::uint8_t> border = borderCells(areas[area].polygon, range);
            std::size_t at = 0;
            for (std::size_t row = range.south; row <= range.north; ++row)
                for (std::size_t column = range.west; column <= range.east; ++column, ++at)
                    if (border[at] || test.contains(centreOf(row, column)))
                        entries[area].push_back(
                            {row * m_side + column, {static_cast<std::uint32_t>(area), border[at] == 0}});
        }
    });
    m_first.assign(m_side * m_side + 1, 0);
    for (const auto& own : entries)
        for (const Entry& entry : own) ++m_first[entry.cell + 1];
    for (std::size_t cell = 0; cell < m_side * m_side; ++cell) m_first[cell + 1] += m_first[cell];
    m_listed.resize(m_first.back());
    std::vector<std::size_t> next(m_first.begin(), m_first.end() - 1);
    for (const auto& own : entries)
        for (const Entry& entry : own) m_listed[next[entry.cell]++] = entry.listed;
}

ProjectedPoint AreaIndex::centreOf(std::size_t row, std::size_t column) const {
    const auto side = static_cast<double>(m_side);
    return {m_box.west + (static_cast<double>(column) + 0.5) / side * m_box.width(),
            m_box.south + (static_cast<double>(row) + 0.5) / side * m_box.height()};
}

std::vector<std::uint8_t> AreaIndex::borderCells(const MultiPolygon& polygon, const Range& range) const {
    std::vector<std::uint8_t> marks((range.north - range.south + 1) * (range.east - range.west + 1), 0);
    const auto markRing = [&](const Ring& ring) {
        for (std::size_t i = 1; i < ring.size(); ++i) markEdge(ring[i - 1], ring[i], range, marks);
    };
    for (const Polygon& part : polygon.parts) {
        markRing(part.outer);
        for (const Ring& hole : part.holes) markRing(hole);
    }
    return marks;
}

void AreaIndex::markEdge(ProjectedPoint a, ProjectedPoint b, const Range& range,
                         std::vector<std::uint8_t>& marks) const {
    if (a.north > b.north) std::swap(a, b);
    const Range own = rangeOf({std::min(a.east, b.east), a.north, std::max(a.east, b.east), b.north});
    const std::size_t columns = range.east - range.west + 1;
    for (std::size_t row = own.south; row <= own.north; ++row) {
        std::size_t west = own.west, east = own.east;
        if (own.north > own.south && own.east > own.west) {
            // Where the edge enters and leaves the row, and a cell more on either side for rounding.
            const auto eastAt = [&](double line) {
                const double north = m_box.south + line / static_cast<double>(m_side) * m_box.height();
                return a.east + std::clamp((north - a.north) / (b.north - a.north), 0.0, 1.0) * (b.east - a.east);
            };
            const double enters = eastAt(static_cast<double>(row)), leaves = eastAt(static_cast<double>(row) + 1.0);
            const std::size_t first = columnOf(std::min(enters, leaves)), last = columnOf(std::max(enters, leaves));
            west = std::max(own.west, first > 0 ? first - 1 : 0);
            east = std::min(own.east, last + 1);
        }
        for (std::size_t column = west; column <= east; ++column)
            marks[(row - range.south) * columns + column - range.west] = 1;
    }
}

} // namespace patchlight::detail
