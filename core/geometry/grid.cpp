// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/geometry/grid.h"

#include "core/base/parallel.h"
#include "core/base/text.h"
#include "core/geometry/detail/orientation.h"
#include "core/geometry/detail/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace patchlight {
namespace {

/// Whole cells below and above a coordinate; one within a millionth of a cell of an edge lies on it, since
/// west + columns x cell rounds.
double cellsBelow(double coordinate, double cell) {
    const double q = coordinate / cell;
    return std::abs(q - std::round(q)) < 1e-6 ? std::round(q) : std::floor(q);
}
double cellsAbove(double coordinate, double cell) {
    return -cellsBelow(-coordinate, cell);
}

constexpr std::uint8_t crossing = 1, border = 2;

/// Marks what one edge does to the cells' centres: from which column on a row's parity turns, and centres on the edge.
class EdgeMarker {
public:
    EdgeMarker(const GridFrame& frame, std::vector<std::uint8_t>& marks) : m_frame{frame}, m_marks{marks} {}

    void mark(ProjectedPoint a, ProjectedPoint b) {
        if (a.north > b.north) std::swap(a, b);
        const double cell = m_frame.cellSize.value();
        const auto rows = static_cast<double>(m_frame.rows);
        const double from = std::clamp(std::floor((a.north - m_frame.south) / cell - 0.5) - 1, 0.0, rows);
        const double to = std::clamp(std::ceil((b.north - m_frame.south) / cell - 0.5) + 2, 0.0, rows);
        for (auto row = static_cast<std::size_t>(from); row < static_cast<std::size_t>(to); ++row) {
            const double north = m_frame.centre(row, 0).north;
            if (north < a.north || north > b.north) continue;
            if (a.north == b.north)
                markLevel(row, std::min(a.east, b.east), std::max(a.east, b.east));
            else
                markSloping(row, a, b, north);
        }
    }

private:
    [[nodiscard]] std::size_t columnNear(double east) const {
        const double column = std::floor((east - m_frame.west) / m_frame.cellSize.value() - 0.5);
        return static_cast<std::size_t>(std::clamp(column, 0.0, static_cast<double>(m_frame.columns)));
    }

    void markLevel(std::size_t row, double west, double east) {
        std::size_t column = columnNear(west);
        column -= std::min<std::size_t>(column, 1);
        for (; column < m_frame.columns; ++column) {
            const double centre = m_frame.centre(row, column).east;
            if (centre > east) break;
            if (centre >= west) m_marks[row * m_frame.columns + column] |= border;
        }
    }

    /// The first centre to the right of the edge: near the computed crossing, then by the sure predicate.
    void markSloping(std::size_t row, ProjectedPoint low, ProjectedPoint high, double north) {
        const double share = (north - low.north) / (high.north - low.north);
        std::size_t column = columnNear(low.east + share * (high.east - low.east));
        const auto side = [&](std::size_t c) { return detail::orientation(low, high, m_frame.centre(row, c)); };
        while (column > 0 && side(column - 1) <= 0) --column;
        while (column < m_frame.columns && side(column) >= 0) {
            if (side(column) == 0) m_marks[row * m_frame.columns + column] |= border;
            ++column;
        }
        if (north < high.north && column < m_frame.columns) m_marks[row * m_frame.columns + column] ^= crossing;
    }

    const GridFrame& m_frame;
    std::vector<std::uint8_t>& m_marks;
};

} // namespace

namespace {

/// A surface and the working copy beside it.
std::string memoryInWords(double cells) {
    constexpr double bytesPerCell = 16.0, gigabyte = 1e9, terabyte = 1e12;
    const double bytes = cells * bytesPerCell;
    if (bytes < terabyte) return fmt::format("{:.0f} GB", std::ceil(bytes / gigabyte));
    return fmt::format("{:.0f} TB", std::ceil(bytes / terabyte));
}
/// With few incidents, so at least that long.
std::string timeInWords(double cells) {
    constexpr double cellsPerSecond = 2e7, minute = 60.0, hour = 3600.0;
    const double seconds = cells / cellsPerSecond;
    if (seconds < minute) return fmt::format("{:.0f} seconds", std::ceil(seconds));
    if (seconds < hour) return fmt::format("{:.0f} minutes", std::ceil(seconds / minute));
    return fmt::format("{:.0f} hours", std::ceil(seconds / hour));
}

} // namespace

Expected<GridFrame> alignedFrame(const Box& box, Metres cellSize) {
    const double cell = cellSize.value();
    if (!(cell > 0.0) || !std::isfinite(cell))
        return fail(ErrorCode::invalidParameter, "The cell size must be a positive number of metres.", "cell-size");
    if (!std::isfinite(box.west + box.south + box.east + box.north))
        return fail(ErrorCode::invalidParameter, "The grid's box has a side that is not a number.", "bbox");
    if (box.empty())
        return fail(
            ErrorCode::invalidParameter,
            "There is no area to lay a grid over: the box is empty (west must not exceed east, nor south north).",
            "bbox");
    const double firstColumn = cellsBelow(box.west, cell), firstRow = cellsBelow(box.south, cell);
    const double columns = std::max(1.0, cellsAbove(box.east, cell) - firstColumn);
    const double rows = std::max(1.0, cellsAbove(box.north, cell) - firstRow);
    if (!(columns * rows <= static_cast<double>(maximumCells)))
        return fail(
            ErrorCode::invalidParameter,
            fmt::format("A cell size of {} m makes {:.0f} x {:.0f} cells over this area, which would take {} of "
                        "memory and at least {}; {} are allowed: choose larger cells or a smaller area.",
                        shortestDecimal(cell), columns, rows, memoryInWords(columns * rows),
                        timeInWords(columns * rows), groupedCount(maximumCells)),
            "cell-size");
    return GridFrame{firstColumn * cell, firstRow * cell, cellSize, static_cast<std::size_t>(rows),
                     static_cast<std::size_t>(columns)};
}

std::vector<std::uint8_t> cellsInside(const GridFrame& frame, const MultiPolygon& polygon) {
    std::vector<std::uint8_t> marks(frame.cells(), 0);
    EdgeMarker marker(frame, marks);
    detail::forEachEdge(polygon, [&](ProjectedPoint a, ProjectedPoint b) { marker.mark(a, b); });
    constexpr std::size_t rowsAtATime = 64;
    forEachBlock(frame.rows, rowsAtATime, [&](std::size_t begin, std::size_t end) {
        for (std::size_t row = begin; row < end; ++row) {
            bool within = false;
            for (std::size_t column = 0; column < frame.columns; ++column) {
                std::uint8_t& cell = marks[row * frame.columns + column];
                within ^= (cell & crossing) != 0;
                cell = within || (cell & border) ? 1 : 0;
            }
        }
    });
    return marks;
}

} // namespace patchlight
