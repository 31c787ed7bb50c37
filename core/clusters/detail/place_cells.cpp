// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/place_cells.h"

#include "core/base/sort.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>

namespace patchlight::detail {

Expected<void> checkedEps(std::span<const ProjectedPoint> points, double eps) {
    if (!(eps > 0.0) || !std::isfinite(eps))
        return fail(ErrorCode::invalidParameter, "The distance eps must be a positive number of metres.", "eps");
    const Box box = boxOf(points);
    if (!(std::max(box.width(), box.height()) / eps < PlaceCells::mostCellsAcross / 2))
        return fail(ErrorCode::invalidParameter,
                    fmt::format("The distance eps of {} m is too small for points {:.0f} m apart: choose a larger one.",
                                eps, std::max(box.width(), box.height())),
                    "eps");
    return {};
}

namespace {

constexpr std::size_t betweenPolls = 65536;

/// Where each cell's places go: counted into all cells of the grid where these are not many more than the points.
struct Order {
    std::vector<std::uint32_t> input;                         ///< of the input, by row, column and input
    std::vector<std::pair<std::int64_t, std::int64_t>> cells; ///< row and column of those with places
    std::vector<std::uint32_t> first;                         ///< cells + 1: into `input`
};

Order counted(std::span<const ProjectedPoint> points, const Box& box, double side, std::int64_t rows,
              std::int64_t columns, const TaskContext& task) {
    std::vector<std::uint32_t> cellOf(points.size());
    std::vector<std::uint32_t> next(static_cast<std::size_t>(rows * columns) + 1, 0);
    for (std::size_t i = 0; i < points.size(); ++i) { // not below 0, so that cutting off is rounding down
        if (i % betweenPolls == 0 && task.cancelled()) return {};
        const auto row = static_cast<std::int64_t>((points[i].east - box.west) / side);
        cellOf[i] =
            static_cast<std::uint32_t>(row * columns + static_cast<std::int64_t>((points[i].north - box.south) / side));
        ++next[cellOf[i] + 1];
    }
    Order order;
    for (std::size_t cell = 0; cell + 1 < next.size(); ++cell) {
        if (next[cell + 1] > 0) {
            const auto at = static_cast<std::int64_t>(cell);
            order.cells.emplace_back(at / columns, at % columns);
            order.first.push_back(next[cell]);
        }
        next[cell + 1] += next[cell];
    }
    order.first.push_back(next.back());
    order.input.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i % betweenPolls == 0 && task.cancelled()) return {};
        order.input[next[cellOf[i]]++] = static_cast<std::uint32_t>(i);
    }
    return order;
}

Order sorted(std::span<const ProjectedPoint> points, const Box& box, double side, const TaskContext& task) {
    using Keyed = std::tuple<std::int64_t, std::int64_t, std::uint32_t>;
    std::vector<Keyed> keyed;
    for (std::size_t i = 0; i < points.size(); ++i)
        keyed.emplace_back(static_cast<std::int64_t>((points[i].east - box.west) / side),
                           static_cast<std::int64_t>((points[i].north - box.south) / side),
                           static_cast<std::uint32_t>(i));
    if (!sortHearing(keyed, std::less<>{}, task)) return {};
    Order order;
    for (const auto& [row, column, input] : keyed) {
        if (order.cells.empty() || order.cells.back() != std::pair{row, column}) {
            order.cells.emplace_back(row, column);
            order.first.push_back(static_cast<std::uint32_t>(order.input.size()));
        }
        order.input.push_back(input);
    }
    order.first.push_back(static_cast<std::uint32_t>(order.input.size()));
    return order;
}

} // namespace

PlaceCells placeCells(std::span<const ProjectedPoint> points, double side, const TaskContext& task) {
    PlaceCells result;
    result.side = side;
    if (points.empty()) return result;
    const Box box = boxOf(points);
    const auto rows = static_cast<std::int64_t>(box.width() / side) + 1; // below 2^30, so that the product fits
    const auto columns = static_cast<std::int64_t>(box.height() / side) + 1;
    const bool few = rows * columns <= 4 * static_cast<std::int64_t>(points.size()) + 64;
    Order order = few ? counted(points, box, side, rows, columns, task) : sorted(points, box, side, task);
    if (task.cancelled()) return {};
    result.input = std::move(order.input);
    result.east.assign(points.size() + PlaceCells::padding, 0.0);
    result.north.assign(points.size() + PlaceCells::padding, 0.0);
    result.cells.reserve(order.cells.size());
    for (std::size_t cell = 0; cell < order.cells.size(); ++cell) {
        if (cell % 4096 == 0 && task.cancelled()) return {};
        const auto [row, column] = order.cells[cell];
        const std::uint32_t begin = order.first[cell], end = order.first[cell + 1];
        Box reached;
        for (std::uint32_t i = begin; i < end; ++i) {
            const ProjectedPoint p = points[result.input[i]];
            result.set(i, p);
            reached = i == begin ? Box{p.east, p.north, p.east, p.north}
                                 : Box{std::min(reached.west, p.east), std::min(reached.south, p.north),
                                       std::max(reached.east, p.east), std::max(reached.north, p.north)};
        }
        result.cells.push_back({row, column, begin, end, reached});
    }
    return result;
}

CellNeighbours neighboursWithin(const PlaceCells& places, std::int64_t reach, const TaskContext& task) {
    const auto& cells = places.cells;
    CellNeighbours result;
    result.first.push_back(0);
    // One walker a row offset; walkers only move on, as the cells do.
    std::vector<std::size_t> walker(static_cast<std::size_t>(2 * reach + 1), 0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i % betweenPolls == 0 && task.cancelled()) return result;
        for (std::int64_t offset = -reach; offset <= reach; ++offset) {
            std::size_t& at = walker[static_cast<std::size_t>(offset + reach)];
            const std::int64_t row = cells[i].row + offset;
            while (at < cells.size() &&
                   std::tie(cells[at].row, cells[at].column) < std::make_tuple(row, cells[i].column - reach))
                ++at;
            for (std::size_t j = at;
                 j < cells.size() && cells[j].row == row && cells[j].column <= cells[i].column + reach; ++j)
                if (j != i) result.cells.push_back(static_cast<std::uint32_t>(j));
        }
        result.first.push_back(result.cells.size());
    }
    return result;
}

} // namespace patchlight::detail
