// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clusters/detail/place_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

struct Keyed {
    std::int64_t row, column;
    std::uint32_t input;
};

/// By row, column and input: counted into the grid's cells where these are not many more than the points.
std::vector<Keyed> sortedByCell(std::vector<Keyed> keyed) {
    std::int64_t rows = 0, columns = 0; // below 2^30, so their product fits
    for (const Keyed& each : keyed) {
        rows = std::max(rows, each.row + 1);
        columns = std::max(columns, each.column + 1);
    }
    if (rows * columns > 4 * static_cast<std::int64_t>(keyed.size())) {
        std::sort(keyed.begin(), keyed.end(), [](const Keyed& a, const Keyed& b) {
            return std::tie(a.row, a.column, a.input) < std::tie(b.row, b.column, b.input);
        });
        return keyed;
    }
    std::vector<std::uint32_t> next(static_cast<std::size_t>(rows * columns) + 1, 0);
    for (const Keyed& each : keyed) ++next[each.row * columns + each.column + 1];
    std::partial_sum(next.begin(), next.end(), next.begin());
    std::vector<Keyed> sorted(keyed.size());
    for (const Keyed& each : keyed) sorted[next[each.row * columns + each.column]++] = each;
    return sorted;
}

} // namespace

PlaceCells placeCells(std::span<const ProjectedPoint> points, double side) {
    const Box box = boxOf(points);
    std::vector<Keyed> keyed(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) // not below 0, so that cutting off is rounding down
        keyed[i] = {static_cast<std::int64_t>((points[i].north - box.south) / side),
                    static_cast<std::int64_t>((points[i].east - box.west) / side), static_cast<std::uint32_t>(i)};
    keyed = sortedByCell(std::move(keyed));
    PlaceCells result{side, {}, {}, {}};
    result.places.reserve(points.size());
    result.input.reserve(points.size());
    for (const Keyed& each : keyed) {
        const auto at = static_cast<std::uint32_t>(result.places.size());
        if (result.cells.empty() || result.cells.back().row != each.row || result.cells.back().column != each.column)
            result.cells.push_back({each.row, each.column, at, at, {}});
        const ProjectedPoint p = points[each.input];
        PlaceCells::Cell& cell = result.cells.back();
        cell.end = at + 1;
        cell.box = united(cell.box, {p.east, p.north, p.east, p.north});
        result.places.push_back(p);
        result.input.push_back(each.input);
    }
    return result;
}

CellNeighbours neighboursWithin(const PlaceCells& places, std::int64_t reach) {
    const auto& cells = places.cells;
    CellNeighbours result;
    result.first.push_back(0);
    // One walker a row offset; walkers only move on, as the cells do.
    std::vector<std::size_t> walker(static_cast<std::size_t>(2 * reach + 1), 0);
    for (std::size_t i = 0; i < cells.size(); ++i) {
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
