// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/cells.h"

#include "core/areas/detail/checks.h"
#include "core/base/parallel.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

namespace patchlight {
namespace {

constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
constexpr std::size_t outside = none - 1;
constexpr std::size_t atATime = 8192;

/// Row or column of a coordinate, counted from the axis rather than from the frame's edge, so that no frame moves a
/// border. The frame's box is closed: what lies on its outer edge (within alignedFrame's millionth) is in it.
std::optional<std::size_t> along(double coordinate, double edge, double cell, std::size_t count) {
    const double q = coordinate / cell, first = std::round(edge / cell), last = first + static_cast<double>(count);
    if (!(q >= first - 1e-6) || !(q <= last + 1e-6) || count == 0) return std::nullopt;
    return static_cast<std::size_t>(std::clamp(std::floor(q) - first, 0.0, static_cast<double>(count - 1)));
}

class StudyAreaTest {
public:
    explicit StudyAreaTest(const StudyArea& area) : m_area{area} {
        if (area.polygon) m_polygon.emplace(*area.polygon);
    }
    [[nodiscard]] bool contains(ProjectedPoint p) const {
        return (!m_area.box || m_area.box->contains(p)) && (!m_polygon || m_polygon->contains(p));
    }

private:
    const StudyArea& m_area;
    std::optional<PointInPolygon> m_polygon;
};

template <class Frame>
Expected<CellCounts> counted(std::span<const ProjectedPoint> points, std::span<const double> weights,
                             const Frame& frame, Metres size, const StudyArea& area, const TaskContext& task) {
    if (const auto ok = detail::checkedPlaces(points, weights); !ok) return fail(ok.error());
    if (!(size.value() > 0.0) || !std::isfinite(size.value()))
        return fail(ErrorCode::invalidParameter, "The cell size must be a positive number of metres.", "cell-size");
    if (frame.columns != 0 && frame.rows > maximumCells / frame.columns)
        return fail(ErrorCode::invalidParameter,
                    fmt::format("A frame of {} x {} cells is too large: choose larger cells or a smaller area.",
                                frame.rows, frame.columns),
                    "cell-size");
    task.report("counting", 0.0);
    const StudyAreaTest test(area);
    std::atomic<bool> cancelled{false};
    const auto stop = [&] {
        if (task.cancelled()) cancelled = true;
        return cancelled.load();
    };
    std::vector<std::size_t> cellOfPoint(points.size(), none);
    forEachBlock(points.size(), atATime, [&](std::size_t begin, std::size_t end) {
        if (stop()) return;
        for (std::size_t i = begin; i < end; ++i)
            cellOfPoint[i] = test.contains(points[i]) ? cellOf(frame, points[i]).value_or(none) : outside;
    });
    CellCounts result;
    result.listed.assign(frame.rows * frame.columns, 1);
    if (!area.everything())
        forEachBlock(result.listed.size(), atATime, [&](std::size_t begin, std::size_t end) {
            if (stop()) return;
            for (std::size_t cell = begin; cell < end; ++cell)
                result.listed[cell] = test.contains(centreOf(frame, cell)) ? 1 : 0;
        });
    if (stop()) return failCancelled();
    result.count.assign(result.listed.size(), 0.0);
    for (std::size_t i = 0; i < points.size(); ++i) {
        const double weight = detail::weightOf(weights, i);
        if (cellOfPoint[i] == outside) {
            result.outsideArea += weight;
        } else if (cellOfPoint[i] == none) {
            result.outsideFrame += weight;
        } else {
            result.counted += weight;
            result.count[cellOfPoint[i]] += weight;
            if (weight > 0.0) result.listed[cellOfPoint[i]] = 1;
        }
    }
    task.report("counting", 1.0);
    return result;
}

} // namespace

std::optional<std::size_t> cellOf(const GridFrame& frame, ProjectedPoint point) {
    const double cell = frame.cellSize.value();
    const auto row = along(point.north, frame.south, cell, frame.rows);
    const auto column = along(point.east, frame.west, cell, frame.columns);
    if (!row || !column) return std::nullopt;
    return *row * frame.columns + *column;
}

ProjectedPoint centreOf(const GridFrame& frame, std::size_t cell) {
    return frame.centre(cell / frame.columns, cell % frame.columns);
}

Polygon outlineOf(const GridFrame& frame, std::size_t cell) {
    const double size = frame.cellSize.value();
    const auto column = static_cast<double>(cell % frame.columns), row = static_cast<double>(cell / frame.columns);
    const double west = frame.west + column * size, east = frame.west + (column + 1) * size;
    const double south = frame.south + row * size, north = frame.south + (row + 1) * size;
    return {{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}, {}};
}

Expected<CellCounts> countInCells(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                  const GridFrame& frame, const StudyArea& area, const TaskContext& task) {
    return counted(points, weights, frame, frame.cellSize, area, task);
}

Expected<CellCounts> countInCells(std::span<const ProjectedPoint> points, std::span<const double> weights,
                                  const HexagonFrame& frame, const StudyArea& area, const TaskContext& task) {
    return counted(points, weights, frame, frame.size, area, task);
}

} // namespace patchlight
