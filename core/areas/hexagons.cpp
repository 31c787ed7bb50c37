// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/areas/cells.h"

#include "core/areas/detail/checks.h"
#include "core/base/text.h"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace patchlight {
namespace {

/// Pointed hexagons lie in rows; flat ones are the same with east and north swapped. Both are worked out as lines of
/// hexagons side by side: `along` a line and `up` from line to line. Centres and corners lie on a lattice of half
/// widths and quarter heights, so one corner has one set of whole numbers whichever hexagon asks.
struct Lattice {
    double halfWidth;     ///< m, along
    double quarterHeight; ///< m, up; lines are three of them apart
    explicit Lattice(double size) {
        const double edge = size * std::sqrt(2.0 / (3.0 * std::sqrt(3.0))); // size² = 3 sqrt(3)/2 edge²
        halfWidth = edge * std::sqrt(3.0) / 2.0;
        quarterHeight = edge / 2.0;
    }
};
struct LinePoint {
    double along, up;
};
struct Index {
    std::int64_t line, step;
};

bool pointed(const HexagonFrame& frame) {
    return frame.top == HexagonTop::pointed;
}
LinePoint toLines(const HexagonFrame& frame, ProjectedPoint p) {
    const double east = p.east - frame.origin.east, north = p.north - frame.origin.north;
    return pointed(frame) ? LinePoint{east, north} : LinePoint{north, east};
}
double shift(std::int64_t line) {
    return (line & 1) != 0 ? 0.5 : 0.0;
}
Index indexOf(const HexagonFrame& frame, std::size_t cell) {
    const std::int64_t row = frame.firstRow + static_cast<std::int64_t>(cell / frame.columns);
    const std::int64_t column = frame.firstColumn + static_cast<std::int64_t>(cell % frame.columns);
    return pointed(frame) ? Index{row, column} : Index{column, row};
}
/// A point of the lattice, in half widths and quarter heights.
ProjectedPoint latticePoint(const HexagonFrame& frame, const Lattice& lattice, std::int64_t along, std::int64_t up) {
    const double a = static_cast<double>(along) * lattice.halfWidth,
                 u = static_cast<double>(up) * lattice.quarterHeight;
    return pointed(frame) ? ProjectedPoint{frame.origin.east + a, frame.origin.north + u}
                          : ProjectedPoint{frame.origin.east + u, frame.origin.north + a};
}
std::int64_t alongOf(Index index) {
    return 2 * index.step + (index.line & 1);
}

bool usable(double coordinate) {
    return std::isfinite(coordinate) && std::abs(coordinate) <= detail::furthestCoordinate;
}

} // namespace

Expected<HexagonFrame> hexagonFrame(const Box& box, Metres size, HexagonTop top, ProjectedPoint origin) {
    if (!(size.value() > 0.0) || !std::isfinite(size.value()))
        return fail(ErrorCode::invalidParameter, "The cell size must be a positive number of metres.", "cell-size");
    if (!usable(box.west) || !usable(box.south) || !usable(box.east) || !usable(box.north))
        return fail(ErrorCode::invalidParameter,
                    "The box of the hexagons has a side that is not a number of metres within a million kilometres.",
                    "bbox");
    if (box.empty())
        return fail(
            ErrorCode::invalidParameter,
            "There is no area to lay hexagons over: the box is empty (west must not exceed east, nor south north).",
            "bbox");
    if (!usable(origin.east) || !usable(origin.north))
        return fail(ErrorCode::invalidParameter, "The origin of the hexagons must be a point of the map.", "origin");

    HexagonFrame frame{top, size, origin};
    const Lattice lattice(size.value());
    const LinePoint low = toLines(frame, {box.west, box.south}), high = toLines(frame, {box.east, box.north});
    // Hexagons reach two thirds of a line's distance up and down, half a width along, and half a width more where
    // their line is shifted; a little is added for rounding.
    constexpr double rounding = 1e-6;
    const double firstLine = std::ceil(low.up / (3 * lattice.quarterHeight) - 2.0 / 3 - rounding);
    const double lastLine = std::floor(high.up / (3 * lattice.quarterHeight) + 2.0 / 3 + rounding);
    const double firstStep = std::ceil(low.along / (2 * lattice.halfWidth) - 1.0 - rounding);
    const double lastStep = std::floor(high.along / (2 * lattice.halfWidth) + 0.5 + rounding);
    const double lines = lastLine - firstLine + 1, steps = lastStep - firstStep + 1;
    constexpr double furthestIndex = 1e9; // keeps borders sharp to a millionth of a hexagon
    if (std::abs(firstLine) > furthestIndex || std::abs(lastLine) > furthestIndex ||
        std::abs(firstStep) > furthestIndex || std::abs(lastStep) > furthestIndex ||
        lines * steps > static_cast<double>(maximumCells))
        return fail(
            ErrorCode::invalidParameter,
            fmt::format("Hexagons of {} m make {:.0f} lines of {:.0f} over this area, more than the {} hexagons "
                        "allowed: choose larger ones or a smaller area.",
                        shortestDecimal(size.value()), lines, steps, groupedCount(maximumCells)),
            "cell-size");
    const bool rowsAreLines = pointed(frame);
    frame.firstRow = static_cast<std::int64_t>(rowsAreLines ? firstLine : firstStep);
    frame.firstColumn = static_cast<std::int64_t>(rowsAreLines ? firstStep : firstLine);
    frame.rows = static_cast<std::size_t>(rowsAreLines ? lines : steps);
    frame.columns = static_cast<std::size_t>(rowsAreLines ? steps : lines);
    return frame;
}

std::optional<std::size_t> cellOf(const HexagonFrame& frame, ProjectedPoint point) {
    const Lattice lattice(frame.size.value());
    const LinePoint p = toLines(frame, point);
    const double along = p.along / (2 * lattice.halfWidth), up = p.up / (3 * lattice.quarterHeight);
    if (!(std::abs(along) < 1e15) || !(std::abs(up) < 1e15)) return std::nullopt;
    // The nearest centre lies on the line below or above: those beyond are more than a hexagon's reach away.
    const auto nearestOn = [&](std::int64_t line) {
        return static_cast<std::int64_t>(std::floor(along - shift(line) + 0.5));
    };
    const auto squaredDistanceTo = [&](Index index) {
        const double a = p.along - static_cast<double>(alongOf(index)) * lattice.halfWidth;
        const double u = p.up - static_cast<double>(3 * index.line) * lattice.quarterHeight;
        return a * a + u * u;
    };
    const auto below = static_cast<std::int64_t>(std::floor(up));
    const Index lower{below, nearestOn(below)}, upper{below + 1, nearestOn(below + 1)};
    const Index nearest = squaredDistanceTo(lower) < squaredDistanceTo(upper) ? lower : upper;
    const std::int64_t row = (pointed(frame) ? nearest.line : nearest.step) - frame.firstRow;
    const std::int64_t column = (pointed(frame) ? nearest.step : nearest.line) - frame.firstColumn;
    if (row < 0 || column < 0 || static_cast<std::size_t>(row) >= frame.rows ||
        static_cast<std::size_t>(column) >= frame.columns)
        return std::nullopt;
    return static_cast<std::size_t>(row) * frame.columns + static_cast<std::size_t>(column);
}

ProjectedPoint centreOf(const HexagonFrame& frame, std::size_t cell) {
    const Index index = indexOf(frame, cell);
    return latticePoint(frame, Lattice(frame.size.value()), alongOf(index), 3 * index.line);
}

Polygon outlineOf(const HexagonFrame& frame, std::size_t cell) {
    struct Corner {
        int along, up;
    };
    constexpr std::array<Corner, 7> corners{{{1, -1}, {1, 1}, {0, 2}, {-1, 1}, {-1, -1}, {0, -2}, {1, -1}}};
    const Lattice lattice(frame.size.value());
    const Index index = indexOf(frame, cell);
    Polygon polygon;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        // Swapping the axes turns the ring round.
        const Corner corner = pointed(frame) ? corners[i] : corners[corners.size() - 1 - i];
        polygon.outer.push_back(
            latticePoint(frame, lattice, alongOf(index) + corner.along, 3 * index.line + corner.up));
    }
    return polygon;
}

} // namespace patchlight
