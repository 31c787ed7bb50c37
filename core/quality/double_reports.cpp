// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/quality/quality.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace patchlight {

namespace {

using std::chrono::minutes;

/// A longer interval would lie beside everything.
constexpr minutes longestInterval = std::chrono::days{2};

struct Cell {
    std::int64_t column = 0, row = 0;
    bool operator==(const Cell&) const = default;
};
struct CellHash {
    std::size_t operator()(const Cell& cell) const {
        return static_cast<std::size_t>(cell.column) * 0x9e3779b97f4a7c15u ^ static_cast<std::size_t>(cell.row);
    }
};

minutes apart(const IncidentTable& table, std::uint32_t a, std::uint32_t b) {
    return std::max({minutes{0}, table.from[b] - table.to[a], table.from[a] - table.to[b]});
}

double metresApart(const IncidentTable& table, std::uint32_t a, std::uint32_t b) {
    return std::hypot(table.position[a].east - table.position[b].east,
                      table.position[a].north - table.position[b].north);
}

} // namespace

std::vector<DoubleReport> doubleReports(const IncidentTable& table, const std::vector<DatasetInfo>& datasets,
                                        Metres distance, minutes time) {
    const std::vector<std::string> sources = sourceOfDatasets(table, datasets);
    const auto cellOf = [&](std::uint32_t row) {
        return Cell{static_cast<std::int64_t>(std::floor(table.position[row].east / distance.value())),
                    static_cast<std::int64_t>(std::floor(table.position[row].north / distance.value()))};
    };
    std::unordered_map<Cell, std::vector<std::uint32_t>, CellHash> cells;
    for (std::uint32_t row = 0; row < table.size(); ++row) {
        const TimePrecision precision = table.precision[row];
        if (table.mapped[row] && table.level[row] != LocationLevel::snapped &&
            (precision == TimePrecision::day || precision == TimePrecision::minute) &&
            table.to[row] - table.from[row] <= longestInterval)
            cells[cellOf(row)].push_back(row);
    }
    const auto earlier = [&](std::uint32_t a, std::uint32_t b) { return table.from[a] < table.from[b]; };
    for (auto& [cell, rows] : cells) std::stable_sort(rows.begin(), rows.end(), earlier);
    std::vector<DoubleReport> reports;
    const minutes reach = time + longestInterval;
    for (const auto& [cell, rows] : cells) {
        for (std::int64_t column = cell.column - 1; column <= cell.column + 1; ++column)
            for (std::int64_t line = cell.row - 1; line <= cell.row + 1; ++line) {
                const auto beside = cells.find({column, line});
                if (beside == cells.end()) continue;
                for (const std::uint32_t a : rows) {
                    auto at = std::lower_bound(beside->second.begin(), beside->second.end(), table.from[a] - reach,
                                               [&](std::uint32_t b, LocalMinute from) { return table.from[b] < from; });
                    for (; at != beside->second.end() && table.from[*at] <= table.from[a] + reach; ++at) {
                        const std::uint32_t b = *at;
                        if (a >= b || sources[table.dataset.code[a]] == sources[table.dataset.code[b]]) continue;
                        const double metres = metresApart(table, a, b);
                        if (metres > distance.value() || apart(table, a, b) > time) continue;
                        reports.push_back({a, b, std::string(table.dataset.at(a)), std::string(table.dataset.at(b)),
                                           table.sourceRow[a], table.sourceRow[b], Metres{metres}, apart(table, a, b)});
                    }
                }
            }
    }
    std::sort(reports.begin(), reports.end(), [](const DoubleReport& x, const DoubleReport& y) {
        return std::pair(x.first, x.second) < std::pair(y.first, y.second);
    });
    return reports;
}

} // namespace patchlight
